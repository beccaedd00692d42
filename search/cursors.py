"""Where a page of results ended: signed, and bound to the query it belongs to. It does not depend on the engine."""

import json
from hashlib import blake2s

from django.core import signing
from django.utils.translation import gettext as _

from search.engine import InvalidParameter, Query

_SALT = "search.cursor"

Position = tuple[int | str, int, int]  # tier or name key, ord, hits before


def _fingerprint(query: Query) -> str:
    asked = [query.text, query.language, sorted((g, sorted(v)) for g, v in query.groups.items()), query.sort]
    return blake2s(json.dumps(asked).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def write(query: Query, position: Position) -> str:
    return signing.dumps([_fingerprint(query), *position], salt=_SALT)


def read(query: Query) -> Position | None:
    """The position in the query's cursor; None on the first page. Raises InvalidParameter if it is not of this query."""
    if not query.cursor:
        return None
    try:
        fingerprint, rank, place, before = signing.loads(query.cursor, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        fingerprint = ""
    if fingerprint != _fingerprint(query):
        raise InvalidParameter(
            "cursor", _("Địa chỉ trang kế này không thuộc về lần tìm này. Hãy tìm lại từ trang đầu.")
        )
    return rank, place, before
