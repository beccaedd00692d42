"""A question with hundreds of possible answers: find some, tick them. Works without JavaScript, and weighs little on a phone."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

Choices = list[tuple[str, str]]


class FoundChoices(forms.CheckboxSelectMultiple):
    """Tick boxes of what is chosen and of what a search has found, and a search box named `<name>-q`.

    `labels(values)` names what is chosen, `search(text)` finds more.
    """

    template_name = "components/chooser.html"
    use_fieldset = True
    query = ""

    def __init__(self, labels: Callable[[Sequence[str]], Choices], search: Callable[[str], Choices]) -> None:
        super().__init__()
        self.labels, self.search = labels, search

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        self.query = str(data.get(f"{name}-q") or "")[:100]
        return super().value_from_datadict(data, files, name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        chosen = [str(one) for one in value or ()]
        context = forms.Widget.get_context(self, name, None, attrs)
        return context | {"chosen": self.labels(chosen)} | self.found(chosen)

    def found(self, chosen: Iterable[str]) -> dict[str, Any]:
        """What the search has found and nobody has chosen yet; `all_chosen` where that is nothing, though it found some."""
        held, matches = set(chosen), self.search(self.query) if self.query.strip() else []
        left = [pair for pair in matches if pair[0] not in held]
        return {"query": self.query, "found": left, "all_chosen": bool(matches) and not left}


class FoundChoicesField(forms.MultipleChoiceField):
    """Values are checked in one question to `labels`; `choices` stands for all of them where labels are wanted."""

    widget: FoundChoices

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(template_name="components/set_field.html", **kwargs)

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(super().to_python(value)))

    def typed(self, value: str) -> str:
        """What a person knows the value by."""
        return value

    def validate(self, value: list[str]) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        known = {code for code, _label in self.widget.labels(value)} if value else set()
        for one in value:
            if one not in known:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": self.typed(one)}
                )
