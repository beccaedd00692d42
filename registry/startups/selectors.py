"""How others read the startup register. `as_of` asks what the directory said on a day; without it, today."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, F, FilteredRelation, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from registry.core import clock
from registry.core.bilingual import text_in
from registry.core.export import in_batches
from registry.core.fields import Sector, TechnologyField
from registry.core.listing import Choice, Facet
from registry.core.models import AdministrativeUnit
from registry.core.permalinks import normal_id
from registry.dossiers import snapshot
from registry.parties.selectors import name_on, tax_code
from registry.startups.confirmations import Confirmation, Confirmed
from registry.startups.filters import GROUPS, StartupFilter
from registry.startups.models import Profile, ProfileField, ProposedField, Stage, Startup
from search.engine import ids_matching

SINGLE = {  # a startup has one of each
    "sector": "sector",
    "ward": "ward__code",
    "stage": "stage",
    "year": "year",
    "confirmation": "confirmation_state",
}


def in_force(as_of: date | None = None) -> QuerySet[Profile]:
    """The profiles that hold on a day, one a startup, newest entry first; each with its confirmation of that day."""
    day = as_of or clock.today()
    rows = Profile.objects.filter(Q(effective_to=None) | Q(effective_to__gt=day), effective_from__lte=day)
    return (
        with_confirmation(rows, day)
        .select_related("startup", "ward")
        .prefetch_related("fields")
        .order_by("-startup__listed_on", "-startup_id")
    )


def with_confirmation(rows: QuerySet[Profile], day: date) -> QuerySet[Profile]:
    """`confirmed_on`, `confirmation_due_on` and `confirmation_state` (`Confirmed`) as they were on a day."""
    of = "startup__confirmations"
    held = Q(**{f"{of}__confirmed_on__lte": day}) & (Q(**{f"{of}__until": None}) | Q(**{f"{of}__until__gt": day}))
    overdue = When(confirmation__due_on__lt=day, then=Value(Confirmed.OVERDUE.value))
    found: QuerySet[Any] = rows.annotate(confirmation=FilteredRelation(of, condition=held))
    return found.annotate(
        confirmed_on=F("confirmation__confirmed_on"),
        confirmation_due_on=F("confirmation__due_on"),
        confirmation_state=Case(overdue, default=Value(Confirmed.CURRENT.value)),
    )


def _cut(profiles: QuerySet[Profile], start: int, stop: int, as_of: date | None = None) -> list[Profile]:
    """A piece of an ordered list of `in_force(as_of)`: sorted and cut by the keys alone, the texts of the others are never read."""
    kept = profiles.select_related(None).values("pk")[start:stop]
    return list(in_force(as_of).filter(pk__in=kept).order_by(*profiles.query.order_by))


def url_of(profile: Profile, language: str) -> str:
    with override(language):
        return reverse("startup", kwargs={"slug": f"{profile.slug}-{profile.startup.public_id}"})


def name_in(profile: Profile, language: str) -> str:
    return text_in(profile, "name", language).text


class Listing:
    """A filtered directory: lazy, so that a page pays only for what it shows.

    `filters` is a bound, valid `StartupFilter`. Counts of a facet leave out its own choice (multi-select).
    """

    def __init__(self, filters: StartupFilter, language: str) -> None:
        self.chosen: Mapping[str, Any] = filters.form.cleaned_data
        self.language = language
        self.as_of: date | None = self.chosen.get("as_of")
        self.text: str = self.chosen.get("q") or ""
        self.ranks: dict[str, int] | None = None
        base = in_force(self.as_of)
        if self.text:
            refs = ids_matching(self.text, kind="startup", language=language)
            self.ranks = {ref: place for place, ref in enumerate(refs)}
            base = base.filter(startup__public_id__in=refs)
        self._base = base
        self._filters = filters

    def _by(self, *groups: str) -> QuerySet[Profile]:
        """The base, narrowed by what is chosen in these groups."""
        rows = self._base
        for name in groups:
            if value := self.chosen.get(name):
                rows = self._filters.filters[name].filter(rows, value)
        return rows

    @property
    def rows(self) -> QuerySet[Profile]:
        return self._by(*GROUPS)

    @cached_property
    def _cells(self) -> Counter[tuple[str, ...]]:
        """How many startups share sector, ward, stage and year, whatever is chosen among those; fields are narrowed."""
        counted = self._by("field").order_by().values_list(*SINGLE.values()).annotate(n=Count("pk"))
        return Counter({tuple(map(str, cell)): n for *cell, n in counted})

    def _failed(self, cell: Sequence[str]) -> str | None:
        """The one choice that this cell does not meet: "" when it meets all of them, None when it fails more than one."""
        failed = ""
        for name, place, wanted in self._demands:
            if cell[place] not in wanted:
                if failed:
                    return None
                failed = name
        return failed

    @cached_property
    def _demands(self) -> list[tuple[str, int, set[str]]]:
        """What is chosen among sector, ward, stage and year, with its place in a cell; mostly nothing."""
        return [(name, place, self._wanted(name)) for place, name in enumerate(SINGLE) if self._wanted(name)]

    def _wanted(self, name: str) -> set[str]:
        return {str(value) for value in self.chosen.get(name) or ()}

    def count(self) -> int:
        return sum(n for cell, n in self._cells.items() if self._failed(cell) == "")

    def page(self, number: int, size: int) -> list[Profile]:
        """Page `number` from 1: by rank when there is a text, else newest entry first."""
        start = (number - 1) * size
        if self.ranks is None:
            return _cut(self.rows, start, start + size, self.as_of)
        ids = self.rows.order_by().values_list("startup__public_id", "pk")
        wanted = [pk for _ref, pk in sorted(ids, key=lambda row: self.ranks[row[0]])][start : start + size]  # type: ignore[index]
        found = {profile.pk: profile for profile in in_force(self.as_of).filter(pk__in=wanted)}
        return [found[pk] for pk in wanted]

    def batches(self, size: int) -> Iterator[list[Profile]]:
        """All of it in the order of the pages, a few hundred at a time: which rows is asked once, so that none slips by."""
        if self.ranks is None:
            wanted = list(self.rows.values_list("pk", flat=True))
        else:
            ids = self.rows.order_by().values_list("startup__public_id", "pk")
            wanted = [pk for _ref, pk in sorted(ids, key=lambda row: self.ranks[row[0]])]  # type: ignore[index]
        return in_batches(in_force(self.as_of), wanted, size)

    def facets(self) -> list[Facet]:
        counts: dict[str, Counter[str]] = {name: Counter() for name in GROUPS}
        for cell, n in self._cells.items():
            failed = self._failed(cell)
            if failed is None:
                continue
            for name, value in zip(SINGLE, cell, strict=True):
                if failed in ("", name):
                    counts[name][value] += n
        demanded = [SINGLE[name] for name, _place, _wanted in self._demands]
        by_field = self._base.order_by().values_list("fields__field", *demanded).annotate(n=Count("pk"))
        for code, *rest, n in by_field:
            met = (str(value) in wanted for value, (_name, _place, wanted) in zip(rest, self._demands, strict=True))
            if code is not None and all(met):
                counts["field"][code] += n
        return [self._facet(name, counts[name]) for name in GROUPS]

    def _facet(self, name: str, counts: Counter[str]) -> Facet:
        chosen = self._wanted(name)
        labels = self._labels(name, sorted(set(counts) | chosen))
        choices = tuple(Choice(value, label, counts[value], value in chosen) for value, label in labels)
        return Facet(name, str(self._filters.form.fields[name].label), choices)

    def _labels(self, name: str, values: list[str]) -> list[tuple[str, str]]:
        if name == "year":
            return [(value, value) for value in sorted(values, reverse=True)]
        if name == "ward":
            units = AdministrativeUnit.objects.filter(edition="new", code__in=values).order_by("position")
            return [(unit.code, unit.name_in(self.language)) for unit in units]
        kinds = {"field": TechnologyField, "sector": Sector, "stage": Stage, "confirmation": Confirmed}
        return [(value, str(label)) for value, label in kinds[name].choices if value in values]


def by_public_id(public_id: str) -> Startup | None:
    """The startup of an id as somebody typed it; what cannot be an id is nobody's."""
    found = normal_id(public_id)
    return Startup.objects.filter(public_id=found).select_related("party").first() if found else None


