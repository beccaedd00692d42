"""Everything the portal holds of a person, for that person: each room lends its part, and they leave together as one ZIP.

`register_personal_data(name, make, covers)` is called in portal/wiring.py. `covers` names the fields through which rows belong to
the person (`parties.Membership.user`); a test fails on one that nobody covers and nobody has given a reason for.
"""

import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, BinaryIO, Final

from django.contrib.staticfiles import finders
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from registry.core import clock

Text = str | Promise
ZIP_NAME: Final = "du-lieu-cua-toi"
_CHUNK: Final = 1 << 16


class Coded(str):
    """A code with what it means: machines get the code, the page has the words and the code beside them."""

    __slots__ = ("words",)
    words: Text

    def __new__(cls, code: str, words: Text) -> "Coded":
        made = super().__new__(cls, code)
        made.words = words
        return made


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of the part, below `tep/` in the ZIP. `open` is called when it is its turn."""

    path: str
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Part:
    """What one room holds.

    `rows`: by the code of a list, its entries: JSON values, dates, `Coded` values. `words` says what lists and columns are called.
    """

    title: Text
    rows: Mapping[str, list[dict[str, Any]]]
    words: Mapping[str, Text] = field(default_factory=dict)
    files: tuple[Attached, ...] = ()


Maker = Callable[[Any], Part]


@dataclass(frozen=True, slots=True)
class Lender:
    make: Maker
    covers: frozenset[str]


_lenders: dict[str, Lender] = {}


def register_personal_data(name: str, make: Maker, covers: frozenset[str] = frozenset()) -> None:
    """Put `make(user)` into everybody's copy as `name`. The same name again replaces it."""
    _lenders[name] = Lender(make, covers)


def covered() -> frozenset[str]:
    """The fields that some part covers."""
    return frozenset().union(*(lender.covers for lender in _lenders.values()))


def parts_of(user: Any) -> dict[str, Part]:
    return {name: lender.make(user) for name, lender in _lenders.items()}


def build(user: Any) -> IO[bytes]:
    """The ZIP, in an open file without a name: it is gone when it is closed. What machines read is in the language that is on."""
    parts = parts_of(user)
    archive = tempfile.TemporaryFile()  # noqa: SIM115  whoever sends it closes it
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for language, name in (("vi", "doc-truoc.html"), ("en", "read-first.html")):
            packed.writestr(name, readable(user, language))
        packed.writestr("own-data.css", Path(finders.find("css/own-data.css")).read_bytes())
        for name, part in parts.items():
            packed.writestr(
                f"json/{name}.json", json.dumps(part.rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
            )
            for attached in part.files:
                add(packed, attached)
    return archive


def add(packed: zipfile.ZipFile, attached: Attached) -> None:
    with attached.open() as source, packed.open(f"tep/{attached.path}", "w") as target:
        while chunk := source.read(_CHUNK):
            target.write(chunk)


def readable(user: Any, language: str) -> str:
    """One page that reads without the portal: every part as a table, every list under its name.

    The parts are made anew: what they say in the portal's own words (a state, a device) they say in the language that is on.
    """
    with translation.override(language):
        told = [
            {
                "title": str(part.title),
                "file": f"json/{name}.json",
                "lists": [
                    (word(part, code), [[cell(part, key, value) for key, value in row.items()] for row in rows])
                    for code, rows in part.rows.items()
                ],
                "files": [f"tep/{attached.path}" for attached in part.files],
            }
            for name, part in parts_of(user).items()
        ]
        return render_to_string("account/own_data.html", {"person": user, "parts": told, "at": clock.now()})


def word(part: Part, code: str) -> str:
    return str(part.words.get(code, code))


@dataclass(frozen=True, slots=True)
class Cell:
    """What is said, under which word. A number, a day or a moment is left to the page, which writes it in its language."""

    word: str
    text: str = ""
    figure: int | Decimal | None = None
    day: date | None = None
    moment: datetime | None = None


def cell(part: Part, key: str, value: Any) -> Cell:
    name = word(part, key)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Cell(name, figure=value)
    if isinstance(value, datetime):
        return Cell(name, moment=value)
    return Cell(name, day=value) if isinstance(value, date) else Cell(name, line(value))


def line(value: Any) -> str:
    """A value as one reads it; what has a shape of its own stays JSON, indented."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return translation.gettext("Có") if value else translation.gettext("Không")
    if isinstance(value, Coded):
        return f"{value.words} ({value})"
    if isinstance(value, list) and value and all(isinstance(one, Coded) for one in value):
        return "; ".join(line(one) for one in value)
    if isinstance(value, dict | list):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    return str(value)
