"""What the applicant's pages of a dossier share: finding it, its frame, what was typed, the answer when nothing is to be changed."""

from typing import Any, Final
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.core.lifecycle import NotAllowed
from registry.core.text import nfc
from registry.dossiers import showing
from registry.dossiers.helped import passes
from registry.dossiers.lifecycle import SUPPLEMENT, writer
from registry.dossiers.models import Dossier, Pass
from registry.dossiers.procedure import Step, StepForm
from registry.dossiers.selectors import within_reach

PRINTED_AS: Final = ("pdf", "docx", "json")
"""As what a form of the law is offered to print."""


def own(request: HttpRequest, code: str, reference: str) -> Dossier:
    """The dossier if the caller acts for its party or helps it; for everybody else there is none."""
    return get_object_or_404(within_reach(request.user).filter(procedure=code), reference=reference)


def may_write(user: Any, dossier: Dossier) -> bool:
    try:
        writer(user, dossier)
    except NotAllowed:
        return False
    return True


def device_key(request: HttpRequest, code: str, reference: str) -> Pass | None:
    """The key of “go on with another device” that this browser has taken up for this dossier, while it opens anything.

    It opens what its owner may write, so it falls with their membership or their account; it never opens the sending.
    """
    found = passes.held(request)
    if found is None or not found.is_device or not found.issued_by.is_active:
        return None
    here = found.dossier.procedure == code and found.dossier.reference == reference
    return found if here and may_write(found.issued_by, found.dossier) else None


def holds_device_key(request: HttpRequest, **kwargs: Any) -> bool:
    """For `access(lets_in=…)`: a browser without an account that goes on with this draft."""
    if request.user.is_authenticated:
        return False
    return device_key(request, kwargs["procedure_code"], kwargs["reference"]) is not None


def opens_file(file: Any, request: HttpRequest) -> bool:
    """For `registry.core.files.register_key("dossier", …)`: a key opens its own dossier's files, until it has sent it."""
    found = passes.held(request)
    if found is None or str(found.dossier_id) != file.holder_id or found.used_at is not None:
        return False
    made = found.dossier
    return not found.is_device or device_key(request, made.procedure, made.reference) is not None


def home_of(request: HttpRequest, dossier: Dossier) -> str:
    """Where one goes from the steps: the dossier's page, or what stands for it where only a key is held."""
    return showing.url(dossier) if request.user.is_authenticated else reverse("pass_dossier")


def number(given: Any) -> int:
    """A version out of a form; what is no number fits no version."""
    text = str(given or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def typed(request: HttpRequest) -> QueryDict:
    """What was posted, in one Unicode form, so that a limit counts letters and not their marks."""
    data = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        data.setlist(name, [nfc(str(value)) for value in values])
    return data


def frame(request: HttpRequest, dossier: Dossier, step: Step, opened: showing.Opened) -> dict[str, Any]:
    """What every step's page shows around its questions."""
    files = dossier.files.filter(removed_at=None).count()
    before, _after = showing.neighbours(dossier, step, opened)
    return {
        "dossier": dossier,
        "kind": dossier.kind,
        "step": step,
        "number": dossier.kind.steps.index(step) + 1,
        "steps": showing.step_links(dossier, step, opened, files),
        "back_url": showing.url(dossier, before.code) if before else "",
        "follow_url": home_of(request, dossier),
        "by_key": not request.user.is_authenticated,
        "form_types": PRINTED_AS,
        "is_supplement": opened is not None,
        "alert": "",
        "barred": dossier.barred,
        "lines": [],
    }


def closed(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Nothing to change here now: the timeline says why. A second submit lands here too, and is told calmly."""
    sentence = _("Hồ sơ đã gửi, không sửa được ở bước này.")
    if dossier.state == SUPPLEMENT.code:
        sentence = _("Sở không yêu cầu bổ sung ở bước này.")
    elif dossier.lifecycle.states[dossier.state].final:
        sentence = _("Hồ sơ đã xong, không sửa được nữa.")
    elif "_send" in request.POST:
        sentence = _("Hồ sơ đã gửi rồi, không cần gửi lần nữa.")
    if "autosave" in request.POST:
        return JsonResponse({"error": sentence}, status=409)
    messages.info(request, sentence)
    return redirect(home_of(request, dossier))


def gone_on(request: HttpRequest, address: str) -> HttpResponse:
    """On to another page after a save. The cookie tells the script which step is kept, so that its own copy can go."""
    response = redirect(address)
    response.set_cookie("kept", quote(request.path, safe=""), max_age=3600, samesite="Lax", secure=request.is_secure())
    return response


def kept(dossier: Dossier, form: StepForm) -> dict[str, Any]:
    """What the page's script needs to know after a save."""
    return {
        "saved_at": dossier.saved_at.isoformat() if dossier.saved_at else "",
        "version": dossier.answers_version,
        "errors": {name: [str(one) for one in errors] for name, errors in form.errors.items()},
    }
