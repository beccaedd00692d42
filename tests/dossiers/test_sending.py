"""Looking through, sending, the timeline, withdrawing, the printed paper."""

import hashlib
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from registry.core import clock
from registry.dossiers.models import Dossier, Submission
from tests.accounts.factories import UserFactory
from tests.dossiers.factories import answers, dossier, posted
from tests.dossiers.test_steps import post, there
from tests.dossiers.visitors import Visitor, visitor
from tests.parties.factories import owner_of, party

pytestmark = pytest.mark.django_db


def send(founder: Visitor, made: Dossier, **data: Any) -> Any:
    made.refresh_from_db()
    return post(founder, made, "kiem-tra", truthful="on", version=made.version, _send="1", **data)


def test_everything_missing_is_listed_with_its_place(founder: Visitor) -> None:
    made = dossier(owner=founder.user, empty=True)
    text = founder.read(there(made, "kiem-tra"))
    assert "chỗ cần điền trước khi gửi" in text
    assert f"{there(made, 'ten')}?check=1#id_name_vi" in text
    assert f"{there(made, 'nganh')}?check=1#id_sector_0" in text
    assert f"{there(made, 'nganh')}?check=1#id_industries" in text
    assert "Đánh dấu lời cam đoan rồi gửi." not in text
    sent = post(founder, made, "kiem-tra", version=0, _send="1", show_email="on")
    text = sent.content.decode()
    assert "<title>Lỗi: Xem lại trước khi gửi" in text
    assert text.count("Đánh dấu lời cam đoan rồi gửi.") == 2
    assert '<a href="#id_truthful">' in text
    made.refresh_from_db()
    assert made.state == "draft"
    assert made.answers["show_email"] is True


def test_an_enterprise_needs_its_day_of_registration(founder: Visitor) -> None:
    made = dossier(owner=founder.user, registered_on="")
    assert "Doanh nghiệp cần ngày đăng ký kinh doanh." in send(founder, made).content.decode()


def test_what_is_never_public_has_a_lock(founder: Visitor) -> None:
    text = founder.read(there(dossier(owner=founder.user), "kiem-tra"))
    name = text[text.index("Họ tên người đại diện theo pháp luật") :]
    assert "(không công khai)" in name[:400]
    mail = text[text.index("Thư điện tử liên hệ") :]
    assert "(công khai nếu bạn đồng ý)" in mail[:200]


def test_sending_twice_is_one_submission(founder: Visitor) -> None:
    made = dossier(owner=founder.user)
    seen, version = made.answers_version, made.version
    first = post(founder, made, "kiem-tra", truthful="on", version=version, _send="1")
    again = founder.post(
        there(made, "kiem-tra"), {"seen": seen, "version": version, "truthful": "on", "_send": "1"}, follow=True
    )
    assert first["Location"] == there(made)
    assert "Hồ sơ đã gửi rồi" in again.content.decode()
    assert made.submissions.count() == 1


def test_a_page_that_is_out_of_date_sends_nothing(founder: Visitor) -> None:
    made = dossier(owner=founder.user)
    stale = made.answers_version
    post(founder, made, "ten", **posted(answers(name_vi="Tên của đồng nghiệp"), "ten"))
    response = founder.post(
        there(made, "kiem-tra"), {"seen": stale, "version": made.version, "truthful": "on", "_send": "1"}
    )
    assert response.status_code == 409
    assert "Tên của đồng nghiệp" in response.content.decode()
    made.refresh_from_db()
    assert made.state == "draft"
    assert send(founder, made).status_code == 302


def test_a_supplement_is_sent_once_too(founder: Visitor) -> None:
    made = dossier(owner=founder.user, supplement=True)
    data = {"seen": made.answers_version, "version": made.version, "_send": "1"}
    assert founder.post(there(made, "kiem-tra"), data).status_code == 302
    assert "Hồ sơ đã gửi rồi" in founder.post(there(made, "kiem-tra"), data, follow=True).content.decode()
    assert made.submissions.count() == 2


def test_the_promise_is_called_what_it_is(founder: Visitor, freeze: Any) -> None:
    freeze("2026-10-05T09:12")
    made = dossier(owner=founder.user, submitted=True)
    text = founder.read(there(made))
    assert "Sở trả lời chậm nhất thứ Hai 12/10/2026" in text
    assert "cam kết phục vụ, không phải thời hạn luật định" in text
    freeze("2026-10-13T09:00")
    assert "muộn hơn đã hẹn" in founder.read(there(made))


def test_while_the_department_waits_its_clock_stands(founder: Visitor) -> None:
    text = founder.read(there(dossier(owner=founder.user, supplement=True)))
    assert "Đang dừng để chờ bạn" in text
    assert text.index("cần bạn bổ sung 1 mục") < text.index("Hồ sơ đi đến đâu")


def test_a_refusal_comes_with_its_reason(founder: Visitor) -> None:
    text = founder.read(there(dossier(owner=founder.user, refused=True)))
    assert "Không được đăng" in text
    assert "Dự án chưa có sản phẩm hay dịch vụ." in text
    assert "Rút hồ sơ" not in text


def test_a_published_dossier_leads_to_its_page(founder: Visitor) -> None:
    made = dossier(owner=founder.user, published=True)
    text = founder.read(there(made))
    address = text[text.index("/khoi-nghiep/tra-minh-hoa-") :].split('"')[0]
    assert "Trà cổ thụ Minh Họa" in founder.read(address)
    english = founder.read(f"/en/account/startups/{made.reference}/")
    assert "/en/startups/tra-minh-hoa-" in english


# --- withdrawing


