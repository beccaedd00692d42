"""The desk's pages and the assessor's link, as people meet them."""

from io import BytesIO
from typing import Any

import docx
import pytest
from django.test import Client
from pypdf import PdfReader

from registry.appraisals import selectors
from registry.appraisals.models import Appraisal, Council, Declaration, Sheet
from registry.core import clock
from registry.core.lifecycle import perform
from registry.core.models import PrivateFile
from registry.core.models.history import Event, ReadLog
from registry.parties.models import Membership
from tests.accounts.factories import UserFactory, sign_in
from tests.appraisals import factories as make
from tests.core.factories import upload

pytestmark = pytest.mark.django_db


def desk(found: Appraisal, pk: int | None = None) -> str:
    return f"/quan-tri/tham-dinh/{found.public_id}/" + (f"{pk}/" if pk else "")


def sent(found: Appraisal, act: str, **more: Any) -> dict[str, Any]:
    return {"act": act, "version": str(make.fresh(found).version), **more}


COUNCIL = {
    "number": "77/QĐ-UBND", "signed_on": "", "signatory": "Ông Ví Dụ", "authority": "ubnd-tinh", "delegation": "", **make.NUMBERS,
}  # fmt: skip
PERSON = {"name": "Lò Văn Thẩm", "title": "Tiến sĩ", "organisation": "Viện Thử", "role": "member", "votes": "on"}


def test_an_officer_goes_the_whole_way_at_the_desk(officer: Any) -> None:
    found, client = make.of_application(officer), sign_in(Client(), officer)
    page = desk(found)
    assert "Chưa có kết quả thẩm định" in client.get(f"/quan-tri/ho-so/{found.dossier.reference}/").content.decode()
    wrong = client.post(page, sent(found, "set_up", **COUNCIL | {"quorum": "9"}, file=upload("qd.pdf")))
    assert wrong.status_code == 400
    assert "Số phiếu tối thiểu từ 1" in wrong.content.decode()
    assert 'value="77/QĐ-UBND"' in wrong.content.decode()
    assert client.post(page, sent(found, "set_up", **COUNCIL, file=upload("qd.pdf"))).status_code == 302
    assert client.post(page, sent(found, "set_up", **COUNCIL, file=upload("qd.pdf"))).status_code == 400  # number taken
    assert Council.objects.count() == 1
    stale = {**sent(found, "add", **PERSON), "version": "0"}
    told = client.post(page, stale)
    assert told.status_code == 409
    assert 'value="Lò Văn Thẩm"' in told.content.decode()
    for name in ("Lò Văn Thẩm", "Giàng Thị Hai"):
        assert client.post(page, sent(found, "add", **PERSON | {"name": name})).status_code == 302
    for member in selectors.standing(found).members:
        own = desk(found, member.assessor.pk)
        assert client.post(own, sent(found, "declare", conflict="", note="")).status_code == 400
        assert client.post(own, sent(found, "declare", conflict="no", note="")).status_code == 302
        assert client.post(own, sent(found, "hand_in", seen="0", **make.SAID)).status_code == 400  # no scan
        given = sent(found, "hand_in", seen="0", **make.SAID)
        assert client.post(own, {**given, "file": upload("phieu.pdf")}).status_code == 302
        assert client.post(own, {**given, "file": upload("phieu.pdf")}).status_code == 409
    minutes = {"number": "1/BB", "held_on": "27/11/2026", "file": upload("bb.pdf")}
    assert client.post(page, sent(found, "conclude", **minutes)).status_code == 302
    assert make.fresh(found).state == "concluded"
    body = client.get(page).content.decode()
    assert "2 phiếu “Đủ điều kiện”" in body
    assert "Biên bản số 1/BB" in body
    assert client.post(page, sent(found, "reopen", note="")).status_code == 400
    assert client.post(page, sent(found, "reopen", note="Ghi nhầm số.")).status_code == 302


def test_the_sheet_begins_with_the_application_and_keeps_what_was_ticked(officer: Any) -> None:
    found = make.council(officer)
    one = make.seat(found, officer)
    client = sign_in(Client(), officer)
    body = client.get(desk(found, one.pk)).content.decode()
    for told in ("Quy trình sao chè giữ hương", "600.000.000", "31.500.000.000", "30.000.000.000"):
        assert told in body
    given = {**make.SAID, "spending": "600.000.000", "revenue_of_years": "31,5 tỷ", "update_number": "2"}
    client.post(desk(found, one.pk), {**sent(found, "hand_in", seen="0", **given), "file": upload("p.pdf")})
    sheet = Sheet.objects.get()
    assert sheet.content["rows"][0]["products"] == ["Chè sao lạnh"]
    assert (sheet.content["spending"], sheet.content["revenue_of_years"]) == (600_000_000, 31_500_000_000)
    assert sheet.content["enterprise"]["representative"] == "Lò Thị Mẫu"
    for what, kind, reads in (("trong", "pdf", pdf_of), ("da-nop", "pdf", pdf_of), ("da-nop", "docx", word_of)):
        words = reads(client.get(f"{desk(found, one.pk)}phieu-{what}.{kind}").content)
        assert "Lò Văn Thẩm" in words
        assert ("[x] Đủ điều kiện" in words) is (what == "da-nop")
        assert "1,90 %" in words or what == "trong"
    for wrong in ("trong.xlsx", "khac.pdf"):
        assert client.get(f"{desk(found, one.pk)}phieu-{wrong}").status_code == 404


