"""The only way to change a dossier outside its lifecycle: open it, save a step, add and remove files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import roles
from registry.core import clock, files
from registry.core.lifecycle import Conflict, Invalid, NotAllowed
from registry.core.models import PrivateFile
from registry.core.numbers import next_reference, next_references
from registry.core.text import clean
from registry.dossiers import procedure as procedures
from registry.dossiers.helped.people import HELPER, Founder
from registry.dossiers.lifecycle import DRAFT, writer
from registry.dossiers.models import Dossier, DossierFile
from registry.dossiers.procedure import Step, StepForm
from registry.dossiers.rows import RowsField
from registry.dossiers.selectors import opened_targets
from registry.parties.models import Party
from registry.parties.selectors import EDITING_ROLES, role_of

RAW_LIMIT = 20_000  # characters kept of one answer that is not valid yet


def open_dossier(procedure: str, party: Party, *, actor: Any, known: Mapping[str, Any] | None = None) -> Dossier:
    """A new draft with its reference; `known` are answers beside those that the procedure prefills.

    Raises NotAllowed if `actor` does not act for `party`, or it may not apply.
    """
    if role_of(actor, party) not in EDITING_ROLES:
        raise NotAllowed(_("Bạn không có quyền lập hồ sơ cho tổ chức này."))
    if not procedures.get(procedure).may_apply(party):
        raise NotAllowed(_("Thủ tục này không dành cho loại tổ chức ấy."))
    return new_draft(procedure, party, actor=actor, known=known)


def new_draft(procedure: str, party: Party, *, actor: Any, known: Mapping[str, Any] | None = None) -> Dossier:
    """The draft itself. That `actor` may begin one, the caller has found: as one of its people, or as who helps them."""
    kind = procedures.get(procedure)
    with transaction.atomic():
        made = Dossier(
            reference=next_reference(kind.scope, clock.today().year),
            procedure=kind.code,
            party=party,
            state=DRAFT.code,
            created_by=actor,
            created_at=clock.now(),
            answers={**kind.prefill(party), **(known or {})},
        )
        if made.answers:
            made.retell()
        made.save()
        return made


def open_from_list(procedure: str, parties: Sequence[Party], *, actor: Any) -> list[Dossier]:
    """New dossiers that the department opens itself, for parties of a list of its own. `actor` handles dossiers."""
    if not roles.roles_of(actor) & {roles.CASE_OFFICER, roles.LEADER}:
        raise NotAllowed("Chỉ chuyên viên thụ lý hoặc lãnh đạo Sở nhập được danh sách.")
    kind = procedures.get(procedure)
    with transaction.atomic():
        references = next_references(kind.scope, clock.today().year, len(parties))
        return Dossier.objects.bulk_create(
            Dossier(
                reference=reference,
                procedure=kind.code,
                party=party,
                state=DRAFT.code,
                created_by=actor,
                created_at=clock.now(),
            )
            for reference, party in zip(references, parties, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Saved:
    """The dossier after the save, and the bound form: its errors are to be shown, what was typed is kept all the same."""

    dossier: Dossier
    form: StepForm


def save_step(dossier: Dossier, step: Step, data: Mapping[str, Any], *, actor: Any, seen: int) -> Saved:
    """Keep what was typed in one step, valid or not; a draft demands nothing.

    `seen` is the `answers_version` of the page that sent it. Raises Conflict when somebody else saved meanwhile,
    NotAllowed when a field is sent that is not open.
    """
    if step.form is None:
        raise Conflict(_("Bước này không có câu hỏi."))
    with transaction.atomic():
        locked = Dossier.objects.select_for_update().select_related("party").get(pk=dossier.pk)
        _require_own_words(step, locked, actor)
        opened = opened_targets(locked)
        _refuse_forged(locked, data, opened)
        if locked.answers_version != seen:
            raise Conflict(
                _("Hồ sơ vừa được lưu ở nơi khác. Nội dung bạn gõ còn nguyên dưới đây; xem lại rồi lưu lần nữa.")
            )
        names = None if opened is None else frozenset(t.removeprefix("field:") for t in opened)
        form = step.form(data, draft=True, opened=names)
        form.is_valid()
        for name in form.fields:
            locked.answers[name] = stored(form.cleaned_data[name]) if name in form.cleaned_data else raw(form, name)
        locked.answers_version += 1
        locked.saved_at = clock.now()
        locked.retell()
        locked.save(update_fields=["answers", "answers_version", "saved_at", "title", "ward"])
    return Saved(locked, form)


def _require_own_words(step: Step, dossier: Dossier, actor: Any) -> None:
    """What the last step asks (consent, the word that all is true) the founder answers, and a founder by key answers no other."""
    role = writer(actor, dossier)
    if (role == HELPER and step is dossier.kind.last_step) or (
        isinstance(actor, Founder) and step is not dossier.kind.last_step
    ):
        raise NotAllowed(_("Chỉ chủ dự án trả lời được những câu ở bước này."))


def _refuse_forged(dossier: Dossier, data: Mapping[str, Any], opened: frozenset[str] | None) -> None:
    if opened is None:
        return
    if not opened:
        raise Conflict(_("Hồ sơ đã gửi, không sửa được ở bước này."))
    closed = [
        name
        for name, one in dossier.kind.fields().items()
        if f"field:{name}" not in opened and (name in data or (isinstance(one, RowsField) and one.sent_in(data, name)))
    ]
    if closed:
        raise NotAllowed(_("Chỉ sửa được những mục Sở yêu cầu bổ sung."))


def stored(value: Any) -> Any:
    """A cleaned value as JSON: dates as ISO text, decimals as text, all text clean and in NFC."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: stored(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set):
        return [stored(one) for one in value]
    return value


