"""How others read the startup register. `as_of` asks what the directory said on a day; without it, today."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from registry.core import clock, listing
from registry.core.bilingual import text_in
from registry.core.export import in_batches
from registry.core.fields import Sector, TechnologyField
from registry.core.listing import counted
from registry.core.models import AdministrativeUnit
from registry.core.permalinks import normal_id
from registry.core.selectors import wards
from registry.dossiers import snapshot
from registry.parties.selectors import name_on, tax_code
from registry.startups.confirmations import Confirmation, Confirmed
from registry.startups.filters import GROUPS, StartupFilter
from registry.startups.models import Profile, ProfileField, ProposedField, Stage, Startup
from search.engine import ids_matching

NEWEST_FIRST = ("-startup__listed_on", "-startup_id")


def held(day: date) -> QuerySet[Profile]:
    """The profiles that hold on a day, one a startup, with nothing beside them."""
    return Profile.objects.filter(Q(effective_to=None) | Q(effective_to__gt=day), effective_from__lte=day)


def in_force(as_of: date | None = None) -> QuerySet[Profile]:
    """The profiles that hold on a day, newest entry first; each with its confirmation of that day."""
    day = as_of or clock.today()
    return (
        with_confirmation(held(day), day)
        .select_related("startup", "ward")
        .prefetch_related("fields")
        .order_by(*NEWEST_FIRST)
    )


def _confirmed(day: date, of: str = "") -> Q:
    """Which confirmation held on a day, seen from `of`."""
    return Q(**{f"{of}confirmed_on__lte": day}) & (Q(**{f"{of}until": None}) | Q(**{f"{of}until__gt": day}))


def with_confirmation(rows: QuerySet[Profile], day: date) -> QuerySet[Profile]:
    """`confirmed_on`, `confirmation_due_on` and `confirmation_state` (`Confirmed`) as they were on a day."""
    of = "startup__confirmations"
    overdue = When(confirmation__due_on__lt=day, then=Value(Confirmed.OVERDUE.value))
    found: QuerySet[Any] = rows.annotate(confirmation=FilteredRelation(of, condition=_confirmed(day, f"{of}__")))
    return found.annotate(
        confirmed_on=F("confirmation__confirmed_on"),
        confirmation_due_on=F("confirmation__due_on"),
        confirmation_state=Case(overdue, default=Value(Confirmed.CURRENT.value)),
    )


def _newest(rows: QuerySet[Profile], day: date, start: int, stop: int, *first: str) -> list[Profile]:
    """A piece of these profiles of a day, newest entry first, and before it by `first`, fields of the startup.

    The order is the startups' own, which an index holds: they are walked until there are enough, and nothing is sorted.
    """
    listed = Exists(rows.filter(startup=OuterRef("pk")))
    kept = Startup.objects.filter(listed).order_by(*(f"-{name}" for name in first), "-listed_on", "-pk")
    # Asked first and by itself: as a part of the other question PostgreSQL may walk anew for each row.
    keys = list(kept.values_list("pk", flat=True)[start:stop])
    found = in_force(day).filter(startup__in=keys)
    return list(found.order_by(*(f"-startup__{name}" for name in first), *NEWEST_FIRST))


def url_of(profile: Profile, language: str) -> str:
    with override(language):
        return reverse("startup", kwargs={"slug": f"{profile.slug}-{profile.startup.public_id}"})


def name_in(profile: Profile, language: str) -> str:
    return text_in(profile, "name", language).text


class Listing(listing.Listing):
    """The filtered directory; `filters` is a bound, valid `StartupFilter`."""

    groups = GROUPS
    kinds = MappingProxyType({"field": TechnologyField, "sector": Sector, "stage": Stage, "confirmation": Confirmed})

    def __init__(self, filters: StartupFilter, language: str) -> None:
        chosen = filters.form.cleaned_data
        self.language = language
        self.day: date = chosen.get("as_of") or clock.today()
        self.ranks: dict[str, int] | None = None
        base = held(self.day)
        if text := chosen.get("q"):
            refs = ids_matching(text, kind="startup", language=language)
            self.ranks = {ref: place for place, ref in enumerate(refs)}
            base = base.filter(startup__in=Startup.objects.filter(public_id__in=listing.among(refs)).values("pk"))
        super().__init__(filters, base)

    def _by(self, *groups: str) -> QuerySet[Profile]:
        rows = super()._by(*(name for name in groups if name != "confirmation"))
        chosen = self._wanted("confirmation") if "confirmation" in groups else set()
        if len(chosen) != 1:  # every startup has one of the two
            return rows
        return rows.filter(self._late) if chosen == {Confirmed.OVERDUE.value} else rows.exclude(self._late)

    @property
    def _late(self) -> Q:
        """Whose confirmation is overdue, as `with_confirmation` says it, without a join."""
        return Q(startup__in=Confirmation.objects.filter(_confirmed(self.day), due_on__lt=self.day).values("startup"))

    def page(self, number: int, size: int) -> list[Profile]:
        """Page `number` from 1: by rank when there is a text, else newest entry first."""
        start = (number - 1) * size
        if self.ranks is not None:
            wanted = self._by_rank(self.ranks)[start : start + size]
            found = {profile.pk: profile for profile in in_force(self.day).filter(pk__in=wanted)}
            return [found[pk] for pk in wanted]
        if not any(map(self.chosen.get, GROUPS)):
            return _newest(self._base, self.day, start, start + size)
        # Sorted and cut by the keys alone: the texts of the others are never read.
        kept = self.rows.order_by(*NEWEST_FIRST).values("pk")[start : start + size]
        return list(in_force(self.day).filter(pk__in=kept))

    def batches(self, size: int) -> Iterator[list[Profile]]:
        """All of it in the order of the pages, a few hundred at a time: which rows is asked once, so that none slips by."""
        wanted = (
            list(self.rows.order_by(*NEWEST_FIRST).values_list("pk", flat=True))
            if self.ranks is None
            else self._by_rank(self.ranks)
        )
        return in_batches(in_force(self.day), wanted, size)

    def _by_rank(self, ranks: Mapping[str, int]) -> list[int]:
        ids = self.rows.values_list("startup__public_id", "pk")
        return [pk for _ref, pk in sorted(ids, key=lambda row: ranks[row[0]])]

    def _column(self, name: str) -> str:
        return "ward" if name == "ward" else super()._column(name)

    def _counts(self) -> dict[str, Counter[str]]:
        """Wards are counted by their key, which an index holds; of the confirmations only the late ones."""
        counts = counted({name: (self._others(name), self._column(name)) for name in GROUPS if name != "confirmation"})
        codes = {str(ward.pk): ward.code for ward in self._wards}
        counts["ward"] = Counter({codes[key]: n for key, n in counts["ward"].items() if key in codes})
        others = self._others("confirmation")
        late = others.filter(self._late).count()
        whole = others.count() if self._wanted("confirmation") else self.count()
        counts["confirmation"] = +Counter({Confirmed.OVERDUE.value: late, Confirmed.CURRENT.value: whole - late})
        return counts

    @cached_property
    def _wards(self) -> list[AdministrativeUnit]:
        return list(wards())

    def _labels(self, name: str, values: Collection[str]) -> list[tuple[str, str]]:
        if name == "ward":
            return [(ward.code, ward.name_in(self.language)) for ward in self._wards if ward.code in values]
        return super()._labels(name, values)


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
    same = Exists(ProfileField.objects.filter(profile=OuterRef("pk"), field__in=codes))
    day = clock.today()
    return _newest(held(day).filter(same).exclude(pk=profile.pk), day, 0, most)


def featured(most: int = 3) -> list[Profile]:
    """The startups that the department features, then the newest."""
    day = clock.today()
    return _newest(held(day), day, 0, most, "featured")


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
        rows = held(clock.today())
        by = counted({"year": (rows, "year"), "ward": (rows, "ward")})
        fresh = _("dự án mới trong năm %(year)s") % {"year": this_year}
        return [
            Figure(by["year"].total(), _("dự án trong danh bạ"), address),
            Figure(by["year"][str(this_year)], fresh, f"{address}?year={this_year}"),
            Figure(len(by["ward"]), _("xã, phường có dự án"), address),
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
