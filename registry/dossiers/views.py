"""The applicant's pages of a dossier that are not steps: begin one, follow it, withdraw it, print what was sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import access
from accounts.panels import Panel
from registry.core.decisions import grounds_of, log_restricted_read
from registry.core.grounds import ground_in_words
from registry.core.lifecycle import Refusal, perform, possible
from registry.core.models.history import Decision, Event
from registry.dossiers import beside, pdf, procedure, showing, snapshot
from registry.dossiers.helped.passes import waiting
from registry.dossiers.helped.people import help_of, helps_now
from registry.dossiers.lifecycle import DRAFT
from registry.dossiers.models import Dossier
from registry.dossiers.pages import PRINTED_AS, number, own
from registry.dossiers.public_views import begin_url, figures, guided
from registry.dossiers.selectors import (
    decisions_on,
    latest_of,
    of_applicant,
    opened_targets,
    timeline,
    untouched_draft,
    visible_to,
)
from registry.dossiers.services import open_dossier
from registry.parties.models import Party
from registry.parties.selectors import EDITING_ROLES, memberships_of, role_of

PANEL_ROWS = 5


def can(dossier: Dossier, action: str, user: Any) -> bool:
    return action in {one.code for one in possible(dossier, user)}


def done_in(dossier: Dossier, kind: str) -> Any:
    """What a decision of that kind did, in words."""
    return dossier.lifecycle.actions[kind].done


def grounds_here(dossier: Dossier, decision: Decision) -> list[tuple[str, Any]]:
    """What it rests on and what is lacking; nothing where the reason as it was written says it to who reads its language."""
    language, lacking = get_language() or "vi", dossier.kind.lacking
    codes = grounds_of(decision) if lacking or language != "vi" else []
    return [(ground_in_words(code, language), lacking.get(code, "")) for code in codes]


def helping(dossier: Dossier, user: Any) -> dict[str, Any] | None:
    """What the page says to who helps: whether the founder is being waited for, and what they said was wrong."""
    if not helps_now(user, dossier):
        return None
    last = Event.objects.filter(subject=dossier.subject).last()
    return {"waiting": waiting(dossier), "said": last.note if last and last.action == "send_back" else ""}


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, procedure_code: str) -> HttpResponse:
    """For whom? A draft is made by POST, and one that nobody has written in yet is not made twice."""
    kind = procedure.get(procedure_code)
    held = [m for m in memberships_of(request.user) if m.role in EDITING_ROLES and kind.may_apply(m.party)]
    wanted = request.POST.get("party") or request.GET.get("party") or (held[0].party.public_id if held else "")
    error = ""
    if request.method == "POST":
        party = next((m.party for m in held if m.party.public_id == wanted), None)
        if party is not None:
            return redirect(showing.url(_draft_for(procedure_code, party, request.user), kind.steps[0].code))
        error = _("Chọn tổ chức, nhóm hoặc cá nhân đứng tên hồ sơ.")
    drafts = of_applicant(request.user).filter(procedure=procedure_code, state=DRAFT.code, answers_version__gt=0)
    page = {
        "kind": kind,
        "memberships": held,
        "wanted": wanted,
        "error": error,
        "has_errors": bool(error),
        "drafts": list(drafts[:PANEL_ROWS]),
        "create_url": f"{reverse('party_new')}?next={request.path}",
        "beside": beside.panels("begin", request, kind),
        **figures(kind),
    }
    return render(request, "dossiers/new.html", page)


def _draft_for(procedure_code: str, party: Party, user: Any) -> Dossier:
    return untouched_draft(procedure_code, party, user) or open_dossier(procedure_code, party, actor=user)


@access("signed_in")
@require_safe
def follow(request: HttpRequest, procedure_code: str, reference: str) -> HttpResponse:
    """The timeline: first what the applicant must do, then how far the dossier has come."""
    dossier = own(request, procedure_code, reference)
    message, asked = showing.asked(dossier)
    opened = opened_targets(dossier)
    role = role_of(request.user, dossier.party) or ("editor" if helps_now(request.user, dossier) else "")
    files = list(dossier.files.filter(removed_at=None).select_related("file"))
    page = {
        "dossier": dossier,
        "kind": dossier.kind,
        "state": dossier.lifecycle.states[dossier.state],
        "moments": timeline(dossier),
        "message": message,
        "barred": dossier.barred,
        "asked": asked,
        "promise": showing.promise(dossier),
        "limited": dossier.kind.limit(dossier.state),
        "later": showing.later(dossier),
        "is_on_desk": dossier.state in dossier.kind.limits,
        "may_be_asked": dossier.state in dossier.lifecycle.actions["request_supplement"].sources,
        "submit": dossier.lifecycle.actions["submit"],
        "decisions": [(one, done_in(dossier, one.kind), grounds_here(dossier, one)) for one in decisions_on(dossier)],
        "submissions": list(dossier.submissions.order_by("-number").select_related("submitted_by")),
        "files": [(item, dossier.kind.file_purposes.get(item.purpose, item.purpose)) for item in files],
        "steps": showing.step_links(dossier, None, opened, len(files)),
        "next_url": showing.url(dossier, showing.unfinished_step(dossier).code),
        "check_url": showing.url(dossier, dossier.kind.last_step.code),
        "public_url": dossier.kind.public_url(dossier, get_language() or "vi"),
        "afterwards": dossier.kind.afterwards(dossier),
        "links": dossier.kind.links(dossier),
        "may_edit": role in EDITING_ROLES,
        "may_withdraw": can(dossier, "withdraw", request.user),
        "may_invite": role == "owner",
        "help": help_of(dossier),
        "helping": helping(dossier, request.user),
        "beside": beside.panels("timeline", request, dossier),
        "form_types": PRINTED_AS,
        "opened_now": opened is None or bool(opened),
    }
    return render(request, "dossiers/timeline.html", page)


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, procedure_code: str, reference: str) -> HttpResponse:
    """Asked once more before it is done; the act carries the version that the asker saw."""
    dossier = own(request, procedure_code, reference)
    if dossier.state not in dossier.lifecycle.actions["withdraw"].sources:
        messages.info(request, _("Hồ sơ đang ở bước không rút được nữa."))
        return redirect(showing.url(dossier))
    if not can(dossier, "withdraw", request.user):
        messages.warning(request, _("Bạn không rút được hồ sơ này; người chủ quản hoặc người soạn rút được."))
        return redirect(showing.url(dossier))
    if request.method == "POST":
        try:
            perform(dossier, "withdraw", request.user, expected_version=number(request.POST.get("version")))
            messages.success(request, _("Đã rút hồ sơ %(reference)s.") % {"reference": dossier.reference})
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        return redirect(showing.url(dossier))
    return render(request, "dossiers/withdraw.html", {"dossier": dossier, "is_draft": dossier.state == DRAFT.code})


@access("signed_in")
@require_safe
def print_submission(request: HttpRequest, procedure_code: str, reference: str, place: int) -> HttpResponse:
    """What was sent, as a paper: for the applicant's people, and for officers of the department, whose reading is logged."""
    dossier = get_object_or_404(visible_to(request.user).filter(procedure=procedure_code), reference=reference)
    submission = get_object_or_404(dossier.submissions.select_related("submitted_by"), number=place)
    if not role_of(request.user, dossier.party):
        log_restricted_read(request.user, dossier.subject, snapshot.restricted_in(snapshot.read(submission)))
    response = HttpResponse(pdf.of_submission(submission), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{dossier.reference}-{place}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def panel(request: HttpRequest) -> Panel:
    """“My dossiers” on the account's front page."""
    rows = [(row, row.lifecycle.states[row.state]) for row in latest_of(request.user, PANEL_ROWS)]
    doors = [(kind, guide, begin_url(kind)) for kind, guide in guided()]
    return Panel("dossiers/panel.html", _("Hồ sơ của tôi"), {"rows": rows, "doors": doors})
