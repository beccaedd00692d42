"""The lists that staff keep: who may see which, who may change what, and in which language they speak."""

import csv
import json
from datetime import date

import pytest
from django.test import Client

from registry.core import clock
from registry.core.models import DayOff
from registry.dossiers.models import TimeLimit
from registry.startups.models import Startup
from tests.accounts.factories import UserFactory
from tests.desk.pages import words
from tests.dossiers.factories import dossier

LISTS = {
    "ngay-nghi": {"officer", "leader", "admin"},
    "thoi-han": {"officer", "leader", "admin"},
    "co-quan": {"officer", "leader", "admin"},
    "xa-phuong": {"officer", "leader", "editor", "admin"},
    "nganh-kinh-te": {"officer", "leader", "editor", "admin"},
    "tu-viet-tat": {"editor", "admin"},
    "danh-ba": {"officer", "leader", "editor", "admin"},
}
ADDERS = {
    "ngay-nghi": {"officer", "leader", "admin"},
    "thoi-han": {"leader", "admin"},
    "co-quan": {"admin"},
    "tu-viet-tat": {"editor", "admin"},
}
PERSONAS = ("officer", "leader", "editor", "admin")


@pytest.fixture
def client_of(roles, signed_in):
    return lambda persona: signed_in(UserFactory(**{persona: True}))


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_sees_which_list(client_of, persona: str) -> None:
    client = client_of(persona)
    for name, allowed in LISTS.items():
        assert client.get(f"/quan-tri/{name}/").status_code == (200 if persona in allowed else 302), name


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_adds(client_of, persona: str) -> None:
    client = client_of(persona)
    for name, allowed in ADDERS.items():
        assert client.get(f"/quan-tri/{name}/new/").status_code == (200 if persona in allowed else 302), name
    for name in set(LISTS) - set(ADDERS):
        assert client.get(f"/quan-tri/{name}/new/").status_code == 404, name


def test_what_is_looked_up_is_not_changed_here(client_of) -> None:
    admin = client_of("admin")
    for name in ("xa-phuong", "nganh-kinh-te"):
        for act in ("edit/1", "delete/1", "new"):
            assert admin.get(f"/quan-tri/{name}/{act}/").status_code == 404


def test_units_and_industries_are_found_without_marks(client_of) -> None:
    client = client_of("officer")
    text = words(client.get("/quan-tri/xa-phuong/", {"q": "sin suoi ho"}))
    assert "Xã Sin Suối Hồ" in text
    assert "Chưa" in text
    assert "False" not in text
    assert "Trồng lúa" in words(client.get("/quan-tri/nganh-kinh-te/", {"q": "trong lua"}))


def test_a_day_off_moves_the_due_date(client_of, freeze) -> None:
    officer = client_of("officer")
    data = {"date": "07/10/2026", "kind": "off", "note": "Nghỉ bù", "source": "Thông báo 1/TB (minh họa)"}
    assert officer.post("/quan-tri/ngay-nghi/new/", data).status_code == 302
    assert DayOff.objects.get().date == date(2026, 10, 7)
    freeze("2026-10-05T09:00")
    made = dossier(submitted=True)
    assert made.due_at.date() == date(2026, 10, 13)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"procedure": "x"}, "Không có thủ tục này."),
        ({"citation": "nd268:999"}, "Viết căn cứ như nd268:49.4"),
        ({"amount": "0"}, "Thời hạn phải từ 1 trở lên."),
        ({"effective_to": "2020-01-01"}, "Ngày thôi áp dụng phải sau ngày bắt đầu."),
        ({"target": "9"}, "Mục tiêu riêng không dài hơn thời hạn."),
        ({}, ""),
    ],
)
def test_a_limit_is_checked(client_of, change: dict, told: str) -> None:
    data = {
        "procedure": "startup_registration", "step": "answer", "amount": "3", "unit": "wd", "target": "",
        "citation": "nd268:66.4", "suspended_by": "", "source": "", "effective_from": "2027-01-01", "effective_to": "",
        **change,
    }  # fmt: skip
    before = TimeLimit.objects.count()
    response = client_of("leader").post("/quan-tri/thoi-han/new/", data)
    assert response.status_code == (200 if told else 302)
    assert TimeLimit.objects.count() == before + (0 if told else 1)
    if told:
        assert told in words(response)


