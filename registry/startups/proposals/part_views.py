"""One page of a draft proposal: some questions as the page answers them now, or as the draft proposes them."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import interrupted
from accounts.access import access
from registry.core.files import FileRefused
from registry.core.lifecycle import NotAllowed, Refusal
from registry.core.models import PrivateFile
from registry.dossiers import showing as steps
from registry.dossiers.choosing import FoundChoices
from registry.dossiers.pages import number, typed
from registry.dossiers.procedure import StepForm
from registry.dossiers.step_views import found_in, more
from registry.startups.models import ChangeProposal
from registry.startups.proposals import parts, services, showing
from registry.startups.proposals.lifecycle import DRAFT
from registry.startups.proposals.parts import Part
from registry.startups.proposals.rules import LOGO
from registry.startups.proposals.views import may_edit, own_proposal


@access("signed_in", keeps_typed=lambda reference, code, part: True)
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, reference: str, code: str, part: str) -> HttpResponse:
    proposal, found = own_proposal(request, reference, code), parts.part(part)
    if found is None:
        raise Http404
    if proposal.state != DRAFT.code or not may_edit(request, proposal):
        sentence = _("Đề xuất này đã gửi hoặc đã xong, không sửa được nữa.")
        if proposal.state == DRAFT.code:
            sentence = _("Bạn là người xem của tổ chức này nên không sửa được đề xuất.")
        messages.info(request, sentence)
        return redirect(showing.url(proposal))
    if request.method == "POST":
        return save(request, proposal, found)
    waiting = interrupted.take(request)
    if waiting is not None:
        alert = _("Đây là những gì bạn gõ khi phiên hết. Xem lại rồi lưu.")
        return show(request, proposal, found, steps.for_page(found.form(waiting, draft=True)), alert=alert)
    form = found.stored_form(answers(proposal))
    if "fragment" in request.GET:
        return found_in(request, form)
    return show(request, proposal, found, form)


def answers(proposal: ChangeProposal) -> dict[str, Any]:
    """What stands on the page, and over it what the draft proposes."""
    return parts.standing(proposal.startup) | {row.name: row.proposed for row in proposal.fields.all()}


def save(request: HttpRequest, proposal: ChangeProposal, found: Part) -> HttpResponse:
    data = typed(request)
    form = found.form(data)
    asks = more(data, form)
    if asks or "_remove" in data:
        form = found.form(data, draft=True)
        more(data, form)
        steps.for_page(form)
    try:
        if "_remove" in data:
            proposal = services.no_logo(proposal, actor=request.user, seen=number(data.get("seen")))
            return show(request, proposal, found, form)
        if asks or not form.is_valid() or not _stands(proposal, form):
            return show(request, proposal, found, form, status=200 if asks else 400)
        proposal = services.write(proposal, form, actor=request.user, seen=number(data.get("seen")))
    except Refusal as refusal:
        return refused(request, proposal, found, form, refusal)
    upload = request.FILES.get("picture")
    if found.picture == LOGO and isinstance(upload, UploadedFile):
        try:
            services.put_logo(proposal, upload, actor=request.user, seen=proposal.edits)
        except (FileRefused, Refusal) as refusal:
            return show(request, proposal, found, form, wrong=(str(refusal),), status=400)
    return redirect(f"{showing.url(proposal)}#thay-doi")


def _stands(proposal: ChangeProposal, form: StepForm) -> bool:
    """Demands across the pages of the form, told at the field."""
    problems = parts.kind().check(proposal.startup.dossier, answers(proposal) | form.cleaned_data)
    for name, sentence in problems.items():
        if name in form.fields:
            form.add_error(name, sentence)
    return form.is_valid()


def refused(
    request: HttpRequest, proposal: ChangeProposal, found: Part, form: StepForm, refusal: Refusal
) -> HttpResponse:
    """Nothing was written. What was typed stays on the page; where somebody saved meanwhile, saving again wins."""
    proposal.refresh_from_db()
    if proposal.state != DRAFT.code:
        messages.info(request, str(refusal))
        return redirect(showing.url(proposal))
    status = 403 if isinstance(refusal, NotAllowed) else 409
    return show(request, proposal, found, form, alert=str(refusal), status=status)


def show(
    request: HttpRequest,
    proposal: ChangeProposal,
    found: Part,
    form: StepForm,
    *,
    alert: str = "",
    wrong: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    lines = steps.error_lines(form) + [("id_picture", sentence) for sentence in wrong]
    logo = answers(proposal)[LOGO] if found.picture == LOGO else ""
    page = {
        "proposal": proposal,
        "part": found,
        "form": form,
        "lines": lines,
        "has_errors": bool(lines),
        "has_chooser": any(isinstance(field.field.widget, FoundChoices) for field in form),
        "picture": found.picture,
        "picture_label": parts.label_of(LOGO),
        "picture_errors": wrong,
        "logo": PrivateFile.objects.filter(public_id=logo).first() if logo else None,
        "here": showing.url(proposal),
        "alert": alert,
    }
    return render(request, "startups/proposals/part.html", page, status=status)
