"""Every act from every state by everybody; what is refused, and what stays as it was said."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from registry.appraisals import selectors, services
from registry.appraisals.changing import MinutesDraft, PersonDraft, SheetDraft
from registry.appraisals.lifecycle import LIFECYCLE
from registry.appraisals.models import Appraisal, Assessor, Council, Minutes, Sheet
from registry.appraisals.people import LinkHolder
from registry.core import clock
from registry.core.decisions import broken_links
from registry.core.lifecycle import Conflict, Invalid, NotAllowed, perform
from registry.core.models.history import Decision, Event
from registry.parties.models import Membership
from tests.accounts.factories import UserFactory
from tests.appraisals import factories as make
from tests.certificates.factories import decide
from tests.core.factories import upload
from tests.st_enterprises.applications import GRANT, act

pytestmark = pytest.mark.django_db
FROM = {code: action.sources for code, action in LIFECYCLE.actions.items()}


def test_the_lifecycle_holds_together() -> None:
    assert LIFECYCLE.check() == []


def in_state(state: str, officer: Any) -> tuple[Appraisal, Assessor]:
    found = make.council(officer, size=5, quorum=1)
    one = make.voter(found, officer, "Lò Văn Thẩm", True)
    if state != "open":
        make.end(found, officer)
    if state == "replaced":
        act(found.dossier, "appraise", officer, appraisal="own")
    return make.fresh(found), one


def try_act(code: str, found: Appraisal, one: Assessor, actor: Any) -> Appraisal:
    version = make.fresh(found).version
    known: dict[str, Any] = {"actor": actor, "version": version}
    match code:
        case "set_up":
            return make.set_up(found, actor)
        case "add":
            return services.add(found, PersonDraft("Vàng A", "Viện", role="member"), **known)
        case "replace":
            return services.replace(found, one.pk, PersonDraft("Vàng B", "Viện", role="member"), **known)
        case "invite":
            return services.invite(found, one.pk, **known)
        case "declare":
            return services.declare(found, one.pk, has_conflict=True, note="Góp vốn.", actor=actor)
        case "hand_in":
            return services.hand_in(found, one.pk, SheetDraft(False, {}, 1, "Tính lại."), actor=actor)
        case "conclude":
            return services.conclude(found, MinutesDraft(clock.today(), "2/BB", upload("bb.pdf")), **known)
        case "reopen":
            return services.reopen(found, "Ghi nhầm.", **known)
    return perform(found, code, actor, expected_version=version)


@pytest.mark.parametrize("state", list(LIFECYCLE.states))
def test_every_act_from_every_state(officer: Any, state: str) -> None:
    found, one = in_state(state, officer)
    for code, sources in FROM.items():
        before, events = make.fresh(found).state, Event.objects.count()
        with transaction.atomic():
            if state not in sources:
                with pytest.raises((Conflict, Invalid)):
                    try_act(code, found, one, officer)
                assert Event.objects.count() == events, code
            else:
                done = try_act(code, found, one, officer)
                assert done.state == (LIFECYCLE.actions[code].target or before)
                last = Event.objects.filter(subject=done.subject).latest("version")
                assert (last.action, last.role) == (code, "case officer")
            transaction.set_rollback(True)


@pytest.mark.parametrize("role", ["editor", "admin", None])
def test_only_the_department_works_on_it(officer: Any, role: str | None) -> None:
    found, one = in_state("open", officer)
    other = UserFactory(**({role: True} if role else {}))
    for code in set(FROM) - {"reopen"}:
        with pytest.raises(NotAllowed), transaction.atomic():
            try_act(code, found, one, other)


def test_nobody_works_on_or_sits_for_their_own(officer: Any) -> None:
    found, one = in_state("open", officer)
    own = UserFactory(officer=True)
    Membership.objects.create(party=found.party, user=own, role="viewer", since=clock.today())
    for code in ("add", "hand_in", "conclude"):
        with pytest.raises(NotAllowed), transaction.atomic():
            try_act(code, found, one, own)
    with pytest.raises(Invalid, match="chính doanh nghiệp"):
        make.seat(found, officer, organisation=found.party.name.upper())


def test_the_way_is_chosen_at_the_desk_and_another_way_ends_the_first(officer: Any) -> None:
    found = make.of_application(officer, "experts")
    assert (found.kind, found.state) == ("experts", "open")
    dossier = act(found.dossier, "appraise", officer, appraisal="experts")
    assert selectors.of_dossier(dossier) == found
    dossier = act(dossier, "appraise", officer, appraisal="council")
    now = selectors.of_dossier(dossier)
    assert now is not None
    assert now.kind == "council"
    assert [one.pk for one in selectors.earlier_of_dossier(dossier)] == [found.pk]


def test_a_council_is_a_decision_in_the_chain_with_its_numbers(officer: Any) -> None:
    found = make.council(officer, size=7, quorum=5, share=(2, 3), strictly=False)
    told = Council.objects.get()
    assert (told.size, told.quorum, told.numerator, told.denominator, told.strictly) == (7, 5, 2, 3, False)
    decision = Decision.objects.latest("position")
    assert (decision.subject, decision.ground, decision.kind) == (found.subject, "nd268:51.3", "council_council")
    assert '"quorum":5' in decision.content
    assert broken_links() == []


def test_the_seats_are_those_of_the_decision(officer: Any) -> None:
    found = make.of_application(officer)
    with pytest.raises(Invalid, match="quyết định thành lập"):
        make.seat(found, officer)
    make.set_up(found, officer, size=2, quorum=1)
    make.seat(found, officer, role="chair")
    with pytest.raises(Invalid, match="đã có chủ tịch"):
        make.seat(found, officer, role="chair")
    make.seat(found, officer)
    with pytest.raises(Invalid, match="2 người bỏ phiếu"):
        make.seat(found, officer)
    make.seat(found, officer, role="secretary", votes=False)
    with pytest.raises(Invalid, match="tư cách"):
        make.seat(found, officer, role="assessor")


@pytest.mark.parametrize(
    ("numbers", "field"),
    [
        ({"quorum": 4}, "quorum"),
        ({"share": (1, 3)}, "numerator"),
        ({"share": (1, 1)}, "strictly"),
        ({"size": 0}, "size"),
    ],
)
def test_a_decision_that_cannot_be_meant_is_not_recorded(officer: Any, numbers: Any, field: str) -> None:
    with pytest.raises(Invalid) as told:
        make.council(officer, **numbers)
    assert field in told.value.problems
    assert not Decision.objects.exists()


def test_a_sheet_counts_once_no_conflict_was_declared(officer: Any) -> None:
    found = make.council(officer, quorum=1)
    one = make.seat(found, officer)
    make.vote(found, one, officer)
    assert selectors.standing(found).counted == []
    make.clear(found, one, officer)
    standing = selectors.standing(found)
    assert standing.outcome is not None
    assert (len(standing.counted), standing.outcome.verdict) == (1, "for")


def test_who_declares_a_conflict_is_replaced_and_counts_no_more(officer: Any) -> None:
    found = make.council(officer, quorum=1)
    one = make.voter(found, officer, "Lò Văn Thẩm", True)
    services.declare(found, one.pk, has_conflict=True, note="Góp vốn.", actor=officer)
    standing = selectors.standing(found)
    assert standing.outcome is not None
    assert (standing.outcome.verdict, len(standing.conflicts)) == ("no_quorum", 1)
    with pytest.raises(Invalid):
        make.vote(found, one, officer, seen=1, reason="x")
    with pytest.raises(Conflict):
        make.clear(found, one, officer)
    draft = PersonDraft("Giàng Thị Hai", "Viện", role="member")
    services.replace(found, one.pk, draft, actor=officer, version=make.fresh(found).version)
    now = Assessor.objects.get(until=None)
    assert now.replaces == one
    with pytest.raises(Conflict):
        make.clear(found, one, officer)


def test_a_sheet_is_never_changed_a_correction_is_another_with_a_reason(officer: Any) -> None:
    found = make.council(officer, quorum=1)
    one = make.voter(found, officer, "Lò Văn Thẩm", True)
    with pytest.raises(Invalid, match="lý do"):
        make.vote(found, one, officer, False, seen=1)
    with pytest.raises(Conflict):
        make.vote(found, one, officer, False, seen=0)
    make.vote(found, one, officer, False, seen=1, reason="Đọc lại hợp đồng.")
    assert list(Sheet.objects.values_list("number", "is_for")) == [(1, True), (2, False)]
    assert selectors.standing(found).votes_against == 1
    for table in ("sheet", "declaration", "council", "minutes"):
        make.end(found, officer) if table == "minutes" else None
        for statement in (f"UPDATE appraisals_{table} SET id = id", f"DELETE FROM appraisals_{table}"):  # noqa: S608
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_the_end_is_counted_then_and_no_quorum_is_told(officer: Any) -> None:
    found = make.council(officer, size=3, quorum=2)
    with pytest.raises(Invalid, match="Chưa có phiếu"):
        make.end(found, officer)
    make.voter(found, officer, "Một", True)
    make.end(found, officer)
    assert Minutes.objects.get().verdict == "no_quorum"
    services.reopen(found, "Họp lại.", actor=officer, version=make.fresh(found).version)
    make.voter(found, officer, "Hai", True)
    make.end(found, officer, number="02/BB-HĐ")
    last = selectors.standing(found).minutes
    assert last is not None
    assert (last.verdict, last.votes_for, last.votes_against) == ("for", 2, 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": " "}, "number"),
        ({"file": None}, "file"),
        ({"held_on": clock.today() - timedelta(days=3000)}, "held_on"),
        ({"held_on": clock.today() + timedelta(days=3000)}, "held_on"),
        ({"file": upload("bb.exe", b"MZ")}, "file"),
    ],
)
def test_minutes_that_do_not_suffice(officer: Any, changes: Any, field: str) -> None:
    found = make.council(officer, quorum=1)
    make.voter(found, officer, "Một", True)
    with pytest.raises(Invalid) as told:
        make.end(found, officer, **changes)
    assert field in told.value.problems
    assert not Minutes.objects.exists()


def test_experts_do_not_vote(officer: Any) -> None:
    found = make.of_application(officer, "experts")
    for name, is_for in (("Một", True), ("Hai", False)):
        make.voter(found, officer, name, is_for)
    standing = selectors.standing(found)
    assert (standing.outcome, standing.votes_for, standing.votes_against) == (None, 1, 1)
    make.end(found, officer, number="", file=None)
    assert Minutes.objects.get().verdict == ""


def test_deciding_without_a_conclusion_is_possible_and_ends_the_work(officer: Any) -> None:
    """Art. 51(3) lists three ways and makes no council's conclusion a condition of the decision."""
    found, one = in_state("open", officer)
    found.dossier.refresh_from_db()
    done = act(found.dossier, "grant", officer, **GRANT)
    assert done.state == "granted"
    for code in ("add", "hand_in", "conclude"):
        with pytest.raises(Invalid, match="không còn chờ quyết định"), transaction.atomic():
            try_act(code, make.fresh(found), one, officer)