def test_startups_are_listed_and_featured(client_of) -> None:
    made = dossier(published=True)
    startup = Startup.objects.get()
    leader = client_of("leader")
    text = words(leader.get("/quan-tri/danh-ba/"))
    assert "Trà cổ thụ Minh Họa" in text
    assert made.reference in text
    assert "Đang đăng" in text
    assert leader.post(f"/quan-tri/danh-ba/{startup.pk}/noi-bat/", {"featured": "1"}).status_code == 302
    assert Startup.objects.get().featured
    assert "Bỏ khỏi trang chủ" in words(leader.get("/quan-tri/danh-ba/", {"q": "tra co thu"}))
    leader.post(f"/quan-tri/danh-ba/{startup.pk}/noi-bat/", {"featured": "0"})
    assert not Startup.objects.get().featured
    assert leader.get(f"/quan-tri/danh-ba/{startup.pk}/noi-bat/").status_code == 405


def test_an_officer_features_nothing(client_of) -> None:
    dossier(published=True)
    startup = Startup.objects.get()
    officer = client_of("officer")
    assert "Đưa lên trang chủ" not in words(officer.get("/quan-tri/danh-ba/"))
    officer.post(f"/quan-tri/danh-ba/{startup.pk}/noi-bat/", {"featured": "1"})
    assert not Startup.objects.get().featured


def test_the_price_does_not_grow_with_the_rows(client_of, query_budget) -> None:
    client = client_of("leader")

    def one_more() -> None:
        dossier(published=True)

    one_more()
    client.get("/quan-tri/danh-ba/")
    with query_budget(30) as few:
        client.get("/quan-tri/danh-ba/")
    one_more()
    one_more()
    with query_budget(30) as more:
        client.get("/quan-tri/danh-ba/")
    assert len(more) == len(few)


def test_strangers_stay_out(db) -> None:
    assert Client().get("/quan-tri/danh-ba/").status_code == 302


def test_the_register_is_downloaded_by_who_sees_it(client_of) -> None:
    dossier(published=True, name_vi="Chè Tà Mùng", short_name="")
    dossier(taken_down=True, name_vi="Đã gỡ rồi", short_name="")
    officer = client_of("officer")
    assert 'href="/quan-tri/danh-ba/tai-ve/?format=xlsx"' in officer.get("/quan-tri/danh-ba/").content.decode()
    lines = b"".join(officer.get("/quan-tri/danh-ba/tai-ve/?format=jsonl").streaming_content).decode().splitlines()
    rows = {row["name"]: row for row in map(json.loads, lines)}
    assert rows["Chè Tà Mùng"]["state"] == "Đang đăng"
    assert rows["Đã gỡ rồi"]["state"] == "Đã gỡ"
    assert rows["Đã gỡ rồi"]["ended_on"] == clock.today().isoformat()
    assert officer.get("/quan-tri/danh-ba/tai-ve/?format=exe").status_code == 404
    list_of_one = officer.get("/quan-tri/danh-ba/?q=ta+mung&confirmation=current&p=1").content.decode()
    assert 'href="/quan-tri/danh-ba/tai-ve/?q=ta+mung&amp;confirmation=current&amp;format=jsonl"' in list_of_one
    for query, names in (
        ("q=ta+mung", ["Chè Tà Mùng"]),
        ("confirmation=current", ["Chè Tà Mùng"]),
        ("confirmation=overdue", []),
    ):
        answer = officer.get(f"/quan-tri/danh-ba/tai-ve/?{query}&format=jsonl")
        lines = b"".join(answer.streaming_content).decode().splitlines()
        assert [json.loads(line)["name"] for line in lines] == names
    told = officer.get("/quan-tri/danh-ba/tai-ve/?confirmation=never&format=csv", follow=True)
    assert told.redirect_chain == [("/quan-tri/danh-ba/?confirmation=never", 302)]
    assert "bộ lọc trong địa chỉ có giá trị không dùng được" in words(told)


def test_the_queue_is_downloaded_whole_and_filtered(client_of) -> None:
    waiting = dossier(submitted=True, name_vi="Chè Tà Mùng")
    dossier(published=True, name_vi="Đã đăng")
    officer = client_of("officer")
    assert "?format=csv" in officer.get("/quan-tri/ho-so/").content.decode()
    answer = officer.get("/quan-tri/ho-so/?format=csv&state=open")
    lines = list(csv.DictReader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    assert [(row["Mã hồ sơ"], row["Tên"]) for row in lines] == [(waiting.reference, "Chè Tà Mùng")]
    assert client_of("editor").get("/quan-tri/ho-so/?format=csv").status_code == 403
