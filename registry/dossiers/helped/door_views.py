"""The door for who has a key and no account: type it or follow the link, then read, confirm, give back, take over.

An address with a key in it only shows a button (programs that preview links press none), so a GET changes nothing and
tells nothing. The button posts the key; from then on the session stands for it and the address is clean. That first page
sends no path onwards (`Referrer-Policy: strict-origin`; with `no-referrer` browsers hide the origin from our own forms,
which then look foreign). The log writes routes, and never what stands behind `/tiep-tuc/`.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import access
from registry.core.lifecycle import Conflict, Refusal
from registry.dossiers import checking, showing
from registry.dossiers.helped import passes, services
from registry.dossiers.helped.forms import ObjectionForm
from registry.dossiers.helped.keys import read_key
from registry.dossiers.helped.people import help_of, helps_now
from registry.dossiers.lifecycle import DRAFT
from registry.dossiers.models import Pass
from registry.dossiers.pages import device_key, number, typed
from registry.dossiers.selectors import opened_targets, timeline

ACTION = "dossier_key"
View = Callable[..., HttpResponse]


def quiet(view: View) -> View:
    """Kept by nobody, found by nobody, and its address goes nowhere."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "strict-origin"
        return response

    return answered


@access("public")
@quiet
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code; the link's button comes here too. Wrong ones are counted, and after ten one waits."""
    if request.method != "POST":
        return render(request, "dossiers/helped/enter.html", {"typed": "", "error": "", "has_errors": False})
    written = request.POST.get("key", "")
    if not ratelimit.consume(request, action=ACTION, dry_run=True):
        error, status = _("Đã thử sai quá nhiều lần. Chờ năm phút rồi thử lại."), 429
    else:
        try:
            found = passes.take_up(read_key(written))
        except Conflict as refusal:
            ratelimit.consume(request, action=ACTION)
            error, status = str(refusal), 200
        else:
            passes.remember(request, found)
            return redirect(showing.url(found.dossier, found.step) if found.is_device else "pass_dossier")
    page = {"typed": written[:40], "error": error, "has_errors": True}
    return render(request, "dossiers/helped/enter.html", page, status=status)


@access("public")
@quiet
@require_safe
def link(request: HttpRequest, key: str) -> HttpResponse:
    """What a link or a QR opens: one button, the same for a key that is right and for one that is not."""
    return render(request, "dossiers/helped/link.html", {"key": read_key(key)})


def gone(request: HttpRequest) -> HttpResponse:
    passes.forget(request)
    return render(request, "dossiers/helped/gone.html", {"unsaid": unsaid(request)}, status=410)


def unsaid(request: HttpRequest) -> str:
    """What somebody wrote to the helper on a page whose key has done its work meanwhile, on another phone perhaps."""
    return str(typed(request).get("wrong", "")).strip() if "_wrong" in request.POST else ""


@access("public")
@quiet
@require_http_methods(["GET", "HEAD", "POST"])
def dossier(request: HttpRequest) -> HttpResponse:
    """The dossier that this browser holds a key to, as the key allows."""
    key = passes.held(request)
    if key is None or (key.is_device and device_key(request, key.dossier.procedure, key.dossier.reference) is None):
        return gone(request)
    if key.is_device:
        return on_device(request, key)
    if helps_now(request.user, key.dossier):
        return render(request, "dossiers/helped/not_you.html", {"dossier": key.dossier}, status=403)
    if key.used_at is not None:
        return sent_meanwhile(request, key) if request.method == "POST" else follow(request, key)
    if request.method == "POST":
        return decided(request, key)
    return read_through(request, key)


def on_device(request: HttpRequest, key: Pass) -> HttpResponse:
    made = key.dossier
    opened = opened_targets(made)
    files = made.files.filter(removed_at=None).count()
    steps = showing.step_links(made, None, opened, files)[:-1]
    page = {
        "dossier": made,
        "key": key,
        "steps": [one for one in steps if one.url],
        "is_closed": opened == frozenset(),
    }
    return render(request, "dossiers/helped/on_device.html", page)


def sent_meanwhile(request: HttpRequest, key: Pass) -> HttpResponse:
    """The same key was used before this form came: words to the helper go back to who wrote them, for nobody got them."""
    if "_wrong" in request.POST:
        return follow(request, key, is_late=True, status=409)
    messages.info(request, _("Hồ sơ đã gửi rồi, không cần gửi lần nữa."))
    return redirect("pass_dossier")


