"""The pages of who fills dossiers in for founders without e-mail: their list, a new one, handing it over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import roles
from accounts.access import access
from accounts.panels import Panel
from registry.core.lifecycle import Invalid, Refusal
from registry.dossiers import check_views, showing
from registry.dossiers.checking import check as problems_of
from registry.dossiers.helped import paper, passes, services
from registry.dossiers.helped.forms import HelpForm
from registry.dossiers.helped.keys import hashes_of, read_key
from registry.dossiers.helped.models import Purpose
from registry.dossiers.helped.people import help_of, helps_now
from registry.dossiers.helped.showing import Given
from registry.dossiers.lifecycle import DRAFT, SUPPLEMENT
from registry.dossiers.models import Dossier
from registry.dossiers.pages import number, own
from registry.dossiers.selectors import helped_by

MOST = 100
PANEL_ROWS = 5


def lines(user: Any, most: int) -> list[dict[str, Any]]:
    rows = list(helped_by(user)[:most])
    live = passes.live().filter(dossier__in=rows, purpose=Purpose.CONFIRM, used_at=None)
    waits = set(live.values_list("dossier_id", flat=True))
    return [{"dossier": row, "state": row.lifecycle.states[row.state], "waits": row.pk in waits} for row in rows]


def panel(request: HttpRequest) -> Panel | None:
    """“Dossiers I help with” on the account's front page, for who may help."""
    if not roles.may_help(request.user):
        return None
    return Panel("dossiers/helped/panel.html", _("Nhập hộ"), {"rows": lines(request.user, PANEL_ROWS)})


@access("helper")
@require_safe
def helped(request: HttpRequest) -> HttpResponse:
    page = {"rows": lines(request.user, MOST), "organisation": services.organisation_of(request.user)}
    return render(request, "dossiers/helped/list.html", page)


@access("helper")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = HelpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        wanted = services.Wanted(data["kind"], data["name"], data["founder_name"], data["contact"], form.identifier)
        try:
            dossier = services.begin(data["procedure"], wanted, actor=request.user)
        except Refusal as refusal:
            problems = refusal.problems if isinstance(refusal, Invalid) else {"tax_code": refusal.message}
            for name, sentence in problems.items():
                form.add_error(name if name in form.fields else None, str(sentence))
        else:
            return redirect(showing.url(dossier, dossier.kind.steps[0].code))
    return render(request, "dossiers/helped/new.html", {"form": form, "has_errors": bool(form.errors)})


def helped_one(request: HttpRequest, code: str, reference: str) -> Dossier:
    dossier = own(request, code, reference)
    if not helps_now(request.user, dossier):
        raise Http404
    return dossier


@access("helper")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, procedure_code: str, reference: str) -> HttpResponse:
    """Give the founder their key, or take the dossier back. The key is shown on the answer to the POST, and never again."""
    dossier = helped_one(request, procedure_code, reference)
    if dossier.state not in (DRAFT.code, SUPPLEMENT.code):
        return redirect(showing.url(dossier))
    given, problems = None, []
    if request.method == "POST":
        try:
            if "_back" in request.POST:
                services.take_back(dossier, actor=request.user)
                messages.success(request, _("Đã lấy lại. Mã đã đưa không mở được gì nữa."))
                return redirect(showing.url(dossier))
            version = number(request.POST.get("version"))
            key = services.hand_over(dossier, actor=request.user, expected_version=version)
            given = Given.of(request, key)
        except Invalid:
            problems = missing(dossier)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        dossier.refresh_from_db()
    page = {
        "dossier": dossier,
        "kind": dossier.kind,
        "help": help_of(dossier),
        "given": given,
        "waiting": passes.waiting(dossier),
        "problems": problems or missing(dossier),
        "has_errors": bool(problems),
        "follow_url": showing.url(dossier),
        "days": passes.confirm_days(),
    }
    return render(request, "dossiers/helped/hand_over.html", page)


def missing(dossier: Dossier) -> list[tuple[str, str]]:
    """What has to be filled in before the founder is asked, with its place."""
    last = dossier.kind.last_step
    found = [problem for problem in problems_of(dossier)[1] if problem.step != last.code]
    return [(check_views.link(dossier, last, one), one.message) for one in found]


@access("helper")
@require_POST
def sheet(request: HttpRequest, procedure_code: str, reference: str) -> HttpResponse:
    """The A4 sheet. The portal does not know the key: the page that shows it sends it, and it must be the one that holds."""
    dossier = helped_one(request, procedure_code, reference)
    key = read_key(request.POST.get("key", ""))
    found, help_row = passes.waiting(dossier), help_of(dossier)
    if not key or found is None or help_row is None or found.secret not in hashes_of(key):
        messages.warning(request, _("Mã này đã bị thay bằng mã mới. Lập mã mới rồi in lại."))
        return redirect("dossier_hand_over", **showing.named(dossier))
    made = paper.of_pass(dossier, help_row, found, Given.of(request, key))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{dossier.reference}-xac-nhan.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
