"""Was a secret word seen? Shared by the tests of the house and by `make demo-canaries`."""

import html
import re
from collections.abc import Iterable, Mapping

from bench.crawling import Seen
from registry.core.text import fold


def squeezed(text: str) -> str:
    """Letters and digits alone, without marks, in lower case: `0912 345-678` and `0912345678` are the same."""
    return re.sub(r"[^a-z0-9]", "", fold(html.unescape(text)))


def squeezed_bytes(raw: bytes) -> bytes:
    return squeezed(raw.decode("utf-8", "ignore")).encode()


def found_in(text: str, secrets: Mapping[str, str]) -> list[str]:
    """The names of the secrets (name → squeezed word) that stand in a text, however it writes them."""
    flat = squeezed(text)
    return [name for name, canary in secrets.items() if canary in flat]


def leaks(seen: Iterable[Seen], secrets: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """The addresses whose answers, or headers, say a secret, with which."""
    return [(one.url, found) for one in seen if (found := found_in(f"{one.head}\n{one.body}", secrets))]
