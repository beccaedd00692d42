"""From the result of the self-assessment to the goal's page, in both languages; figures, versions, letting go; who sees it."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urlsplit

import html5lib
import pytest
from django.core.management import call_command
from django.test import Client

from portal import jobs
from registry.core import clock
from registry.goals.models import Goal
from registry.goals.services import look_again
from tests.accounts.factories import UserFactory, sign_in
from tests.goals.conftest import ANSWERS, tell_fact
from tests.parties.factories import owner_of, party
from tests.plumbing.queries import recorded
from tests.st_enterprises.applications import application

pytestmark = pytest.mark.django_db
Make = Callable[..., Goal]
CHECK, SAVE, GOALS = "/doanh-nghiep-khcn/tu-danh-gia/", "/tai-khoan/muc-tieu/luu/", "/tai-khoan/muc-tieu/"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


def read(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def carried(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(page):
        found.setdefault(name, []).append(unescape(value))
    found.pop("csrfmiddlewaretoken", None)
    return found


def main(page: str) -> str:
    html5lib.HTMLParser(strict=False).parse(page)
    return page.partition("<main")[2].partition("</main>")[0]


def test_from_the_result_to_the_goal(client: Client) -> None:
    founder = UserFactory()
    held = party("Công ty Chè Thử", owner=founder)
    result = client.post(CHECK, {**ANSWERS, "step": "people", "go": "next"})
    assert not result.cookies
    form = result.content.decode().partition(f'action="{SAVE}"')[2].partition("</form>")[0]
    answers = carried(form)
    assert answers["results"] == ["patent"]

    stranger = client.post(SAVE, answers).content.decode()
    assert "Bạn chưa đăng nhập" in stranger
    assert carried(main(stranger)) == answers, "nothing is lost while one signs in"
    assert client.post(GOALS, {**answers, "for": f"{held.public_id}/0"}).status_code == 302
    assert not Goal.objects.exists()

    sign_in(client, founder)
    page = client.post(SAVE, carried(main(stranger))).content.decode()
    assert f'value="{held.public_id}/0"' in page
    kept = client.post(GOALS, {**carried(main(page)), "for": f"{held.public_id}/0"})
    goal = Goal.objects.get()
    assert kept["Location"] == f"{GOALS}{goal.public_id}/"
    assert goal.figures.get().answers == ANSWERS
    assert "đạt 4 trên 5 điều kiện" in read(client, "/tai-khoan/")

    twice = client.post(GOALS, {**answers, "for": f"{held.public_id}/0"})
    assert twice.status_code == 409
    assert "Người khác vừa lưu số liệu khác" in twice.content.decode()
    assert 'value="' + f'{held.public_id}/1"' in twice.content.decode(), "what stands there now can be chosen"


def test_who_acts_for_no_enterprise_is_told_and_loses_nothing(client: Client) -> None:
    person = UserFactory()
    party("Nhóm", kind="group", owner=person)
    sign_in(client, person)
    page = client.post(SAVE, ANSWERS).content.decode()
    assert "Bạn chưa đứng tên doanh nghiệp nào" in page
    assert carried(main(page)) == ANSWERS
    assert "Chọn doanh nghiệp." in client.post(GOALS, {**ANSWERS, "for": "x/0"}).content.decode()
    assert not Goal.objects.exists()


@pytest.mark.parametrize(
    "chosen", ["", "x", "/", "{party}", "{party}/", "{party}/x", "{party}/-1", "{party}/" + "9" * 40]
)
def test_whatever_is_sent_is_answered(client: Client, chosen: str) -> None:
    founder = UserFactory()
    held = party(owner=founder)
    sign_in(client, founder)
    wild = {**ANSWERS, "capital": ["nhiều"], "y2025-net_revenue": ["-1"], "founded_on": ["hôm qua"]}
    for answers in (ANSWERS, wild, {}):
        sent = client.post(GOALS, {**answers, "for": chosen.format(party=held.public_id)})
        assert sent.status_code == 200
    assert not Goal.objects.exists()


def test_the_page_says_what_is_lacking_and_where_to_go(client: Client, made: Make) -> None:
    goal = made()
    sign_in(client, owner_of(goal.party))
    page = main(read(client, f"{GOALS}{goal.public_id}/"))
    assert "(1,4 % trên 2 %)" in page.replace("\xa0", " ")
    assert "180.000.000" in page, "the least change: 0.6 % of 30 billion"
    assert "Nguyên văn điểm a khoản 4 Điều 49" in page
    assert "đạt tối thiểu 2% doanh thu thuần bình quân trong 03 năm tài chính liền kề" in page
    assert f"/tai-khoan/chung-nhan-khcn/moi/?party={goal.party.public_id}" in page
    assert "/tim-kiem/?q=h" in page
    draft = application(organisation=goal.party)
    page = main(read(client, f"{GOALS}{goal.public_id}/"))
    assert f"/tai-khoan/chung-nhan-khcn/{draft.reference}/so-lieu/" in page
    links = {unescape(link) for link in re.findall(r'href="(/(?!static/)[^"]*)"', page)}
    for link in links:
        assert client.get(link).status_code == 200, link


def test_in_english_every_word_is(client: Client, made: Make) -> None:
    goal = made(results=["none"], effects=[])
    sign_in(client, owner_of(goal.party))
    page = main(read(client, f"/en/account/goals/{goal.public_id}/"))
    assert "3 of 5 conditions met" in page
    assert "(1.4% of 2%)" in page
    assert "The text of point a, clause 4, Article 49" in page
    assert 'href="/tai-khoan' not in page
    assert "The figures of the goal" in read(client, f"/en/account/goals/{goal.public_id}/figures/")
    assert "Delete the goal of" in read(client, f"/en/account/goals/{goal.public_id}/delete/")
    assert "Goals" in read(client, "/en/account/goals/")


def test_figures_are_changed_and_versions_are_kept(client: Client, made: Make) -> None:
    goal = made()
    sign_in(client, owner_of(goal.party))
    url = f"{GOALS}{goal.public_id}/so-lieu/"
    page = read(client, url)
    assert 'value="10.000.000.000"' in page
    assert 'value="06/05/2019"' in page
    sent = {**ANSWERS, "y2025-sti_spending": ["hai tỷ"], "version": "1"}
    wrong = client.post(url, sent).content.decode()
    assert "Ghi số tiền, ví dụ" in wrong
    assert 'value="hai tỷ"' in wrong
    sent |= {f"y{year}-sti_spending": ["0,2 tỷ"] for year in (2023, 2024, 2025)}
    assert client.post(url, sent)["Location"] == f"{GOALS}{goal.public_id}/"
    page = main(read(client, f"{GOALS}{goal.public_id}/"))
    assert "đạt 5 trên 5 điều kiện" in page
    assert "Bản 2," in page
    assert "Bản 1," in page
    stale = client.post(url, {**sent, "version": "1"})
    assert stale.status_code == 409
    assert "Người khác vừa lưu số liệu khác" in stale.content.decode()
    assert 'value="0,2 tỷ"' in stale.content.decode()
    assert 'name="version" value="2"' in stale.content.decode()


def test_another_size_asks_other_questions(client: Client, made: Make) -> None:
    goal = made()
    sign_in(client, owner_of(goal.party))
    url = f"{GOALS}{goal.public_id}/so-lieu/"
    client.post(url, {**ANSWERS, "insured_workers": "900", "capital": "900 tỷ", "version": "1"})
    page = main(read(client, f"{GOALS}{goal.public_id}/"))
    assert "Doanh nghiệp lớn." in page
    assert "Cần biết" in page
    assert "Hiệu quả của sản phẩm" in read(client, url)
    kept = goal.figures.get(number=2).answers
    assert kept["sti_people"] == ["2"], "what the other size was asked is not lost"


def test_letting_go(client: Client, made: Make) -> None:
    goal = made()
    sign_in(client, owner_of(goal.party))
    url = f"{GOALS}{goal.public_id}/xoa/"
    assert "Xóa mục tiêu của" in read(client, url)
    assert client.post(url, {"version": "7"})["Location"] == f"{GOALS}{goal.public_id}/"
    assert Goal.objects.exists()
    assert client.post(url, {"version": "1"})["Location"] == GOALS
    assert "Chưa có mục tiêu nào" in read(client, GOALS)
    assert read(client, f"{GOALS}{goal.public_id}/", 404)


def test_a_viewer_reads_and_changes_nothing(client: Client, made: Make) -> None:
    viewer = UserFactory()
    goal = made(party("Công ty Hai", members={"viewer": [viewer]}))
    sign_in(client, viewer)
    page = read(client, f"{GOALS}{goal.public_id}/")
    assert "so-lieu/" not in main(page)
    for place in ("so-lieu/", "xoa/"):
        assert client.get(f"{GOALS}{goal.public_id}/{place}").status_code == 404
        assert client.post(f"{GOALS}{goal.public_id}/{place}", {"version": "1"}).status_code == 404
    assert Goal.objects.get().version == 1


@pytest.mark.parametrize("who", ["officer", "leader", "admin"])
def test_the_department_sees_none_of_it(client: Client, made: Make, who: str) -> None:
    call_command("sync_roles", verbosity=0)
    goal = made()
    sign_in(client, UserFactory(**{who: True}))
    for place in ("", "so-lieu/", "xoa/"):
        assert client.get(f"{GOALS}{goal.public_id}/{place}").status_code == 404
    made(party("Công ty Sâm Thử", owner=UserFactory()), **{f"y{year}-sti_spending": ["200000000"] for year in (2023, 2024, 2025)})  # fmt: skip
    if who == "officer":  # how many qualify is counted, beside the certified and apart from them
        page = read(client, "/quan-tri/giay-chung-nhan/")
        assert "1 doanh nghiệp<span" in page
        assert "trong 2 doanh nghiệp giữ mục tiêu" in page
        assert "0 giấy<span" in page
        assert "Thử" not in page


def test_what_the_portal_knows_and_what_changed_stand_on_the_page(client: Client, made: Make) -> None:
    goal = made()
    sign_in(client, owner_of(goal.party))
    with clock.at("2026-11-25T10:00+07:00"):
        for year in (2023, 2024, 2025):
            tell_fact(goal, "sti_spending", year, 210_000_000)
        jobs.perform("goals", look_again)
        page = main(read(client, f"{GOALS}{goal.public_id}/"))
    assert "25/11/2026: Số liệu của doanh nghiệp trên cổng đã đổi" in page
    assert "từ “Chưa đạt” thành “Đạt”" in page
    assert "Tự khai, 25/11/2026" in page


def test_few_queries_however_many_versions_and_goals(client: Client, made: Make) -> None:
    founder = UserFactory()
    goals = [made(party(owner=founder)) for _number in range(2)]
    sign_in(client, founder)
    url = f"{GOALS}{goals[0].public_id}/"
    read(client, url)
    with recorded() as page, recorded():
        read(client, url)
    with recorded() as listed:
        read(client, GOALS)
    client.post(f"{url}so-lieu/", {**ANSWERS, "version": "1"})
    client.post(f"{url}so-lieu/", {**ANSWERS, "version": "2"})
    for _number in range(3):
        made(party(owner=founder))
    with recorded() as page_again:
        read(client, url)
    with recorded() as listed_again:
        read(client, GOALS)
    assert len(page_again) == len(page) <= 20
    assert len(listed_again) == len(listed) <= 12
    assert urlsplit(url).path == url
