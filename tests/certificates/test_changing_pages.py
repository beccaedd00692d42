"""The pages of changing a certificate: from the certificate in the account to form V.5, and on the desk."""

from io import BytesIO
from typing import Any

import docx
import pytest

from registry.certificates.changing.services import begin
from registry.certificates.models import CertificateChange
from registry.core import clock
from registry.core.models import ReadLog
from registry.core.models.history import Decision
from registry.dossiers import showing
from registry.dossiers.models import Dossier
from registry.dossiers.services import add_file
from registry.parties.models import Membership
from tests.accounts.factories import UserFactory
from tests.certificates.changes import GRANT, act, answers, change, fill, held
from tests.certificates.factories import decide
from tests.core.factories import upload
from tests.dossiers.visitors import Visitor, at_the_desk, visitor
from tests.parties.factories import party
from tests.st_enterprises.applications import posted
from tests.st_enterprises.papers.reading import bare, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

HERE = "/tai-khoan/thay-doi-giay-chung-nhan/"
SECRETS = ("000000000123", "Bản Kín 7", "0912345678")


@pytest.fixture
def owner() -> Visitor:
    return visitor(UserFactory(full_name="Vàng Thị Thử"))


def there(made: Dossier, step: str = "") -> str:
    return f"{HERE}{made.reference}/" + (f"{step}/" if step else "")


def test_it_begins_from_the_certificate_in_the_account(owner: Visitor) -> None:
    assert "Chưa có giấy chứng nhận nào" in owner.read(f"{HERE}moi/")
    mine, other = held(owner=owner.user), held(number="44/DNKHCN")
    page = owner.read("/tai-khoan/")
    assert f"{HERE}moi/?giay={mine.public_id}" in page
    page = owner.read(f"{HERE}moi/?giay={mine.public_id}")
    assert mine.number in page
    assert other.number not in page
    assert "3 ngày làm việc (áp dụng tương tự khoản 1 Điều 51" in page
    assert "10 ngày (khoản 3 Điều 52" in page
    for wrong in ({}, {"certificate": other.public_id}, {"certificate": "'"}):
        assert owner.post(f"{HERE}moi/", wrong).status_code == 400
    answer = owner.post(f"{HERE}moi/", {"certificate": mine.public_id})
    made = Dossier.objects.get()
    assert made.reference.startswith("TD-")
    assert answer.headers["Location"] == there(made, "de-nghi")
    page = owner.read(f"{HERE}moi/")
    assert f"đang có hồ sơ {made.reference}" in page
    assert f"thay đổi, cấp lại: {made.reference}" in owner.read("/tai-khoan/")
    fill(made, owner.user)
    answer = owner.post(f"{HERE}moi/", {"certificate": mine.public_id}, follow=True)
    assert f"Giấy này đang có hồ sơ {made.reference}" in answer.content.decode()
    assert Dossier.objects.count() == 1


def test_a_viewer_and_the_holder_of_what_ended_are_told_why_not(owner: Visitor) -> None:
    found = held()
    Membership.objects.create(party=found.party, user=owner.user, role="viewer", since="2026-01-01")
    assert "Bạn là người xem" in owner.read(f"{HERE}moi/")
    assert owner.post(f"{HERE}moi/", {"certificate": found.public_id}).status_code == 400
    decide(found, "cancel", UserFactory(officer=True))
    assert "không còn hiệu lực" in owner.read(f"{HERE}moi/")
    assert not CertificateChange.objects.exists()


def test_a_certificate_that_ended_meanwhile_is_told_on_every_page_and_can_only_be_refused(owner: Visitor) -> None:
    found, officer = held(owner=owner.user), UserFactory(officer=True)
    made = fill(begin(found, actor=owner.user), owner.user)
    told = f"Giấy chứng nhận số {found.number} đã bị hủy bỏ hiệu lực từ ngày "
    pages = [there(made), there(made, "de-nghi"), there(made, "kiem-tra")]
    assert not any(told in owner.read(page) for page in pages)
    found = decide(found, "cancel", officer)
    assert [told in owner.read(page) for page in pages] == [True] * 3
    sent, grant = change(held(number="45/DNKHCN"), valid=True), "Giấy có một bản mới từ ngày quyết định"
    assert grant in at_the_desk().read(f"/quan-tri/ho-so/{sent.reference}/")
    decide(decide(CertificateChange.objects.get(dossier=sent).certificate, "notify", officer), "withdraw", officer)
    desk = at_the_desk().read(f"/quan-tri/ho-so/{sent.reference}/")
    assert "Trả lời bằng từ chối kèm lý do" in desk
    assert "Từ chối cấp thay đổi" in desk
    assert grant not in desk


