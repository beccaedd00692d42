"""The two files of a measurement: a library as JSON lines, and what is asked of it. A mistake is told with its place."""

import errno
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import CharField

from search.entries import Entry
from search.models import SearchEntry

_ENTRY = ("kind", "ref", "language", "title", "date", "body", "summary", "url", "facets", "numbers")
_NEEDED = _ENTRY[:5]
_ASKED = ("q", "group", "filters", "relevant", "language", "page")
_FAULTS = {
    errno.ENOENT: "không có tệp này",
    errno.EACCES: "không có quyền đọc",
    errno.EISDIR: "đó là thư mục, không phải tệp",
    errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.ENAMETOOLONG: "tên quá dài",
}
_LENGTHS = {
    field.name: field.max_length
    for field in SearchEntry._meta.fields
    if isinstance(field, CharField) and field.max_length
}

Say = Callable[[str], None]


class BadFile(ValueError):
    """A file that cannot be used, and the sentence that says where and why."""


@dataclass(frozen=True)
class Asked:
    """One query. `language`: None where the file does not say; `page`: which page of the answer, by cursor."""

    text: str
    group: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    relevant: frozenset[str] = frozenset()
    language: str | None = None
    page: int = 1


def read_entries(path: Path, say: Say) -> Iterator[Entry]:
    """The entries of a library, one a line. Fields that mean nothing here are said once each."""
    said: set[str] = set()
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                place = f"{path.name}, dòng {number}"
                text = _decoded(raw, place, first=number == 1).strip()
                if text:
                    yield _entry(_object(_parsed(text, place), place, _ENTRY, said, say), place)
    except OSError as error:
        raise BadFile(f"{path}: không đọc được ({_fault(error)}).") from error


def read_queries(path: Path, say: Say) -> list[Asked]:
    """The queries of a file: a list of objects."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadFile(f"{path}: không đọc được ({_fault(error)}).") from error
    given = _parsed(_decoded(raw, path.name, first=True), path.name)
    if not isinstance(given, list):
        raise BadFile(f"{path.name}: cần một danh sách câu hỏi trong [ ].")
    if not given:
        raise BadFile(f"{path.name}: không có câu hỏi nào.")
    said: set[str] = set()
    asked = []
    for number, one in enumerate(given, 1):
        place = f"{path.name}, câu hỏi {number}"
        asked.append(_query(_object(one, place, _ASKED, said, say), place))
    return asked


def _fault(failure: OSError) -> str:
    """Why a file cannot be read; what is rare is named by the system's number. Search knows no other room's words."""
    return _FAULTS.get(failure.errno or 0, f"hệ thống báo lỗi số {failure.errno}")


def _entry(given: Mapping[str, Any], place: str) -> Entry:
    for name in _NEEDED:
        if name not in given:
            raise BadFile(f"{place}: thiếu trường “{name}”.")
    words = {name: _word(given, name, place) for name in ("kind", "ref", "language", "title", "body", "summary", "url")}
    for name in ("kind", "ref", "language", "title"):
        if not words[name].strip():
            raise BadFile(f"{place}: trường “{name}” trống.")
    for name, most in _LENGTHS.items():
        if len(words[name]) > most:
            raise BadFile(f"{place}: trường “{name}” dài quá {most} ký tự.")
    try:
        day = date.fromisoformat(_word(given, "date", place))
    except ValueError as error:
        raise BadFile(f"{place}: “date” phải là một ngày như 2026-10-05.") from error
    return Entry(
        kind=words["kind"],
        ref=words["ref"],
        language=words["language"],
        url=words["url"] or f"/{words['kind']}/{words['ref']}/",
        title=words["title"],
        body=words["body"],
        summary=words["summary"],
        date=day,
        facets=_codes(given, "facets", place),
        numbers=_list(given, "numbers", place),
    )


def _query(given: Mapping[str, Any], place: str) -> Asked:
    for name in ("q", "group"):
        if name not in given:
            raise BadFile(f"{place}: thiếu trường “{name}”.")
    filters = _codes(given, "filters", place)
    languages = filters.pop("language", ())
    if len(languages) > 1:
        raise BadFile(f"{place}: chỉ tìm trong một ngôn ngữ.")
    page = given.get("page", 1)
    if not isinstance(page, int) or isinstance(page, bool) or page < 1:
        raise BadFile(f"{place}: “page” phải là một số từ 1.")
    return Asked(
        text=_word(given, "q", place),
        group=_word(given, "group", place),
        filters=filters,
        relevant=frozenset(_list(given, "relevant", place)),
        language=_word(given, "language", place) or (languages[0] if languages else None),
        page=page,
    )


def _decoded(raw: bytes, place: str, *, first: bool) -> str:
    try:
        return raw.decode("utf-8-sig" if first else "utf-8")
    except UnicodeDecodeError as error:
        raise BadFile(f"{place}: không phải UTF-8.") from error


def _parsed(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" (dòng {error.lineno}, cột {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise BadFile(f"{place}: không phải JSON{where}.") from error


def _object(given: Any, place: str, known: tuple[str, ...], said: set[str], say: Say) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise BadFile(f"{place}: cần một đối tượng trong {{ }}.")
    for name in given:
        if name not in known and name not in said:
            said.add(name)
            say(f"{place}: bỏ qua trường không biết “{name[:40]}”.")
    return given


def _word(given: Mapping[str, Any], name: str, place: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadFile(f"{place}: “{name}” phải là chữ.")
    return value


def _list(given: Mapping[str, Any], name: str, place: str) -> tuple[str, ...]:
    return _texts(given.get(name), name, place)


def _codes(given: Mapping[str, Any], name: str, place: str) -> dict[str, tuple[str, ...]]:
    """Values by group; one value may stand without its list."""
    value = given.get(name) or {}
    if not isinstance(value, dict):
        raise BadFile(f"{place}: “{name}” phải là các nhóm trong {{ }}.")
    return {group: _texts(values, f"{name}.{group}", place) for group, values in value.items()}


def _texts(value: Any, name: str, place: str) -> tuple[str, ...]:
    values = [] if value is None else value if isinstance(value, list) else [value]
    if not all(isinstance(one, str | int) and not isinstance(one, bool) for one in values):
        raise BadFile(f"{place}: “{name}” phải là một danh sách chữ.")
    return tuple(str(one) for one in values)
