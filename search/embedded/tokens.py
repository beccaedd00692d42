"""The words that are not text: what stands for a facet value or a number in the index. All hold "_"."""

from hashlib import blake2s

EVERY = "_e"


def facet_token(group: str, value: str) -> str:
    return f"_f{_digest(group, value)}"


def code_token(code: str) -> str:
    return f"_c{code}"


def _digest(*parts: str) -> str:
    return blake2s("\0".join(parts).encode(), digest_size=8).hexdigest()