def test_a_step_in_which_nothing_has_to_be_said_is_done_once_something_is(owner: Visitor) -> None:
    made = begin(held(owner=owner.user), actor=owner.user)
    link = f'<a href="{there(made, "bo-sung")}">Bổ sung kết quả, sản phẩm'
    assert f"{link}</a>" in owner.read(there(made, "de-nghi"))
    typed = {"seen": made.answers_version, "products-0-name": "Chè ướp sen"}
    owner.post(there(made, "bo-sung"), typed)
    assert f'{link}<span class="u-hide"> (đã điền)</span></a>' in owner.read(there(made, "de-nghi"))
    made.refresh_from_db()
    fill(made, owner.user, results=[], products=[])
    made.refresh_from_db()
    assert showing.unfinished_step(made) is made.kind.last_step, "nobody is sent to what may stay empty"


def test_every_step_is_saved_as_a_browser_sends_it_and_the_dossier_is_filed(owner: Visitor) -> None:
    made = begin(held(owner=owner.user), actor=owner.user)
    page = owner.read(there(made, "danh-muc"))
    assert page.count("Bỏ dòng này") == 2
    assert "Thêm dòng" not in page
    assert 'type="hidden" name="lines-0-line" value="1"' in page
    given = answers(made)
    for step in made.kind.steps[:-1]:
        if step.form is None:
            add_file(made, upload("phuong-an.pdf"), "business_plan", actor=owner.user)
            continue
        answer = owner.post(there(made, step.code), {**posted(given, made, step.code), "_next": "1"})
        assert answer.status_code == 302, (step.code, answer.content.decode())
        made.refresh_from_db()
    page = owner.read(there(made, "kiem-tra"))
    for said in ("Công ty TNHH Chè Thử Mới", "Chè búp TN-7", "khoản 2 Điều 56", "điều kiện duy nhất"):
        assert said in page, said
    sent = {"seen": made.answers_version, "version": made.version, "truthful": "on", "_send": "1"}
    answer = owner.post(there(made, "kiem-tra"), sent)
    assert answer.status_code == 302, answer.content.decode()
    made.refresh_from_db()
    assert made.state == "filed"
    page = owner.read(there(made))
    assert "Sở trả lời trong 10 ngày." in page
    assert "Sở áp dụng tương tự khoản 1 Điều 51" in page
    assert there(made) + "ban-gui/1/v5.docx" in page


def test_a_line_is_dropped_and_no_new_one_comes_in_beside(owner: Visitor) -> None:
    made = begin(held(owner=owner.user), actor=owner.user)
    data = posted(made.answers, made, "danh-muc")
    data |= {"lines-0-drop": "on", "lines-2-result_kind": "patent", "lines-2-result": "A", "lines-2-product": "B"}
    owner.post(there(made, "danh-muc"), data)
    made.refresh_from_db()
    assert [row["line"] for row in made.answers["lines"]] == [2, None]
    page = owner.read(f"{there(made, 'danh-muc')}?check=1")
    assert "Sản phẩm mới ghi ở bước Bổ sung." in page


