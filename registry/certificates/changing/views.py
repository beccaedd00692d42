"""The enterprise's page that the dossiers' own do not have: from which certificate one begins."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import access
from registry.certificates import selectors
from registry.certificates.changing import lifecycle
from registry.certificates.changing.services import begin as begin_change
from registry.certificates.lifecycle import STANDING
from registry.core.lifecycle import Refusal
from registry.dossiers import showing
from registry.dossiers.lifecycle import DRAFT
from registry.dossiers.models import Dossier
from registry.dossiers.public_views import figures
from registry.parties.selectors import EDITING_ROLES, memberships_of


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, procedure_code: str) -> HttpResponse:
    """Which certificate? Each says what can be done with it now: begin, go on with what is open, or why not."""
    editing = {m.party_id for m in memberships_of(request.user) if m.role in EDITING_ROLES}
    own = list(selectors.own(request.user))
    error = ""
    if request.method == "POST":
        wanted = request.POST.get("certificate", "")
        chosen = next((v.certificate for v in own if v.certificate.public_id == wanted), None)
        if chosen is None:
            error = _("Chọn giấy chứng nhận muốn thay đổi hoặc cấp lại.")
        else:
            try:
                return _begun(request, begin_change(chosen, actor=request.user))
            except Refusal as refusal:
                error = str(refusal)
    open_ones = selectors.open_changes(version.certificate for version in own)
    rows: list[dict[str, Any]] = [
        {
            "version": version,
            "is_standing": version.certificate.state in STANDING,
            "may_edit": version.certificate.party_id in editing,
            "is_chosen": version.certificate.public_id == request.GET.get("giay"),
            **_open(open_ones.get(version.certificate_id)),
        }
        for version in own
    ]
    rows.sort(key=lambda row: not row["is_chosen"])
    page: dict[str, Any] = {
        "kind": lifecycle.PROCEDURE,
        "rows": rows,
        "error": error,
        "has_errors": bool(error),
        **figures(lifecycle.PROCEDURE),
    }
    return render(request, "certificates/changing/begin.html", page, status=400 if error else 200)


def _open(dossier: Dossier | None) -> dict[str, Any]:
    """The dossier that is open for a certificate, its address and state."""
    if dossier is None:
        return {"open": None}
    return {"open": dossier, "url": showing.url(dossier), "state": dossier.lifecycle.states[dossier.state]}


def _begun(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """To its first step; to its page, with a word, where one is open already."""
    if dossier.state == DRAFT.code and dossier.answers_version == 0:
        return redirect(showing.url(dossier, dossier.kind.steps[0].code))
    messages.info(
        request,
        _("Giấy này đang có hồ sơ %(reference)s. Xong hồ sơ ấy mới lập hồ sơ khác.") % {"reference": dossier.reference},
    )
    return redirect(showing.url(dossier))
