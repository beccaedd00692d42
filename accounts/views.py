from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import access
from accounts.forms import ProfileForm
from accounts.panels import Panel, panels_for
from accounts.roles import is_staff


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


def profile_panel(request: HttpRequest) -> Panel:
    return Panel("account/panels/profile.html", _("Thông tin của bạn"), {"person": request.user}, aside=True)


def security_panel(request: HttpRequest) -> Panel:
    context = {"second_factor": is_mfa_enabled(request.user), "needed": is_staff(request.user)}
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
