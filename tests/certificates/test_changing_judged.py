"""What is missing or wrong in an application under Art. 52, and in what a decision states, is told."""

from typing import Any

import pytest

from registry.certificates.changing.services import begin
from registry.certificates.models import CertificateVersion
from registry.core.lifecycle import Invalid
from registry.dossiers.checking import check
from registry.dossiers.services import open_dossier
from tests.accounts.factories import UserFactory
from tests.certificates.changes import CODE, DATA, LOST, RESULT, act, change, fill, held
from tests.parties.factories import owner_of, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"cases": []}, "cases", "ít nhất một"),
        ({"cases": ["gift"]}, "cases", "gift"),
        ({"cases": ["list"]}, "cases", "trường hợp a"),
        ({"cases": ["registration"]}, "cases", "trường hợp b"),
        ({"cases": ["registration", "list", "transition"]}, "cases", "khoản 1 Điều 68"),
        ({"results": [], "products": []}, "cases", "chưa khác gì"),
        ({"name_vi": "Công ty TNHH Chè Thử"}, "changes", "Chưa thông tin nào"),
        ({"change_reason": ""}, "change_reason", "lý do"),
        ({"cases": ["registration", "list", "lost"]}, "reissue_reason", "cấp lại"),
        ({"products": []}, "results", "“Giống chè TN-7”"),
        ({"results": []}, "products", "“Chè búp TN-7”"),
        ({"products": [{"name": "Chè búp", "result": 1, "line": 1}]}, "products", "một trong hai"),
        ({"products": [{"name": "Chè búp", "result": None, "line": None}]}, "products", "kết quả nào"),
        ({"products": [{"name": "Chè búp", "result": 1, "line": None}, {"name": "X", "line": 3}]}, "products", "“X”"),
        ({"products": [{"name": "Chè búp", "result": 1}, {"name": "CHÈ SAO LẠNH", "line": 1}]}, "products", "hai lần"),
        ({"lines": [{"line": 3, "result_kind": "patent", "result": "A", "product": "B"}]}, "lines", "không còn khớp"),
        (
            {"lines": [{"line": 1, "result_kind": "patent", "result": "A", "product": "B"}] * 2},
            "lines",
            "không còn khớp",
        ),
        ({"lines": [{"line": "", "result_kind": "patent", "result": "A", "product": "B"}]}, "lines", "bước Bổ sung"),
        ({"lines": [{"line": 1, "result_kind": "poem", "result": "A", "product": "B"}]}, "lines", "Dòng 1"),
        ({"lines": [], "results": [], "products": []}, "lines", "ít nhất một"),
        ({"results": [{**RESULT, "document_date": "01/01/2099"}]}, "results", "tương lai"),
        ({"business_number": "0100047516"}, "business_number", "khác mã số"),
        ({"plan": False}, "files", "điểm b khoản 2 Điều 52"),
        ({"filed_number": ""}, "filed_number", "số tiếp nhận"),
        ({"truthful": False}, "truthful", "cam đoan"),
    ],
)
def test_what_is_missing_or_wrong_is_told_before_it_goes(changes: dict[str, Any], field: str, says: str) -> None:
    made = change(**changes)
    found = {one.field: one.message for one in check(made)[1]}
    assert list(found) == [field]
    assert says in found[field]
    with pytest.raises(Invalid):
        act(made, "submit", owner_of(made.party))


def test_a_re_issue_needs_no_plan_and_the_phone_may_have_been_lacking() -> None:
    found = held(phone="", registered_on=None)
    made = begin(found, actor=owner_of(found.party))
    made = fill(made, owner_of(found.party), plan=False, **LOST, phone="0213 3876 543", registered_on="12/05/2019")
    assert check(made)[1] == []


def test_a_dossier_that_began_from_no_certificate_does_not_go() -> None:
    here = party("Công ty TNHH Chè Thử")
    made = open_dossier(CODE, here, actor=owner_of(here))
    assert "cases" in {one.field for one in check(made)[1]}


@pytest.mark.parametrize(
    ("action", "wrong", "field"),
    [
        ("change", {"number": ""}, "number"),
        ("change", {"signatory": ""}, "signatory"),
        ("change", {"authority": "so-khcn"}, "delegation"),
        ("change", {"authority": "khong-co"}, "authority"),
        ("change", {"signed_on": "2026-01-01"}, "signed_on"),
        ("change", {"signed_on": "2099-01-01"}, "signed_on"),
        ("refuse_change", {"grounds": []}, "grounds"),
        ("refuse_change", {"grounds": ["nd268:51.1"]}, "grounds"),
        ("refuse_change", {"note": " "}, "note"),
    ],
)
def test_what_an_act_states_is_judged(action: str, wrong: dict[str, Any], field: str) -> None:
    made = change(valid=True)
    with pytest.raises(Invalid) as refused:
        act(made, action, UserFactory(officer=True), **{**DATA, **wrong})
    assert field in refused.value.problems
    made.refresh_from_db()
    assert made.state == "valid"
    assert CertificateVersion.objects.count() == 1
