"""Whom the acts and clocks of change proposals concern, and what they are told: the join of startups and messages."""

from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from accounts import roles
from notifications.services import notify
from portal.dossier_mail import SOON, applicants, everybody, not_yet_told, written
from registry.core import clock
from registry.core.lifecycle import Moved
from registry.core.selectors import office_due
from registry.startups.models import ChangeProposal
from registry.startups.proposals.selectors import awaiting_answer

DUE_SOON: Final = "proposal_due_soon"
OVERDUE: Final = "proposal_overdue"


def page_of_founder(proposal: ChangeProposal) -> Any:
    """The proposal's page in the account, in the language of who reads the message."""
    kwargs = {"reference": proposal.startup.dossier.reference, "code": proposal.reference}
    return written(lambda: reverse("proposal", kwargs=kwargs))


def desk_page(proposal: ChangeProposal) -> str:
    return reverse("desk_proposal", args=[proposal.reference])


def about(proposal: ChangeProposal, url: Any) -> dict[str, Any]:
    title = proposal.startup.dossier.title or proposal.reference
    return {"reference": proposal.reference, "title": title, "url": url}


def tell(moved: Moved) -> None:
    """Write the messages that an act on a proposal asks for, in its transaction. One occasion is one version."""
    proposal = moved.record
    if isinstance(proposal, ChangeProposal) and moved.action in ACTS:
        ACTS[moved.action](proposal, f"{proposal.reference}/{moved.event.version}", moved)


def sent(proposal: ChangeProposal, key: str, moved: Moved) -> None:
    due = {"due": proposal.due_at}
    notify("proposal_sent", applicants(proposal), key, about(proposal, page_of_founder(proposal)) | due)
    context = about(proposal, desk_page(proposal)) | due | {"applicant": proposal.party.name}
    notify("proposal_arrived", everybody(proposal, roles.CASE_OFFICER), key, context)


def decided(proposal: ChangeProposal, key: str, moved: Moved) -> None:
    facts = {
        "outcome": proposal.state,
        "decided_on": moved.event.at,
        "accepted": len(moved.event.data.get("accepted", ())),
        "refused": len(moved.event.data.get("refused", ())),
    }
    notify("proposal_decided", applicants(proposal), key, about(proposal, page_of_founder(proposal)) | facts)


ACTS: Final = {"send": sent, "accept": decided, "accept_some": decided, "reject": decided}


def remind(now: datetime) -> dict[str, int]:
    """Tell the officers that the time of a proposal runs out, and once more, and the leaders, when it has run out.

    Each person once for each due date, however often the job runs. Returns how many proposals somebody was told of.
    """
    counts = {DUE_SOON: 0, OVERDUE: 0}
    for proposal in awaiting_answer(office_due(now, SOON).at):
        assert proposal.due_at is not None
        code = OVERDUE if proposal.due_at < now else DUE_SOON
        key = f"{proposal.reference}/{clock.local(proposal.due_at):%Y-%m-%d}"
        wanted = (roles.CASE_OFFICER, roles.LEADER) if code == OVERDUE else (roles.CASE_OFFICER,)
        fresh = not_yet_told(code, key, everybody(proposal, *wanted))
        if fresh:
            notify(code, fresh, key, about(proposal, desk_page(proposal)) | {"due": proposal.due_at})
            counts[code] += 1
    return counts
