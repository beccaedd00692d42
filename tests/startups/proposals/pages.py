"""Where the pages of proposals stand, and what is typed into them."""

from typing import Any

from registry.startups.models import ChangeProposal, Startup
from registry.startups.proposals.parts import standing
from tests.dossiers.factories import posted


def base(startup: Startup) -> str:
    return f"/tai-khoan/khoi-nghiep/{startup.dossier.reference}/de-xuat/"


def page_of(proposal: ChangeProposal, more: str = "") -> str:
    return f"{base(proposal.startup)}{proposal.reference}/{more}"


def desk_of(proposal: ChangeProposal) -> str:
    return f"/quan-tri/de-xuat/{proposal.reference}/"


def step(startup: Startup, name: str, seen: int, **changes: Any) -> dict[str, Any]:
    """A part of the form as a browser posts it, with some answers changed."""
    return {**posted(standing(startup) | changes, name), "seen": seen}


def hidden(response: Any, name: str) -> str:
    return response.content.decode().split(f'name="{name}" value="')[1].split('"')[0]


# --- the founder
