"""Papers made for dossiers: what fits when, that every field resolves, that they are kept as they are, who reads them."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from django.db import DatabaseError, IntegrityError, transaction
from pypdf import PdfReader

from registry.core import clock, files
from registry.core.lifecycle import Conflict, Invalid, NotAllowed
from registry.core.models import ReadLog
from registry.dossiers.models import Dossier
from registry.official_papers import services
from registry.official_papers.checking import used_names
from registry.official_papers.kinds import KINDS
from registry.official_papers.letter import Stated
from registry.official_papers.models import OfficialPaper, PaperTemplate, SignedCopy
from registry.official_papers.selectors import fitting, in_force, issued_to_applicant
from registry.official_papers.values import appointment
from tests.accounts.factories import UserFactory, sign_in
from tests.certificates import changes as certificate_changes
from tests.core.factories import picture, upload
from tests.dossiers.factories import dossier
from tests.dossiers.visitors import Visitor, visitor
from tests.parties.factories import owner_of
from tests.st_enterprises.applications import act, application
from tests.st_enterprises.papers.reading import bare, text_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 27)
STATED = Stated("12/TB-SKHCN", TODAY, "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "Nguyễn Văn Ký")
TYPED = {
    "ngay_hen_lai": "15/12/2026",
    "ly_do_cham": "Chờ ý kiến chuyên gia.",
    "y_kien_tham_dinh": "Hồ sơ đáp ứng.\nKhông có ý kiến khác.",
    "so_giay_chung_nhan": "07/DNKHCN",
}


def ready(kind: str, officer: Any) -> Dossier:
    """A certification dossier for which the kind of paper fits."""
    trait = {"yeu-cau-bo-sung": "supplement", "thong-bao-tu-choi": "refused", "giay-tiep-nhan": "filed"}.get(
        kind, "valid"
    )
    made = application(officer=officer, **{trait: True})
    if trait == "valid":
        made = act(made, "appraise", officer, appraisal="experts", note="")
    if trait in ("valid", "supplement"):
        made = act(made, "assign", officer, assignee=officer.pk)
    if kind == "thu-xin-loi":
        Dossier.objects.filter(pk=made.pk).update(due_at=clock.now() - timedelta(days=5))
        made.refresh_from_db()
    return made


def make(made: Dossier, kind: str, officer: Any, stated: Stated = STATED) -> OfficialPaper:
    typed = {field.name: TYPED[field.name] for field in KINDS[kind].typed}
    return services.make_paper(made, kind, stated, typed, actor=officer, expected_version=made.version)


def content_of(file: Any) -> bytes:
    return files.path_of(file.sha256).read_bytes()


def fits(made: Dossier) -> set[str]:
    return {kind.code for kind, _template in fitting(made, TODAY)}


def test_what_fits_a_certification_dossier_in_each_state(officer: Any) -> None:
    made = application(officer=officer)
    assert fits(made) == set()
    made = act(made, "submit", made.created_by)
    assert fits(made) == {"giay-tiep-nhan"}
    assert fits(act(made, "request_supplement", officer, remarks={"field:phone": "Sai số."})) == {
        "giay-tiep-nhan",
        "yeu-cau-bo-sung",
    }
    assert fits(ready("to-trinh", officer)) == {"giay-tiep-nhan", "to-trinh", "du-thao-quyet-dinh"}
    assert fits(ready("thu-xin-loi", officer)) >= {"thu-xin-loi"}
    assert fits(ready("thong-bao-tu-choi", officer)) == {"thong-bao-tu-choi"}
    assert fits(application(officer=officer, granted=True)) == set()
    assert fits(application(filed=True, withdrawn=True)) == set()


def test_what_fits_a_startup_in_each_state(officer: Any) -> None:
    assert fits(dossier()) == set()
    assert fits(dossier(submitted=True)) == {"giay-tiep-nhan"}
    assert fits(dossier(supplement=True, officer=officer)) == {"giay-tiep-nhan", "yeu-cau-bo-sung"}
    assert fits(dossier(refused=True, officer=officer)) == {"thong-bao-tu-choi"}
    assert fits(dossier(published=True, officer=officer)) == set()


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_field_of_the_first_template_says_something(kind: str, officer: Any) -> None:
    made = ready(kind, officer)
    template = in_force("st_certification", TODAY)[kind]
    typed = {field.name: TYPED[field.name] for field in KINDS[kind].typed}
    composed = services.compose(made, template, STATED, typed)
    assert set(composed.values) == set(used_names(template.texts))
    # the appraisal's result may be recorded later
    assert set(services.open_places(composed)) <= {"ket_qua_tham_dinh"}


@pytest.mark.parametrize(
    ("kind", "traits"),
    [
        ("giay-tiep-nhan", {"submitted": True, "papers": 1}),
        ("yeu-cau-bo-sung", {"supplement": True, "papers": 1}),
        ("thong-bao-tu-choi", {"refused": True}),
        ("thu-xin-loi", {"submitted": True}),
    ],
)
def test_every_field_for_a_startup(kind: str, traits: dict[str, Any], officer: Any) -> None:
    made = dossier(officer=officer, **traits)
    template = in_force("startup_registration", TODAY)[kind]
    assert template.procedure == ""
    typed = {field.name: TYPED[field.name] for field in KINDS[kind].typed}
    composed = services.compose(made, template, STATED, typed)
    assert set(services.open_places(composed)) <= {"nguoi_thu_ly"}


@pytest.mark.parametrize(
    ("kind", "traits", "says"),
    [
        ("to-trinh", {"valid": True}, "Bổ sung: Giống chè TN-7: Chè búp TN-7"),
        ("du-thao-quyet-dinh", {"valid": True, "reissue": True}, "Không thay đổi nội dung"),
        ("thong-bao-tu-choi", {"refused": True}, "Giống chưa được công nhận."),
    ],
)
def test_every_field_for_a_change_of_a_certificate(kind: str, traits: dict[str, Any], says: str, officer: Any) -> None:
    made = certificate_changes.change(officer=officer, **traits)
    template = {one.code: row for one, row in fitting(made, TODAY)}[kind]
    composed = services.compose(made, template, STATED, {field.name: TYPED[field.name] for field in KINDS[kind].typed})
    assert services.open_places(composed) == []
    assert says in str(composed.values)


def test_a_received_dossier_has_its_appointment_by_both_limits(officer: Any) -> None:
    """The worked clock: 3 working days for validity, then 15 days, both at their last day."""
    with clock.at("2027-02-01T09:00+07:00"):
        made = application(filed=True)
        assert appointment(made).date() == date(2027, 2, 26)
        assert made.due_at.date() == date(2027, 2, 11)


@pytest.mark.parametrize("kind", list(KINDS))
def test_both_files_have_every_word_and_the_pdf_is_tagged(kind: str, officer: Any) -> None:
    paper = make(ready(kind, officer), kind, officer)
    pdf, word = content_of(paper.pdf), docx.Document(BytesIO(content_of(paper.docx)))
    reader = PdfReader(BytesIO(pdf))
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part>1<" in reader.xmp_metadata.stream.get_data()
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    in_pdf, in_word = bare(text_of(pdf)), bare(" ".join([*(p.text for p in word.paragraphs), *cells]))
    template = paper.template
    wanted = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/TB-SKHCN", "ngày 27 tháng 11 năm 2026", "Nguyễn Văn Ký"]
    wanted += [*template.agency.split("\n"), *template.heading.split("\n"), "PHÓ GIÁM ĐỐC"]
    for value in paper.values.values():
        rows = value["rows"] if isinstance(value, dict) else [value if isinstance(value, list) else [value]]
        wanted += [str(cell) for row in rows for cell in row]
    for words in wanted:
        assert bare(words) in in_pdf, words
        assert bare(words) in in_word, words
    assert "{{" not in in_pdf
    assert "DỰTHẢO" not in in_pdf


def test_without_a_number_it_is_a_draft_that_the_applicant_does_not_see(officer: Any) -> None:
    made = ready("giay-tiep-nhan", officer)
    paper = make(made, "giay-tiep-nhan", officer, Stated(signing="NGƯỜI TIẾP NHẬN"))
    text = bare(text_of(content_of(paper.pdf)))
    assert bare("Số: ……/GTN-SKHCN") in text
    assert bare("DỰ THẢO") in text
    assert list(issued_to_applicant(made)) == []
    assert files.may_read(paper.pdf, officer)
    assert not files.may_read(paper.pdf, owner_of(made.party))


def test_the_same_number_corrects_and_no_other_paper_has_it(officer: Any) -> None:
    made = ready("giay-tiep-nhan", officer)
    first = make(made, "giay-tiep-nhan", officer)
    second = make(made, "giay-tiep-nhan", officer, Stated(" 12/tb-skhcn", TODAY, "A", "B"))
    assert second.replaces == first
    assert list(issued_to_applicant(made)) == []
    first.refresh_from_db()
    with pytest.raises(Conflict):
        services.take_signed(first, upload("ky.pdf"), actor=officer)
    services.take_signed(second, upload("ky.pdf"), actor=officer)
    assert list(issued_to_applicant(made)) == [second]
    assert not files.may_read(first.pdf, owner_of(made.party))
    for other, kind in ((ready("giay-tiep-nhan", officer), "giay-tiep-nhan"), (ready("to-trinh", officer), "to-trinh")):
        with pytest.raises(Invalid) as refusal:
            make(other, kind, officer)
        assert "number" in refusal.value.problems
    with clock.at("2027-01-05T09:00+07:00"):
        assert make(ready("to-trinh", officer), "to-trinh", officer, Stated("12/TB-SKHCN", date(2027, 1, 5), "A", "B"))


def test_the_database_refuses_a_number_twice_and_half_a_number(officer: Any) -> None:
    paper = make(ready("giay-tiep-nhan", officer), "giay-tiep-nhan", officer)
    same = {
        f.attname: getattr(paper, f.attname) for f in paper._meta.concrete_fields if f.name not in ("id", "public_id")
    }
    with pytest.raises(IntegrityError, match=r"number_once|number_key"), transaction.atomic():
        OfficialPaper.objects.create(**same)
    with pytest.raises(IntegrityError, match="number_whole"), transaction.atomic():
        OfficialPaper.objects.create(**same | {"number": "13/TB", "number_key": "13/tb", "signatory": ""})


def test_two_officers_who_give_one_number_at_once(officer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second has looked before the first was kept: the database says no, in a sentence."""
    one, two = ready("giay-tiep-nhan", officer), ready("giay-tiep-nhan", officer)
    make(one, "giay-tiep-nhan", officer)
    monkeypatch.setattr(services, "_numbered", lambda *_args: None)
    with pytest.raises(Invalid, match="văn bản khác"):
        make(two, "giay-tiep-nhan", officer)
    assert OfficialPaper.objects.filter(dossier=two).count() == 0


