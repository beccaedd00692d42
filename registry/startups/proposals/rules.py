"""When two answers are the same, and which names a proposal may touch. Pure: no database, no request, no clock."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

LOGO = "logo"
EMPTY: tuple[Any, ...] = (None, "", [], False)


def plain(value: Any) -> Any:
    """A stored answer without what makes no difference: empty cells, the order of ticked choices, kinds of nothing."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in sorted(value.items()) if one not in EMPTY}
    if isinstance(value, list):
        rows = [plain(one) for one in value]
        rows = [one for one in rows if one not in (None, {})]
        return (sorted(rows) if all(isinstance(one, str) for one in rows) else rows) or None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return None if value in EMPTY else value


def same(one: Any, other: Any) -> bool:
    """Do both answers say the same?"""
    return bool(plain(one) == plain(other))


def mark_of(values: Any) -> str:
    """A short sign of what somebody saw: it differs as soon as what stands there says something else."""
    text = json.dumps(plain(values), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def proposable(classes: Mapping[str, str], public: str) -> tuple[str, ...]:
    """The fields that the page shows, always or by consent, and the consents themselves."""
    return tuple(
        name for name, one in classes.items() if one == public or f"show_{name}" in classes or name.startswith("show_")
    )


def shared(one: Iterable[str], other: Iterable[str]) -> list[str]:
    """The names in both, in the order of the first."""
    held = set(other)
    return [name for name in one if name in held]


def takes_consent_back(name: str, before: Any, proposed: Any) -> bool:
    """Is a consent to show something withdrawn? Nobody may refuse that."""
    return name.startswith("show_") and bool(before) and not proposed
