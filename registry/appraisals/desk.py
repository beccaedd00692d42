"""The department's page of an appraisal in the back office: how it stands, and what an officer does with it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from registry.appraisals import selectors, services, showing
from registry.appraisals.changing import ground_of
from registry.appraisals.forms import AdviceForm, CouncilForm, MinutesForm, PersonForm, ReasonForm
from registry.appraisals.models import Appraisal
from registry.appraisals.selectors import Member
from registry.certificates.models import Certificate
from registry.core.lifecycle import Conflict, Invalid, Refusal
from registry.core.models.history import Event
from registry.core.text import fold
from registry.dossiers.deciding import require_stated
from registry.dossiers.desk.acting import STATUS, stated_version
from registry.dossiers.desk.entrance import desk
from registry.dossiers.desk.given_back import Kept, given_back

Build = Callable[..., forms.Form]


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def appraisal(request: HttpRequest, public_id: str) -> HttpResponse:
    """How it stands, and what an officer may do with it. POST with `act` does it; a refusal gives everything back."""
    found = showing.found_for(request, public_id)
    if request.method != "POST":
        return _shown(request, found)
    code = request.POST.get("act", "")
    try:
        done = _act(request, found, code)
    except Refusal as refusal:
        return _shown(request, showing.found_for(request, public_id), code, refusal)
    messages.success(request, f"{done.lifecycle.actions[code].done}.")
    return redirect("desk_appraisal", public_id=public_id)


def _forms(found: Appraisal) -> dict[str, Build]:
    return {
        "set_up": CouncilForm,
        "add": lambda *args, **kwargs: PersonForm(*args, appraisal=found, **kwargs),
        "conclude": MinutesForm,
        "reopen": ReasonForm,
    }


def _act(request: HttpRequest, found: Appraisal, code: str) -> Appraisal:
    builds = _forms(found)
    if code not in builds:
        raise Conflict("Không có thao tác này. Xem lại rồi làm tiếp.")
    version = stated_version(request.POST)
    if version != found.version or found.state not in found.lifecycle.actions[code].sources:
        raise Conflict("Đợt thẩm định vừa được người khác cập nhật. Xem lại rồi làm tiếp.")
    form = builds[code](request.POST, request.FILES)
    require_stated(form)
    known: dict[str, Any] = {"actor": request.user, "version": version}
    if isinstance(form, CouncilForm):
        try:
            return services.set_up(found, form.draft(found.kind, ground_of(found.kind)), **known)
        except IntegrityError as clash:
            if "decision_number_once" not in str(clash):
                raise
            sentence = "Số quyết định này vừa được ghi cho việc khác."
            raise Invalid(sentence, {"number": sentence}) from clash
    if isinstance(form, PersonForm):
        return services.add(found, form.draft(), **known)
    if isinstance(form, MinutesForm):
        return services.conclude(found, form.draft(), **known)
    return services.reopen(found, form.cleaned_data["note"], **known)


def _shown(request: HttpRequest, found: Appraisal, tried: str = "", refusal: Refusal | None = None) -> HttpResponse:
    showing.leave_trace(request, found)
    standing = selectors.standing(found)
    reason, same = showing.why_not(request.user, found), showing.namesakes(found)
    acts = [] if reason else _offered(request, found, standing, tried, refusal)
    verdict = standing.outcome.verdict.value if standing.outcome else ""
    context = {
        **showing.heading(found),
        "standing": standing,
        "members": [(one, fold(one.assessor.name) in same) for one in standing.members],
        "verdict": showing.verdict_of(found, verdict),
        "all_minutes": [(row, showing.verdict_of(found, row.verdict)[0]) for row in reversed(standing.every_minutes)],
        "acts": acts,
        "why_not": reason,
        "refusal": refusal,
        "kept": [] if refusal is None or any(is_open for *_, is_open in acts) else kept(request, _forms(found)),
        "history": history(found, standing.members),
        "breadcrumbs": [*crumbs(found), {"url": "", "label": found.get_kind_display()}],
    }
    status = STATUS[type(refusal)] if refusal else 200
    return TemplateResponse(request, "appraisals/staff/appraisal.html", context, status=status)


def _offered(request: HttpRequest, found: Appraisal, standing: Any, tried: str, refusal: Refusal | None) -> list[Any]:
    """The acts with their forms; a council is set up before anybody sits in it."""
    offered = []
    for code, build in _forms(found).items():
        action = found.lifecycle.actions[code]
        if found.state not in action.sources or (code == "set_up" and not found.is_council):
            continue
        if found.is_council and standing.council is None and code in ("add", "conclude"):
            continue
        given = (request.POST, request.FILES) if code == tried else ()
        form = build(*given, auto_id=f"{code}_%s")
        if code == tried:
            lay_in(form, refusal)
        label = "Ghi quyết định thay đổi" if code == "set_up" and standing.council else action.label
        offered.append((code, label, form, code == tried))
    return offered


def lay_in(form: forms.Form, refusal: Refusal | None) -> None:
    """What the act found wrong and the form did not."""
    for name, sentence in (refusal.problems if isinstance(refusal, Invalid) else {}).items():
        if name in form.fields and not form.has_error(name):
            form.add_error(name, str(sentence))


def kept(request: HttpRequest, builds: dict[str, Build]) -> list[Kept]:
    """What somebody typed into a form that is not offered any more."""
    build = builds.get(request.POST.get("act", ""))
    return given_back(request.POST, build().fields if build else {})


def crumbs(found: Appraisal) -> list[dict[str, str]]:
    url, label = showing.heading(found)["back"]
    return [{"url": reverse("wagtailadmin_home"), "label": "Trang chủ"}, {"url": url, "label": label}]


def history(found: Appraisal, people: tuple[Member, ...]) -> list[dict[str, Any]]:
    """Newest first."""
    names = {one.assessor.pk: one.assessor.name for one in people}
    rows = Event.objects.filter(subject=found.subject).select_related("actor").order_by("-version")
    return [
        {
            "done": found.lifecycle.actions[event.action].done,
            "whom": names.get(event.data.get("by") or event.data.get("assessor"), ""),
            "who": event.actor or "người đánh giá, qua liên kết",
            "at": event.at,
            "note": event.note,
        }
        for event in rows
    ]


@desk
@require_POST
def advise(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin a council of advice on a certificate (Art. 53(4))."""
    certificate = get_object_or_404(Certificate.objects.select_related("party"), public_id=public_id)
    form = AdviceForm(request.POST)
    form.is_valid()
    try:
        made = services.open_advice(certificate, form.cleaned_data.get("proposal", ""), actor=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("desk_certificate", public_id=public_id)
    messages.success(request, "Đã mở hội đồng tư vấn. Ghi quyết định thành lập.")
    return redirect("desk_appraisal", public_id=made.public_id)
