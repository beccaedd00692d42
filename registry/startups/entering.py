"""What entering a list of the department does, many startups at once. Called by the engine alone, inside its transaction.

It is what publishing a dossier does (`deciding.publish`), with the same decision, profile and search entries; the snapshot says
from which run, file and row it comes, and nobody has declared that it is true.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings

from registry.core import clock, events
from registry.core.decisions import Decided, DecisionDraft, canonical, record_decisions, sha256
from registry.core.lifecycle import Data, Invalid
from registry.core.models import AdministrativeUnit, Authority, Industry
from registry.core.models.history import Decision
from registry.core.selectors import CURRENT_INDUSTRIES, industries, wards
from registry.dossiers import snapshot
from registry.dossiers.models import Dossier, Submission
from registry.parties.models import NameKind
from registry.parties.profiles import PartyProfile, record_facts_of, take_over_many, take_over_new
from registry.startups.deciding import StartupsListed, facts, ground, new_profile, party_profile
from registry.startups.models import Profile, ProfileField, Startup


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row of a list says: stored answers, where they come from, what is the party's name.

    `number` counts the dossier's snapshots. `fields` gives the questions of a step's form (see `snapshot.build`).
    """

    answers: Mapping[str, Any]
    source: Mapping[str, Any]
    party_name: str = ""
    party_is_new: bool = False
    number: int = 1
    reference: str = ""
    fields: Callable[[type[forms.Form]], Mapping[str, forms.Field]] = lambda form: form().fields


def from_a_list(dossier: Dossier, data: Data) -> None:
    """Guard: this act belongs to the import of a list."""
    if not isinstance(data.get("entry"), Entry):
        raise Invalid("Việc này chỉ làm được khi nhập danh sách của Sở.")


def enter(pairs: Sequence[tuple[Dossier, Data]], actor: Any) -> list[dict[str, Any]]:
    """Snapshot, decision, startup, profile, and what is known of the party, for each dossier."""
    rows = [(dossier, data["entry"]) for dossier, data in pairs]
    places = {unit.code: unit for unit in wards()}
    lines = {f"{one.edition}:{one.code}": one for one in industries(CURRENT_INDUSTRIES, 4)}
    submissions = _submitted(rows, actor)
    startups = _startups(rows)
    decisions = _decided(rows, submissions, startups, actor)
    _taken_over(rows, places, lines)
    record_facts_of(
        ((dossier.party, fact) for dossier, entry in rows for fact in facts(entry.answers, "declared")), actor=actor
    )
    _listed(rows, submissions, startups, decisions, places, lines)
    for dossier, entry in rows:
        dossier.answers = {**entry.answers}
        dossier.title = dossier.kind.name(entry.answers)[:300]
        dossier.ward = places[entry.answers["ward"]]
        dossier.received_at = dossier.received_at or clock.now()
        dossier.due_at, dossier.closed_at = None, clock.now()
    events.publish(StartupsListed(tuple(startups)))
    return [
        {"decision": decision.position, "startup": startup.public_id, **entry.source}
        for decision, startup, (_dossier, entry) in zip(decisions, startups, rows, strict=True)
    ]


def _submitted(rows: Sequence[tuple[Dossier, Entry]], actor: Any) -> list[Submission]:
    now, made = clock.now(), []
    for dossier, entry in rows:
        built = snapshot.build(dossier, entry.answers, [], entry.number, source=entry.source, fields=entry.fields)
        content = canonical(built)
        made.append(
            Submission(
                dossier=dossier,
                number=entry.number,
                form_code=dossier.kind.form_code,
                form_version=dossier.kind.form_version,
                content=content,
                sha256=sha256(content),
                submitted_by=actor,
                submitted_at=now,
            )
        )
    return Submission.objects.bulk_create(made)


def _startups(rows: Sequence[tuple[Dossier, Entry]]) -> list[Startup]:
    """The startup of each dossier: the one that stands, or a new one."""
    standing = {one.dossier_id: one for one in Startup.objects.filter(dossier__in=[dossier for dossier, _ in rows])}
    Startup.objects.bulk_create(
        Startup(dossier=dossier, party=dossier.party, listed_on=clock.today(), list_reference=entry.reference)
        for dossier, entry in rows
        if dossier.pk not in standing
    )
    found = Startup.objects.filter(dossier__in=[dossier for dossier, _entry in rows]).select_related("party", "dossier")
    by_dossier = {one.dossier_id: one for one in found}
    return [by_dossier[dossier.pk] for dossier, _entry in rows]


def _decided(
    rows: Sequence[tuple[Dossier, Entry]], submissions: Sequence[Submission], startups: Sequence[Startup], actor: Any
) -> list[Decision]:
    today = clock.today()
    draft = DecisionDraft(
        kind="publish",
        ground=ground(),
        authority=Authority.objects.get(code=settings.LISTING_AUTHORITY),
        signed_on=today,
        effective_on=today,
        public_from=today,
    )
    decided = [
        Decided(
            draft,
            dossier.subject,
            startup.record,
            {
                "reference": dossier.reference,
                "submission": submission.number,
                "submission_sha256": submission.sha256,
                "public_id": startup.public_id,
                "name": entry.answers["name_vi"],
                "source": entry.source,
            },
        )
        for (dossier, entry), submission, startup in zip(rows, submissions, startups, strict=True)
    ]
    return record_decisions(decided, actor=actor)


def _taken_over(
    rows: Sequence[tuple[Dossier, Entry]], places: Mapping[str, AdministrativeUnit], lines: Mapping[str, Industry]
) -> None:
    fresh: list[tuple[Any, PartyProfile]] = []
    known: list[tuple[Any, PartyProfile]] = []
    for dossier, entry in rows:
        profile = party_profile(entry.answers, places[entry.answers["ward"]], _of(lines, entry))
        if entry.party_is_new:
            fresh.append((dossier.party, profile))
            continue
        if entry.party_name:
            profile.names[NameKind.VIETNAMESE] = entry.party_name
        known.append((dossier.party, profile))
    take_over_many(known, on=clock.today())
    take_over_new(fresh, on=clock.today())


def _of(lines: Mapping[str, Industry], entry: Entry) -> list[Industry]:
    return [lines[key] for key in entry.answers["industries"] if key in lines]


def _listed(
    rows: Sequence[tuple[Dossier, Entry]],
    submissions: Sequence[Submission],
    startups: Sequence[Startup],
    decisions: Sequence[Decision],
    places: Mapping[str, AdministrativeUnit],
    lines: Mapping[str, Industry],
) -> None:
    """The new profiles; the ones before them end."""
    profiles = []
    for (_dossier, entry), submission, startup, decision in zip(rows, submissions, startups, decisions, strict=True):
        if entry.number > 1:
            ends = startup.profiles.filter(effective_to=None)
            ends.update(effective_to=decision.effective_on, ended_by=decision)
        profiles.append(new_profile(startup, decision, submission, entry.answers, places[entry.answers["ward"]]))
    Profile.objects.bulk_create(profiles)
    pairs = list(zip(profiles, (entry for _dossier, entry in rows), strict=True))
    ProfileField.objects.bulk_create(
        ProfileField(profile=profile, field=code)
        for profile, entry in pairs
        for code in entry.answers["fields_of_technology"]
    )
    Profile.industries.through.objects.bulk_create(
        Profile.industries.through(profile=profile, industry=line)
        for profile, entry in pairs
        for line in _of(lines, entry)
    )