def profile_of(startup: Startup, as_of: date | None = None) -> Profile | None:
    """The profile that holds on a day, or None when the startup is not in the directory then."""
    rows = in_force(as_of).filter(startup=startup).select_related("startup__party", "ward", "decision")
    return rows.prefetch_related("fields", "industries").first()


def public_tax_code(profile: Profile, as_of: date | None = None) -> str:
    return tax_code(profile.startup.party, as_of)


def public_party_name(profile: Profile, as_of: date | None = None) -> str:
    """The name of whose startup it is, today or on a day; "" where it is a person's."""
    party = profile.startup.party
    if not party.has_public_name:
        return ""
    return name_on(party, as_of) if as_of else str(party.name)


@dataclass(frozen=True, slots=True)
class Version:
    """One version that was published: in force from `since` until before `until` (None: still)."""

    since: date
    until: date | None


def versions(startup: Startup) -> list[Version]:
    """Every version that held for a day at least, newest first; one that was replaced on its first day is none of them."""
    rows = startup.profiles.filter(Q(effective_to=None) | Q(effective_to__gt=F("effective_from")))
    return [Version(*row) for row in rows.order_by("-effective_from").values_list("effective_from", "effective_to")]


def as_read_today(then: Profile, now: Profile) -> Profile:
    """An earlier version as it may be read now: what stands there by consent only as far as the page of today shows it.

    Contacts and people are shown where today's page shows the same ones, figures while today's page shows such. A logo
    that is no longer shown has no file.
    """
    then.email = then.email if then.email == now.email else ""
    then.phone = then.phone if then.phone == now.phone else ""
    then.team = [person for person in then.team if person in now.team]
    then.staff = then.staff if now.staff is not None else None
    then.capital = then.capital if now.capital is not None else None
    then.support = then.support if now.support else []
    then.logo = then.logo if then.logo == now.logo else ""
    return then


