"""What somebody typed into a form that is not offered any more, given back under its labels so that nothing is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.choices import flatten_choices

NOT_TYPED: Final = frozenset({"csrfmiddlewaretoken", "version", "act", "seen", "show", "tab"})


@dataclass(frozen=True, slots=True)
class Kept:
    label: str
    text: str


def given_back(posted: QueryDict, fields: Mapping[str, forms.Field]) -> list[Kept]:
    """In the order of `fields`, a choice by its words; what bears the name of no field follows without a label.

    Of a button, whose name begins with “_”, nothing was typed.
    """
    told = [Kept(str(one.label or name), _words(one, posted.getlist(name))) for name, one in fields.items()]
    others = [
        texts for name, texts in posted.lists() if name not in fields and name not in NOT_TYPED and name[:1] != "_"
    ]
    rest = [Kept("", str(text)) for texts in others for text in texts]
    return [one for one in (*told, *rest) if one.text.strip()]


def _words(field: forms.Field, typed: list[Any]) -> str:
    if isinstance(field, forms.BooleanField):
        return "có" if any(typed) else ""
    choices = {str(code): str(words) for code, words in flatten_choices(getattr(field, "choices", ()))}
    return "\n".join(choices.get(one, one) for one in map(str, typed))