def pdf_of(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(made)).pages)


def word_of(made: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(made)).paragraphs)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"conclusion": ""}, "Chọn kết luận."),
        ({"conclusion": "maybe"}, "Chọn kết luận."),
        ({"conclusion": "no"}, "ghi nội dung cần bổ sung"),
        ({"rows": ["7"]}, "Chọn trong các kết quả"),
        ({"spending": "nhiều"}, "Ghi số tiền"),
        ({"registered_on": "28/11/2026"}, "không thể ở tương lai"),
        ({"absorbing": "x" * 4001}, "4000"),
    ],
)
def test_a_sheet_that_does_not_suffice_is_given_back(officer: Any, wrong: Any, sentence: str) -> None:
    found = make.of_application(officer, "experts")
    one = make.seat(found, officer)
    make.clear(found, one, officer)
    url, _holder = make.link(found, one, officer)
    answer = Client().post(url, {"_hand_in": "1", "seen": "0", **make.SAID, "rd_unit": "Ba người.", **wrong})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert "Ba người." in answer.content.decode()
    assert not Sheet.objects.exists()


def test_the_link_shows_nothing_before_the_declaration_and_acts_only_when_posted(officer: Any) -> None:
    found = make.of_application(officer, "experts")
    one = make.seat(found, officer)
    url, _holder = make.link(found, one, officer)
    client, events = Client(), Event.objects.count()
    at_the_desk = sign_in(Client(), officer)  # who made the link does not speak for the assessor
    for answer in (at_the_desk.get(url), at_the_desk.post(url, {"_declare": "1", "conflict": "no", "note": ""})):
        assert (answer.status_code, "đăng xuất rồi mở lại" in answer.content.decode()) == (403, True)
    first = client.get(url)
    assert first["Cache-Control"] == "private, no-store"
    assert "noindex" in first["X-Robots-Tag"]
    assert "Lò Thị Mẫu" not in first.content.decode()
    assert "biện pháp phòng ngừa của Sở" in first.content.decode()
    assert Event.objects.count() == events
    assert client.post(url, {"_hand_in": "1", "seen": "0", **make.SAID}).status_code == 400
    assert client.post(url, {"_declare": "1", "conflict": "no", "note": ""}).status_code == 302
    assert "Lò Thị Mẫu" in client.get(url).content.decode()
    assert client.post(url, {"_hand_in": "1", "seen": "0", **make.SAID}).status_code == 302
    assert client.post(url, {"_hand_in": "1", "seen": "0", **make.SAID}).status_code in (400, 409)
    said = Sheet.objects.get()
    assert (said.by_link, said.is_for, said.file) == (True, True, None)
    assert (Event.objects.latest("pk").role, Event.objects.latest("pk").actor) == ("assessor", None)
    english = client.get(url.replace("/phieu-danh-gia/", "/en/assessment-sheet/")).content.decode()
    assert "Assessment sheet" in english
    make.end(found, officer, number="", file=None)
    assert "Không nhận phiếu nữa" in client.get(url).content.decode()
    assert client.post(url, {"_hand_in": "1", "seen": "1", "reason": "x", **make.SAID}).status_code == 409


def test_a_conflict_by_link_closes_the_sheet(officer: Any) -> None:
    found = make.of_application(officer, "experts")
    one = make.seat(found, officer)
    url, _holder = make.link(found, one, officer)
    client = Client()
    assert client.post(url, {"_declare": "1", "conflict": "yes", "note": ""}).status_code == 400
    assert client.post(url, {"_declare": "1", "conflict": "yes", "note": "Góp vốn."}).status_code == 302
    assert Declaration.objects.get().by_link
    body = client.get(url).content.decode()
    assert "Sở sẽ mời người khác" in body
    assert "_hand_in" not in body