def test_what_was_made_stays_as_it_is(officer: Any, leader: Any) -> None:
    paper = make(ready("giay-tiep-nhan", officer), "giay-tiep-nhan", officer)
    before = content_of(paper.pdf)
    for change in (lambda: OfficialPaper.objects.update(number="1"), lambda: OfficialPaper.objects.all().delete()):
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            change()
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        PaperTemplate.objects.filter(pk=paper.template_id).update(body="khác")
    template = paper.template
    given = {**template.texts, "symbol": "/X", "place": "Lai Châu", "signing": "A"}
    newer = services.write_template(
        template.kind, template.procedure, given, effective_from=TODAY, note="Đổi ký hiệu", actor=leader, seen=1
    )
    assert newer.version == 2
    assert in_force("st_certification", TODAY)["giay-tiep-nhan"] == newer
    paper.refresh_from_db()
    assert paper.template.version == 1
    assert content_of(paper.pdf) == before


def test_who_may_make_one_and_when(officer: Any) -> None:
    made = ready("giay-tiep-nhan", officer)
    with pytest.raises(NotAllowed):
        make(made, "giay-tiep-nhan", owner_of(made.party))
    with pytest.raises(NotAllowed):
        make(made, "giay-tiep-nhan", UserFactory(admin=True))
    made.party.memberships.create(user=officer, role="viewer", since=TODAY)
    with pytest.raises(NotAllowed):
        make(made, "giay-tiep-nhan", officer)
    other = UserFactory(officer=True)
    with pytest.raises(Conflict):
        make(made, "to-trinh", other)
    made.version -= 1
    with pytest.raises(Conflict):
        make(made, "giay-tiep-nhan", other)


