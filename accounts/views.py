from allauth.mfa.recovery_codes.views import download_recovery_codes
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import access
from accounts.forms import ProfileForm
from accounts.panels import Panel, panels_for
from accounts.roles import is_staff
from accounts.sessions import end, end_others, open_sessions, places


@access("signed_in")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The person's front page: what waits for them first, then who they are."""
    panels = panels_for(request)
    return render(
        request,
        "account/home.html",
        {
            "panels": [panel for panel in panels if not panel.aside],
            "aside": [panel for panel in panels if panel.aside],
            "is_staff": is_staff(request.user),
        },
    )


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Đã lưu thông tin của bạn."))
        return redirect("account_home")
    return render(request, "account/profile.html", {"form": form})


@access("signed_in")
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in, this browser first."""
    rows = places(request.user, request.session.session_key)
    return render(
        request, "account/sessions.html", {"places": rows, "others": [row for row in rows if not row.is_this]}
    )


@access("signed_in")
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one session; ending this very one is signing out."""
    this = next(
        (row for row in places(request.user, request.session.session_key) if row.pk == pk and row.is_this), None
    )
    if this:
        return redirect("account_logout")
    if end(request.user, pk):
        messages.success(request, _("Đã đăng xuất nơi đó."))
    else:
        messages.info(request, _("Nơi đó đã đăng xuất từ trước."))
    return redirect("account_sessions")


@access("signed_in")
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    ended = end_others(request.user, request.session.session_key)
    if ended:
        messages.success(request, _("Đã đăng xuất mọi nơi khác."))
    else:
        messages.info(request, _("Bạn chỉ đang đăng nhập ở đây."))
    return redirect("account_sessions")


@access("public")
@require_safe
def not_me(request: HttpRequest) -> HttpResponse:
    """Where letters lead whoever did not do what they tell of."""
    return render(request, "account/not_me.html")


def recovery_codes_file(request: HttpRequest) -> HttpResponse:
    """allauth's file, under a name that its reader understands among the others on their disk."""
    response: HttpResponse = download_recovery_codes(request)
    name = _("ma-khoi-phuc.txt")
    if "Content-Disposition" in response:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def profile_panel(request: HttpRequest) -> Panel:
    return Panel("account/panels/profile.html", _("Thông tin của bạn"), {"person": request.user}, aside=True)


def security_panel(request: HttpRequest) -> Panel:
    context = {
        "second_factor": is_mfa_enabled(request.user),
        "needed": is_staff(request.user),
        "signed_in": open_sessions(request.user).count(),
    }
    return Panel("account/panels/security.html", _("Bảo mật"), context, aside=True)


@access("public")
def admin_login(request: HttpRequest) -> HttpResponse:
    """Wagtail's two sign-in forms are closed: they know neither the second factor nor the limits.

    A GET goes on to the one sign-in page; a POST opens nothing, it is only sent there too.
    """
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{reverse('account_login')}{'?' if query else ''}{query}")


@access("staff")
def admin_account(request: HttpRequest) -> HttpResponse:
    """Wagtail's page about oneself asks for names we do not keep; there is one such page, and it is ours."""
    return redirect("account_home")
