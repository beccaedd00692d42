"""How the others read the core: units, industries, the office's calendar, limits by the office's settings."""

from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet

from registry.core import clock
from registry.core.calendar import OfficeCalendar
from registry.core.deadlines import Due, Limit, due, working_days_left
from registry.core.models import AdministrativeUnit, AdministrativeUnitChange, DayOff, Industry
from registry.core.text import clean, fold
from registry.core.units import Unit, Units

CURRENT_INDUSTRIES = Industry.Edition.VSIC_2025


def wards() -> QuerySet[AdministrativeUnit]:
    """The units of today in Vietnamese alphabetical order of their own names."""
    return AdministrativeUnit.objects.filter(edition=AdministrativeUnit.Edition.NEW).order_by("position")


def ward(code: str) -> AdministrativeUnit | None:
    """A unit of today by its code, or None."""
    return wards().filter(code=code).first()


def ward_names(codes: Collection[str], language: str) -> dict[str, str]:
    """The names of those codes that are units of today, in alphabetical order."""
    return {unit.code: unit.name_in(language) for unit in wards().filter(code__in=codes)}


def old_ward(code: str) -> AdministrativeUnit | None:
    """A unit of before 1 July 2025 by its code, or None. The same code may be another unit today."""
    return AdministrativeUnit.objects.filter(edition=AdministrativeUnit.Edition.OLD, code=code).first()


def became(old_code: str) -> AdministrativeUnit | None:
    """The unit of today into which an old one went, or None for a code that was none."""
    change = AdministrativeUnitChange.objects.filter(old__code=old_code).select_related("new").first()
    return change.new if change else None


def unit_named(code: str, name: str) -> AdministrativeUnit | None:
    """The unit meant by a code and the name written beside it, of whichever edition; None for a pair in neither.

    Where both editions know the pair it is today's unit. `name` may be written with its kind or without, and in
    any case or Unicode form, but with its marks.
    """
    wanted = _plain(name)
    found = AdministrativeUnit.objects.filter(code=code).order_by("edition")  # "new" stands before "old"
    return next((unit for unit in found if wanted in (_plain(unit.name), _plain(unit.name_vi))), None)


def units() -> Units:
    """Both editions, to ask which unit of today a list means."""
    today = dict(AdministrativeUnitChange.objects.values_list("old_id", "new__code"))
    return Units(
        Unit(row.edition, row.code, row.name, row.name_vi, row.code if row.edition == "new" else today[row.pk])
        for row in AdministrativeUnit.objects.all()
        if row.edition == "new" or row.pk in today
    )


def _plain(name: str) -> str:
    return clean(name).casefold()


def industries(edition: str = CURRENT_INDUSTRIES, level: int | None = None) -> QuerySet[Industry]:
    """The lines of an edition, all levels or one, by code."""
    found = Industry.objects.filter(edition=edition)
    return (found if level is None else found.filter(level=level)).order_by("level", "code")


def industry(edition: str, code: str) -> Industry | None:
    return Industry.objects.filter(edition=edition, code=code).first()


def search_industries(
    text: str, edition: str = CURRENT_INDUSTRIES, limit: int = 30, level: int | None = None
) -> list[Industry]:
    """Lines that contain every word of the text, marks or none, in code or name; nothing for an empty text."""
    words = fold(clean(text[:200])).split()[:10]
    if not words:
        return []
    found = industries(edition, level)
    for word in words:
        found = found.filter(folded__contains=word)
    return list(found[:limit])


def office_calendar() -> OfficeCalendar:
    """The calendar as of now: weekends, public holidays, and the staff table, which wins."""
    rows = DayOff.objects.values_list("date", "kind")
    return OfficeCalendar({day: kind == DayOff.Kind.OFF for day, kind in rows})


def office_due(start: date | datetime, limit: Limit, calendar: OfficeCalendar | None = None) -> Due:
    """When a limit ends by the office's calendar and settings."""
    return due(
        start,
        limit,
        calendar or office_calendar(),
        count_event_day=settings.LIMIT_COUNTS_EVENT_DAY,
        roll=settings.LIMIT_ROLLS,
    )


def days_left(due_on: date, calendar: OfficeCalendar | None = None) -> int:
    """Working days from today to the last day; see `working_days_left`."""
    return working_days_left(clock.today(), due_on, calendar or office_calendar())