def test_restricted_answers_leave_their_line(officer: Any) -> None:
    made = ready("to-trinh", officer)
    paper = make(made, "to-trinh", officer)
    line = ReadLog.objects.get(user=officer, subject=made.subject)
    assert line.fields == ["bang_so_lieu", "chuc_vu_dai_dien", "nguoi_dai_dien", "xet_dieu_kien"]
    assert set(line.fields) <= set(paper.values)
    assert make(made, "giay-tiep-nhan", officer, Stated(signing="A"))
    assert ReadLog.objects.filter(user=officer).count() == 1


@pytest.mark.parametrize("kind", list(KINDS))
def test_who_reads_the_files(kind: str, officer: Any) -> None:
    made = ready(kind, officer)
    paper = make(made, kind, officer)
    owner, stranger, editor = owner_of(made.party), UserFactory(), UserFactory(editor=True)
    theirs = KINDS[kind].for_applicant
    signed = services.take_signed(paper, upload("ky.pdf"), actor=officer).file
    assert files.may_read(signed, owner) is theirs
    assert not files.may_read(paper.pdf, owner)
    assert not files.may_read(paper.docx, owner)
    for file in (paper.pdf, paper.docx, signed):
        assert files.may_read(file, officer)
        assert not files.may_read(file, stranger)
        assert not files.may_read(file, editor)
    page = visitor(owner).read(f"/tai-khoan/chung-nhan-khcn/{made.reference}/")
    assert (signed.public_id in page) is theirs
    assert paper.pdf.public_id not in page


