"""The only way to change a proposal: begin one, write in its draft, send it, take it back, decide.

Each of them holds the startup first and the proposal then, so that two of them never wait for each other.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from registry.core import clock, files
from registry.core.lifecycle import Conflict, Invalid, NotAllowed, perform
from registry.core.numbers import next_reference
from registry.core.text import clean
from registry.dossiers.procedure import StepForm
from registry.dossiers.services import stored
from registry.parties.selectors import EDITING_ROLES, role_of
from registry.startups.deciding import hold
from registry.startups.models import Startup
from registry.startups.proposals.deciding import listed
from registry.startups.proposals.lifecycle import DRAFT, OPEN, proposer
from registry.startups.proposals.models import CODE, ChangeProposal
from registry.startups.proposals.parts import standing
from registry.startups.proposals.rules import LOGO, same, takes_consent_back

MOST_REASON = 2_000


def begin(startup: Startup, *, actor: Any) -> ChangeProposal:
    """A new draft with its reference, or the actor's own in which nothing stands yet.

    Raises NotAllowed if `actor` does not write for the party, Conflict if the startup is not in the directory.
    """
    if role_of(actor, startup.party) not in EDITING_ROLES:
        raise NotAllowed(_("Bạn không có quyền đề xuất thay đổi cho dự án này."))
    with transaction.atomic():
        return _begun(startup, actor)


def _begun(startup: Startup, actor: Any) -> ChangeProposal:
    hold(startup)
    empty = startup.proposals.filter(created_by=actor, state=DRAFT.code, edits=0, fields=None).first()
    if empty is not None:
        return empty
    proposal = ChangeProposal(startup=startup, state=DRAFT.code, created_by=actor, created_at=clock.now())
    listed(proposal, {})
    proposal.reference = next_reference(CODE, clock.today().year)
    proposal.save()
    return proposal


@contextmanager
def writing(proposal: ChangeProposal, actor: Any, seen: int) -> Iterator[ChangeProposal]:
    """The draft, locked for a change; `seen` is the `edits` of the page that sent it."""
    with transaction.atomic():
        hold(proposal.startup)
        locked = ChangeProposal.objects.select_for_update().get(pk=proposal.pk)
        proposer(actor, locked)
        if locked.state != DRAFT.code:
            raise Conflict(_("Đề xuất này đã gửi hoặc đã xong, không sửa được nữa."))
        if locked.edits != seen:
            raise Conflict(
                _("Đề xuất vừa được lưu ở nơi khác. Nội dung bạn gõ còn nguyên dưới đây; xem lại rồi lưu lần nữa.")
            )
        yield locked
        locked.edits += 1
        locked.save(update_fields=["edits"])


def write(proposal: ChangeProposal, form: StepForm, *, actor: Any, seen: int) -> ChangeProposal:
    """Keep what a valid form says otherwise than the page; what says the same leaves the proposal."""
    with writing(proposal, actor, seen) as locked:
        put(locked, {name: stored(form.cleaned_data[name]) for name in form.fields})
    return locked


def put(locked: ChangeProposal, values: Mapping[str, Any]) -> None:
    now = standing(locked.startup)
    for name, value in values.items():
        if same(now[name], value):
            locked.fields.filter(name=name).delete()
        else:
            locked.fields.update_or_create(name=name, defaults={"before": now[name], "proposed": value})


def leave_out(proposal: ChangeProposal, name: str, *, actor: Any, seen: int) -> ChangeProposal:
    """Propose nothing for this field any more."""
    with writing(proposal, actor, seen) as locked:
        locked.fields.filter(name=name).delete()
    return locked


def put_logo(proposal: ChangeProposal, upload: UploadedFile, *, actor: Any, seen: int) -> ChangeProposal:
    """Propose another logo. The file belongs to the startup's dossier from now on. Raises files.FileRefused."""
    file = files.store(upload, owner=actor, file_class="restricted", purpose=LOGO, takes="picture")
    with writing(proposal, actor, seen) as locked:
        files.attach(file, "dossier", locked.startup.dossier_id)
        put(locked, {LOGO: file.public_id})
    return locked


def no_logo(proposal: ChangeProposal, *, actor: Any, seen: int) -> ChangeProposal:
    """Propose that the page has no logo."""
    with writing(proposal, actor, seen) as locked:
        put(locked, {LOGO: ""})
    return locked


def send(proposal: ChangeProposal, *, actor: Any, reason: str, saw: str, seen: int, version: int) -> ChangeProposal:
    """Send the draft as the page showed it. Raises Conflict, Invalid, NotAllowed."""
    reason = clean(reason)
    if len(reason) > MOST_REASON:
        sentence = _("Lý do dài quá %(most)s chữ. Viết ngắn lại.") % {"most": MOST_REASON}
        raise Invalid(sentence, {"reason": sentence})
    with transaction.atomic():
        hold(proposal.startup)
        if not ChangeProposal.objects.filter(pk=proposal.pk, edits=seen).exists():
            raise Conflict(_("Đề xuất vừa được lưu ở nơi khác. Xem lại rồi gửi."))
        return perform(proposal, "send", actor, data={"reason": reason, "saw": saw}, expected_version=version)


def act(proposal: ChangeProposal, action: str, *, actor: Any, version: int) -> ChangeProposal:
    """`recall` or `withdraw` by the founder."""
    with transaction.atomic():
        hold(proposal.startup)
        return perform(proposal, action, actor, expected_version=version)


def take_back(startup: Startup, name: str, *, actor: Any) -> ChangeProposal:
    """Show this no longer, at once. `name` is the consent, as `show_email`.

    Kept as a proposal that nobody had to answer. Raises NotAllowed, Conflict (not shown any more, not in the directory).
    """
    with transaction.atomic():
        proposal = _begun(startup, actor)
        now = standing(startup)
        if takes_consent_back(name, now.get(name), False):
            proposal.fields.create(name=name, before=now[name], proposed=False)
        return perform(proposal, "take_back", actor, expected_version=proposal.version)


def decide(
    proposal: ChangeProposal,
    *,
    actor: Any,
    refused: Mapping[str, str],
    confirmed: Mapping[str, str],
    stated: Mapping[str, Any],
    version: int,
) -> ChangeProposal:
    """Accept what is not refused. `refused` maps fields to reasons, `confirmed` fields to what the officer saw there.

    Raises NotAllowed, Conflict (somebody else decided, the startup left the directory), Invalid.
    """
    names = set(proposal.fields.values_list("name", flat=True))
    kept = {name: clean(str(reason)) for name, reason in refused.items() if name in names}
    action = "reject" if len(kept) == len(names) else "accept_some" if kept else "accept"
    data = {**stated, "refused": kept, "confirmed": dict(confirmed)}
    with transaction.atomic():
        hold(proposal.startup)
        try:
            with transaction.atomic():
                return perform(proposal, action, actor, data=data, expected_version=version)
        except IntegrityError as clash:
            if "decision_number_once" not in str(clash):
                raise
            sentence = "Số quyết định này vừa được ghi cho một hồ sơ khác."
            raise Invalid(sentence, {"number": sentence}) from clash


def lapse(startup: Startup) -> None:
    """End what waits for a startup that has left the directory, in the transaction of that."""
    for proposal in startup.proposals.filter(state__in=(DRAFT.code, OPEN.code)):
        perform(proposal, "lapse", None, expected_version=proposal.version)
