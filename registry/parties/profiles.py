"""What holds of a party once a dossier is decided, and its facts: rows that differ end, new ones begin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from registry.core import clock
from registry.core.models import AdministrativeUnit, Industry, PrivateFile
from registry.parties.models import (
    ContactPoint,
    Fact,
    IdentityPaper,
    NameKind,
    Party,
    PartyAddress,
    PartyIndustry,
    PartyName,
    Representative,
)


@dataclass(frozen=True, slots=True)
class PartyProfile:
    """What a decided dossier says about its party. Empty values change nothing."""

    names: dict[str, str]
    ward: AdministrativeUnit | None = None
    address: str = ""
    representative: str = ""
    representative_title: str = ""
    identity_number: str = ""
    industries: tuple[Industry, ...] = ()
    contacts: tuple[tuple[str, str, bool], ...] = ()  # (kind, value, shown)


def take_over(party: Party, profile: PartyProfile, *, on: date) -> None:
    """Make `profile` what holds of `party` from `on`: rows that differ end, new ones begin. For decided dossiers only."""
    for kind, text in profile.names.items():
        if text:
            _replace(
                party.names.filter(kind=kind),
                {"text": text},
                on,
                PartyName(party=party, kind=kind, text=text, since=on),
            )
    if profile.names.get(NameKind.VIETNAMESE) and party.name != profile.names[NameKind.VIETNAMESE]:
        party.name = profile.names[NameKind.VIETNAMESE]
        party.save(update_fields=["name"])
    if profile.ward:
        held = {"ward": profile.ward, "text": profile.address}
        _replace(party.addresses.all(), held, on, PartyAddress(party=party, since=on, **held))
    if profile.representative:
        held = {"full_name": profile.representative, "title": profile.representative_title}
        person = _replace(party.representatives.all(), held, on, Representative(party=party, since=on, **held))
        if profile.identity_number and not person.papers.filter(number=profile.identity_number).exists():
            IdentityPaper.objects.create(representative=person, number=profile.identity_number, recorded_at=clock.now())
    wanted = set(profile.industries)
    if wanted:
        party.industries.filter(until=None).exclude(industry__in=wanted).update(until=on)
        held_now = set(party.industries.filter(until=None).values_list("industry_id", flat=True))
        PartyIndustry.objects.bulk_create(
            PartyIndustry(party=party, industry=i, since=on) for i in profile.industries if i.pk not in held_now
        )
    for kind, value, shown in profile.contacts:
        if value:
            held = {"value": value, "shown": shown}
            _replace(party.contacts.filter(kind=kind), held, on, ContactPoint(party=party, kind=kind, since=on, **held))


def take_over_many(profiles: Sequence[tuple[Party, PartyProfile]], *, on: date) -> None:
    """`take_over` for many parties: what holds of all of them is read at once, who says nothing new is left alone."""
    held = _held([party for party, _ in profiles])
    for party, profile in profiles:
        if profile.identity_number or not _said(profile) <= held[party.pk] or _left_out(profile, held[party.pk]):
            take_over(party, profile, on=on)
            held[party.pk] = _held([party])[party.pk]  # it may come again


Saying = tuple[Any, ...]


def _held(parties: Sequence[Party]) -> dict[int, set[Saying]]:
    """What holds of each party, as `_said` writes it."""
    held: dict[int, set[Saying]] = {party.pk: set() for party in parties}
    sources: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
        (PartyName, "name", ("kind", "text")),
        (PartyAddress, "address", ("ward_id", "text")),
        (Representative, "representative", ("full_name", "title")),
        (PartyIndustry, "industry", ("industry_id",)),
        (ContactPoint, "contact", ("kind", "value", "shown")),
    )
    for model, what, columns in sources:
        rows = model._default_manager.filter(party__in=parties, until=None).values_list("party_id", *columns)
        for party, *values in rows:
            held[party].add((what, *values))
    return held


def _said(profile: PartyProfile) -> set[Saying]:
    said: set[Saying] = {("name", str(kind), text) for kind, text in profile.names.items() if text}
    said |= {("address", profile.ward.pk, profile.address)} if profile.ward else set()
    person = ("representative", profile.representative, profile.representative_title)
    said |= {person} if profile.representative else set()
    said |= {("industry", line.pk) for line in profile.industries}
    return said | {("contact", kind, value, shown) for kind, value, shown in profile.contacts if value}


def _left_out(profile: PartyProfile, held: set[Saying]) -> bool:
    """Does an industry hold that the profile, which names some, does not name?"""
    named = {line.pk for line in profile.industries}
    return bool(named) and any(what == "industry" and values[0] not in named for what, *values in held)


def take_over_new(profiles: Sequence[tuple[Party, PartyProfile]], *, on: date) -> None:
    """`take_over` for parties of which nothing is known yet, many at once."""
    PartyAddress.objects.bulk_create(
        PartyAddress(party=party, since=on, ward=one.ward, text=one.address) for party, one in profiles if one.ward
    )
    named = [(party, one) for party, one in profiles if one.representative]
    people = Representative.objects.bulk_create(
        Representative(party=party, since=on, full_name=one.representative, title=one.representative_title)
        for party, one in named
    )
    IdentityPaper.objects.bulk_create(
        IdentityPaper(representative=person, number=one.identity_number, recorded_at=clock.now())
        for person, (_party, one) in zip(people, named, strict=True)
        if one.identity_number
    )
    PartyIndustry.objects.bulk_create(
        PartyIndustry(party=party, industry=line, since=on) for party, one in profiles for line in one.industries
    )
    ContactPoint.objects.bulk_create(
        ContactPoint(party=party, kind=kind, since=on, value=value, shown=shown)
        for party, one in profiles
        for kind, value, shown in one.contacts
        if value
    )


def _replace(rows: Any, held: dict[str, Any], on: date, row: Any) -> Any:
    """The row in force if it says `held`; otherwise it ends on `on` and `row` begins."""
    current = rows.filter(until=None).first()
    if current and all(getattr(current, name) == value for name, value in held.items()):
        return current
    if current:
        current.until = on
        current.save(update_fields=["until"])
    row.save()
    return row


@dataclass(frozen=True, slots=True)
class FactDraft:
    code: str
    period: str
    value: Decimal
    unit: str
    label: str = ""
    source: str = "declared"
    evidence: PrivateFile | None = None


def record_facts(party: Party, drafts: Iterable[FactDraft], *, actor: Any) -> list[Fact]:
    """Add facts. Nothing is overwritten: the newest of a (code, period, label) holds, the older ones are its history."""
    return record_facts_of(((party, draft) for draft in drafts), actor=actor)


def record_facts_of(drafts: Iterable[tuple[Party, FactDraft]], *, actor: Any) -> list[Fact]:
    """`record_facts` for several parties at once."""
    now = clock.now()
    return Fact.objects.bulk_create(
        [
            Fact(
                party=party,
                code=draft.code,
                period=draft.period,
                label=draft.label,
                value=draft.value,
                unit=draft.unit,
                source=draft.source,
                evidence=draft.evidence,
                recorded_at=now,
                recorded_by=actor,
            )
            for party, draft in drafts
        ]
    )
