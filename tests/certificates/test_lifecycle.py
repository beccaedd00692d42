"""Every act from every state by everybody, and what each leaves behind."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.test import Client

from registry.certificates import selectors
from registry.certificates.lifecycle import LIFECYCLE, PAPER, RENEWALS
from registry.certificates.models import Certificate, Regime
from registry.core import clock
from registry.core.decisions import broken_links
from registry.core.lifecycle import Conflict, Invalid, NotAllowed, perform
from registry.core.models.history import Decision, Event
from registry.parties.models import Membership
from tests.accounts.factories import UserFactory, sign_in
from tests.certificates.factories import certificate, decide, stated

pytestmark = pytest.mark.django_db

WAYS = {"valid": (), "notified": ("notify",), "withdrawn": ("notify", "withdraw"), "cancelled": ("cancel",)}
ALLOWED = {
    ("valid", "maintain"): "valid",
    ("valid", "notify"): "notified",
    ("valid", "cancel"): "cancelled",
    ("notified", "maintain"): "valid",
    ("notified", "withdraw"): "withdrawn",
    ("notified", "cancel"): "cancelled",
}


def in_state(state: str, officer: Any) -> Certificate:
    found = certificate(actor=officer)
    for act in WAYS[state]:
        found = decide(found, act, officer, number=f"trước/{act}")
    return found


def test_the_lifecycle_holds_together() -> None:
    assert LIFECYCLE.check() == []
    assert set(WAYS) == set(LIFECYCLE.states)
    beside = {one.code for one in (*RENEWALS, *PAPER)}  # of the dossiers under Art. 52; of the electronic certificate
    beside |= {"show_size", "hide_size"}  # the enterprise's own
    assert {act for _state, act in ALLOWED} | beside == set(LIFECYCLE.actions)


@pytest.mark.parametrize(("state", "act"), list(product(WAYS, ["maintain", "notify", "withdraw", "cancel"])))
def test_every_act_from_every_state(officer: Any, state: str, act: str) -> None:
    found = in_state(state, officer)
    decisions = Decision.objects.count()
    if (state, act) not in ALLOWED:
        with pytest.raises(Conflict):
            decide(found, act, officer)
        assert Decision.objects.count() == decisions
        return
    done = decide(found, act, officer)
    assert done.state == ALLOWED[state, act]
    assert (done.ended_on is None) == (done.state in ("valid", "notified"))
    last = Decision.objects.latest("position")
    assert (last.kind, last.record, last.number) == (act, done.record, f"{act}/QĐ-UBND")
    assert Event.objects.filter(subject=done.subject).latest("version").action == act
    assert broken_links() == []


@pytest.mark.parametrize("role", ["editor", "admin", None])
def test_only_the_department_decides(officer: Any, role: str | None) -> None:
    found = certificate(actor=officer)
    other = UserFactory(**({role: True} if role else {}))
    for act in ("maintain", "notify", "cancel"):
        with pytest.raises(NotAllowed):
            decide(found, act, other)


def test_nobody_decides_for_their_own(officer: Any) -> None:
    found = certificate(actor=officer)
    Membership.objects.create(party=found.party, user=officer, role="viewer", since=clock.today())
    with pytest.raises(NotAllowed):
        decide(found, "cancel", officer)


def test_one_of_two_who_saw_the_same_version_is_told(officer: Any) -> None:
    found = certificate(actor=officer)
    perform(found, "cancel", officer, data=stated("cancel"), expected_version=0)
    with pytest.raises(Conflict):
        perform(found, "notify", UserFactory(leader=True), data=stated("notify"), expected_version=0)


@pytest.mark.parametrize(
    ("act", "wrong", "field"),
    [
        ("notify", {"ground": "nd268:53.3.a"}, "ground"),
        ("cancel", {"ground": "nd268:53.2.a"}, "ground"),
        ("cancel", {"ground": ""}, "ground"),
        ("cancel", {"number": ""}, "number"),
        ("cancel", {"signatory": ""}, "signatory"),
        ("cancel", {"note": " "}, "note"),
        ("cancel", {"signed_on": "28/11/2026"}, "signed_on"),
        ("cancel", {"signed_on": "11/03/2026"}, "signed_on"),
        ("cancel", {"signed_on": "hôm qua"}, "signed_on"),
        ("cancel", {"authority": "bo-khcn"}, "authority"),
        ("cancel", {"authority": "so-khcn"}, "delegation"),
    ],
)
def test_what_does_not_suffice_is_told_and_changes_nothing(
    officer: Any, act: str, wrong: dict[str, str], field: str
) -> None:
    found = certificate(actor=officer)
    with pytest.raises(Invalid) as told:
        decide(found, act, officer, **wrong)
    assert field in told.value.problems
    found.refresh_from_db()
    assert (found.state, found.version, Decision.objects.count()) == ("valid", 0, 1)


def test_withdrawn_only_for_what_was_announced_and_not_before(officer: Any) -> None:
    """53(2): “thông báo cho doanh nghiệp và quyết định thu hồi”."""
    found = decide(certificate(actor=officer), "notify", officer, signed_on="20/11/2026")
    for wrong in ({"ground": "nd268:53.2.a"}, {"signed_on": "19/11/2026"}):
        with pytest.raises(Invalid):
            decide(found, "withdraw", officer, **wrong)
    assert decide(found, "withdraw", officer).ended_on == date(2026, 11, 27)


def test_the_notice_of_an_end_is_public_for_thirty_days_and_a_late_one_is_told(officer: Any) -> None:
    """53(5); the day of the upload is not the day of the decision."""
    decide(certificate(actor=officer), "cancel", officer, signed_on="20/11/2026")
    decision = Decision.objects.latest("position")
    assert (decision.effective_on, decision.public_from, decision.public_until) == (
        date(2026, 11, 20), date(2026, 11, 27), date(2026, 12, 20),
    )  # fmt: skip


def test_numbers_follow_each_other_and_step_over_a_typed_one(officer: Any) -> None:
    assert certificate(actor=officer).number == "01/DNKHCN"
    assert certificate(actor=officer, number="03/DNKHCN").number == "03/DNKHCN"
    assert [certificate(actor=officer).number for _ in range(2)] == ["02/DNKHCN", "04/DNKHCN"]
    assert (
        certificate(actor=officer, number="45/ĐK-DNKHCN", regime=Regime.ND13, issued=date(2019, 1, 2)).number
        == "45/ĐK-DNKHCN"
    )
    with pytest.raises(Invalid, match="đã"):
        certificate(actor=officer, number="3/dnkhcn")


def test_a_certificate_of_the_new_decree_cannot_be_older_than_the_decree(officer: Any) -> None:
    with pytest.raises(Invalid, match="không có hiệu lực"):
        certificate(actor=officer, issued=date(2025, 10, 13))
    assert certificate(actor=officer, issued=date(2025, 10, 14))


def test_both_truths_of_a_cancelled_one(officer: Any) -> None:
    found = decide(certificate(actor=officer), "cancel", officer)
    for on, status in (
        (date(2026, 3, 11), "unknown"),
        (date(2026, 11, 26), "valid"),
        (date(2026, 11, 27), "cancelled"),
    ):
        (told,) = selectors.verify(found.number, on)
        assert told.status == status
        assert told.ending is not None
        assert [one.kind for one in told.decisions] == ["grant", "cancel"]


def test_every_day_of_the_register_can_be_read_again(officer: Any) -> None:
    found = certificate(actor=officer)
    before = found.first_issued_on - timedelta(days=1)
    decide(found, "cancel", officer)
    told = {day: [row.status for row in selectors.on_day(day)] for day in (before, date(2026, 11, 26), None)}
    assert list(told.values()) == [[], ["valid"], ["cancelled"]]


def test_the_desk_gives_back_what_was_typed(officer: Any) -> None:
    found, client = certificate(actor=officer), sign_in(Client(), officer)
    address = f"/quan-tri/giay-chung-nhan/{found.public_id}/"
    sent = {**stated("cancel", number=""), "version": "0"}
    answer = client.post(address, sent)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Ghi số văn bản." in page
    assert "Hợp đồng chuyển giao đã hết hạn." in page
    assert client.post(address, {**sent, "number": "9/QĐ-UBND"}).status_code == 302
    assert client.post(address, {**sent, "number": "10/QĐ-UBND"}).status_code == 409
    assert client.post(address, {"act": "burn", "version": "1"}).status_code == 409