def test_the_officers_page_makes_one(officer: Any) -> None:
    made = ready("giay-tiep-nhan", officer)
    desk = sign_in(Visitor(), officer)
    page = desk.read(f"/quan-tri/ho-so/{made.reference}/")
    there = f"/quan-tri/ho-so/{made.reference}/van-ban/giay-tiep-nhan/"
    assert there in page
    assert "Chậm nhất ngày" in desk.read(there).replace("chậm nhất", "Chậm nhất")
    sent = {"version": made.version, "number": "7", "signing": "NGƯỜI TIẾP NHẬN", "signatory": "Lò Văn Nhận"}
    answer = desk.post(there, sent, follow=True)
    assert "7/GTN-SKHCN" in answer.content.decode()
    paper = OfficialPaper.objects.get()
    assert paper.signed_on == TODAY
    copy, owners = f"/quan-tri/ho-so/{made.reference}/van-ban/{paper.public_id}/ban-ky/", visitor(owner_of(made.party))
    followed = f"/tai-khoan/chung-nhan-khcn/{made.reference}/"
    for sent, says in (
        ({}, "Chọn tệp PDF đã ký."),
        ({"file": upload("ky.pdf", b"MZ")}, "không phải là tệp PDF"),
        ({"file": upload("ky.png", picture("PNG"), "image/png")}, "Bản đã ký là một tệp PDF"),
        ({"file": upload("ky.pdf")}, "Đã nhận bản đã ký"),
        ({"file": upload("ky.pdf")}, "không chờ bản đã ký"),
    ):
        assert "7/GTN-SKHCN" not in owners.read(followed) or "không chờ" in says
        assert says in desk.post(copy, sent, follow=True).content.decode()
    assert "7/GTN-SKHCN" in owners.read(followed)
    for change in (lambda: SignedCopy.objects.update(taken_by=None), lambda: SignedCopy.objects.all().delete()):
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("changes", "status", "says"),
    [
        ({"number": "7", "signatory": ""}, 400, "ghi người ký"),
        ({"number": "khong so"}, 400, "ít nhất một chữ số"),
        ({"number": "7" * 61}, 400, "60"),
        ({"signed_on": "31/02/2026"}, 400, "Ngày chưa đúng"),
        ({"signed_on": "01/12/2026"}, 400, "không thể ở tương lai"),
        ({"signed_on": "01/01/0001"}, 400, "Ngày chưa đúng"),
        ({"signing": ""}, 400, "Ghi chức vụ"),
        ({"version": ""}, 400, "phiên bản"),
        ({"version": "999"}, 409, "đã khác lúc bạn mở trang"),
    ],
)
def test_bad_input_is_told_and_what_was_typed_comes_back(
    changes: dict[str, str], status: int, says: str, officer: Any
) -> None:
    made = ready("giay-tiep-nhan", officer)
    there = f"/quan-tri/ho-so/{made.reference}/van-ban/giay-tiep-nhan/"
    sent = {"version": made.version, "number": "", "signing": "NGƯỜI GÕ <b>", "signatory": "Lò Văn Nhận", **changes}
    answer = sign_in(Visitor(), officer).post(there, sent)
    body = answer.content.decode()
    assert answer.status_code == status
    assert says in body
    assert "Lò Văn Nhận" in body or changes.get("signatory") == ""
    assert "<b>" not in body.split("NGƯỜI GÕ")[-1][:20]
    letter = body.partition("<article")[2]
    assert ("NGƯỜI GÕ" in letter) is ("signing" not in changes), "the paper beside it says what is in order"
    assert ("Lò Văn Nhận" in letter) is ("signatory" not in changes)
    assert OfficialPaper.objects.count() == 0


