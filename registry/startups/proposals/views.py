"""The founder's pages of proposals: the list and how to begin, one proposal from draft to outcome, withdrawing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import access
from registry.core.bilingual import SOURCE_LANGUAGE, Worded, text_in
from registry.core.lifecycle import Refusal
from registry.core.text import clean
from registry.dossiers.models import Dossier
from registry.dossiers.pages import number, own
from registry.dossiers.showing import url as url_of_dossier
from registry.parties.selectors import EDITING_ROLES, role_of
from registry.startups.models import ChangeProposal, Startup
from registry.startups.proposals import selectors, services, showing
from registry.startups.proposals.lifecycle import DRAFT, OPEN
from registry.startups.proposals.parts import kind, standing
from registry.startups.selectors import profile_of, url_of

MOST_ROWS = 50


def startup_of(dossier: Dossier) -> Startup | None:
    return Startup.objects.filter(dossier=dossier).select_related("party", "dossier").first()


def own_proposal(request: HttpRequest, reference: str, code: str) -> ChangeProposal:
    """The proposal if the caller acts for the party; for everybody else there is none."""
    dossier = own(request, kind().code, reference)
    found = ChangeProposal.objects.select_related("startup__party", "startup__dossier", "created_by")
    return get_object_or_404(found.filter(startup__dossier=dossier), reference=code)


def may_edit(request: HttpRequest, proposal: ChangeProposal) -> bool:
    return role_of(request.user, proposal.startup.party) in EDITING_ROLES


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: HttpRequest, reference: str) -> HttpResponse:
    """What was proposed for this startup, and what shows by consent; POST begins a proposal or takes a consent back."""
    dossier = own(request, kind().code, reference)
    startup = startup_of(dossier)
    profile = profile_of(startup) if startup else None
    if request.method == "POST" and startup is not None:
        try:
            if "_hide" in request.POST:
                services.take_back(startup, clean(request.POST["_hide"]), actor=request.user)
                messages.success(request, _("Mục này đã thôi hiện trên trang công khai."))
                return redirect(request.path)
            return redirect(showing.url(services.begin(startup, actor=request.user)))
        except Refusal as refusal:
            messages.warning(request, str(refusal))
            return redirect(request.path)
    rows = list(selectors.of_startup(startup)[:MOST_ROWS]) if startup else []
    language = get_language() or "vi"
    found = text_in(profile, "name", language) if profile else None
    name = Worded(found.text, found.language) if found else Worded(dossier.title or dossier.reference, SOURCE_LANGUAGE)
    page = {
        "dossier": dossier,
        "name": name,
        "public_url": url_of(profile, language) if profile else "",
        "rows": [(one, one.lifecycle.states[one.state], showing.url(one)) for one in rows],
        "may_begin": profile is not None and role_of(request.user, dossier.party) in EDITING_ROLES,
        "consents": showing.consents(startup) if startup and profile else [],
        "dossier_url": url_of_dossier(dossier),
    }
    return render(request, "startups/proposals/list.html", page)


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """One proposal: while it is a draft, what differs from the page, and sending; afterwards what became of it."""
    found = own_proposal(request, reference, code)
    if request.method != "POST":
        return show(request, found)
    seen, version = number(request.POST.get("seen")), number(request.POST.get("version"))
    try:
        if "_drop" in request.POST:
            services.leave_out(found, clean(request.POST["_drop"]), actor=request.user, seen=seen)
            return redirect(f"{showing.url(found)}#thay-doi")
        if "_recall" in request.POST:
            services.act(found, "recall", actor=request.user, version=version)
            messages.info(request, _("Đề xuất đã về bản nháp. Sửa xong thì gửi lại; Sở tính lại thời gian từ lúc đó."))
            return redirect(showing.url(found))
        reason, saw = request.POST.get("reason", ""), request.POST.get("saw", "")
        services.send(found, actor=request.user, reason=reason, saw=saw, seen=seen, version=version)
    except Refusal as refusal:
        return refused(request, found, refusal)
    messages.success(request, _("Đã gửi đề xuất %(reference)s.") % {"reference": found.reference})
    return redirect(showing.url(found))


def refused(request: HttpRequest, found: ChangeProposal, refusal: Refusal) -> HttpResponse:
    """Nothing was done; the page says why, as it stands now, with what was typed."""
    found.refresh_from_db()
    problems = getattr(refusal, "problems", {})
    lines = [(_place(found, name), str(sentence)) for name, sentence in problems.items()]
    status = 400 if problems else 403 if not may_edit(request, found) else 409
    return show(request, found, alert="" if lines else str(refusal), lines=lines, status=status)


def _place(found: ChangeProposal, name: str) -> str:
    return "#id_reason" if name == "reason" else showing.field_url(found, name)


def show(
    request: HttpRequest,
    found: ChangeProposal,
    *,
    alert: str = "",
    lines: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    draft = found.state == DRAFT.code
    profile = profile_of(found.startup)
    changes = selectors.proposed(found, fresh=draft)
    reasons = {one.row.reason for one in changes}
    page: dict[str, Any] = {
        "proposal": found,
        "dossier": found.startup.dossier,
        "state": found.lifecycle.states[found.state],
        "changes": [(one, showing.field_url(found, one.name) if draft else "") for one in changes],
        "one_reason": reasons.pop() if found.state == "rejected" and len(reasons) == 1 else "",
        "rivals": [(one, showing.url(one.proposal)) for one in selectors.rivals(found)],
        "overtaken": [one.label for one in changes if one.is_overtaken],
        "promise": showing.promise(found),
        "history": selectors.history(found),
        "may_edit": may_edit(request, found),
        "is_open": found.state == OPEN.code,
        "is_draft": draft,
        "sections": showing.sections(found, standing(found.startup)) if draft else [],
        "saw": selectors.saw(found) if draft else "",
        "reason": request.POST.get("reason", found.reason),
        "public_url": url_of(profile, get_language() or "vi") if profile else "",
        "list_url": reverse("proposals", kwargs={"reference": found.startup.dossier.reference}),
        "withdraw_url": showing.url(found, "proposal_withdraw"),
        "alert": alert,
        "lines": lines or [],
        "has_errors": bool(lines),
    }
    return render(request, "startups/proposals/proposal.html", page, status=status)


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Asked once more before it is done; the act carries the version that the asker saw."""
    found = own_proposal(request, reference, code)
    if found.state not in found.lifecycle.actions["withdraw"].sources:
        messages.info(request, _("Đề xuất đang ở bước không rút được nữa."))
        return redirect(showing.url(found))
    if not may_edit(request, found):
        messages.warning(request, _("Bạn là người xem của tổ chức này nên không rút được đề xuất."))
        return redirect(showing.url(found))
    if request.method == "POST":
        try:
            services.act(found, "withdraw", actor=request.user, version=number(request.POST.get("version")))
            messages.success(request, _("Đã rút đề xuất %(reference)s.") % {"reference": found.reference})
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        return redirect(showing.url(found))
    page = {"proposal": found, "is_draft": found.state == DRAFT.code, "here": showing.url(found)}
    return render(request, "startups/proposals/withdraw.html", page)
