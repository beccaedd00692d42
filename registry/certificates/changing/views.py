"""The enterprise's pages that the dossiers' own do not have: from which certificate one begins, and form V.5 on paper."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import access
from registry.certificates import selectors
from registry.certificates.changing import lifecycle
from registry.certificates.changing.answers import answers_of
from registry.certificates.changing.paper import request_of
from registry.certificates.changing.services import begin as begin_change
from registry.certificates.lifecycle import STANDING
from registry.core import clock
from registry.core.decisions import log_restricted_read
from registry.core.lifecycle import Refusal
from registry.core.models import Authority
from registry.dossiers import showing, snapshot
from registry.dossiers.checking import read
from registry.dossiers.lifecycle import DRAFT
from registry.dossiers.models import Dossier
from registry.dossiers.public_views import figures
from registry.dossiers.selectors import visible_to
from registry.parties.selectors import EDITING_ROLES, memberships_of, role_of
from registry.st_enterprises.papers.pdf import pdf
from registry.st_enterprises.papers.word import word

TYPES = {
    "pdf": ("application/pdf", pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", word),
}


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


@access("signed_in")
@require_safe
def form(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Form V.5: for the enterprise as the dossier stands now, for officers what was sent last; their reading is logged."""
    if kind not in TYPES:
        raise Http404
    dossier = get_object_or_404(visible_to(request.user).filter(procedure=lifecycle.CODE), reference=reference)
    version = selectors.version_asked_to_change(dossier)
    if version is None:
        raise Http404
    if role_of(request.user, dossier.party):
        cleaned, _problems = read(dossier)
        answers = {name: value for name, value in cleaned.items() if dossier.answers.get(name) is not None}
    else:
        submission = dossier.submissions.order_by("number").last()
        if submission is None:
            raise Http404
        answers = answers_of(submission)
        log_restricted_read(request.user, dossier.subject, snapshot.restricted_in(snapshot.read(submission)))
    addressee = Authority.objects.get(code=settings.CERTIFYING_AUTHORITY).name_vi
    content_type, make = TYPES[kind]
    response = HttpResponse(make(request_of(version, answers, addressee), clock.now()), content_type=content_type)
    way = "inline" if kind == "pdf" else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{dossier.reference}-V.5.{kind}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
