"""How one is told: the page in the account, the address that stops letters, and the way back for an address that bounced.

Who may call them is said in portal/urls.py.
"""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from notifications import bounces, clock, preferences
from notifications.catalogue import GROUPS, chosen_groups
from notifications.models import Way
from notifications.services import Recipient, notify

# Keys in addresses go to no other site. (With no-referrer a browser posts `Origin: null`, which CSRF refuses.)
PRIVATE: Final = {"Cache-Control": "private, no-store", "Referrer-Policy": "same-origin"}
ADDRESS_SALT: Final = "notifications.address"
LINK_HOLDS: Final = timedelta(days=7)
BACK_OFFICE: Final = "wagtailadmin.access_admin"


class PreferencesForm(forms.Form):
    """One question a group; the fixed ones are told on the page, not asked."""

    def __init__(self, *args: Any, for_staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for group in chosen_groups(for_staff):
            if not group.fixed:
                self.fields[group.code] = forms.ChoiceField(
                    label=group.title,
                    help_text=group.about,
                    choices=Way.choices,
                    widget=forms.RadioSelect,
                    error_messages={
                        "required": gettext_lazy("Chọn một cách nhận tin."),
                        "invalid_choice": gettext_lazy("Chọn một trong ba cách nhận tin."),
                    },
                )


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    for_staff = user.has_perm(BACK_OFFICE)
    form = PreferencesForm(request.POST or None, for_staff=for_staff, initial=preferences.chosen(user.pk))
    if request.method == "POST" and form.is_valid():
        preferences.choose(user.pk, {group: Way(way) for group, way in form.cleaned_data.items()})
        messages.success(request, _("Đã lưu cách nhận tin của bạn."))
        return redirect("notification_settings")
    fixed = [group for group in chosen_groups(for_staff) if group.fixed]
    context = {"form": form, "fixed": fixed, "bounced": bounces.mark_of(user.email)}
    return render(request, "notifications/settings.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_letters(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: GET shows, POST (also a mail program's one click, without session) switches to the inbox only."""
    found = preferences.read_stop(token)
    if found is None:
        return TemplateResponse(
            request, "notifications/stop.html", {"state": "unknown", "title": ""}, status=404, headers=PRIVATE
        )
    user_id, code = found
    title = next((group.title for group in GROUPS if group.code == code), _("Thư gom mỗi sáng"))
    if request.method == "POST":
        preferences.stop(user_id, code)
    state = "done" if request.method == "POST" else "asked"
    return TemplateResponse(request, "notifications/stop.html", {"state": state, "title": title}, headers=PRIVATE)


@require_POST
def check_address(request: HttpRequest) -> HttpResponse:
    """Send a letter with a link to the person's address, at most one an hour; reading it there proves that it works."""
    user: Any = request.user
    now = clock.local(clock.now())
    last_day = now.date() + LINK_HOLDS
    token = signing.dumps([user.email, last_day.isoformat()], salt=ADDRESS_SALT)
    context = {
        "url": reverse_lazy("address_works", args=[token]),
        "expires_at": datetime.combine(last_day, time(23, 59), now.tzinfo),
    }
    to = Recipient(user.email, user.pk, user.language, user.full_name)
    notify("address_check", [to], f"{user.pk}/{now:%Y-%m-%d/%H}", context)
    messages.success(request, _("Đã gửi một thư đến %(email)s. Mở thư và bấm nút trong đó.") % {"email": user.email})
    return redirect("notification_settings")


@require_http_methods(["GET", "HEAD", "POST"])
def address_works(request: HttpRequest, token: str) -> HttpResponse:
    """The link of that letter. GET shows, POST takes the mark away."""
    email = _address_of(token)
    if not email:
        return TemplateResponse(
            request, "notifications/address.html", {"state": "unknown"}, status=410, headers=PRIVATE
        )
    if request.method == "POST":
        bounces.clear(email)
    state = "done" if request.method == "POST" else "asked"
    return TemplateResponse(request, "notifications/address.html", {"state": state, "email": email}, headers=PRIVATE)


def _address_of(token: str) -> str:
    try:
        email, last_day = signing.loads(token, salt=ADDRESS_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(email) if clock.local(clock.now()).date() <= date.fromisoformat(last_day) else ""
