"""The page of a dossier: what it shows, what it hides until it is asked for, and the trace that leaves."""

import re

import pytest
from django.test import Client

from registry.core.models.history import Event, ReadLog
from registry.dossiers.services import save_step
from tests.accounts.factories import UserFactory
from tests.desk.pages import url_of, words
from tests.dossiers.factories import act, dossier
from tests.parties.factories import owner_of, party

SECRETS = ("Lò Thị Mẫu", "001234567890", "lienhe@minhhoa.example", "0912345678", "300.000.000")
MOST_QUERIES = 45


@pytest.fixture
def submitted(db):
    return dossier(submitted=True, papers=2)


@pytest.fixture
def twice_sent(db, officer):
    """Sent, asked for a supplement, changed, sent again."""
    made = dossier(supplement=True, officer=officer, papers=1)
    owner = made.created_by
    data = {"pitch_vi": "Truy xuất từng gốc chè cổ thụ cho khách ở Hà Nội."}
    made = save_step(made, made.kind.step("ten"), data, actor=owner, seen=made.answers_version).dossier
    return act(made, "resubmit", owner)


def test_header_clock_and_promise(desk: Client, freeze) -> None:
    freeze("2026-10-05T09:12")
    made = dossier(submitted=True)
    freeze("2026-10-14T09:00")
    text = words(desk.get(url_of(made)))
    for told in (
        made.reference, "Trà cổ thụ Minh Họa", "Đang thụ lý", "quá hạn 2 ngày làm việc", "thứ Hai 12/10/2026",
        "09:12, thứ Hai 05/10/2026", "Cam kết phục vụ 5 ngày làm việc", "không văn bản nào quy định", "chưa ai nhận",
        "Chưa ai nhận. Nhận hồ sơ",
    ):  # fmt: skip
        assert told in text


def test_every_answer_of_the_snapshot_stands_there(desk: Client, submitted) -> None:
    text = words(desk.get(url_of(submitted)))
    for step in submitted.kind.steps:
        for name, one in step.form.base_fields.items() if step.form else ():
            assert str(one.label) in text, name
    assert "Truy xuất từng gốc chè cổ thụ cho người mua ở xa." in text
    assert "Hiện điện thoại liên hệ Nội bộ Không" in text


def test_what_is_restricted_is_hidden_and_says_so(desk: Client, submitted) -> None:
    body = desk.get(url_of(submitted)).content.decode()
    for secret in (*SECRETS, "giay-1.pdf"):
        assert secret not in body
    assert "mục hạn chế đang ẩn" in body
    assert not ReadLog.objects.exists()


def test_reading_what_is_restricted_leaves_a_line(desk: Client, officer, submitted) -> None:
    text = words(desk.get(url_of(submitted), {"show": "restricted"}))
    for secret in (*SECRETS, "giay-1.pdf"):
        assert secret in text
    line = ReadLog.objects.get()
    assert (line.user, line.subject) == (officer, submitted.subject)
    assert {"representative", "identity_number", "email", "phone", "team", "capital", "files.name"} <= set(line.fields)


def test_files_lead_to_the_checked_address(desk: Client, submitted) -> None:
    body = desk.get(url_of(submitted)).content.decode()
    for item in submitted.files.select_related("file"):
        assert f'href="/tep/{item.file.public_id}/"' in body
        response = desk.get(f"/tep/{item.file.public_id}/")
        assert response.status_code == 200
        assert b"".join(response.streaming_content)


def test_a_household_number_is_restricted(desk: Client) -> None:
    made = dossier(submitted=True, organisation=party("Hộ Mẫu", kind="household"))
    number = made.party.identifiers.get().value
    assert number not in words(desk.get(url_of(made)))
    assert number in words(desk.get(url_of(made), {"show": "restricted"}))


def test_history_says_who_in_which_role_and_why(desk: Client, officer) -> None:
    made = dossier(refused=True, officer=officer)
    text = words(desk.get(url_of(made)))
    assert "Không đăng vào danh bạ Đã từ chối" in text
    assert "Vàng A Sử, chuyên viên thụ lý" in text
    assert "Dự án chưa có sản phẩm hay dịch vụ." in text


def test_a_decision_stands_with_its_ground_and_hash(desk: Client) -> None:
    made = dossier(published=True)
    text = words(desk.get(url_of(made)))
    assert "khoản 4 Điều 66 Nghị định 268/2025/NĐ-CP" in text
    assert re.search(r"[0-9a-f]{64}", text)
    assert "Xem trang công khai" in text


def test_the_older_version_is_still_read(desk: Client, twice_sent) -> None:
    latest = words(desk.get(url_of(twice_sent)))
    assert "khách ở Hà Nội" in latest
    assert "Đã sửa ở lần này" in latest
    assert "Sở đã ghi: Viết rõ dự án phục vụ ai." in latest
    older = desk.get(url_of(twice_sent), {"submission": "1"})
    assert "cho người mua ở xa" in words(older)
    assert "Đây là bản cũ" in words(older)
    assert 'name="mark"' not in older.content.decode()
    assert desk.get(url_of(twice_sent), {"submission": "7"}).status_code == 404


