"""What the department does with a dossier before it decides: hand it to somebody, ask for a supplement."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from accounts import roles
from registry.core import clock
from registry.core.lifecycle import Data, Invalid
from registry.dossiers.models import Dossier, Remark, SupplementRequest
from registry.parties.selectors import role_of


def assignable(dossier: Dossier, data: Data) -> None:
    """Guard: `data["assignee"]` is the id of an officer who is not of the applicant; empty gives the dossier back."""
    if data.get("assignee") in (None, ""):
        return
    person = get_user_model().objects.filter(pk=data["assignee"], is_active=True).first()
    if person is None or not roles.roles_of(person) & {roles.CASE_OFFICER, roles.LEADER}:
        raise Invalid("Chọn một chuyên viên thụ lý.", {"assignee": "Chọn một chuyên viên thụ lý."})
    if role_of(person, dossier.party) or person.pk in dossier.helper_ids:
        sentence = "Người này là thành viên của tổ chức nộp hồ sơ, hoặc đã nhập hộ hồ sơ."
        raise Invalid(sentence, {"assignee": sentence})


def assign(dossier: Dossier, actor: Any, data: Data) -> dict[str, Any]:
    dossier.assigned_to_id = data.get("assignee") or None
    return {"assignee": dossier.assigned_to_id}


def targets(dossier: Dossier) -> set[str]:
    """Everything a remark may mark: each field of the form, each file, and `files` (send another one)."""
    files = {f"file:{pk}" for pk in dossier.files.filter(removed_at=None).values_list("pk", flat=True)}
    return {f"field:{name}" for name in dossier.kind.fields()} | files | {"files"}


def remarks_stand(dossier: Dossier, data: Data) -> None:
    """Guard: at least one remark, each with a known target and a sentence. `data["remarks"]` maps target to text."""
    remarks: dict[str, str] = data.get("remarks") or {}
    if not remarks:
        sentence = "Đánh dấu ít nhất một mục cần bổ sung."
        raise Invalid(sentence, {"remarks": sentence})
    for target, text in remarks.items():
        if target not in targets(dossier):
            raise Invalid(_("Mục này không có trong hồ sơ."), {target: _("Mục này không có trong hồ sơ.")})
        if not text.strip():
            raise Invalid("Ghi nhận xét cho từng mục đã đánh dấu.", {target: "Ghi nhận xét cho mục này."})


def ask(dossier: Dossier, actor: Any, data: Data) -> dict[str, Any]:
    """Open the marked targets to the applicant; the department's clock does not run meanwhile."""
    request = SupplementRequest.objects.create(
        dossier=dossier,
        submission=dossier.submissions.order_by("number").last(),
        message=str(data.get("message", "")).strip(),
        asked_by=actor,
        asked_at=clock.now(),
    )
    Remark.objects.bulk_create(
        Remark(request=request, target=target, text=text.strip()) for target, text in data["remarks"].items()
    )
    dossier.due_at = None
    return {"supplement": request.pk, "targets": sorted(data["remarks"])}
