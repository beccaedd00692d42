"""The steps of a dossier. What was typed is kept, valid or not; with `autosave=1` the answer is JSON for the page's script."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import interrupted
from accounts.access import access
from registry.core.files import FileRefused
from registry.core.lifecycle import NotAllowed, Refusal
from registry.dossiers import check_views, file_views, procedure, showing
from registry.dossiers.choosing import FoundChoices
from registry.dossiers.helped.people import helps_now
from registry.dossiers.models import Dossier
from registry.dossiers.pages import (
    closed,
    device_key,
    frame,
    gone_on,
    holds_device_key,
    home_of,
    kept,
    may_write,
    number,
    own,
    typed,
)
from registry.dossiers.procedure import Step, StepForm
from registry.dossiers.rows import RowsWidget
from registry.dossiers.selectors import opened_targets
from registry.dossiers.services import add_file, remove_file, save_step


def asks_questions(procedure_code: str, reference: str, step: str) -> bool:
    """Is it a step of questions, not the one for files and not the one that sends?"""
    kind = procedure.get(procedure_code)
    found = kind.step(step)
    return found is not None and found.form is not None and found is not kind.last_step


@access("signed_in", keeps_typed=asks_questions, lets_in=holds_device_key)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, procedure_code: str, reference: str, step: str) -> HttpResponse:
    """One step, for who writes in the dossier: signed in, or by the key for another device, which acts for its owner."""
    key = None if request.user.is_authenticated else device_key(request, procedure_code, reference)
    dossier = key.dossier if key else own(request, procedure_code, reference)
    actor = key.issued_by if key else request.user
    found = dossier.kind.step(step)
    if found is None:
        raise Http404
    helps = helps_now(actor, dossier)
    if not may_write(actor, dossier):
        tells = helps and "autosave" not in request.POST
        return redirect("dossier_hand_over", **showing.named(dossier)) if tells else reading(request, dossier, found)
    if not showing.is_open(found, dossier, opened_targets(dossier)):
        return closed(request, dossier)
    if found is dossier.kind.last_step and (key or helps):  # the sending is not for a key, and not for who helps
        return redirect("pass_dossier") if key else redirect("dossier_hand_over", **showing.named(dossier))
    if found.form is None:
        return file_views.files(request, dossier, found, actor)
    if found is dossier.kind.last_step:
        return check_views.check(request, dossier, found)
    if request.method == "POST":
        return save(request, dossier, found, actor)
    if "fragment" in request.GET:
        return fragment(request, dossier, found)
    waiting = interrupted.take(request)
    if waiting is not None:
        return interrupted_step(request, dossier, found, waiting)
    form = showing.stored_form(dossier, found, opened_targets(dossier), demand="check" in request.GET)
    return show(request, dossier, found, form)


def interrupted_step(request: HttpRequest, dossier: Dossier, found: Step, waiting: QueryDict) -> HttpResponse:
    """The step with what was typed when the session ended: to be looked at and saved, by whoever may write in it."""
    assert found.form is not None
    form = showing.for_page(found.form(waiting, draft=True, opened=showing.names(opened_targets(dossier))))
    return show(request, dossier, found, form, alert=_("Đây là những gì bạn gõ khi phiên hết. Xem lại rồi lưu."))


def reading(request: HttpRequest, dossier: Dossier, found: Step) -> HttpResponse:
    """The step for somebody who may only read."""
    wrote = request.method == "POST"
    if wrote and "autosave" in request.POST:
        return JsonResponse({"error": _("Bạn là người xem nên không sửa được hồ sơ này.")}, status=403)
    every = [showing.section(dossier, found, frozenset())] if found.form and found is not dossier.kind.last_step else []
    page = {
        **frame(request, dossier, found, frozenset()),
        "sections": every or showing.sections(dossier, frozenset()),
        "files": list(dossier.files.filter(removed_at=None).select_related("file")),
        "wrote": wrote,
        "steps": [],
    }
    return render(request, "dossiers/reading.html", page, status=403 if wrote else 200)


def show(
    request: HttpRequest,
    dossier: Dossier,
    found: Step,
    form: StepForm,
    *,
    alert: str = "",
    file_errors: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    opened = opened_targets(dossier)
    remarks = {one.target.removeprefix("field:"): one.text for one in showing.asked(dossier)[1]}
    picture = found.picture if opened is None else ""
    lines = showing.error_lines(form) + [("id_picture", sentence) for sentence in file_errors]
    page = {
        **frame(request, dossier, found, opened),
        "form": form,
        "fields": [(field, remarks.get(field.name, "")) for field in form],
        "lines": lines,
        "has_errors": bool(lines),
        "alert": alert,
        "has_chooser": any(isinstance(field.field.widget, FoundChoices) for field in form),
        "picture": picture,
        "picture_label": dossier.kind.file_purposes.get(picture, ""),
        "picture_file": dossier.files.filter(purpose=picture, removed_at=None).select_related("file").first()
        if picture
        else None,
        "picture_errors": file_errors,
    }
    return render(request, "dossiers/step.html", page, status=status)


def save(request: HttpRequest, dossier: Dossier, found: Step, actor: Any) -> HttpResponse:
    data, autosave = typed(request), "autosave" in request.POST
    try:
        saved = save_step(dossier, found, data, actor=actor, seen=number(data.get("seen")))
    except Refusal as refusal:
        return refused(request, dossier, found, data, refusal)
    dossier, form = saved.dossier, saved.form
    if autosave:
        return JsonResponse(kept(dossier, form))
    file_errors = picture(request, dossier, found, actor)
    asks_for_more = more(data, form)
    if "_pause" in data:
        return gone_on(request, home_of(request, dossier))
    if asks_for_more or "_remove" in data or form.errors or file_errors:
        return show(request, dossier, found, showing.for_page(form), file_errors=file_errors)
    _before, after = showing.neighbours(dossier, found, opened_targets(dossier))
    return gone_on(request, showing.url(dossier, after.code))


def refused(
    request: HttpRequest, dossier: Dossier, found: Step, data: Mapping[str, Any], refusal: Refusal
) -> HttpResponse:
    """Nothing was written. What was typed stays on the page; where somebody saved meanwhile, saving again wins."""
    status = 403 if isinstance(refusal, NotAllowed) else 409
    dossier.refresh_from_db()
    opened = opened_targets(dossier)
    if "autosave" in data:
        return JsonResponse({"error": str(refusal), "version": dossier.answers_version}, status=status)
    if not showing.is_open(found, dossier, opened):
        return closed(request, dossier)
    assert found.form is not None
    form = showing.for_page(found.form(data, draft=True, opened=showing.names(opened)))
    return show(request, dossier, found, form, alert=str(refusal), status=status)


def picture(request: HttpRequest, dossier: Dossier, found: Step, actor: Any) -> tuple[str, ...]:
    """Take the step's picture in, or out; gives the sentences of what went wrong."""
    if not found.picture or opened_targets(dossier) is not None:
        return ()
    try:
        if "_remove" in request.POST:
            remove_file(dossier, number(request.POST["_remove"]), actor=actor)
        upload = request.FILES.get("picture")
        if isinstance(upload, UploadedFile):
            add_file(dossier, upload, found.picture, actor=actor)
    except (FileRefused, Refusal) as refusal:
        return (str(refusal),)
    return ()