def test_form_v5_says_what_was_asked_for_and_leaves_the_rest_open(owner: Visitor) -> None:
    found = held(owner=owner.user, number="07/DNKHCN")
    made = change(found)
    answer = owner.get(f"{there(made)}bieu-mau/v5.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    text = bare(text_of(answer.content))
    for said in (
        "07/DNKHCN",
        "Tên tiếng Việt: “Công ty TNHH Chè Thử” thành “Công ty TNHH Chè Thử Mới”.",
        "Bổ sung: Chè búp TN-7, từ kết quả Giống chè TN-7.",
        "số 77/QĐ-TT ngày 02/03/2026, Cục Trồng trọt",
        "000000000123",
        "Đăng ký thay đổi lần thứ 2",
    ):
        assert bare(said) in text, said
    word = docx.Document(BytesIO(owner.get(f"{there(made)}bieu-mau/v5.docx").content))
    assert any("Công ty TNHH Chè Thử Mới" in paragraph.text for paragraph in word.paragraphs)
    assert owner.get(f"{there(made)}bieu-mau/v5.odt").status_code == 404
    assert visitor(UserFactory()).get(f"{there(made)}bieu-mau/v5.pdf").status_code == 404


@pytest.mark.parametrize("broken", [{}, {"cases": ["lost"]}, {"lines": "x", "results": [{"kind": 1}], "ward": "99999"}])
def test_a_half_written_draft_prints_too(owner: Visitor, broken: dict[str, Any]) -> None:
    made = change(held(owner=owner.user, is_old=True), empty=True)
    made.answers |= broken
    made.save(update_fields=["answers"])
    assert owner.get(f"{there(made)}bieu-mau/v5.pdf").status_code == 200
    assert "khoản 1 Điều 68" in owner.read(there(made, "kiem-tra"))
    owner.read(there(made))


def test_the_desk_sees_what_is_asked_for_and_decides() -> None:
    made = change(held(number="07/DNKHCN"), valid=True)
    desk = at_the_desk()
    here = f"/quan-tri/ho-so/{made.reference}/"
    page = desk.read(here)
    for said in ("07/DNKHCN", "Công ty TNHH Chè Thử Mới", "Chè búp TN-7", "tính ưu đãi từ ngày quyết định", "10 ngày"):
        assert said in page, said
    assert "Cấp thay đổi nội dung</summary>" in page
    assert "Cấp lại</summary>" not in page
    assert not any(secret in page for secret in SECRETS)
    log = ReadLog.objects.count()
    assert desk.get(f"{there(made)}ban-gui/1/v5.pdf").status_code == 200
    assert ReadLog.objects.count() > log
    wrong = desk.post(f"{here}change/", {"version": made.version, **GRANT, "number": ""})
    assert wrong.status_code == 400
    assert "Ghi số văn bản." in wrong.content.decode()
    answer = desk.post(f"{here}change/", {"version": made.version, **GRANT})
    assert answer.status_code == 302, answer.content.decode()
    assert Decision.objects.get(subject=made.subject).kind == "change"
    page = desk.read(f"/quan-tri/giay-chung-nhan/{made.certificate_change.certificate.public_id}/")
    assert "Cấp thay đổi lần thứ 1" in page
    assert "Cấp thay đổi nội dung" in page


def test_the_desk_says_that_the_check_is_by_analogy() -> None:
    made = change(filed=True)
    page = at_the_desk().read(f"/quan-tri/ho-so/{made.reference}/")
    assert "áp dụng tương tự khoản 1 Điều 51" in page
    assert "Điều 68" not in page
    made = change(held(is_old=True), filed=True)
    assert "hưởng tiếp ưu đãi cũ cho thời gian còn lại" in at_the_desk().read(f"/quan-tri/ho-so/{made.reference}/")


def test_anybody_reads_the_limits_and_the_mark(client: Any) -> None:
    page = client.get("/thu-tuc/thay-doi-cap-lai-giay-chung-nhan/").content.decode()
    assert "(áp dụng tương tự khoản 1 Điều 51" in page
    page = client.get("/en/procedures/change-or-reissue-of-a-certificate/").content.decode()
    assert "by analogy with" in page
    (row,) = [one for one in client.get("/api/v1/procedures").json()["results"] if one["code"] == "st_change"]
    assert [(one["amount"], one["unit"], one["by_analogy"]) for one in row["limits"]] == [
        (3, "wd", True),
        (10, "d", False),
    ]


@pytest.mark.parametrize("number", [1, 6])
def test_pages_ask_little(owner: Visitor, number: int, query_budget: Any) -> None:
    for place in range(number):
        change(held(party(f"Công ty {place}", owner=owner.user)), empty=place % 2 == 0)
    with query_budget(25):
        owner.read(f"{HERE}moi/")
    with query_budget(25):
        owner.read("/tai-khoan/")


def test_the_desk_and_the_public_page_ask_little(client: Any, query_budget: Any) -> None:
    found = held(number="07/DNKHCN")
    officer = UserFactory(officer=True)
    for place in range(3):
        change(found, changed=True, officer=officer, name_vi=f"Công ty TNHH Chè Thử {place}", cases=["registration"],
               results=[], products=[], plan=False)  # fmt: skip
    made = change(found, filed=True, cases=["registration"], results=[], products=[], plan=False)
    valid = change(held(number="08/DNKHCN"), valid=True, cases=["registration"], results=[], products=[], plan=False)
    desk = at_the_desk()
    for one in (made, valid):
        with query_budget(40):
            desk.read(f"/quan-tri/ho-so/{one.reference}/")
    url = client.get(f"/doanh-nghiep-khcn/{found.public_id}/").headers["Location"]
    with query_budget(10):
        assert client.get(url).status_code == 200


def test_where_a_decision_lets_the_portal_take_in_the_clock_runs_from_the_sending(
    owner: Visitor, settings: Any
) -> None:
    settings.ST_INTAKE_DECISION = "Quyết định 9/QĐ-UBND"
    made = begin(held(owner=owner.user), actor=owner.user)
    assert "Theo Quyết định 9/QĐ-UBND" in owner.read(there(made, "nop"))
    made = fill(made, owner.user, filed_number="", filed_at="")
    made = act(made, "submit", owner.user)
    assert (made.state, made.received_at) == ("filed", clock.now())
