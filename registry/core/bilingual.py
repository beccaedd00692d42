"""Records in two languages: `pitch_vi` is required, `pitch_en` optional; a page must know which one it got."""

from dataclasses import dataclass
from typing import Final

SOURCE_LANGUAGE: Final = "vi"
LANGUAGES: Final = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Localised:
    """A text and the language it is in. A fallback is shown with `lang=` and the note that a translation is missing."""

    text: str
    language: str
    is_fallback: bool = False

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


class Worded(str):
    """A text that knows its language, for a list that mixes them: a page marks what is not in its own (filter `worded`)."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> "Worded":
        made = super().__new__(cls, text)
        made.language = language
        return made

    def __deepcopy__(self, memo: object) -> "Worded":
        """Itself, as of any text: forms copy their choices."""
        return self


def text_in(record: object, name: str, language: str) -> Localised:
    """The field `<name>_<language>` of a record, or its Vietnamese text where that one is empty.

    An unknown language gets Vietnamese as a fallback; nothing in either language is an empty text in the
    language asked for. A record without `<name>_vi` is a mistake of the programmer: AttributeError.
    """
    source = getattr(record, f"{name}_{SOURCE_LANGUAGE}") or ""
    wanted = (getattr(record, f"{name}_{language}", "") or "") if language in LANGUAGES else ""
    if wanted.strip() or not source.strip():
        return Localised(wanted, language)
    return Localised(source, SOURCE_LANGUAGE, is_fallback=language != SOURCE_LANGUAGE)
