"""The public filters of the directory, the same for the page and the API. An invalid value is an error, never ignored."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry.core import clock
from registry.core.fields import Sector, TechnologyField
from registry.core.selectors import wards
from registry.startups.confirmations import Confirmed
from registry.startups.models import Profile, Stage

MOST_LETTERS = 200


TO_COME = "to_come"
"""The code of the complaint about a day that has not come."""


def not_to_come(day: date) -> None:
    """Nobody knows what the directory will say."""
    if day > clock.today():
        raise ValidationError(_("Ngày này chưa đến. Chọn hôm nay hoặc một ngày trước đó."), TO_COME)


def ward_choices() -> list[tuple[str, str]]:
    return [(w.code, w.name_vi) for w in wards()]


class SeveralField(forms.MultipleChoiceField):
    """An empty value is none chosen."""

    def to_python(self, value: Any) -> list[str]:
        return [one for one in super().to_python(value) if one]


class Several(django_filters.MultipleChoiceFilter):
    """Any of the chosen values: OR inside a filter, AND across filters."""

    field_class = SeveralField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            error_messages={"invalid_choice": _("Không có lựa chọn “%(value)s”.")}, distinct=False, **kwargs
        )

    def filter(self, qs: QuerySet[Profile], value: list[str]) -> QuerySet[Profile]:
        if not value:
            return qs
        if self.field_name == "fields__field":
            return qs.filter(pk__in=Profile.fields.rel.related_model.objects.filter(field__in=value).values("profile"))
        return qs.filter(**{f"{self.field_name}__in": value})


class YearsField(SeveralField):
    def valid_value(self, value: Any) -> bool:
        written = str(value)
        return written.isascii() and written.isdigit() and len(written) == 4 and 1990 <= int(written) <= 2100


class Years(Several):
    field_class = YearsField


def words_typed() -> django_filters.CharFilter:
    """The words searched for; the selector applies them, the filter (by its method `leave`) does not."""
    return django_filters.CharFilter(label=_("Từ khóa"), method="leave", max_length=MOST_LETTERS, strip=True)


def past_day() -> django_filters.DateFilter:
    """The day as of which is asked, applied as the words are."""
    return django_filters.DateFilter(
        label=_("Tại ngày"),
        method="leave",
        input_formats=["%Y-%m-%d"],
        validators=[not_to_come],
        error_messages={"invalid": _("Ngày chưa đúng, ví dụ 2026-06-30.")},
    )


class StartupFilter(django_filters.FilterSet):
    """`q`, `field`, `sector`, `ward`, `stage`, `confirmation`, `year` (of entry), `as_of`. Text and day are applied by the selector."""

    q = words_typed()
    field = Several(field_name="fields__field", choices=TechnologyField.choices, label=_("Lĩnh vực công nghệ"))
    sector = Several(field_name="sector", choices=Sector.choices, label=_("Khu vực kinh tế"))
    ward = Several(field_name="ward__code", choices=ward_choices, label=_("Xã, phường"))
    stage = Several(field_name="stage", choices=Stage.choices, label=_("Giai đoạn"))
    confirmation = Several(field_name="confirmation_state", choices=Confirmed.choices, label=_("Xác nhận hằng năm"))
    year = Years(field_name="year", choices=[], label=_("Năm vào danh bạ"))
    as_of = past_day()

    class Meta:
        model = Profile
        fields: list[str] = []

    def leave(self, qs: QuerySet[Profile], name: str, value: Any) -> QuerySet[Profile]:
        return qs


GROUPS = ("field", "sector", "ward", "stage", "confirmation", "year")
PARAMETERS = frozenset({"q", "as_of", *GROUPS})


def is_to_come(wrong: ValidationError) -> bool:
    """Whether this is the complaint about a day that has not come."""
    return any(one.code == TO_COME for one in wrong.error_list)


def day_asked(given: str) -> date | None:
    """The day of `?as_of=` on a record, by the same rule as in the list; None where none is asked for.

    Raises ValidationError with the sentence that helps.
    """
    day: date | None = StartupFilter.base_filters["as_of"].field.clean(given)
    return day
