"""What sending, deciding and ending a proposal do. Called by the engine alone, inside its transaction."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from registry.core import clock, events
from registry.core.decisions import canonical, record_decision, sha256
from registry.core.lifecycle import Conflict, Data, Invalid
from registry.core.models import PrivateFile
from registry.core.selectors import ward
from registry.dossiers.limits import answer_due
from registry.dossiers.models import Dossier, DossierFile
from registry.parties.profiles import PartyProfile, record_facts, take_over
from registry.startups.deciding import (
    StartupListed,
    decision_draft,
    facts,
    hold,
    industries_of,
    list_profile,
    party_profile,
)
from registry.startups.models import Startup
from registry.startups.proposals.models import ChangeProposal, Outcome, ProposedField
from registry.startups.proposals.parts import kind, parts, standing
from registry.startups.proposals.rules import LOGO, mark_of, same, takes_consent_back
from registry.startups.selectors import last_profile, profile_of

FACTS = ("staff", "capital", "support")


def listed(proposal: ChangeProposal, data: Data) -> None:
    """Guard: there is a page to change."""
    hold(proposal.startup)
    if profile_of(proposal.startup) is None:
        raise Conflict(_("Dự án không còn trong danh bạ, nên không có trang nào để thay đổi."))


# --- sending


def fit_to_send(proposal: ChangeProposal, data: Data) -> None:
    """Guard: something differs from the page, the founder saw the page as it stands now, and the form accepts the whole.

    `data["saw"]` is the mark of what stood beside the proposed fields on the page that was sent.
    """
    now, rows = standing(proposal.startup), list(proposal.fields.all())
    if data.get("saw") != mark_of({row.name: now[row.name] for row in rows}):
        raise Conflict(_("Trang công khai vừa thay đổi ở mục bạn đề xuất. Xem lại phần so sánh rồi gửi."))
    if all(same(row.proposed, now[row.name]) for row in rows):
        raise Invalid(_("Chưa có gì khác trang đang công bố. Sửa ít nhất một mục rồi gửi."))
    after = now | {row.name: row.proposed for row in rows}
    problems = problems_in(proposal, after)
    if problems:
        raise Invalid(next(iter(problems.values())), problems)


def problems_in(proposal: ChangeProposal, answers: Mapping[str, Any]) -> dict[str, str]:
    """What the form says against the answers as they would stand: field name → sentence."""
    found: dict[str, str] = {}
    for part in parts():
        form = part.form({name: answers.get(name) for name in part.names})
        found |= {name: str(errors[0]) for name, errors in form.errors.items()}
    return found | kind().check(proposal.startup.dossier, answers)


def send(proposal: ChangeProposal, actor: Any, data: Data) -> dict[str, Any]:
    """Freeze what stood and what is proposed, and start the department's clock."""
    now = standing(proposal.startup)
    for row in proposal.fields.all():
        if same(row.proposed, now[row.name]):
            row.delete()
            continue
        row.before = now[row.name]
        row.save(update_fields=["before"])
    proposal.reason = str(data.get("reason") or "")
    proposal.sent_at = clock.now()
    proposal.due_at = answer_due(kind().code, proposal.sent_at, "change").at
    return {"fields": list(proposal.fields.values_list("name", flat=True))}


def stop_clock(proposal: ChangeProposal, actor: Any, data: Data) -> None:
    proposal.due_at = None


# --- deciding


def overtaken(row: ProposedField, now: Mapping[str, Any]) -> bool:
    """Would accepting it overwrite something that the founder had not seen?"""
    return not same(row.before, now[row.name]) and not same(row.proposed, now[row.name])


def judged(proposal: ChangeProposal, data: Data) -> None:
    """Guard: every field is accepted, or refused with a reason; what would overwrite a newer value is confirmed.

    `data["refused"]` maps a field to its reason, `data["confirmed"]` a field to the mark of the value that the officer
    saw on the page.
    """
    refused, confirmed = data.get("refused") or {}, data.get("confirmed") or {}
    now = standing(proposal.startup)
    problems: dict[str, str] = {}
    for row in proposal.fields.all():
        if row.name in refused:
            if not str(refused[row.name]).strip():
                problems[f"row:{row.name}"] = "Ghi lý do không nhận mục này."
            elif takes_consent_back(row.name, row.before, row.proposed):
                problems[f"row:{row.name}"] = "Chủ dự án rút lại đồng ý công khai; không từ chối được mục này."
        elif overtaken(row, now) and confirmed.get(row.name) != mark_of(now[row.name]):
            problems[f"row:{row.name}"] = (
                "Trang đã khác lúc đề xuất. Xem giá trị hiện nay, rồi xác nhận hoặc không nhận."
            )
    if problems:
        raise Invalid(next(iter(problems.values())), problems)


def all_accepted(proposal: ChangeProposal, data: Data) -> None:
    if data.get("refused"):
        raise Conflict("Nhận cả đề xuất thì không có mục nào bị từ chối.")


def some_accepted(proposal: ChangeProposal, data: Data) -> None:
    if not 0 < len(_refused(proposal, data)) < proposal.fields.count():
        raise Conflict("Nhận một phần là nhận ít nhất một mục và từ chối ít nhất một mục.")


def none_accepted(proposal: ChangeProposal, data: Data) -> None:
    if len(_refused(proposal, data)) < proposal.fields.count():
        raise Invalid("Ghi lý do cho từng mục không nhận.")


