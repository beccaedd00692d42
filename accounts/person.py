"""What we ask of a person beyond address and password. In its own module: allauth builds its sign-up form on it."""

import unicodedata
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

has_a_letter = RegexValidator(r"[^\W\d_]", _("Nhập họ và tên bằng chữ, ví dụ Lò Thị Mẩu"))


class FullNameField(forms.CharField):
    """A name on one line, in composed Unicode."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Họ và tên"))
        options.setdefault("max_length", 120)
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "name"}))
        options.setdefault("error_messages", {"required": _("Nhập họ và tên, ví dụ Lò Thị Mẩu.")})
        options.setdefault("validators", [has_a_letter])
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        return " ".join(unicodedata.normalize("NFC", super().to_python(value) or "").split())


class Person(forms.Form):
    full_name = FullNameField(help_text=_("Tên Sở và đồng nghiệp sẽ thấy."))

    def signup(self, request: HttpRequest, user: Any) -> None:
        user.full_name = self.cleaned_data["full_name"]
        user.language = "en" if (get_language() or "vi").startswith("en") else "vi"
        user.save(update_fields=["full_name", "language"])