def test_the_price_of_the_pages_does_not_grow_with_the_papers(officer: Any, query_budget: Any) -> None:
    made = ready("yeu-cau-bo-sung", officer)
    desk, owner = sign_in(Visitor(), officer), visitor(owner_of(made.party))
    pages = (
        (desk, f"/quan-tri/ho-so/{made.reference}/", 45),
        (desk, f"/quan-tri/ho-so/{made.reference}/van-ban/yeu-cau-bo-sung/", 45),
        (owner, f"/tai-khoan/chung-nhan-khcn/{made.reference}/", 30),
    )
    prices = []
    for turn in range(2):
        make(made, "giay-tiep-nhan", officer, Stated(f"{turn}-1/GTN", TODAY, "A", "B"))
        prices.append([])
        for who, url, most in pages:
            with query_budget(most) as spent:
                who.read(url)
            prices[-1].append(len(spent))
        for number in range(2, 6):
            make(made, "yeu-cau-bo-sung", officer, Stated(f"{turn}-{number}/TB", TODAY, "A", "B"))
    assert prices[0] == prices[1]


def test_an_apology_needs_a_new_day(officer: Any) -> None:
    made = ready("thu-xin-loi", officer)
    there = f"/quan-tri/ho-so/{made.reference}/van-ban/thu-xin-loi/"
    sent = {"version": made.version, "signing": "A", "ngay_hen_lai": "27/11/2026", "ly_do_cham": ""}
    body = sign_in(Visitor(), officer).post(there, sent).content.decode()
    assert "phải sau hôm nay" in body
    assert "Ghi lý do chậm" in body


def test_an_unknown_kind_and_one_that_does_not_fit(officer: Any) -> None:
    made = ready("giay-tiep-nhan", officer)
    desk = sign_in(Visitor(), officer)
    desk.read(f"/quan-tri/ho-so/{made.reference}/van-ban/khong-co/", 404)
    assert "ở bước không lập" in desk.read(f"/quan-tri/ho-so/{made.reference}/van-ban/to-trinh/", 409)


def test_the_notice_of_a_refusal_cites_the_decision_and_has_a_number_of_its_own(officer: Any) -> None:
    made = ready("thong-bao-tu-choi", officer)
    page = sign_in(Visitor(), officer).read(f"/quan-tri/ho-so/{made.reference}/van-ban/thong-bao-tu-choi/")
    assert f"văn bản số {made.pk}/UBND" in page
    assert f'value="{made.pk}/UBND"' not in page
    assert "Chi mới đạt 1,4 %." in page