def raw(form: StepForm, name: str) -> Any:
    """What was typed into a field that is not valid yet, cut to a sane length."""
    return _cut(stored(form[name].data))


def _cut(value: Any) -> Any:
    if isinstance(value, str):
        return value[:RAW_LIMIT]
    if isinstance(value, Mapping):
        return {key: _cut(one) for key, one in value.items()}
    return [_cut(one) for one in value] if isinstance(value, list) else value


def add_file(dossier: Dossier, upload: UploadedFile, purpose: str, *, actor: Any) -> DossierFile:
    """Put a file into the draft. Raises files.FileRefused, Invalid (purpose, too many), Conflict, NotAllowed."""
    if purpose not in dossier.kind.file_purposes:
        raise Invalid(_("Chọn mục đích của tệp."), {"purpose": _("Chọn mục đích của tệp.")})
    _require_files_open(dossier, actor, purpose)
    file = _stored_file(dossier, upload, purpose, actor)
    with transaction.atomic():
        locked = Dossier.objects.select_for_update().select_related("party").get(pk=dossier.pk)
        _require_files_open(locked, actor, purpose)
        return _put_in(locked, file, purpose, actor)


def replace_file(dossier: Dossier, item_id: int, upload: UploadedFile, *, actor: Any) -> DossierFile:
    """Put another file in the place of one, with its purpose: the old one goes only when the new one is fit.

    Raises as `add_file`; Conflict when the file is not there or not open.
    """
    item = dossier.files.filter(pk=item_id, removed_at=None).first()
    if item is None:
        raise Conflict(_("Tệp này không còn trong hồ sơ."))
    _require_files_open(dossier, actor, item.purpose)
    file = _stored_file(dossier, upload, item.purpose, actor)
    with transaction.atomic():
        remove_file(dossier, item_id, actor=actor)
        locked = Dossier.objects.select_for_update().select_related("party").get(pk=dossier.pk)
        return _put_in(locked, file, item.purpose, actor)


def _stored_file(dossier: Dossier, upload: UploadedFile, purpose: str, actor: Any) -> PrivateFile:
    takes: files.Takes = "picture" if purpose in dossier.kind.image_purposes else "file"
    return files.store(upload, owner=actor, file_class="restricted", purpose=purpose, takes=takes)


def _put_in(locked: Dossier, file: PrivateFile, purpose: str, actor: Any) -> DossierFile:
    kind, kept = locked.kind, locked.files.filter(removed_at=None)
    if purpose in kind.single_purposes:
        kept.filter(purpose=purpose).update(removed_at=clock.now())
    elif kept.exclude(purpose__in=kind.single_purposes).count() >= kind.file_limit:
        raise Invalid(_("Nhiều nhất %(most)s tệp. Gỡ bớt tệp rồi tải lên lại.") % {"most": kind.file_limit})
    files.attach(file, "dossier", locked.pk)
    Dossier.objects.filter(pk=locked.pk).update(saved_at=clock.now())
    return DossierFile.objects.create(dossier=locked, file=file, purpose=purpose, added_by=actor, added_at=clock.now())


def _require_file_hand(actor: Any, dossier: Dossier) -> None:
    writer(actor, dossier)
    if isinstance(actor, Founder):
        raise NotAllowed(_("Bạn không có quyền sửa hồ sơ này."))


def _require_files_open(dossier: Dossier, actor: Any, purpose: str) -> None:
    _require_file_hand(actor, dossier)
    opened = opened_targets(dossier)
    if opened is None or "files" in opened:
        return
    marked = [t.removeprefix("file:") for t in opened if t.startswith("file:")]
    if not dossier.files.filter(pk__in=marked, purpose=purpose).exists():
        raise Conflict(_("Hồ sơ đã gửi; chỉ thay được tệp mà Sở yêu cầu."))


def remove_file(dossier: Dossier, item_id: int, *, actor: Any) -> None:
    """Take a file out of the draft. What was sent before stays readable in its snapshot."""
    with transaction.atomic():
        locked = Dossier.objects.select_for_update().select_related("party").get(pk=dossier.pk)
        _require_file_hand(actor, locked)
        opened = opened_targets(locked)
        item = locked.files.filter(pk=item_id, removed_at=None).first()
        new_since = item and not opened_before(locked, item)
        if item is None or not (opened is None or f"file:{item_id}" in opened or (opened and new_since)):
            raise Conflict(_("Không gỡ được tệp này."))
        item.removed_at = clock.now()
        item.save(update_fields=["removed_at"])
        Dossier.objects.filter(pk=locked.pk).update(saved_at=clock.now())


def opened_before(dossier: Dossier, item: DossierFile) -> bool:
    """Was the file part of the last submission?"""
    last = dossier.submissions.order_by("number").last()
    return last is not None and item.added_at <= last.submitted_at
