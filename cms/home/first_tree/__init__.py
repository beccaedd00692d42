"""The pages a new portal starts with. Written for migration 0002, which builds the tree; editors take it from there."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid5

from cms.home.first_tree.names import NAMESPACE


@dataclass(frozen=True, slots=True)
class Text:
    """One page of words. `key` is the same in both languages and makes them translations of each other."""

    key: str
    slug: str
    title: str
    lead: str
    blocks: tuple[dict[str, Any], ...]

    def stream(self) -> list[dict[str, Any]]:
        return with_ids(self.key, self.slug, self.blocks)


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value}


def heading(words: str) -> dict[str, Any]:
    return block("heading", words)


def paragraph(*parts: str) -> dict[str, Any]:
    """Rich text: each part is a paragraph, unless it is markup already."""
    return block("paragraph", "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in parts))


def unconfirmed(title: str, words: str) -> dict[str, Any]:
    return block("callout", {"tone": "warn", "title": title, "text": f"<p>{words}</p>"})


def with_ids(key: str, slug: str, blocks: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    """The same ids on every machine, so that two installations start equal."""
    return [{**part, "id": str(uuid5(NAMESPACE, f"{key}/{slug}/{at}"))} for at, part in enumerate(blocks)]
