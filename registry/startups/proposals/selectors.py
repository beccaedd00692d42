"""How others read proposals, and how one reads beside the page as it stands. Scope is in the query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from registry.core.bilingual import Worded
from registry.core.classification import RESTRICTED
from registry.core.lifecycle import State
from registry.core.models.history import Event
from registry.dossiers.desk.comparing import Piece, pieces
from registry.startups.models import Startup
from registry.startups.proposals.deciding import overtaken
from registry.startups.proposals.lifecycle import DRAFT, OPEN
from registry.startups.proposals.models import ChangeProposal, ProposedField
from registry.startups.proposals.parts import class_of, label_of, language_of, lines_of, standing
from registry.startups.proposals.rules import mark_of, same, shared, takes_consent_back


def of_startup(startup: Startup) -> QuerySet[ChangeProposal]:
    return startup.proposals.select_related("created_by").prefetch_related("fields").order_by("-created_at", "-id")


def sent() -> QuerySet[ChangeProposal]:
    """What the department has received, and what became of it."""
    return received().exclude(state=DRAFT.code)


def received() -> QuerySet[ChangeProposal]:
    """As `sent`, and what its founder has taken back to edit."""
    found = ChangeProposal.objects.filter(sent_at__isnull=False)
    return found.select_related(
        "startup__party", "startup__dossier", "created_by", "decision__authority"
    ).prefetch_related("fields")


def waiting() -> QuerySet[ChangeProposal]:
    """Open proposals, most urgent first."""
    return sent().filter(state=OPEN.code).order_by(F("due_at").asc(nulls_last=True), "id")


def awaiting_answer(until: datetime) -> QuerySet[ChangeProposal]:
    """Proposals that the department has to answer by then, the overdue ones among them."""
    return waiting().filter(due_at__lte=until)


@dataclass(frozen=True, slots=True)
class Rival:
    """Another proposal of the same startup that waits for the department and touches the same fields."""

    proposal: ChangeProposal
    labels: list[str]


def rivals(proposal: ChangeProposal) -> list[Rival]:
    names = [row.name for row in proposal.fields.all()]
    found = []
    for other in of_startup(proposal.startup).filter(state=OPEN.code).exclude(pk=proposal.pk):
        both = shared(names, [row.name for row in other.fields.all()])
        if both:
            found.append(Rival(other, [label_of(name) for name in both]))
    return found


@dataclass(frozen=True, slots=True)
class Proposed:
    """One field as a page shows it.

    `before` is what the founder saw, `now` what stands on the page when that is something else; `saw` marks the value of
    now for whoever confirms. `hidden`: restricted, and not asked for.
    """

    row: ProposedField
    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    now: tuple[str, ...]
    is_overtaken: bool
    saw: str
    is_restricted: bool
    hidden: bool
    takes_consent_back: bool
    language: str

    @property
    def name(self) -> str:
        return self.row.name


def proposed(proposal: ChangeProposal, *, revealed: bool = True, fresh: bool = False) -> list[Proposed]:
    """Every field of a proposal. `fresh` compares with the page as it stands, as a draft does before it is sent."""
    open_now = proposal.state in (DRAFT.code, OPEN.code)
    now = standing(proposal.startup) if open_now else {}
    return [_proposed(row, now, revealed, fresh) for row in proposal.fields.all()]


def _proposed(row: ProposedField, now: dict[str, Any], revealed: bool, fresh: bool) -> Proposed:
    current = now.get(row.name, row.before)
    before = current if fresh else row.before
    restricted = class_of(row.name) == RESTRICTED
    hidden = restricted and not revealed
    stale = bool(now) and overtaken(row, now)
    was, will = lines_of(row.name, before), lines_of(row.name, row.proposed)
    left, right = ((), ()) if hidden else pieces(was, will)
    known = next((one.language for one in (*was, *will) if isinstance(one, Worded)), "")
    return Proposed(
        row,
        label_of(row.name),
        left,
        right,
        lines_of(row.name, current) if stale and not hidden else (),
        stale,
        mark_of(current),
        restricted,
        hidden,
        takes_consent_back(row.name, row.before, row.proposed),
        language_of(row.name) or known,
    )


def saw(proposal: ChangeProposal) -> str:
    """The mark of what stands on the page beside the proposed fields: it goes out with the page and comes back with it."""
    now = standing(proposal.startup)
    return mark_of({row.name: now[row.name] for row in proposal.fields.all()})


def still_differ(proposal: ChangeProposal) -> bool:
    now = standing(proposal.startup)
    return any(not same(row.proposed, now[row.name]) for row in proposal.fields.all())


@dataclass(frozen=True, slots=True)
class Happened:
    event: Event
    done: Any
    state: State | None


def history(proposal: ChangeProposal) -> list[Happened]:
    lifecycle = proposal.lifecycle
    events: Iterable[Event] = Event.objects.filter(subject=proposal.subject).select_related("actor")
    return [Happened(one, lifecycle.actions[one.action].done, lifecycle.states.get(one.to_state)) for one in events]
