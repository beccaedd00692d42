"""“Go on with another device”: the first device shows a code, and ends it again. The other one comes through the door."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import access
from registry.dossiers import showing
from registry.dossiers.helped import passes
from registry.dossiers.helped.models import Purpose
from registry.dossiers.helped.showing import Given
from registry.dossiers.models import Pass
from registry.dossiers.pages import may_write, own
from registry.dossiers.selectors import opened_targets


@access("signed_in")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def device(request: HttpRequest, procedure_code: str, reference: str) -> HttpResponse:
    """A code for one other device. A photographed QR opens this one draft for some hours and never the account."""
    dossier = own(request, procedure_code, reference)
    opened = opened_targets(dossier)
    if not may_write(request.user, dossier) or opened == frozenset():
        messages.info(request, _("Hồ sơ này không sửa được lúc này nên không cần mở trên máy khác."))
        return redirect(showing.url(dossier))
    wanted = dossier.kind.step(request.POST.get("step") or request.GET.get("step") or "")
    if wanted is None or wanted is dossier.kind.last_step:
        wanted = dossier.kind.steps[0]
    given = None
    if request.method == "POST" and "_end" in request.POST:
        mine = Pass.objects.filter(dossier=dossier, purpose=Purpose.DEVICE, issued_by=request.user)
        if passes.end(mine):
            messages.success(request, _("Đã kết thúc. Máy kia không mở được hồ sơ này nữa."))
        return redirect(f"{request.path}?step={wanted.code}")
    if request.method == "POST":
        given = Given.of(request, passes.issue(dossier, Purpose.DEVICE, actor=request.user, step=wanted.code))
    page = {
        "dossier": dossier,
        "step": wanted,
        "given": given,
        "other": passes.device_of(dossier, request.user),
        "minutes": passes.CODE_MINUTES,
        "hours": passes.DEVICE_HOURS,
        "follow_url": showing.url(dossier),
        "step_url": showing.url(dossier, wanted.code),
    }
    return render(request, "dossiers/helped/device.html", page)
