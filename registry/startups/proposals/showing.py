"""What the founder's pages show of a proposal, put together for the templates."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from registry.core.classification import PUBLIC
from registry.dossiers.showing import Promise, promised
from registry.startups.models import Startup
from registry.startups.proposals.models import ChangeProposal
from registry.startups.proposals.parts import (
    anchor_of,
    class_of,
    kind,
    label_of,
    language_of,
    lines_of,
    part_of,
    parts,
    standing,
)
from registry.startups.proposals.rules import LOGO, takes_consent_back


def url(proposal: ChangeProposal, name: str = "proposal", **more: str) -> str:
    kwargs = {"reference": proposal.startup.dossier.reference, "code": proposal.reference, **more}
    return reverse(name, kwargs=kwargs)


def field_url(proposal: ChangeProposal, name: str) -> str:
    """Where the field can be changed in the draft."""
    return f"{url(proposal, 'proposal_part', part=part_of(name).code)}#{anchor_of(name)}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as it stands on the page; `shown` is public or consent, `language` as `language_of` says."""

    label: str
    lines: tuple[str, ...]
    shown: str
    language: str


@dataclass(frozen=True, slots=True)
class Section:
    title: Any
    url: str
    fields: list[Shown]


def sections(proposal: ChangeProposal, now: dict[str, Any]) -> list[Section]:
    """Everything that can be proposed otherwise, as it stands on the page, part by part."""
    found = []
    for part in parts():
        assert part.step.form is not None
        names = [name for name in part.step.form.base_fields if name in part.names]
        names += [LOGO] if part.picture == LOGO else []
        fields = [Shown(label_of(name), lines_of(name, now[name]), shown(name), language_of(name)) for name in names]
        found.append(Section(part.title, url(proposal, "proposal_part", part=part.code), fields))
    return found


def shown(name: str) -> str:
    return "consent" if f"show_{name}" in kind().fields() and class_of(name) != PUBLIC else "public"


def consents(startup: Startup) -> list[tuple[str, str]]:
    """What shows because its people agreed: the name of the consent and what it shows."""
    now = standing(startup)
    return [
        (name, label_of(name.removeprefix("show_")))
        for name, given in now.items()
        if takes_consent_back(name, given, False) and now[name.removeprefix("show_")]
    ]


def promise(proposal: ChangeProposal) -> Promise | None:
    if proposal.lifecycle.states[proposal.state].final:
        return None
    return promised(kind().code, "change", proposal.sent_at, proposal.due_at)