def test_tampered_and_spent_links_are_gone(officer: Any) -> None:
    found = make.of_application(officer, "experts")
    one = make.seat(found, officer)
    url, _holder = make.link(found, one, officer)
    token = url.split("/")[-2]
    for place in range(0, len(token), 3):
        other = "A" if token[place] != "A" else "B"
        assert Client().get(f"/phieu-danh-gia/{token[:place]}{other}{token[place + 1 :]}/").status_code == 410, place
    with clock.at("2026-12-11T23:59+07:00"):
        assert Client().get(url).status_code == 200
    with clock.at("2026-12-12T00:00+07:00"):
        assert Client().get(url).status_code == 410
        assert Client().post(url, {"_declare": "1", "conflict": "no"}).status_code == 410
    make.link(found, one, officer)
    assert Client().get(url).status_code == 410


def test_who_belongs_to_the_enterprise_sees_neither_sheet_nor_link(officer: Any) -> None:
    found = make.of_application(officer, "experts")
    one = make.seat(found, officer)
    make.vote(found, one, officer, file=upload("phieu.pdf"))
    url, _holder = make.link(found, one, officer)
    own = UserFactory(officer=True)
    Membership.objects.create(party=found.party, user=own, role="viewer", since=clock.today())
    client = sign_in(Client(), own)
    file = PrivateFile.objects.get(purpose="sheet")
    for address in (
        desk(found),
        desk(found, one.pk),
        f"{desk(found, one.pk)}phieu-da-nop.pdf",
        f"/tep/{file.public_id}/",
    ):
        assert client.get(address).status_code in (403, 404), address
    assert client.get(url).status_code == 403
    assert "Thẩm định</h2>" not in client.get(f"/quan-tri/ho-so/{found.dossier.reference}/").content.decode()
    read = sign_in(Client(), officer).get(f"/tep/{file.public_id}/")
    assert (read.status_code, b"".join(read.streaming_content)[:4]) == (200, b"%PDF")
    applicant = sign_in(Client(), found.dossier.created_by)
    assert applicant.get(f"/tep/{file.public_id}/").status_code in (403, 404)


def test_reading_names_and_sheets_leaves_a_line(officer: Any) -> None:
    found = make.of_application(officer, "experts")
    one = make.seat(found, officer)
    client = sign_in(Client(), officer)
    for address in (desk(found), desk(found, one.pk), f"{desk(found, one.pk)}phieu-trong.docx"):
        before = ReadLog.objects.filter(subject=found.subject).count()
        assert client.get(address).status_code == 200
        assert ReadLog.objects.filter(subject=found.subject).count() == before + 1
    assert "Lò Văn Thẩm" not in client.get(f"/quan-tri/ho-so/{found.dossier.reference}/").content.decode()


def test_a_council_of_advice_from_the_certificates_page(officer: Any) -> None:
    made = make.certificate(actor=officer)
    client = sign_in(Client(), officer)
    page = f"/quan-tri/giay-chung-nhan/{made.public_id}/"
    assert "Lập hội đồng tư vấn" in client.get(page).content.decode()
    start = f"/quan-tri/tham-dinh/hoi-dong-tu-van/{made.public_id}/"
    assert client.post(start, {"proposal": ""})["Location"] == page
    opened = client.post(start, {"proposal": "withdraw"})
    found = Appraisal.objects.get()
    assert opened["Location"] == desk(found)
    make.set_up(found, officer, quorum=1)
    one = make.seat(found, officer)
    body = client.get(desk(found, one.pk)).content.decode()
    assert "không có mẫu phiếu" in body
    given = sent(found, "hand_in", seen="0", conclusion="no", opinion="Chờ gia hạn.")
    assert client.post(desk(found, one.pk), {**given, "file": upload("p.pdf")}).status_code == 302
    url, _holder = make.link(found, one, officer)
    make.clear(found, one, officer)
    assert "Chờ gia hạn." in Client().get(url).content.decode()
    assert client.get(f"{desk(found, one.pk)}phieu-trong.pdf").status_code == 404
    assert "Thu hồi giấy chứng nhận" in client.get(page).content.decode()


def test_pages_cost_the_same_however_many_sit(officer: Any, query_budget: Any) -> None:
    found = make.council(officer, size=9, quorum=5)
    client = sign_in(Client(), officer)
    for number in range(6):
        make.voter(found, officer, f"Người {number}", number % 2 == 0)
    for address in (desk(found), desk(found, selectors.standing(found).members[0].assessor.pk)):
        client.get(address)
        with query_budget(25):
            client.get(address)


def test_the_act_by_another_code_is_refused(officer: Any) -> None:
    found, client = make.council(officer), sign_in(Client(), officer)
    for act in ("burn", "supersede", "hand_in", ""):
        assert client.post(desk(found), sent(found, act)).status_code == 409
    one = make.seat(found, officer)
    assert client.post(desk(found, one.pk), sent(found, "conclude")).status_code == 409
    perform(make.fresh(found), "supersede", officer, expected_version=found.version)
    assert "Đã đổi cách thẩm định" in client.get(desk(found)).content.decode()
