"""The account's page on which an enterprise shows or hides its size on the public register."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import access
from registry.certificates import selectors
from registry.certificates.models import SizeClass
from registry.certificates.showing_size import size_found
from registry.core.grounds import ground_in_words
from registry.core.lifecycle import Conflict, Refusal, perform
from registry.parties.selectors import EDITING_ROLES, role_of
from registry.st_enterprises.size import BASIS

ACTS = ("show_size", "hide_size")


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def size(request: HttpRequest, public_id: str) -> HttpResponse:
    """For whoever acts for the enterprise; for everybody else there is no such page."""
    if request.method == "POST" and request.POST.get("act") in ACTS:
        return _acted(request, public_id)
    return _page(request, public_id)


def _acted(request: HttpRequest, public_id: str) -> HttpResponse:
    version = _own(request, public_id)
    seen = request.POST.get("version", "")
    expected = int(seen) if seen.isdecimal() and len(seen) < 9 else -1
    try:
        done = perform(version.certificate, request.POST["act"], request.user, expected_version=expected)
    except Refusal as refusal:
        return _page(request, public_id, str(refusal), 409 if isinstance(refusal, Conflict) else 200)
    messages.success(
        request, _("Quy mô đã công khai trên sổ.") if done.shown_size else _("Quy mô không còn công khai.")
    )
    return redirect("certificate_size", public_id)


def _page(request: HttpRequest, public_id: str, error: str = "", status: int = 200) -> HttpResponse:
    version = _own(request, public_id)
    certificate, language = version.certificate, get_language() or "vi"
    found = size_found(certificate)
    page = {
        "version": version,
        "certificate": certificate,
        "found": found,
        "size": SizeClass(found.code).label if found and found.code else "",
        "basis": ground_in_words(BASIS, language),
        "url": selectors.url_of(version, language),
        "may_edit": role_of(request.user, certificate.party) in EDITING_ROLES,
        "error": error,
    }
    return render(request, "certificates/size.html", page, status=status)


def _own(request: HttpRequest, public_id: str) -> selectors.CertificateVersion:
    version = selectors.own(request.user).filter(certificate__public_id=public_id).first()
    if version is None:
        raise Http404
    return version