def _refused(proposal: ChangeProposal, data: Data) -> set[str]:
    return set(data.get("refused") or {}) & set(proposal.fields.values_list("name", flat=True))


def accept(proposal: ChangeProposal, actor: Any, data: Data) -> dict[str, Any]:
    """Decide, take the accepted fields over, and list the page that they make from today on."""
    startup, refused = proposal.startup, data.get("refused") or {}
    rows = [row for row in proposal.fields.all() if row.name not in refused]
    draft, verified = decision_draft("change", data)
    answers = standing(startup) | {row.name: row.proposed for row in rows}
    decision = record_decision(
        draft,
        subject=proposal.subject,
        record=startup.record,
        content={
            "reference": proposal.reference,
            "public_id": startup.public_id,
            "accepted": [row.name for row in rows],
            "refused": sorted(refused),
            "answers_sha256": sha256(canonical(answers)),
        },
        actor=actor,
    )
    submission = last_profile(startup).submission  # type: ignore[union-attr]
    _close(proposal, decision, rows, refused)
    changed = {row.name for row in rows}
    if LOGO in changed:
        change_logo(proposal, answers[LOGO])
    called_anew(startup, answers)
    take_over(startup.party, taken_over(changed, answers), on=draft.effective_on)
    told = {name: answers[name] if name in changed else [] for name in FACTS}
    record_facts(startup.party, facts(told, "verified" if verified else "declared"), actor=proposal.created_by)
    list_profile(startup, decision, submission, answers)
    events.publish(StartupListed(startup))
    return {"decision": decision.position, "accepted": [row.name for row in rows], "refused": sorted(refused)}


def reject(proposal: ChangeProposal, actor: Any, data: Data) -> dict[str, Any]:
    """Decide that nothing of it is accepted; the page stays as it is."""
    draft, _verified = decision_draft("refuse_change", data)
    content = {"reference": proposal.reference, "public_id": proposal.startup.public_id}
    decision = record_decision(
        draft, subject=proposal.subject, record=proposal.startup.record, content=content, actor=actor
    )
    _close(proposal, decision, [], data["refused"])
    return {"decision": decision.position, "refused": sorted(data["refused"])}


def taken_back(proposal: ChangeProposal, data: Data) -> None:
    """Guard: it does nothing but take consents back."""
    rows = list(proposal.fields.all())
    if not rows or not all(takes_consent_back(row.name, row.before, row.proposed) for row in rows):
        raise Conflict(_("Mục này không còn hiện công khai."))


def take_back(proposal: ChangeProposal, actor: Any, data: Data) -> dict[str, Any]:
    """List the page without what is no longer consented to, from now on and still by the decision that listed it.

    Nobody is asked: a consent is its giver's to take back (Law 91/2025/QH15 on personal data).
    """
    startup, rows = proposal.startup, list(proposal.fields.all())
    answers = standing(startup) | {row.name: row.proposed for row in rows}
    last = last_profile(startup)
    assert last is not None
    proposal.sent_at = clock.now()
    _close(proposal, None, rows, {})
    take_over(startup.party, taken_over({row.name for row in rows}, answers), on=clock.today())
    list_profile(startup, last.decision, last.submission, answers, since=clock.today())
    events.publish(StartupListed(startup, confirms=False))
    return {"hidden": [row.name for row in rows]}


def _close(proposal: ChangeProposal, decision: Any, accepted: list[ProposedField], refused: Mapping[str, str]) -> None:
    proposal.decision, proposal.decided_at, proposal.due_at = decision, clock.now(), None
    proposal.save(update_fields=["decision", "decided_at", "due_at", "sent_at"])
    for row in proposal.fields.all():
        row.outcome = Outcome.REFUSED if row.name in refused else Outcome.ACCEPTED
        row.reason = str(refused.get(row.name, "")).strip()
        row.save(update_fields=["outcome", "reason"])


def change_logo(proposal: ChangeProposal, public_id: str) -> None:
    """Put the proposed picture in the place of the dossier's logo, or take the logo away."""
    dossier, now = proposal.startup.dossier, clock.now()
    dossier.files.filter(purpose=LOGO, removed_at=None).update(removed_at=now)
    if public_id:
        file = PrivateFile.objects.get(public_id=public_id)
        DossierFile.objects.create(dossier=dossier, file=file, purpose=LOGO, added_by=proposal.created_by, added_at=now)


def called_anew(startup: Startup, answers: Mapping[str, Any]) -> None:
    """The dossier goes by the name and the ward that its startup has now; what was sent stays as it was sent."""
    Dossier.objects.filter(pk=startup.dossier_id).update(title=kind().name(answers)[:300], ward=ward(answers["ward"]))


def taken_over(changed: set[str], answers: Mapping[str, Any]) -> PartyProfile:
    """What the accepted fields say of the party itself; what they do not touch stays, other projects may have changed it."""
    whole = party_profile(answers, ward(answers["ward"]), industries_of(answers))
    moved = bool(changed & {"ward", "address"})
    return PartyProfile(
        names={},
        ward=whole.ward if moved else None,
        address=whole.address if moved else "",
        industries=whole.industries if "industries" in changed else (),
        contacts=tuple(one for one in whole.contacts if changed & {one[0], f"show_{one[0]}"}),
    )
