"""What an index holds of an entry: words, keys and codes, made once at the change and copied by every follower.

It is kept with the entry as one line of JSON, so that a follower has nothing left to compute. A line made by another version of
the normaliser is made anew when it is read.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TypedDict

from search.models import SearchEntry
from search.normalise import VERSION, code, sort_key, words

BREAK = "_"  # stands after every block of a text but the title: no phrase reaches from one into the next
LONGEST_TOKEN = 32_766  # bytes; Lucene refuses a longer one, so no engine takes it
START = 300  # characters of a title that suggestions look at
_PK_BITS = 32


class Prepared(TypedDict):
    """`t`, `b`: plain words of the title and of all else; `xt`, `xb`: their exact keys; all joined by single blanks."""

    live: bool
    t: str
    b: str
    xt: str
    xb: str
    start: str
    name_key: str
    facets: dict[str, list[str]]
    codes: list[str]
    opens: int | None  # milliseconds since 1970
    closes: int | None


class Unfit(ValueError):
    """No index can hold this entry. The message is for staff."""


def prepare(entry: SearchEntry) -> str:
    """The line of JSON for an entry. One that no index can hold becomes {"live": false, "aside": why}."""
    try:
        return json.dumps(_prepared(entry), ensure_ascii=False, separators=(",", ":"))
    except Unfit as why:
        return json.dumps({"live": False, "aside": str(why)}, ensure_ascii=False, separators=(",", ":"))


def line_of(entry: SearchEntry) -> str:
    """The stored line, or a new one where it was made by another version of the normaliser."""
    return entry.document if entry.normaliser == VERSION else prepare(entry)


def ord_of(day: date, entry: int) -> int:
    """The place of an entry among all: by date, then by id. Its falling order is "newest first" everywhere."""
    return (day.toordinal() << _PK_BITS) | entry


def entry_of(place: int) -> int:
    return place & ((1 << _PK_BITS) - 1)


def blocks_of(entry: SearchEntry) -> Iterator[str]:
    """The texts of an entry beside its title, each a run that phrases do not leave."""
    yield entry.summary
    starts = [0, *(start for start, *_ in entry.sections), len(entry.body)]
    yield from (entry.body[start:end] for start, end in zip(starts, starts[1:], strict=False))
    yield entry.also
    yield from entry.numbers


def facets_of(entry: SearchEntry) -> dict[str, list[str]]:
    """All groups that an entry is counted in: those it was given, its kind and its language."""
    return {**entry.facets, "kind": [entry.kind], "language": [entry.language]}


def _prepared(entry: SearchEntry) -> Prepared:
    _refuse_endless(entry.title, entry.summary, entry.body, entry.also, *entry.numbers)
    codes = sorted({code(given) for given in entry.numbers})
    _refuse_long_keys(entry.facets, codes)
    title = words(entry.title)
    plain: list[str] = []
    exact: list[str] = []
    for block in blocks_of(entry):
        found = words(block)
        if found:
            plain += [*(word.plain for word in found), BREAK]
            exact += [*(word.exact for word in found), BREAK]
    folded = " ".join(word.plain for word in title)
    return Prepared(
        live=True,
        t=folded,
        b=" ".join(plain),
        xt=" ".join(word.exact for word in title),
        xb=" ".join(exact),
        start=folded[:START],
        name_key=sort_key(entry.title).encode()[:LONGEST_TOKEN].decode(errors="ignore"),
        facets=facets_of(entry),
        codes=codes,
        opens=_milliseconds(entry.public_from),
        closes=_milliseconds(entry.public_until),
    )


def _refuse_endless(*texts: str) -> None:
    for text in texts:
        if len(text) * 4 > LONGEST_TOKEN:
            for token in text.split():
                if len(token.encode()) > LONGEST_TOKEN:
                    raise Unfit(f"một từ dài {len(token.encode())} byte, bắt đầu bằng “{token[:30]}”")


def _refuse_long_keys(facets: Mapping[str, Sequence[str]], codes: Sequence[str]) -> None:
    """An index takes a code whole, blanks and all."""
    for group, given in (*facets.items(), ("numbers", codes)):
        for key in given:
            if len(key.encode()) > LONGEST_TOKEN:
                raise Unfit(f"một mã dài {len(key.encode())} byte ở nhóm “{group}”, bắt đầu bằng “{key[:30]}”")


def _milliseconds(moment: datetime | None) -> int | None:
    return None if moment is None else round(moment.timestamp() * 1000)
