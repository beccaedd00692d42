"""The places in a template, `{{ ten_to_chuc }}`: found, checked, filled in. Plain substitution, nothing else.

A place holds the name of a field and nothing more: no dots, no filters, no tags. What is filled in is never looked at again,
so braces in an answer stay braces.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from registry.core.papers.sheets import Table
from registry.official_papers.fields import Field, Shape, Value

PLACE: Final = re.compile(r"\{\{[ \t]*([a-z][a-z0-9_]*)[ \t]*\}\}")
UNKNOWN: Final = "…………"
"""What is printed where a value is not known: a place to be filled in by hand."""

_FRAGMENT: Final = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template. `line` counts from 1, 0 is the whole; `name` is the field or what stands in the braces."""

    part: str
    line: int
    name: str
    says: str


def names_in(text: str) -> list[str]:
    """The fields that a text names, in their order, each once."""
    return list(dict.fromkeys(PLACE.findall(text)))


def faults(part: str, text: str, known: Mapping[str, Field], *, takes_tables: bool = False) -> list[Fault]:
    """Everything wrong in one part of a template; `takes_tables` is true of the body alone."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        found += [Fault(part, number, name, says) for name, says in _braces(line)]
        for name in dict.fromkeys(PLACE.findall(line)):
            if name not in known:
                found.append(Fault(part, number, name, _unknown(name, known)))
            elif known[name].shape is Shape.TABLE and not (takes_tables and _is_alone(line)):
                where = "đứng một mình trên một dòng" if takes_tables else "nằm trong phần nội dung"
                found.append(Fault(part, number, name, f"“{name}” là một bảng nên phải {where}."))
    return found


def _braces(line: str) -> Iterator[tuple[str, str]]:
    """What the braces of a line hold that is no place."""
    rest = PLACE.sub(lambda place: "\0" * len(place.group()), line)
    at = 0
    while (opened := _next(rest, at)) >= 0:
        if rest[opened] == "}":
            yield _cut(line[:opened], last=True), "Dấu } không có dấu {{ đi trước. Trường viết như {{ ten_truong }}."
            at = opened + (2 if rest.startswith("}}", opened) else 1)
        elif not rest.startswith("{{", opened):
            yield _cut(line[opened:]), "Dấu { đứng một mình. Trường viết như {{ ten_truong }}."
            at = opened + 1
        elif (closed := rest.find("}}", opened + 2)) < 0 or "{{" in rest[opened + 2 : closed]:
            yield _cut(line[opened + 2 :]), "Dấu {{ chưa được đóng bằng }}."
            at = opened + 2
        else:
            inside = line[opened + 2 : closed].strip()
            says = "Giữa {{ và }} chỉ ghi tên một trường: chữ thường không dấu, chữ số, gạch dưới."
            yield _cut(inside), says
            at = closed + 2


def _next(text: str, at: int) -> int:
    return min((place for sign in "{}" if (place := text.find(sign, at)) >= 0), default=-1)


def _cut(text: str, *, last: bool = False) -> str:
    text = text.strip()
    return text[-_FRAGMENT:] if last else text[:_FRAGMENT]


def _unknown(name: str, known: Mapping[str, Field]) -> str:
    near = get_close_matches(name[:60], list(known), n=1, cutoff=0.7)
    return f"Không có trường “{name[:60]}”." + (f" Có phải “{near[0]}”?" if near else "")


def _is_alone(line: str) -> bool:
    return PLACE.fullmatch(line.strip()) is not None


def filled(text: str, values: Mapping[str, Value]) -> list[str | Table]:
    """The lines of a text with its fields filled in. A field of several lines that ends its line makes a line of each.

    "- {{ ket_qua }}" with two results gives two lines, each with the dash. Anywhere else several lines become one, with
    semicolons. Raises KeyError on a field without a value.
    """
    lines: list[str | Table] = []
    for line in text.split("\n"):
        place = PLACE.fullmatch(line.strip())
        if place and isinstance(values[place[1]], Table):
            lines.append(values[place[1]])  # type: ignore[arg-type]
            continue
        last = next((one for one in [*PLACE.finditer(line)][-1:] if not line[one.end() :].strip()), None)
        several = values[last[1]] if last else ""
        if last and isinstance(several, tuple) and len(several) > 1 and line[: last.start()].strip() in ("", "-", "+"):
            before = _in_line(line[: last.start()], values)
            lines += [f"{before}{one}" for one in several]
        else:
            lines.append(_in_line(line, values))
    return lines


def _in_line(line: str, values: Mapping[str, Value]) -> str:
    def said(place: re.Match[str]) -> str:
        words = _said(values[place[1]])
        return words.rstrip(".;") if line[place.end() :].startswith((".", ";", ",")) else words

    return PLACE.sub(said, line)


def _said(value: Value) -> str:
    if isinstance(value, Table):
        return "; ".join(": ".join(cell for cell in row[1:] if cell) for row in value.rows) or UNKNOWN
    if isinstance(value, tuple):
        return "; ".join([*(one.rstrip(".;") for one in value[:-1]), *value[-1:]]) or UNKNOWN
    return " ".join(value.split()) or UNKNOWN
