"""The enterprise's pages of an application: prefilled, saved as one goes, checked before it goes, filed elsewhere."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from registry.core.lifecycle import NotAllowed
from registry.core.selectors import CURRENT_INDUSTRIES, industries, ward
from registry.dossiers import showing
from registry.dossiers.checking import check
from registry.dossiers.models import Dossier
from registry.dossiers.services import add_file, open_dossier
from registry.parties.profiles import FactDraft, PartyProfile, record_facts, take_over
from registry.st_enterprises.certification.weighing import assessment_of
from registry.st_enterprises.findings import Outcome
from tests.accounts.factories import UserFactory
from tests.core.factories import upload
from tests.dossiers.visitors import Visitor, visitor
from tests.parties.factories import owner_of, party
from tests.st_enterprises.applications import CODE, HERE, RESULT, act, answers, application, fill, posted, there, year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def owner() -> Visitor:
    return visitor(UserFactory(full_name="Vàng Thị Thử"))


def problems(made: Dossier) -> dict[str, str]:
    return {one.field: one.message for one in check(made)[1]}


def test_only_an_enterprise_applies(owner: Visitor) -> None:
    mine = party("Công ty TNHH Thử", owner=owner.user)
    other = party("Hợp tác xã Thử", kind="cooperative", owner=owner.user)
    page = owner.read(f"{HERE}moi/")
    assert mine.name in page
    assert other.name not in page
    assert owner.post(f"{HERE}moi/", {"party": other.public_id}).status_code == 200
    with pytest.raises(NotAllowed):
        open_dossier(CODE, other, actor=owner.user)
    assert not Dossier.objects.exists()
    owner.post(f"{HERE}moi/", {"party": mine.public_id})
    assert Dossier.objects.get().reference.startswith("CN-")


def test_another_application_begins_with_the_results_and_products_declared_last() -> None:
    refused = application(refused=True)
    made = open_dossier(CODE, refused.party, actor=owner_of(refused.party))
    assert made.answers["results"] == refused.answers["results"]
    assert made.answers["products"] == refused.answers["products"]


def test_a_new_draft_begins_with_what_is_known(owner: Visitor, freeze: Any) -> None:
    freeze("2026-11-27T09:00")
    mine = party("Công ty TNHH Thử", owner=owner.user)
    known = PartyProfile(
        {"short": "Thử"},
        ward("03408"),
        "Bản Thử 1",
        "Lò Thị Mẫu",
        "Giám đốc",
        "000000000123",
        (),
        (("phone", "02133876543", True),),
    )
    take_over(mine, known, on=date(2026, 1, 5))
    drafts = [
        FactDraft("st_net_revenue", "2025", 9_000_000_000, "đồng"),
        FactDraft("st_insured_workers", "2025", 12, "người"),
    ]
    record_facts(mine, [*drafts, FactDraft("st_capital", "2019", 1, "đồng")], actor=owner.user)
    made = open_dossier(CODE, mine, actor=owner.user)
    assert made.title == "Công ty TNHH Thử"
    assert made.answers["business_number"]
    assert made.answers["address"] == "Bản Thử 1"
    assert made.answers["years"] == [{"year": 2025, "net_revenue": "9000000000", "insured_workers": 12}]
    assert "identity_number" not in made.answers
    assert 'value="Lò Thị Mẫu"' in owner.read(there(made, "dai-dien"))
    assert 'value="9.000.000.000"' in owner.read(there(made, "so-lieu"))


def test_every_step_is_saved_as_a_browser_sends_it_and_the_dossier_is_filed(owner: Visitor, freeze: Any) -> None:
    freeze("2027-02-01T09:30")
    made = open_dossier(CODE, party("Công ty TNHH Chè Thử", owner=owner.user), actor=owner.user)
    given = answers(made, filed_at="01/02/2027 09:00")
    for step in made.kind.steps[:-1]:
        if step.form is None:
            add_file(made, upload("bang.pdf"), "ip_title", actor=owner.user)
            continue
        answer = owner.post(there(made, step.code), {**posted(given, made, step.code), "_next": "1"})
        assert answer.status_code == 302, (step.code, answer.content.decode())
        made.refresh_from_db()
    assert there(made, "bieu-mau/v1.pdf").rstrip("/") in owner.read(there(made, "nop"))
    page = owner.read(there(made, "kiem-tra"))
    assert "Theo số liệu bạn điền, mọi điều kiện của Điều 49 đều đạt." in page
    assert "Chậm nhất thứ Năm 11/02/2027" in page
    with override("en"):
        english = owner.read(showing.url(made, "kiem-tra"))
    line = industries(CURRENT_INDUSTRIES, 4)[0]
    for data in (made.title, f"{line.code} · {line.name_vi}"):
        assert english.count(data) == english.count(f'<span lang="vi">{data}</span>') == 1
    assert "<dd>Trial Tea Co., Ltd.</dd>" in english, "nobody knows in which language a foreign name is"
    answer = owner.post(
        there(made, "kiem-tra"), {"seen": made.answers_version, "version": made.version, "truthful": "on", "_send": "1"}
    )
    assert answer.status_code == 302, answer.content.decode()
    made.refresh_from_db()
    assert made.state == "filed"
    page = owner.read(there(made))
    assert "Sở kiểm tra hồ sơ đủ và hợp lệ" in page
    assert "Sở trả lời trong 15 ngày." in page


def test_a_draft_keeps_what_is_wrong_and_says_so(owner: Visitor) -> None:
    made = open_dossier(CODE, party("Công ty TNHH Chè Thử", owner=owner.user), actor=owner.user)
    wrong = {"years": [year(2025, total_revenue="1000", net_revenue="2000"), year(2025, sti_spending="hai tỷ")]}
    answer = owner.post(there(made, "so-lieu"), posted(wrong, made, "so-lieu"))
    page = answer.content.decode()
    assert "Dòng 1, Doanh thu thuần (đồng): Số này không thể lớn hơn tổng doanh thu." in page
    assert "hai tỷ" in page
    made.refresh_from_db()
    assert made.answers["years"][1]["sti_spending"] == "hai tỷ"


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("1000", 1000, "1.000"),
        ("1.000", 1000, "1.000"),
        ("1,200", 1200, "1.200"),
        ("1 200", 1200, "1.200"),
        ("1\xa0200", 1200, "1.200"),
        ("1 000.000", "1 000.000", "1 000.000"),
        ("1.000.000", 1_000_000, "1.000.000"),
        ("1.000.001", "1.000.001", "1.000.001"),
        ("1.00", "1.00", "1.00"),
        ("1.5", "1.5", "1.5"),
        ("1,5", "1,5", "1,5"),
        ("-1", "-1", "-1"),
        ("1,2 tỷ", "1,2 tỷ", "1,2 tỷ"),
        ("０", "０", "０"),
        ("0", 0, "0"),
    ],
)
def test_heads_are_read_as_people_write_them(owner: Visitor, typed: str, kept: int | str, shown: str) -> None:
    """In groups of three or not; what is no whole number is told, and stays."""
    made = open_dossier(CODE, party("Công ty TNHH Chè Thử", owner=owner.user), actor=owner.user)
    given = {"years": [year(2025, insured_workers=typed)], "workers": typed}
    pages = [owner.post(there(made, "con-nguoi"), posted(given, made, "con-nguoi")).content.decode()]
    made.refresh_from_db()
    pages += [owner.post(there(made, "so-lieu"), posted(given, made, "so-lieu")).content.decode()]
    made.refresh_from_db()
    assert made.answers["workers"] == made.answers["years"][0]["insured_workers"] == kept
    assert all(("Ghi một số nguyên từ 0 đến 1.000.000." in page) is isinstance(kept, str) for page in pages)
    assert f'name="workers" value="{shown}"' in owner.read(there(made, "con-nguoi"))
    assert f'name="years-0-insured_workers" value="{shown}"' in owner.read(there(made, "so-lieu"))


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"business_number": "0100047516"}, "business_number", "khác mã số"),
        ({"business_number": "0100047517"}, "business_number", "chữ số kiểm tra"),
        ({"business_number": "0100047516-001"}, "business_number", "10 chữ số"),
        ({"products": [{"name": "Máy sao", "result": 2, "commercialised": False}]}, "products", "“Máy sao”"),
        ({"results": []}, "results", "ít nhất một kết quả"),
        ({"results": [{**RESULT, "kind": "poem"}]}, "results", "Dòng 1"),
        ({"results": [{**RESULT, "document_date": "01/01/2099"}]}, "results", "tương lai"),
        ({"results": [RESULT, {**RESULT, "document_number": "khác"}]}, "files", "Văn bằng bảo hộ"),
        ({"results": [{**RESULT, "document_kind": "technical_advance"}]}, "files", "tiến bộ kỹ thuật (1)"),
        ({"years": []}, "years", "ít nhất một năm"),
        ({"years": [year(2024)]}, "years", "còn thiếu năm 2023, 2025"),
        ({"years": [year(2025, insured_workers=None), year(2024), year(2023)]}, "years", "Năm 2025"),
        ({"years": [year(2025), year(2025)]}, "years", "Mỗi năm"),
        ({"sti_people": 1, "sti_people_vietnamese": 2}, "sti_people_vietnamese", "lớn hơn"),
        ({"identity_number": ""}, "identity_number", "căn cước"),
        ({"truthful": False}, "truthful", "cam đoan"),
        ({"filed_number": ""}, "filed_number", "số tiếp nhận"),
        ({"filed_number": "12 34"}, "filed_number", "6 đến 40"),
        ({"filed_number": "H35—01/0001"}, "filed_number", "6 đến 40"),
        ({"filed_number": "KHONGCOSO"}, "filed_number", "6 đến 40"),
        ({"filed_at": ""}, "filed_at", "giờ tiếp nhận"),
        ({"filed_at": "27/11/2026"}, "filed_at", "01/02/2027 09:00"),
        ({"filed_at": "31/02/2026 09:00"}, "filed_at", "01/02/2027 09:00"),
        ({"filed_at": "27/11/2026 25:00"}, "filed_at", "01/02/2027 09:00"),
        ({"filed_at": "27/11/2026 09:01"}, "filed_at", "tương lai"),
        ({"filed_at": "13/10/2025 23:59"}, "filed_at", "14/10/2025"),
        ({"filed_at": "0001-01-01T00:00:00+14:00"}, "filed_at", "14/10/2025"),
    ],
)
def test_what_is_missing_or_wrong_is_told_before_it_goes(
    owner: Visitor, freeze: Any, changes: dict[str, Any], field: str, says: str
) -> None:
    freeze("2026-11-27T09:00")
    made = open_dossier(CODE, party("Công ty TNHH Chè Thử", owner=owner.user), actor=owner.user)
    made = fill(made, owner.user, **changes)
    found = problems(made)
    assert list(found) == [field]
    assert says in found[field]
    answer = owner.post(
        there(made, "kiem-tra"),
        {
            "seen": made.answers_version,
            "version": made.version,
            "truthful": "on" if field != "truthful" else "",
            "_send": "1",
        },
    )
    assert answer.status_code == 200
    made.refresh_from_db()
    assert made.state == "draft"


def test_one_paper_may_prove_two_results(owner: Visitor) -> None:
    made = open_dossier(CODE, party("Công ty TNHH Chè Thử", owner=owner.user), actor=owner.user)
    made = fill(made, owner.user, results=[RESULT, {**RESULT, "name": "Kết quả thứ hai"}])
    assert problems(made) == {}


def test_a_receipt_number_names_one_dossier(owner: Visitor) -> None:
    first = application(filed=True)
    made = open_dossier(CODE, party("Công ty TNHH Chè Thử", owner=owner.user), actor=owner.user)
    made = fill(made, owner.user, filed_number=first.answers["filed_number"])
    assert problems(made) == {"filed_number": "Số tiếp nhận này đã ghi cho một hồ sơ khác."}
    act(first, "withdraw", owner_of(first.party))
    assert problems(made) == {}


def test_with_a_decision_that_allows_it_the_portal_takes_in_itself(owner: Visitor, settings: Any, freeze: Any) -> None:
    settings.ST_INTAKE_DECISION = "Quyết định 9/QĐ-UBND"
    now = freeze("2027-02-01T09:00")
    made = open_dossier(CODE, party("Công ty TNHH Chè Thử", owner=owner.user), actor=owner.user)
    made = fill(made, owner.user, filed_number="", filed_at="")
    assert "Theo Quyết định 9/QĐ-UBND, Sở nhận hồ sơ ngay trên cổng này" in owner.read(there(made, "nop"))
    made = act(made, "submit", owner.user)
    assert (made.state, made.received_at) == ("filed", now)


def test_a_supplement_is_filed_again_and_only_what_was_asked_is_open(owner: Visitor, freeze: Any) -> None:
    freeze("2027-01-18T09:00")
    made = application(owner=owner.user, supplement=True)
    assert set(made.supplements.get().remarks.values_list("target", flat=True)) == {
        "field:technology_process",
        "field:filed_at",
    }
    freeze("2027-01-19T10:00")
    forged = {"seen": made.answers_version, "technology_process": "Đủ.", "technical_features": "Sửa trộm."}
    assert owner.post(there(made, "ket-qua"), forged).status_code == 403
    assert owner.post(there(made, "so-lieu"), posted({"years": [year(2026)]}, made, "so-lieu")).status_code in (
        302,
        403,
    )
    made.refresh_from_db()
    assert made.answers["technical_features"] == "Nhiệt độ sao thấp."
    owner.post(there(made, "ket-qua"), {"seen": made.answers_version, "technology_process": "Đủ bốn công đoạn."})
    made.refresh_from_db()
    send = {"seen": made.answers_version, "version": made.version, "_send": "1"}
    page = owner.post(there(made, "kiem-tra"), send).content.decode()
    assert "Ghi thời điểm tiếp nhận phần bổ sung" in page
    owner.post(there(made, "nop"), {"seen": made.answers_version, "filed_at": "19/01/2027 09:45"})
    made.refresh_from_db()
    assert owner.post(there(made, "kiem-tra"), {**send, "seen": made.answers_version}).status_code == 302
    made.refresh_from_db()
    assert (made.state, f"{made.due_at:%Y-%m-%d}") == ("filed", "2027-01-22")


def test_the_verdict_informs_and_does_not_bar(owner: Visitor, freeze: Any) -> None:
    freeze("2026-11-27T09:00")
    made = open_dossier(CODE, party("Công ty TNHH Chè Thử", owner=owner.user), actor=owner.user)
    assert assessment_of(made).verdict is Outcome.UNKNOWN
    made = fill(made, owner.user, years=[year(2025, sti_spending="0"), year(2024), year(2023)])
    assert assessment_of(made).verdict is Outcome.NOT_MET
    assert "còn điều kiện chưa đạt" in owner.read(there(made, "kiem-tra"))
    assert problems(made) == {}
    assert act(made, "submit", owner.user).state == "filed"


def test_every_answer_has_a_class_and_what_the_law_keeps_is_restricted() -> None:
    kind = application(empty=True).kind
    assert set(kind.classes()) == set(kind.fields())
    restricted = {name for name, one in kind.classes().items() if one == "restricted"}
    assert restricted >= {
        "identity_number", "representative_phone", "representative_email", "permanent_address", "current_address",
        "years", "rd_staff", "workers", "sti_people", "hired_experts",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_procedure_has_its_public_page(language: str) -> None:
    address, clocks = {
        "vi": (
            "/thu-tuc/chung-nhan-doanh-nghiep-khoa-hoc-va-cong-nghe/",
            ("3 ngày làm việc (khoản 1 Điều 51", "15 ngày (khoản 2 Điều 51"),
        ),
        "en": ("/en/procedures/st-enterprise-certificate/", ("3 working days (", "15 days (")),
    }[language]
    page = Client().get(address).content.decode()
    assert all(one in page for one in clocks)
    assert address in Client().get("/thu-tuc/" if language == "vi" else "/en/procedures/").content.decode()


def test_the_pages_stay_within_their_queries(owner: Visitor, query_budget: Any) -> None:
    made = application(owner=owner.user)
    filed = application(owner=owner.user, organisation=made.party, filed=True)
    for step in made.kind.steps:
        with query_budget(22 if step is made.kind.last_step else 12):
            owner.read(there(made, step.code))
    with query_budget(18):
        owner.read(there(filed))
    with query_budget(14):
        owner.read(f"{HERE}moi/")