def test_rounds_of_supplement(desk: Client, twice_sent) -> None:
    text = words(desk.get(url_of(twice_sent)))
    assert "Đã bổ sung ở lần gửi 2" in text
    assert "Sửa giúp một mục. Một câu giới thiệu Viết rõ dự án phục vụ ai." in text


def test_two_versions_side_by_side(desk: Client, twice_sent) -> None:
    body = desk.get(url_of(twice_sent, "so-sanh")).content.decode()
    assert "<del>người mua</del>" in body
    assert "<ins>khách</ins>" in body
    assert desk.get(url_of(twice_sent, "so-sanh"), {"from": "9", "to": "1"}).status_code == 404
    assert "Hai bản giống nhau" in words(desk.get(url_of(twice_sent, "so-sanh"), {"from": "2", "to": "2"}))


def test_a_restricted_change_is_hidden_in_the_comparison(desk: Client, officer) -> None:
    made = dossier(supplement=True, officer=officer, remarks={"field:phone": "Số này không gọi được."})
    owner, step = made.created_by, made.kind.step("tru-so")
    made = save_step(made, step, {"phone": "0987 654 321"}, actor=owner, seen=made.answers_version).dossier
    act(made, "resubmit", owner)
    assert "0987654321" not in words(desk.get(url_of(made, "so-sanh")))
    assert not ReadLog.objects.exists()
    assert "0987654321" in words(desk.get(url_of(made, "so-sanh"), {"show": "restricted"}))
    assert ReadLog.objects.get().fields == ["phone"]


def test_an_officer_of_the_applicant_sees_why_there_is_nothing_to_do(desk: Client, officer) -> None:
    made = dossier(submitted=True, organisation=party("Công ty của chuyên viên", members={"editor": [officer]}))
    response = desk.get(url_of(made))
    text = words(response)
    assert "Bạn là thành viên của tổ chức nộp hồ sơ nên không được xử lý hồ sơ này." in text
    assert 'method="post" action="/quan-tri/ho-so/' not in response.content.decode()


def test_a_draft_is_not_on_the_desk(desk: Client, officer) -> None:
    assert desk.get(url_of(dossier())).status_code == 404
    own = dossier(organisation=party("Của tôi", members={"editor": [officer]}))
    assert desk.get(url_of(own)).status_code == 404
    assert desk.get("/quan-tri/ho-so/KN-1999-00001/").status_code == 404


@pytest.mark.parametrize("trait", ["editor", "admin"])
def test_others_of_the_department_stay_out(roles, signed_in, submitted, trait: str) -> None:
    client = signed_in(UserFactory(**{trait: True}))
    assert client.get(url_of(submitted)).status_code == 403
    assert client.get(url_of(submitted, "so-sanh")).status_code == 403
    assert client.post(url_of(submitted, "assign"), {"version": submitted.version}).status_code == 403
    assert Event.objects.filter(subject=submitted.subject).count() == 1


def test_the_owner_of_the_dossier_has_no_desk(signed_in, submitted) -> None:
    assert signed_in(owner_of(submitted.party)).get(url_of(submitted)).status_code == 403


def test_other_dossiers_of_the_applicant_are_named(desk: Client, submitted) -> None:
    other = dossier(refused=True, organisation=submitted.party)
    assert other.reference in words(desk.get(url_of(submitted)))


def test_the_price_of_a_page_does_not_grow_with_its_history(desk: Client, officer, officer2, query_budget) -> None:
    made = dossier(submitted=True, papers=1)
    desk.get(url_of(made))
    with query_budget(MOST_QUERIES) as short:
        desk.get(url_of(made))
    for _ in range(5):
        made = act(made, "assign", officer, assignee=officer2.pk)
    with query_budget(MOST_QUERIES) as long:
        desk.get(url_of(made))
    assert len(long) <= len(short) + 1


def test_nothing_inline(desk: Client, submitted) -> None:
    """Of ours; Wagtail's own shell needs its own policy."""
    body = desk.get(url_of(submitted)).content.decode()
    own = body[body.index('<div class="case">') : body.index("</main>")]
    assert not re.search(r'\sstyle="|\son[a-z]+="|<script|<style', own)


def test_the_printed_paper_leaves_a_line_too_but_not_for_the_applicant(desk: Client, signed_in, submitted) -> None:
    body = desk.get(url_of(submitted)).content.decode()
    paper = f"/tai-khoan/khoi-nghiep/{submitted.reference}/ban-gui/1.pdf"
    assert f'href="{paper}"' in body
    assert signed_in(owner_of(submitted.party)).get(paper).status_code == 200
    assert not ReadLog.objects.exists()
    assert desk.get(paper).status_code == 200
    assert {"identity_number", "files.name"} <= set(ReadLog.objects.get().fields)
