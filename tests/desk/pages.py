"""What stands on a page, for tests: words without tags, rows of a table, hidden fields."""

import re
from html import unescape
from typing import Any

from django.test import Client


def words(response: Any) -> str:
    """The text of a page in one line, as a person reads it."""
    body = re.sub(r"(?s)<(script|style|template)\b.*?</\1>", " ", response.content.decode())
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def references(response: Any) -> list[str]:
    """The references of the rows of the queue, from top to bottom."""
    return re.findall(r'class="case-ref" href="[^"]*">([^<]+)</a>', response.content.decode())


def url_of(dossier: Any, action: str = "") -> str:
    return f"/quan-tri/ho-so/{dossier.reference}/" + (f"{action}/" if action else "")


def post(client: Client, dossier: Any, action: str, **data: Any) -> Any:
    """An act on the version that `dossier` has here, unless another is given."""
    return client.post(url_of(dossier, action), {"version": dossier.version, **data})
