"""The department's page of one assessor: their declaration, their link, their sheets, and the sheet on paper."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from registry.appraisals import facts, selectors, services, showing
from registry.appraisals.desk import Build, crumbs, kept, lay_in
from registry.appraisals.forms import PaperConflictForm, PersonForm
from registry.appraisals.models import Appraisal, Kind, Sheet
from registry.appraisals.people import token_of
from registry.appraisals.selectors import Member
from registry.core import clock
from registry.core.lifecycle import Conflict, Refusal
from registry.dossiers.deciding import require_stated
from registry.dossiers.desk.acting import STATUS, stated_version
from registry.dossiers.desk.entrance import desk
from registry.dossiers.pages import number
from registry.st_enterprises.papers.pdf import pdf
from registry.st_enterprises.papers.word import word

PAPERS = {
    "pdf": (pdf, "application/pdf"),
    "docx": (word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def _member(request: HttpRequest, public_id: str, pk: int) -> tuple[Appraisal, Member]:
    found = showing.found_for(request, public_id)
    member = selectors.member_of(found, pk)
    if member is None:
        raise Http404
    return found, member


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def assessor(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Their declaration, their link, their sheets; POST with `act` declares, hands in, makes a link, or replaces them."""
    found, member = _member(request, public_id, pk)
    if request.method != "POST":
        return _shown_assessor(request, found, member)
    code = request.POST.get("act", "")
    try:
        done = _act_on(request, found, member, code)
    except Refusal as refusal:
        return _shown_assessor(request, *_member(request, public_id, pk), code, refusal)
    messages.success(request, f"{done.lifecycle.actions[code].done}: {member.assessor.name}.")
    if code == "replace":
        return redirect("desk_appraisal", public_id=public_id)
    return redirect("desk_assessor", public_id=public_id, pk=pk)


def _forms_of(found: Appraisal, member: Member) -> dict[str, Build]:
    one = member.assessor
    seat = {"role": one.role, "votes": one.votes}
    builds: dict[str, Build] = {}
    if not member.has_conflict:
        builds["declare"] = PaperConflictForm
        builds["hand_in"] = lambda *args, **kwargs: with_scan(
            showing.sheet_form(found, member, *args[:1], **kwargs), args
        )
    builds["replace"] = lambda *args, **kwargs: PersonForm(*args, appraisal=found, initial=seat, **kwargs)
    return builds


def with_scan(form: Any, given: tuple[Any, ...]) -> Any:
    """The sheet as it is entered from a signed paper: with its scan, which a sheet by link does not have."""
    form.fields["file"] = forms.FileField(
        label="Bản chụp phiếu đã ký", error_messages={"required": "Chọn bản chụp phiếu đã ký."}
    )
    form.files = given[1] if len(given) > 1 else {}
    form.order_fields(form.field_order)
    return form


def _act_on(request: HttpRequest, found: Appraisal, member: Member, code: str) -> Appraisal:
    pk, builds = member.assessor.pk, _forms_of(found, member)
    if code == "invite":
        return services.invite(found, pk, actor=request.user, version=stated_version(request.POST))
    if code not in builds or member.assessor.until:
        raise Conflict("Không còn thao tác này. Xem lại rồi làm tiếp.")
    if code == "hand_in" and number(request.POST.get("seen")) != (member.sheet.number if member.sheet else 0):
        raise Conflict("Phiếu của người này vừa được nộp. Xem phiếu ấy rồi làm tiếp.")
    form = builds[code](request.POST, request.FILES)
    require_stated(form)
    said = form.cleaned_data
    if code == "declare":
        conflict = said["conflict"] == "yes"
        return services.declare(
            found, pk, has_conflict=conflict, note=said["note"], file=said["file"], actor=request.user
        )
    if isinstance(form, PersonForm):
        return services.replace(found, pk, form.draft(), actor=request.user, version=stated_version(request.POST))
    return services.hand_in(found, pk, form.draft(said["file"]), actor=request.user)  # type: ignore[attr-defined]


def _shown_assessor(
    request: HttpRequest, found: Appraisal, member: Member, tried: str = "", refusal: Refusal | None = None
) -> HttpResponse:
    showing.leave_trace(request, found)
    one, reason = member.assessor, showing.why_not(request.user, found)
    acts = []
    if not reason and found.state == "open" and one.until is None:
        for code, build in _forms_of(found, member).items():
            form = build(*((request.POST, request.FILES) if code == tried else ()), auto_id=f"{code}_%s")
            if code == tried:
                lay_in(form, refusal)
            acts.append((code, found.lifecycle.actions[code].label, form, code == tried))
    link_holds = one.until is None and one.link_until is not None and one.link_until >= clock.today()
    url = request.build_absolute_uri(reverse("assessor_sheet", args=[token_of(one)])) if link_holds else ""
    sheets = list(Sheet.objects.filter(assessor=one).select_related("file").order_by("-number"))
    context = {
        **showing.heading(found),
        "member": member,
        "is_v3": found.kind != Kind.ADVISORY,
        "sheets": [(sheet, showing.lines_of(sheet)) for sheet in sheets],
        "link": url if found.state == "open" else "",
        "may_invite": bool(acts) and not member.has_conflict,
        "acts": acts,
        "why_not": reason,
        "refusal": refusal,
        "kept": []
        if refusal is None or any(is_open for *_, is_open in acts)
        else kept(request, _forms_of(found, member)),
        "breadcrumbs": [
            *crumbs(found),
            {"url": reverse("desk_appraisal", args=[found.public_id]), "label": found.get_kind_display()},
            {"url": "", "label": one.name},
        ],
    }
    status = STATUS[type(refusal)] if refusal else 200
    return TemplateResponse(request, "appraisals/staff/assessor.html", context, status=status)


@desk
@require_safe
def paper(request: HttpRequest, public_id: str, pk: int, what: str, kind: str) -> HttpResponse:
    """Form V.3 of an assessor: `what` is “trong” (to be filled in, part I printed) or “da-nop” (as it was handed in)."""
    found, member = _member(request, public_id, pk)
    if kind not in PAPERS or what not in ("trong", "da-nop") or found.kind == Kind.ADVISORY:
        raise Http404
    if what == "da-nop" and member.sheet is None:
        raise Http404
    showing.leave_trace(request, found)
    if what == "da-nop" and member.sheet:
        content, meets, made_at = member.sheet.content, member.sheet.is_for, member.sheet.at
    else:
        told = facts.of_application(found)
        content, meets, made_at = {"enterprise": told["enterprise"], "rows": told["rows"]}, None, clock.now()
    make, mime = PAPERS[kind]
    made = make(facts.assessment(content, meets=meets, assessor=member.assessor.name), made_at)
    headers = {"Content-Disposition": f'attachment; filename="phieu-danh-gia-{found.public_id}-{pk}.{kind}"'}
    return HttpResponse(made, content_type=mime, headers=headers)
