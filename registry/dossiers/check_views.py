"""The last step: look everything through, consent by field, send. The answer to a supplement is sent from here too."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from registry.core.lifecycle import Refusal
from registry.dossiers import showing
from registry.dossiers.checking import Problem
from registry.dossiers.checking import check as problems_of
from registry.dossiers.models import Dossier
from registry.dossiers.pages import closed, frame, gone_on, kept, typed
from registry.dossiers.procedure import Step, StepForm
from registry.dossiers.selectors import opened_targets
from registry.dossiers.sending import consent_and_send


def check(request: HttpRequest, dossier: Dossier, step: Step) -> HttpResponse:
    """Called by the step's view, which has found that the caller may change this dossier."""
    if request.method != "POST":
        return show(request, dossier, step)
    data = typed(request)
    try:
        dossier, form, problems = consent_and_send(dossier, step, data, request.user, send="_send" in data)
    except Refusal as refusal:
        return refused(request, dossier, step, data, refusal)
    if "autosave" in data and form is not None:
        return JsonResponse(kept(dossier, form))
    if problems:
        return show(request, dossier, step, problems=problems)
    if "_send" in data:
        messages.success(request, _("Đã gửi hồ sơ %(reference)s.") % {"reference": dossier.reference})
    return gone_on(request, showing.url(dossier))


def refused(
    request: HttpRequest, dossier: Dossier, step: Step, data: Mapping[str, Any], refusal: Refusal
) -> HttpResponse:
    dossier.refresh_from_db()
    opened = opened_targets(dossier)
    if not showing.is_open(step, dossier, opened):
        return closed(request, dossier)
    if "autosave" in data:
        return JsonResponse({"error": str(refusal), "version": dossier.answers_version}, status=409)
    assert step.form is not None
    form = showing.for_page(step.form(data, draft=True)) if opened is None else None
    return show(request, dossier, step, form=form, alert=str(refusal), status=409)


def show(
    request: HttpRequest,
    dossier: Dossier,
    step: Step,
    *,
    form: StepForm | None = None,
    problems: list[Problem] | None = None,
    alert: str = "",
    status: int = 200,
) -> HttpResponse:
    """`problems` is None until the applicant has tried to send; then what is wrong is an error, before it is a hint."""
    opened = opened_targets(dossier)
    found = problems_of(dossier)[1] if problems is None else problems
    if opened is None and form is None:
        form = showing.stored_form(dossier, step, None, demand=problems is not None)
    lines = [(link(dossier, step, one), one.message) for one in found if one.step != step.code or problems is not None]
    page = {
        **frame(request, dossier, step, opened),
        "form": showing.for_page(form) if form is not None else None,
        "consents": [field for field in form if field.name.startswith("show_")] if form is not None else [],
        "others": [field for field in form if not field.name.startswith("show_")] if form is not None else [],
        "sections": showing.sections(dossier, opened),
        "files": list(dossier.files.filter(removed_at=None).select_related("file")),
        "files_url": files_url(dossier, opened),
        "problems": lines,
        "has_errors": bool(problems),
        "asked": showing.asked(dossier)[1],
        "promise": showing.promise(dossier),
        "weighed": dossier.kind.weighed(dossier),
        "submit": dossier.lifecycle.actions["submit"],
        "alert": alert,
    }
    return render(request, "dossiers/check.html", page, status=status)


def files_url(dossier: Dossier, opened: showing.Opened) -> str:
    step = next((one for one in dossier.kind.steps if one.form is None), None)
    return showing.url(dossier, step.code) if step and showing.is_open(step, dossier, opened) else ""


def link(dossier: Dossier, step: Step, problem: Problem) -> str:
    """Where to mend it: a field of this page, or of its step, which then tells what is missing too."""
    asks = dossier.kind.step(problem.step)
    if asks is not None and asks.form is None:
        return showing.url(dossier, asks.code)
    if asks is None or asks.form is None or problem.field not in asks.form.base_fields:
        return ""
    place = showing.anchor(asks.form()[problem.field])
    return f"#{place}" if asks is step else f"{showing.url(dossier, asks.code)}?check=1#{place}"
