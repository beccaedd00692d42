"""Recording a decision: canonical content, hash, chain."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from registry.core import clock
from registry.core.grounds import ground_in_words, is_law_on
from registry.core.lifecycle import Invalid
from registry.core.models import Authority
from registry.core.models.history import Decision, ReadLog
from registry.core.numbers import next_numbers


def canonical(content: Mapping[str, Any]) -> str:
    """JSON with one spelling: sorted keys, no spaces, UTF-8, dates as ISO strings."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """What a person states when they decide. `ground`: see `registry.core.grounds`."""

    kind: str
    ground: str
    authority: Authority
    signed_on: date
    effective_on: date
    number: str = ""
    delegation: str = ""
    signatory: str = ""
    reason: str = ""
    public_from: date | None = None
    public_until: date | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A draft, with what it is about: the dossier, the record that comes of it, and what is to be kept of them."""

    draft: DecisionDraft
    subject: str
    record: str
    content: Mapping[str, Any]


def record_decision(
    draft: DecisionDraft, *, subject: str, record: str, content: Mapping[str, Any], actor: Any
) -> Decision:
    """Append `draft` to the chain of decisions. Call it inside the transaction of the act that decides.

    Raises Invalid when the ground is no law on the day from which the decision is to hold.
    """
    return record_decisions([Decided(draft, subject, record, content)], actor=actor)[0]


def record_decisions(decided: Sequence[Decided], *, actor: Any) -> list[Decision]:
    """Append several to the chain, one after the other; see `record_decision`."""
    for one in decided:
        require_law(one.draft)
    with transaction.atomic():
        positions = next_numbers("decision-chain", 0, len(decided))
        rows: list[Decision] = []
        previous = ""
        if decided:
            before = Decision.objects.filter(position=positions[0] - 1)
            previous = before.values_list("sha256", flat=True).first() or ""
        for position, one in zip(positions, decided, strict=True):
            rows.append(_row(position, previous, one, actor))
            previous = rows[-1].sha256
        return Decision.objects.bulk_create(rows)


def require_law(draft: DecisionDraft) -> None:
    if not is_law_on(draft.ground, draft.effective_on):
        ground, day = ground_in_words(draft.ground), f"{draft.effective_on:%d/%m/%Y}"
        raise Invalid(f"Căn cứ “{ground}” không có hiệu lực vào ngày {day}, nên không quyết định theo được.")


def _row(position: int, previous: str, decided: Decided, actor: Any) -> Decision:
    draft = decided.draft
    text = canonical(
        {
            **decided.content,
            "kind": draft.kind,
            "ground": draft.ground,
            "authority": draft.authority.code,
            "number": draft.number,
            "signed_on": draft.signed_on,
            "effective_on": draft.effective_on,
            "subject": decided.subject,
            "record": decided.record,
        }
    )
    return Decision(
        position=position,
        kind=draft.kind,
        subject=decided.subject,
        record=decided.record,
        number=draft.number,
        signed_on=draft.signed_on,
        authority=draft.authority,
        delegation=draft.delegation,
        signatory=draft.signatory,
        ground=draft.ground,
        reason=draft.reason,
        effective_on=draft.effective_on,
        public_from=draft.public_from,
        public_until=draft.public_until,
        content=text,
        sha256=sha256(f"{previous}\n{text}"),
        previous_sha256=previous,
        decided_by=actor,
        recorded_at=clock.now(),
    )


def grounds_of(decision: Decision) -> list[str]:
    """The codes of several grounds that a decision names in its content beside the one it rests on, as a refusal does."""
    return list(json.loads(decision.content).get("grounds", []))


def broken_links() -> list[int]:
    """Positions at which the chain of decisions does not hold: a hash that is not its content's, or a gap."""
    wrong, previous, expected = [], "", 1
    for row in Decision.objects.order_by("position").iterator():
        if (
            row.position != expected
            or row.previous_sha256 != previous
            or row.sha256 != sha256(f"{previous}\n{row.content}")
        ):
            wrong.append(row.position)
        previous, expected = row.sha256, row.position + 1
    return wrong


def log_restricted_read(user: Any, subject: str, fields: list[str]) -> None:
    """Leave a line that `user` was shown restricted fields of `subject`."""
    if fields:
        ReadLog.objects.create(user=user, subject=subject, fields=sorted(fields), at=clock.now())