@pytest.mark.parametrize("traits", [{}, {"submitted": True}, {"supplement": True}])
def test_withdrawing_is_asked_once_more(founder: Visitor, traits: dict[str, bool]) -> None:
    made = dossier(owner=founder.user, **traits)
    assert made.reference in founder.read(there(made, "rut"))
    assert made.state != "withdrawn"
    stale = founder.post(there(made, "rut"), {"version": made.version + 1}, follow=True)
    assert "vừa được người khác xử lý" in stale.content.decode()
    founder.post(there(made, "rut"), {"version": made.version})
    made.refresh_from_db()
    assert made.state == "withdrawn"
    assert "không rút được nữa" in founder.get(there(made, "rut"), follow=True).content.decode()


def test_a_viewer_does_not_withdraw(founder: Visitor) -> None:
    reader = UserFactory()
    made = dossier(owner=founder.user, organisation=party("HTX", owner=founder.user, members={"viewer": [reader]}))
    client = visitor(reader)
    client.post(there(made, "rut"), {"version": made.version})
    made.refresh_from_db()
    assert made.state == "draft"
    assert "dossier_withdraw" not in client.read(there(made))


# --- beginning


def test_a_draft_is_begun_once(founder: Visitor) -> None:
    here = party("Hợp tác xã", owner=founder.user)
    first = founder.post("/tai-khoan/khoi-nghiep/moi/", {"party": here.public_id})
    again = founder.post("/tai-khoan/khoi-nghiep/moi/", {"party": here.public_id})
    assert first["Location"] == again["Location"]
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("choice", ["", "khong-co", "theirs"])
def test_only_for_a_party_of_ones_own(founder: Visitor, choice: str) -> None:
    theirs = party("Của người khác")
    response = founder.post(
        "/tai-khoan/khoi-nghiep/moi/", {"party": theirs.public_id if choice == "theirs" else choice}
    )
    assert response.status_code == 200
    assert "Chọn tổ chức, nhóm hoặc cá nhân" in response.content.decode()
    assert Dossier.objects.count() == 0


def test_a_get_makes_nothing(founder: Visitor, recorded_queries: Any) -> None:
    party("Hợp tác xã", owner=founder.user)
    with recorded_queries() as queries:
        founder.read("/tai-khoan/khoi-nghiep/moi/")
    assert [sql for sql in queries.writes if "session" not in sql] == []


# --- the paper


def paper(made: Dossier, place: int = 1) -> str:
    return f"{there(made)}ban-gui/{place}.pdf"


def test_the_paper_is_tagged_complete_and_always_the_same(founder: Visitor) -> None:
    made = dossier(owner=founder.user, submitted=True, papers=1, address="Bản Ặ, Ễ, Ộ, ữ, đường “Số 5”")
    first = founder.get(paper(made))
    with clock.at(clock.now() + timedelta(days=30)):
        assert founder.get(paper(made)).content == first.content
    assert first["Cache-Control"] == "private, no-store"
    document = PdfReader(BytesIO(first.content))
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert document.trailer["/Root"]["/Lang"] == "vi"
    text = "\n".join(page.extract_text() for page in document.pages)
    sent = Submission.objects.get()
    assert sent.sha256 == hashlib.sha256(sent.content.encode()).hexdigest()
    for words in (made.reference, sent.sha256, "Trang 1 /", "Trà cổ thụ Minh Họa", "Bản Ặ, Ễ, Ộ, ữ", "giay-1.pdf"):
        assert words in text


def test_letters_that_no_font_has_do_not_break_the_paper(founder: Visitor) -> None:
    made = dossier(owner=founder.user, submitted=True, address="😀 漢字 ꪀꪁ \u202e")
    assert founder.get(paper(made)).content.startswith(b"%PDF")


@pytest.mark.parametrize("typed", ["#import sys", '"); #panic()', "= Tiêu đề", "$x$ *y* _z_", "</text>", "\\"])
def test_words_are_words_and_no_commands(founder: Visitor, typed: str) -> None:
    made = dossier(owner=founder.user, submitted=True, address=typed)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(founder.get(paper(made)).content)).pages)
    assert typed in text.replace("’", "'").replace("“", '"')


def test_the_paper_is_for_its_people_and_for_officers(founder: Visitor, stranger: Visitor) -> None:
    made = dossier(owner=founder.user, submitted=True)
    assert stranger.get(paper(made)).status_code == 404
    assert visitor(UserFactory(editor=True)).get(paper(made)).status_code == 404
    assert visitor(UserFactory(officer=True)).get(paper(made)).status_code == 200
    assert founder.get(paper(made, 2)).status_code == 404


# --- budgets


@pytest.mark.parametrize("step", ["", "ten", "tru-so", "nganh", "du-an", "doi-ngu", "tep", "kiem-tra"])
def test_query_budget(founder: Visitor, query_budget: Any, step: str) -> None:
    made = dossier(
        owner=founder.user,
        supplement=True,
        remarks={f"field:{n}": "?" for n in ("name_vi", "ward", "sector", "website", "team")} | {"files": "?"},
    )
    with query_budget(25):
        founder.read(there(made, step))


def test_the_front_page_of_the_account_does_not_grow(founder: Visitor, recorded_queries: Any) -> None:
    here = party("Hợp tác xã", owner=founder.user)
    dossier(organisation=here)
    with recorded_queries() as few:
        founder.read("/tai-khoan/")
    for _ in range(6):
        dossier(organisation=here)
        party(owner=owner_of(here))
    with recorded_queries() as many:
        founder.read("/tai-khoan/")
    assert len(many) <= len(few)
