"""What is found in a paper, and what ought to be."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from registry.core.papers.sheets import Blank, Heading, Line, Table
from registry.st_enterprises.papers.content import Paper
from registry.st_enterprises.papers.forms import sheet


def bare(text: str) -> str:
    """Without blanks, which a line's end may add or take."""
    return "".join(text.split())


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def words_of(paper: Paper) -> list[str]:
    """Every word that the sheet of a paper has, the form's own and what is filled in, in their order."""
    made = sheet(paper)
    lines = [*([made.to] if made.to else []), *made.blocks]
    found = [f"Mẫu số {made.code}", *made.beside, *made.title]
    for block in (*made.below, *lines):
        match block:
            case Line(parts):
                found += [
                    part.text if isinstance(part, Blank) else part for part in parts if isinstance(part, str | Blank)
                ]
            case Blank(text):
                found.append(text)
            case Heading(text):
                found.append(text)
            case Table(columns, rows):
                found += [column.title for column in columns] + [cell for row in rows for cell in row]
    signature = made.signature
    found += [
        part.text if isinstance(part, Blank) else part for part in (signature.where.parts if signature.where else ())
    ]
    found += [signature.role, signature.note, signature.name]
    return [line for words in found for line in words.split("\n") if line.strip()]


def leaves(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """The path and the value of everything that is told in some content."""
    if is_dataclass(content):
        for field in fields(content):
            yield from leaves(getattr(content, field.name), (*path, field.name))
    elif isinstance(content, tuple) and content:
        for number, one in enumerate(content):
            yield from leaves(one, (*path, number))
    else:
        yield path, content


def without(content: Any, path: tuple[Any, ...]) -> Any:
    """The same content with one thing left out: what it is where nothing is known."""
    step, *rest = path
    if isinstance(content, tuple):
        inner = without(content[step], tuple(rest)) if rest else ""
        return (*content[:step], inner, *content[step + 1 :])
    inner = without(getattr(content, step), tuple(rest)) if rest else nothing_of(content, step)
    return replace(content, **{step: inner})


def nothing_of(content: Any, name: str) -> Any:
    (field,) = [field for field in fields(content) if field.name == name]
    return None if name == "year" else field.default
