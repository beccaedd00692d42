"""Addresses that last: `<slug>-<id>`. The id finds the record, the slug is for people and may change."""

import re
import secrets
from dataclasses import dataclass
from typing import Final

from registry.core.text import slugify_vi

# Crockford's base 32 in lower case: no i, l, o, u, so nothing that is misread or spells a word.
ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH: Final = 8
_READ_AS: Final = str.maketrans("oil", "011")
_ID: Final = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH: Final = 80


def new_public_id() -> str:
    """A new opaque id of eight signs (40 bits). The column that keeps it is unique; a clash is tried again."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normal_id(text: str) -> str | None:
    """The id that somebody typed or read aloud (capitals, o for 0, i or l for 1), or None."""
    candidate = text.lower().translate(_READ_AS)
    return candidate if _ID.fullmatch(candidate) else None


@dataclass(frozen=True, slots=True)
class Permalink:
    slug: str
    public_id: str

    def __str__(self) -> str:
        return f"{self.slug}-{self.public_id}" if self.slug else self.public_id


def permalink(name: str, public_id: str) -> Permalink:
    """The address segment of a record: its name folded and cut at a word, then its id."""
    slug = slugify_vi(name)
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]
    return Permalink(slug, public_id)


def parse(segment: str) -> Permalink | None:
    """Take `<slug>-<id>` (or the id alone) apart; None when there is no id in it.

    The view finds the record by the id and redirects (301) when the segment is not `str(permalink(...))`.
    """
    slug, _, tail = segment.lower().rpartition("-")
    found = normal_id(tail)
    if found is None or (slug and not _SLUG.fullmatch(slug)):
        return None
    return Permalink(slug, found)
