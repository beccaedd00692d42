"""The yearly confirmation: from the letter's link, from the account, and the account's panel. GET shows, POST confirms."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import access
from accounts.panels import Panel
from registry.core import clock
from registry.core.lifecycle import NotAllowed, Refusal
from registry.startups import confirming, selectors, structured
from registry.startups.confirmations import Confirmation, Way
from registry.startups.models import Profile, Startup

# The key in the address goes to no other site. (With no-referrer a browser posts `Origin: null`, which CSRF refuses.)
PRIVATE = {"Cache-Control": "private, no-store", "Referrer-Policy": "same-origin"}


def looked_through(profile: Profile, cycle: Confirmation) -> dict[str, Any]:
    """What the page shows before anybody confirms: everything that is published, in both languages, and the cycle."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "profile": profile,
        "startup": profile.startup,
        "cycle": cycle,
        "is_overdue": cycle.due_on is not None and cycle.due_on < clock.today(),
        "is_fresh": cycle.confirmed_on == clock.today(),
        "party_name": selectors.public_party_name(profile),
        "party_kind": profile.startup.party.get_kind_display(),
        "tax_code": selectors.public_tax_code(profile),
        "ward": profile.ward.name_in(language),
        "fields": [row.get_field_display() for row in profile.fields.all()],
        "industries": structured.industries(profile, language),
        "support": structured.support(profile),
        "public_url": selectors.url_of(profile, language),
    }


def page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return TemplateResponse(request, "startups/confirm.html", context, status=status, headers=PRIVATE)


def spent(request: HttpRequest, startup: Startup | None = None, *, not_theirs: bool = False) -> HttpResponse:
    """The link does nothing any more: why, since when, and how to go on."""
    now = confirming.open_cycle(startup) if startup else None
    profile = selectors.profile_of(startup) if startup else None
    context = {
        "cycle": now,
        "name": selectors.name_in(profile, get_language() or settings.LANGUAGE_CODE) if profile else "",
        "not_theirs": not_theirs,
        "is_gone": startup is not None and profile is None,
        "public_url": selectors.url_of(profile, get_language() or settings.LANGUAGE_CODE) if profile else "",
        "own_url": reverse("startup_confirm_own", args=[startup.dossier.reference]) if startup and profile else "",
    }
    return TemplateResponse(request, "startups/confirm_spent.html", context, status=410, headers=PRIVATE)


@access("public")
@require_http_methods(["GET", "HEAD", "POST"])
def by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a reminder. Its key names one person and one cycle; no account has to be open."""
    key = confirming.read_token(token)
    if key is None:
        return spent(request)
    rows = Confirmation.objects.select_related("startup__party", "startup__dossier")
    cycle = rows.filter(pk=key[0]).first()
    person = get_user_model().objects.filter(pk=key[1], is_active=True).first()
    if cycle is None:
        return spent(request)
    if person is None or not confirming.may_confirm(person, cycle.startup):
        return spent(request, cycle.startup, not_theirs=True)
    profile = selectors.profile_of(cycle.startup)
    if cycle.until is not None or profile is None:
        return spent(request, cycle.startup)
    if request.method == "POST":
        try:
            made = confirming.confirm(cycle, actor=person, way=Way.MAIL)
        except Refusal as refusal:
            return spent(request, cycle.startup, not_theirs=isinstance(refusal, NotAllowed))
        return page(request, looked_through(profile, made) | {"done": True, "may": True, "proposals_url": ""})
    proposals_url = reverse("proposals", args=[cycle.startup.dossier.reference])
    return page(request, looked_through(profile, cycle) | {"done": False, "may": True, "proposals_url": proposals_url})


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def by_account(request: HttpRequest, reference: str) -> HttpResponse:
    """The same in the account, for whoever acts for the party. What is not in the directory has nothing to confirm."""
    startup = get_object_or_404(selectors.own_startups(request.user), dossier__reference=reference)
    profile, cycle = selectors.profile_of(startup), confirming.open_cycle(startup)
    if profile is None or cycle is None:
        return spent(request, startup)
    here = reverse("startup_confirm_own", args=[reference])
    if request.method == "POST":
        try:
            seen = get_object_or_404(startup.confirmations, pk=_number(request.POST.get("cycle")))
            confirming.confirm(seen, actor=request.user, way=Way.ACCOUNT)
            messages.success(request, _("Đã ghi nhận: thông tin vẫn đúng."))
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        return redirect(here)
    may = confirming.may_confirm(request.user, startup)
    proposals_url = reverse("proposals", args=[reference])
    return page(request, looked_through(profile, cycle) | {"done": False, "may": may, "proposals_url": proposals_url})


def _number(given: Any) -> int:
    text = str(given or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def panel(request: HttpRequest) -> Panel | None:
    """“In the directory” on the account's front page: each startup with when it was confirmed and by when it must be again."""
    rows = selectors.own_in_force(request.user)
    if not rows:
        return None
    return Panel("startups/panel.html", _("Dự án trong danh bạ"), {"rows": rows})
