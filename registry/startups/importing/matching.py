"""Which party and which startup a row is about, and what taking it over would do: enter, renew, nothing, or refuse with a sentence.

A row is known by its tax code; one without by its reference: ours of the dossier, or the one the list itself gave before. What
a founder sent is never written over, what the department took down is not put back, and nobody decides for their own organisation.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from registry.core.text import fold
from registry.dossiers import snapshot
from registry.dossiers.models import Dossier, Submission
from registry.dossiers.selectors import open_states
from registry.parties.models import Membership, Party, PartyIdentifier
from registry.startups.importing.rows import Fault, Said
from registry.startups.lifecycle import PROCEDURE
from registry.startups.models import Profile, ProposedField, Startup
from registry.startups.selectors import published_answers

ENTER: Final = "created"
RENEW: Final = "updated"
LEAVE: Final = "unchanged"
REFUSE: Final = "refused"
CODES: Final = {"tax_code": "Mã số thuế", "household_code": "Mã hộ kinh doanh"}


@dataclass(slots=True)
class Standing:
    """A startup of the register as a row is compared with it: its newest profile (by key), and the answers behind that one.

    `is_from_a_list`: all of them came from a list; no founder has sent or proposed anything since.
    """

    startup: Startup
    profile: int
    name: str
    listed: bool
    answers: Mapping[str, Any]
    number: int
    is_from_a_list: bool


@dataclass(slots=True)
class Plan:
    """What is to be done with a row."""

    said: Said
    what: str = REFUSE
    party: Party | None = None
    standing: Standing | None = None
    party_name: str = ""


@dataclass(slots=True)
class Known:
    """What stands in the register of the rows of one batch. Eight questions, however many rows."""

    parties: dict[tuple[str, str], Party] = field(default_factory=dict)
    of_party: dict[int, list[Standing]] = field(default_factory=lambda: defaultdict(list))
    by_reference: dict[str, Standing] = field(default_factory=dict)
    waiting: dict[int, str] = field(default_factory=dict)
    with_members: set[int] = field(default_factory=set)
    own: set[int] = field(default_factory=set)


def known_of(saids: Iterable[Said], actor: Any) -> Known:
    known = Known()
    saids = list(saids)
    codes = [said.identifier.value for said in saids if said.identifier]
    references = [said.reference for said in saids if said.reference]
    for row in PartyIdentifier.objects.filter(value__in=codes, until=None).select_related("party"):
        known.parties[(row.scheme, row.value)] = row.party
    startups = Startup.objects.select_related("party", "dossier").order_by("pk")
    found = {one.pk: one for one in startups.filter(party__in=list(known.parties.values()))}
    if references:
        found |= {one.pk: one for one in startups.filter(list_reference__in=references)}
        found |= {one.pk: one for one in startups.filter(dossier__reference__in=references)}
    for standing in _standings(found):
        startup = standing.startup
        known.of_party[startup.party_id].append(standing)
        known.by_reference[startup.dossier.reference] = standing
        if startup.list_reference:
            known.by_reference[startup.list_reference] = standing
    parties = {party.pk for party in known.parties.values()} | set(known.of_party)
    if parties:
        mine = Dossier.objects.filter(party__in=parties, procedure=PROCEDURE.code, state__in=open_states())
        known.waiting = dict(mine.order_by("pk").values_list("party_id", "reference"))
        members = Membership.objects.filter(party__in=parties, until=None).values_list("party_id", "user_id")
        for party, user in members:
            known.with_members.add(party)
            if actor is not None and user == actor.pk:
                known.own.add(party)
    return known


def _standings(startups: Mapping[int, Startup]) -> list[Standing]:
    dossiers = [one.dossier_id for one in startups.values()]
    last: dict[int, Submission] = {}
    for submission in Submission.objects.filter(dossier__in=dossiers).order_by("number"):
        last[submission.dossier_id] = submission
    newest: dict[int, Profile] = {}
    rows = Profile.objects.filter(startup__in=list(startups)).order_by("recorded_at", "pk")
    for profile in rows.only("startup_id", "name_vi", "effective_to"):
        newest[profile.startup_id] = profile
    proposed = ProposedField.objects.filter(proposal__startup__in=list(startups), proposal__sent_at__isnull=False)
    by_founder = set(proposed.exclude(outcome="refused").values_list("proposal__startup", flat=True))
    found = []
    for pk, one in startups.items():
        submission = last[one.dossier_id]
        content = snapshot.read(submission)
        answers = published_answers(one) if pk in by_founder else snapshot.answers_in(content)
        untouched = "source" in content and pk not in by_founder
        listed = newest[pk].effective_to is None
        found.append(Standing(one, newest[pk].pk, newest[pk].name_vi, listed, answers, submission.number, untouched))
    return found


def have_moved(standings: Iterable[Standing]) -> bool:
    """Has one of them a newer page, or a proposal, by now? Waits for whoever changes them, and holds them still."""
    held = {one.startup.pk: one for one in standings}
    dossiers = [one.startup.dossier_id for one in held.values()]
    list(Dossier.objects.select_for_update().filter(pk__in=dossiers).order_by("pk"))
    fresh = {one.startup.pk: one for one in _standings({pk: one.startup for pk, one in held.items()})}
    return any(
        (fresh[pk].profile, fresh[pk].is_from_a_list) != (one.profile, one.is_from_a_list) for pk, one in held.items()
    )


def meant(said: Said, known: Known) -> Plan:
    """Whom the row is about. What stands in the way is among its faults."""
    plan = Plan(said)
    if said.identifier:
        plan.party = known.parties.get((said.identifier.scheme, said.identifier.value))
        if plan.party:
            plan.standing = _of_party(said, known.of_party.get(plan.party.pk, []))
        by_reference = known.by_reference.get(said.reference) if said.reference else None
        if by_reference and by_reference is not plan.standing:
            sentence = f"Mã {said.reference} đã thuộc dự án “{by_reference.name}” của chủ dự án khác."
            said.faults.append(Fault("reference", sentence))
    elif said.reference:
        plan.standing = known.by_reference.get(said.reference)
        plan.party = plan.standing.startup.party if plan.standing else None
    if plan.party:
        _check_party(plan, plan.party, known)
    return plan


def _of_party(said: Said, standing: list[Standing]) -> Standing | None:
    if len(standing) < 2:
        return standing[0] if standing else None
    return None


def _check_party(plan: Plan, party: Party, known: Known) -> None:
    said = plan.said
    if said.kind and party.kind != said.kind:
        sentence = f"Đã có “{party.name}” với loại “{party.get_kind_display()}”; danh sách ghi loại khác."
        said.faults.append(Fault("kind", sentence))
    if party.pk in known.own:
        said.faults.append(Fault("", "Bạn là thành viên của tổ chức này nên không nhập cho tổ chức được."))
    if party.pk in known.waiting:
        sentence = f"Chủ dự án đang có hồ sơ {known.waiting[party.pk]} chờ Sở xử lý. Xử lý hồ sơ ấy trước."
        said.faults.append(Fault("", sentence))
    if plan.standing and not plan.standing.listed:
        sentence = f"Dự án “{plan.standing.name}” đã gỡ khỏi danh bạ. Nhập danh sách không đưa trở lại."
        said.faults.append(Fault("", sentence))


def choose(plan: Plan, name: str, known: Known) -> None:
    """Of a party with several startups, the one that bears the name."""
    if plan.party is None or plan.standing is not None:
        return
    several = known.of_party.get(plan.party.pk, [])
    same = [one for one in several if fold(one.name) == fold(name)]
    if len(same) == 1:
        plan.standing = same[0]
        if not same[0].listed:
            sentence = f"Dự án “{same[0].name}” đã gỡ khỏi danh bạ. Nhập danh sách không đưa trở lại."
            plan.said.faults.append(Fault("", sentence))
    elif several:
        names = ", ".join(f"“{one.name}”" for one in several[:5])
        sentence = f"Chủ dự án có {len(several)} dự án ({names}), không dự án nào mang đúng tên này."
        plan.said.faults.append(Fault("name_vi", sentence))


def settle(plan: Plan, known: Known) -> None:
    """What the row would do, now that everything it says is read."""
    said, standing, party = plan.said, plan.standing, plan.party
    if party and said.party_name != party.name and party.pk not in known.with_members:
        plan.party_name = said.party_name
    if standing:
        before = {name: value for name, value in standing.answers.items() if name in said.answers}
        same = before == said.answers and not plan.party_name
        if standing.listed and not same and not standing.is_from_a_list:
            sentence = (
                f"Chủ dự án đã tự khai (hồ sơ {standing.startup.dossier.reference}) và nội dung khác danh sách. "
                "Nhập danh sách không ghi đè lên điều họ khai."
            )
            said.faults.append(Fault("", sentence))
        plan.what = LEAVE if same else RENEW
    else:
        plan.what = ENTER
    if said.faults:
        plan.what = REFUSE