def last_profile(startup: Startup) -> Profile | None:
    """The newest profile, in force or ended: for the page that says who took it down and when."""
    return (
        startup.profiles.select_related("decision__authority", "ended_by__authority", "ward")
        .order_by("-recorded_at")
        .first()
    )


def published_answers(startup: Startup) -> dict[str, Any]:
    """The whole answers behind the newest profile: its submission, and over it what was accepted of proposals since.

    Whatever makes the next profile starts from these.
    """
    submission = startup.profiles.select_related("submission").order_by("-recorded_at", "-pk")[0].submission
    since = ProposedField.objects.filter(
        proposal__startup=startup, outcome="accepted", proposal__decided_at__gte=submission.submitted_at
    ).order_by("proposal__decided_at", "proposal__decision__position", "pk")
    accepted = {row.name: row.proposed for row in since}
    return {name: accepted.get(name, value) for name, value in snapshot.answers_in(snapshot.read(submission)).items()}


def neighbours(profile: Profile, most: int = 3) -> list[Profile]:
    """Other startups of the same technology fields."""
    codes = [row.field for row in profile.fields.all()]
    same = ProfileField.objects.filter(field__in=codes).values("profile")
    return _cut(in_force().filter(pk__in=same).exclude(pk=profile.pk), 0, most)


def featured(most: int = 3) -> list[Profile]:
    """The startups that the department features, then the newest."""
    ordered = in_force().order_by("-startup__featured", "-startup__listed_on", "-startup_id")
    return _cut(ordered, 0, most)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the address of the list that counts it."""

    value: int
    label: str
    url: str


def figures(language: str) -> list[Figure]:
    """Live figures of the directory, each with the list that counts it."""
    with override(language):
        address = reverse("startups")
        this_year = clock.today().year
        counted = (
            in_force()
            .order_by()
            .aggregate(
                total=Count("pk"), fresh=Count("pk", filter=Q(year=this_year)), wards=Count("ward", distinct=True)
            )
        )
        return [
            Figure(counted["total"], _("dự án trong danh bạ"), address),
            Figure(
                counted["fresh"], _("dự án mới trong năm %(year)s") % {"year": this_year}, f"{address}?year={this_year}"
            ),
            Figure(counted["wards"], _("xã, phường có dự án"), address),
        ]


def overdue_confirmations() -> QuerySet[Confirmation]:
    """The running cycles past their due date, the longest overdue first."""
    return Confirmation.objects.filter(until=None, due_on__lt=clock.today()).order_by("due_on", "pk")


def own_startups(user: Any) -> QuerySet[Startup]:
    """The startups of the parties that `user` acts for."""
    mine = Startup.objects.filter(party__memberships__user=user, party__memberships__until=None)
    return mine.select_related("party", "dossier")


def own_in_force(user: Any) -> list[Profile]:
    """Those of them that are in the directory, the next to be confirmed first."""
    rows = in_force().filter(startup__in=own_startups(user)).select_related("startup__dossier", "ward")
    return list(rows.order_by(F("confirmation_due_on").asc(nulls_last=True), "pk"))
