"""Questions that the forms of several registers ask: a text, a date, an amount, the ward, the industries, the telephone."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from registry.core import clock
from registry.core.amounts import NotAnAmount, read_amount
from registry.core.bilingual import SOURCE_LANGUAGE, Worded, text_in
from registry.core.models import Industry
from registry.core.selectors import CURRENT_INDUSTRIES, industries, search_industries, wards
from registry.dossiers.choosing import FoundChoices, FoundChoicesField
from registry.dossiers.rows import RowsField
from registry.parties.rules import BadPhone, read_phone

DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
COUNT = re.compile(r"[0-9.,\s]+")


def text(
    label: Any, most: int, *, required: bool = True, rows: int = 0, help_text: Any = "", error: Any = "", **kwargs: Any
) -> forms.CharField:
    """A text answer of at most `most` characters; `rows` > 0 makes it a text area."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    messages = {"required": error} if error else {}
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        widget=widget,
        help_text=help_text,
        error_messages=messages,
        **kwargs,
    )


class WrittenDate(forms.DateField):
    """A date as people write it here; one that was stored as 2023-05-12 is shown as 12/05/2023."""

    def prepare_value(self, value: Any) -> Any:
        found = ISO_DATE.fullmatch(value) if isinstance(value, str) else None
        return f"{found[3]}/{found[2]}/{found[1]}" if found else value


def language_of(name: str, field: forms.Field) -> str:
    """In which language the answers to a question are written; "" where it is the page's, nobody's, or they know it (`Worded`)."""
    if name.endswith(("_en", "_foreign")):
        return "en" if name.endswith("_en") else ""
    asked = field.row_form.base_fields.values() if isinstance(field, RowsField) else [field]
    return SOURCE_LANGUAGE if any(type(one) is forms.CharField for one in asked) else ""


def ward_choices() -> list[tuple[str, Any]]:
    language = get_language() or "vi"
    return [("", _("Chọn xã, phường")), *((w.code, w.name_in(language)) for w in wards())]


def industry_choice(line: Industry) -> tuple[str, str]:
    found = text_in(line, "name", get_language() or "vi")
    return f"{line.edition}:{line.code}", Worded(f"{line.code} · {found.text}", found.language)


def industry_choices() -> list[tuple[str, str]]:
    return [industry_choice(line) for line in industries(CURRENT_INDUSTRIES, 4)]


def industry_labels(values: Sequence[str]) -> list[tuple[str, str]]:
    """What is chosen, in the order of the codes; what is not in the list is left out."""
    codes = [value.partition(":")[2] for value in values if value.startswith(f"{CURRENT_INDUSTRIES}:")]
    return [industry_choice(line) for line in industries(CURRENT_INDUSTRIES, 4).filter(code__in=codes)]


def found_industries(text: str) -> list[tuple[str, str]]:
    return [industry_choice(line) for line in search_industries(text, limit=20, level=4)]


class WardField(forms.ChoiceField):
    """One of today's units."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Xã, phường"), choices=ward_choices, error_messages={"required": _("Chọn xã, phường.")}
        )


class IndustriesField(FoundChoicesField):
    """One to five lines of level 4, found by their words."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            choices=industry_choices,
            widget=FoundChoices(industry_labels, found_industries),
            help_text=_("Chọn từ 1 đến 5 ngành cấp 4 của hệ thống ngành năm 2025."),
            error_messages={
                "required": _("Chọn ít nhất một ngành."),
                "invalid_choice": _("Ngành %(value)s không có trong danh mục."),
            },
        )

    def typed(self, value: str) -> str:
        """The code without the edition that our key begins with."""
        return value.removeprefix(f"{CURRENT_INDUSTRIES}:")

    def clean(self, value: Any) -> list[str]:
        chosen = list(super().clean(value))
        if len(chosen) > 5:
            raise forms.ValidationError(_now("Chọn nhiều nhất 5 ngành."))
        return chosen


class PhoneField(forms.CharField):
    """A Vietnamese telephone number, kept as its digits."""

    def __init__(self, label: Any, *, required: bool = True) -> None:
        super().__init__(
            label=label,
            max_length=24,
            required=required,
            error_messages={"required": format_lazy(_("{label}: nhập số, ví dụ 0912 345 678."), label=label)},
        )

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return read_phone(typed) if typed else ""
        except BadPhone as bad:
            raise forms.ValidationError(str(bad)) from None


class IdentityField(forms.CharField):
    """The number of an identity card or passport: 6 to 12 letters and digits."""

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value)).replace(" ", "")
        if typed and not (typed.isascii() and typed.isalnum() and 6 <= len(typed) <= 12):
            raise forms.ValidationError(_now("Số định danh có 12 chữ số; hộ chiếu có 6 đến 9 chữ và số."))
        return typed


class WebsiteField(forms.URLField):
    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=200,
            assume_scheme="https",
            widget=forms.TextInput(attrs={"inputmode": "url"}),
            error_messages={"invalid": _("Địa chỉ chưa đúng, ví dụ https://vidu.vn.")},
        )

    def clean(self, value: Any) -> str:
        url = str(super().clean(value))
        if url and not url.startswith(("https://", "http://")):
            raise forms.ValidationError(self.error_messages["invalid"])
        return url


class Year(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1990, **kwargs)
        self.error_messages["invalid"] = _("Năm gồm 4 chữ số, ví dụ 2025.")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value > clock.today().year:
            raise forms.ValidationError(_now("Năm không thể ở tương lai."))


def _grouped(value: Any, most_digits: int) -> Any:
    """A whole number as it is written here, 1.250.000; anything else as it is."""
    plain = str(value) if isinstance(value, int | str) else ""
    is_number = plain.isascii() and plain.isdigit() and len(plain) <= most_digits
    return f"{int(plain):,}".replace(",", ".") if is_number else value


class CountField(forms.IntegerField):
    """A number of heads or products, at most `most`, grouped as amounts are or not: 1.200 is one thousand two hundred."""

    def __init__(self, label: Any, most: int = 1_000_000, *, required: bool = False, help_text: Any = "") -> None:
        self.most = most
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"required": format_lazy(_("{label}: ghi một số, ví dụ 12."), label=label)},
        )

    def prepare_value(self, value: Any) -> Any:
        return _grouped(value, len(str(self.most)))

    def to_python(self, value: Any) -> int | None:
        typed = "" if value is None else str(value).strip()
        if not typed:
            return None
        try:
            count = read_amount(typed) if COUNT.fullmatch(typed) else -1
        except NotAnAmount:
            count = -1
        if not 0 <= count <= self.most:
            most = f"{self.most:,}" if get_language() == "en" else _grouped(self.most, len(str(self.most)))
            raise forms.ValidationError(_now("Ghi một số nguyên từ 0 đến %(most)s.") % {"most": most}, code="invalid")
        return count


class Amount(forms.DecimalField):
    """An amount in whole đồng as people type it (`registry.core.amounts`): 1.250.000, “1,25 tỷ”. No part of a đồng."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0,
            max_digits=15,
            decimal_places=0,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            **kwargs,
        )
        self.error_messages["invalid"] = _("Số tiền là số đồng, ví dụ 450.000.000.")

    def prepare_value(self, value: Any) -> Any:
        return _grouped(value, self.max_digits)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            try:
                value = read_amount(value, english=get_language() == "en")
            except NotAnAmount:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        return super().to_python(value)


def dong(amount: Any) -> str:
    """1.250.000 đồng, and VND 1,250,000 in English."""
    grouped = f"{int(amount):,}"
    return f"VND {grouped}" if (get_language() or "vi").startswith("en") else grouped.replace(",", ".") + " đồng"
