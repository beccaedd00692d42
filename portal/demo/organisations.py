"""The parties of the demo: who owns a startup, and organisations of the other kinds."""

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Final

from accounts.models import User
from portal.demo import invented, people
from portal.demo.ideas import DATA, Idea
from registry.core.text import slugify_vi
from registry.parties.models import Party
from registry.parties.rules import Identifier
from registry.parties.selectors import parties_of
from registry.parties.services import accept_invitation, create_party, invite

ORGANISATION_A: Final = "Công ty TNHH Trà Cổ Thụ Minh Họa (giả định)"
ORGANISATION_B: Final = "Công ty cổ phần Sương Mai Thử Nghiệm (giả định)"
OWNED_BY_PERSONAS: Final = {ORGANISATION_A: "founder@demo.test", ORGANISATION_B: "founder2@demo.test"}
WITH_TAX_CODE: Final = frozenset({"enterprise", "cooperative", "school", "centre", "st_public", "st_private"})


@dataclass(frozen=True, slots=True)
class Organisation:
    """A line of data/organisations.toml."""

    number: int
    name: str
    kind: str
    owner: str
    since: date


def other_kinds() -> list[Organisation]:
    rows = tomllib.loads((DATA / "organisations.toml").read_text(encoding="utf-8"))["organisation"]
    return [Organisation(number=number, **row) for number, row in enumerate(rows, start=501)]


def identifier(kind: str, number: int) -> Identifier | None:
    if kind == "household":
        return invented.household_code(number)
    return invented.tax_code(number) if kind in WITH_TAX_CODE else None


def owner_of(name: str, person: str) -> User:
    """The account that acts for the organisation `name`: a persona, or somebody called `person`."""
    persona = OWNED_BY_PERSONAS.get(name)
    return (
        User.objects.get(email=persona) if persona else people.owner(f"chu-{slugify_vi(name)[:48].strip('-')}", person)
    )


def enter(organisation: Organisation) -> Party:
    return entered(organisation.name, organisation.kind, organisation.owner, organisation.number)


def of_idea(idea: Idea) -> tuple[Party, User]:
    """The party behind a startup, entered with its first dossier, and who acts for it."""
    party = entered(idea.party, idea.kind, idea.head, idea.number)
    return party, owner_of(idea.party, idea.head)


def entered(name: str, kind: str, person: str, number: int) -> Party:
    owner = owner_of(name, person)
    here = parties_of(owner).filter(name=name).first()
    return here or create_party(kind=kind, name=name, actor=owner, identifier=identifier(kind, number))


def join_a(person: User) -> None:
    """Make `person` a member of organisation A the way everybody joins: invited by its owner, and come."""
    owner = owner_of(ORGANISATION_A, "")
    party = parties_of(owner).get(name=ORGANISATION_A)
    if not party.memberships.filter(user=person, until=None).exists():
        accept_invitation(invite(party, email=person.email, role="editor", actor=owner).token, actor=person)