def follow(request: HttpRequest, key: Pass, *, is_late: bool = False, status: int = 200) -> HttpResponse:
    """How far it has come, for who confirmed it. Nothing of what was answered."""
    made = key.dossier
    page = {
        "dossier": made,
        "kind": made.kind,
        "state": made.lifecycle.states[made.state],
        "moments": timeline(made),
        "promise": showing.promise(made),
        "help": help_of(made),
        "key": key,
        "is_late": is_late,
        "unsaid": unsaid(request),
    }
    return render(request, "dossiers/helped/follow.html", page, status=status)


def read_through(
    request: HttpRequest,
    key: Pass,
    *,
    form: Any = None,
    objection: ObjectionForm | None = None,
    problems: list[checking.Problem] | None = None,
    alert: str = "",
    status: int = 200,
) -> HttpResponse:
    """Everything that was filled in, who did, and what only the founder answers. `form` is None in a supplement."""
    made, last = key.dossier, key.dossier.kind.last_step
    if made.state == DRAFT.code and form is None:
        form = showing.stored_form(made, last, None, demand=problems is not None)
    wrong = [(f"#id_{one.field}" if one.step == last.code else "", one.message) for one in problems or []]
    objection = objection or ObjectionForm()
    page = {
        "dossier": made,
        "kind": made.kind,
        "help": help_of(made),
        "key": key,
        "consents": [field for field in form if field.name.startswith("show_")] if form is not None else [],
        "others": [field for field in form if not field.name.startswith("show_")] if form is not None else [],
        "sections": showing.sections(made, frozenset()),
        "files": list(made.files.filter(removed_at=None).select_related("file")),
        "asked": [replace(one, url="") for one in showing.asked(made)[1]],  # mending is the helper's
        "promise": showing.promise(made),
        "objection": objection,
        "problems": wrong,
        "has_errors": bool(wrong or objection.errors),
        "alert": alert,
    }
    return render(request, "dossiers/helped/confirm.html", page, status=status)


def decided(request: HttpRequest, key: Pass) -> HttpResponse:
    data = typed(request)
    try:
        if "_wrong" in data:
            return objected(request, key, data)
        _made, problems = services.confirm(key, data)
    except Refusal as refusal:
        return moved_meanwhile(request, str(refusal))
    if problems:
        key.dossier.refresh_from_db()
        return read_through(request, key, problems=problems)
    messages.success(request, _("Đã gửi hồ sơ. Giữ lại mã này để xem hồ sơ đi đến đâu."))
    return redirect("pass_dossier")


def objected(request: HttpRequest, key: Pass, data: Any) -> HttpResponse:
    objection = ObjectionForm(data)
    if not objection.is_valid():
        return read_through(request, key, objection=objection)
    services.send_back(key, objection.cleaned_data["wrong"], expected_version=number(data.get("version")))
    passes.forget(request)
    return render(request, "dossiers/helped/sent_back.html", {"help": help_of(key.dossier)})


def moved_meanwhile(request: HttpRequest, sentence: str) -> HttpResponse:
    """Somebody was faster: show what the key opens now, and say why nothing was done."""
    key = passes.held(request)
    if key is None:
        return gone(request)
    if key.used_at is not None:
        return sent_meanwhile(request, key)
    return read_through(request, key, alert=sentence, status=409)


@access("signed_in")
@quiet
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest) -> HttpResponse:
    """The founder, signed in by now, takes the dossier to their own account."""
    key = passes.held(request)
    if key is None or key.is_device or key.used_at is not None:
        return gone(request)
    if request.method == "POST":
        try:
            made = services.take_over(key, actor=request.user)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
            return redirect("pass_take_over")
        passes.forget(request)
        messages.success(request, _("Hồ sơ này nay là của bạn. Làm tiếp rồi tự gửi."))
        return redirect(showing.url(made))
    page = {"dossier": key.dossier, "help": help_of(key.dossier)}
    return render(request, "dossiers/helped/take_over.html", page)


@access("public")
@quiet
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Put the key down on this device; a device's key is then done."""
    key = passes.held(request)
    if key is not None and key.is_device:
        passes.end(Pass.objects.filter(pk=key.pk))
    passes.forget(request)
    return redirect("pass_enter")