def test_a_council_of_advice_on_a_certificate(officer: Any) -> None:
    found = make.of_certificate(officer, "cancel")
    assert (found.kind, found.proposal) == ("advisory", "cancel")
    with pytest.raises(Conflict):
        services.open_advice(found.certificate, "withdraw", actor=officer)
    with pytest.raises(Invalid):
        services.open_advice(found.certificate, "burn", actor=officer)
    make.set_up(found, officer, quorum=1)
    assert Decision.objects.latest("position").ground == "nd268:53.4"
    make.voter(found, officer, "Một", True)
    make.end(found, officer)
    decide(found.certificate, "cancel", officer)
    with pytest.raises(Invalid, match="hết hiệu lực"):
        services.reopen(Appraisal.objects.get(), "x", actor=officer, version=make.fresh(found).version)


@pytest.mark.parametrize("gone", ["late", "anew", "replaced", "another"])
def test_a_link_that_is_spent_opens_nothing(officer: Any, gone: str) -> None:
    found = make.council(officer)
    one, other = make.seat(found, officer), make.seat(found, officer, "Hai")
    _url, holder = make.link(found, one, officer)
    whom, day = one.pk, clock.now()
    if gone == "late":
        day += timedelta(days=15)
    if gone == "anew":
        make.link(found, one, officer)
    if gone == "replaced":
        draft = PersonDraft("Ba", "Viện", role="member")
        services.replace(found, one.pk, draft, actor=officer, version=make.fresh(found).version)
    if gone == "another":
        whom = other.pk
    with clock.at(day), pytest.raises((NotAllowed, Conflict)):
        services.declare(found, whom, has_conflict=False, actor=holder)
    for actor in (LinkHolder(one.pk, 0), LinkHolder(999_999, 1)):
        with pytest.raises(NotAllowed):
            services.declare(found, one.pk, has_conflict=False, actor=actor)


def test_a_link_does_nothing_but_declare_and_hand_in(officer: Any) -> None:
    found = make.council(officer)
    one = make.seat(found, officer)
    _url, holder = make.link(found, one, officer)
    for code in set(FROM) - {"declare", "hand_in", "reopen"}:
        with pytest.raises((NotAllowed, Invalid)), transaction.atomic():
            try_act(code, found, one, holder)
    with pytest.raises(Invalid, match="trước"):
        make.vote(found, one, holder)
