"""The letters of the account pages, handed to whoever sends letters: the wiring says who (`deliver_by`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Letter:
    """`occasion` is the same for the same link, so that one link is sent once. `valid_for`: how long the link works.
    `facts`: what else the text says."""

    code: str
    email: str
    occasion: str
    language: str
    user_id: int | None = None
    name: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    valid_for: timedelta | None = None


Postman = Callable[[Letter], None]
_postman: list[Postman] = []


class NobodyDelivers(RuntimeError):
    """The wiring has not said who sends the letters."""


def deliver_by(postman: Postman) -> None:
    _postman[:] = [postman]


def post(letter: Letter) -> None:
    """Hand the letter over, inside the transaction of the change it tells of."""
    if not _postman:
        raise NobodyDelivers
    _postman[0](letter)