def more(data: Mapping[str, Any], form: StepForm) -> bool:
    """Was the page asked for something else than to go on: one more row, a search among many choices?"""
    asks = "_more" in data or "_find" in data
    for name, one in form.fields.items():
        if isinstance(one.widget, RowsWidget) and data.get("_more") == name:
            rows = {key.split("-")[1] for key in data if key.startswith(f"{name}-") and key.count("-") >= 2}
            one.widget.shown = max(len(rows), len(form[name].value() or ())) + 1
        if isinstance(one.widget, FoundChoices) and "_enter" in data and one.widget.query.strip():
            asks = True
    return asks


def fragment(request: HttpRequest, dossier: Dossier, found: Step) -> HttpResponse:
    return found_in(request, showing.stored_form(dossier, found, opened_targets(dossier)))


def found_in(request: HttpRequest, form: StepForm) -> HttpResponse:
    """What a search among many choices has found, alone: `?fragment=<field>&<field>-q=<text>`."""
    name = request.GET["fragment"]
    one = form.fields.get(name)
    if one is None or not isinstance(one.widget, FoundChoices):
        raise Http404
    one.widget.query = request.GET.get(f"{name}-q", "")[:100]
    page = {"widget": {"name": name}, **one.widget.found(request.GET.getlist(name))}
    return render(request, "components/chooser_found.html", page)
