"""The department's pages of proposals in the back office: the queue, one proposal beside the page, deciding by field."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from registry.core.decisions import log_restricted_read
from registry.core.grounds import ground_in_words
from registry.core.lifecycle import Conflict, Invalid, NotAllowed, Refusal
from registry.core.selectors import office_calendar
from registry.core.text import clean
from registry.dossiers.deciding import DecisionForm
from registry.dossiers.desk.acting import MOST_LETTERS, STATUS, meanwhile
from registry.dossiers.desk.countdown import Countdown, running
from registry.dossiers.desk.entrance import desk, works_here
from registry.dossiers.pages import number
from registry.startups.deciding import PublishForm
from registry.startups.models import ChangeProposal
from registry.startups.proposals import selectors, services
from registry.startups.proposals.lifecycle import DRAFT, OPEN
from registry.startups.proposals.selectors import Proposed
from registry.startups.selectors import profile_of, url_of

PAGE_SIZE = 25


class DecideForm(PublishForm):
    """What the decision states, beside the fields."""

    field_order = ["number", "signed_on", "signatory", "delegation", "verified"]
    verified = forms.BooleanField(label="Đã đối chiếu số liệu mới với giấy tờ", required=False)


class RejectForm(DecisionForm):
    note = forms.CharField(
        label="Lý do (người đề xuất đọc được)",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=MOST_LETTERS,
        error_messages={"required": "Ghi lý do, ví dụ: Chưa có giấy tờ chứng minh địa chỉ mới."},
    )
    field_order = ["note"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A field with the officer's marks on it, fresh or given back."""

    change: Proposed
    refused: bool
    reason: str
    confirmed: bool
    error: str


def on_desk(reference: str) -> ChangeProposal:
    """What the department has received, also what was taken back since: whoever has it open is told."""
    return get_object_or_404(selectors.received(), reference=reference)


def clock_of(proposal: ChangeProposal, calendar: Any) -> Countdown:
    if proposal.due_at is not None:
        return running(proposal.due_at, calendar)
    return Countdown("đã xong", "", "check", proposal.decided_at)


@desk
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Open proposals, most urgent first; with `?state=done` what was answered, newest first."""
    done = request.GET.get("state") == "done"
    rows = selectors.sent().exclude(state=OPEN.code).order_by("-sent_at", "-id") if done else selectors.waiting()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    calendar = office_calendar()
    listed = list(page.object_list)
    touched = touching(listed) if not done else {}
    context = {
        "page": page,
        "rows": [
            (one, one.lifecycle.states[one.state], clock_of(one, calendar), touched.get(one.pk, [])) for one in listed
        ],
        "done": done,
        "breadcrumbs": [
            {"url": reverse("wagtailadmin_home"), "label": "Trang chủ"},
            {"url": "", "label": "Đề xuất thay đổi"},
        ],
    }
    return TemplateResponse(request, "startups/staff/proposals.html", context)


def touching(listed: list[ChangeProposal]) -> dict[int, list[str]]:
    """For each proposal of the page the references of the others that wait and touch a field of it."""
    startups = {one.startup_id for one in listed}
    others = list(selectors.waiting().filter(startup__in=startups))
    found: dict[int, list[str]] = {}
    for one in listed:
        names = {row.name for row in one.fields.all()}
        found[one.pk] = [
            other.reference
            for other in others
            if other.startup_id == one.startup_id
            and other.pk != one.pk
            and names & {row.name for row in other.fields.all()}
        ]
    return found


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, reference: str) -> HttpResponse:
    """One proposal. POST decides it; a refusal gives the page back with the reason and everything that was typed."""
    found = on_desk(reference)
    if found.state == DRAFT.code:
        return back(request, reference)
    if request.method != "POST":
        return TemplateResponse(request, "startups/staff/proposal.html", context_of(request, found))
    try:
        done = decide(found, request.user, request.POST)
    except Refusal as refusal:
        fresh = on_desk(reference)
        if fresh.state == DRAFT.code:
            return back(request, reference)
        context = context_of(request, fresh, refusal)
        return TemplateResponse(request, "startups/staff/proposal.html", context, status=STATUS[type(refusal)])
    profile = profile_of(done.startup)
    said = done.lifecycle.states[done.state].staff_label
    url = url_of(profile, "vi") if profile else ""
    link = format_html(' <a href="{}">Xem trang công khai</a>', url) if url else ""
    messages.success(request, format_html("{}: {}.{}", said, done.reference, link))
    return redirect("desk_proposal", reference=done.reference)


def back(request: HttpRequest, reference: str) -> HttpResponse:
    """It was here, and its founder has taken it back to edit: the officer is told, with what they had typed."""
    context = {
        "reference": reference,
        "kept": kept_of(request.POST),
        "breadcrumbs": breadcrumbs(reference),
    }
    status = 409 if request.method == "POST" else 200
    return TemplateResponse(request, "startups/staff/proposal_back.html", context, status=status)


def breadcrumbs(reference: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": "Trang chủ"},
        {"url": reverse("desk_proposals"), "label": "Đề xuất thay đổi"},
        {"url": "", "label": reference},
    ]


def kept_of(posted: QueryDict) -> list[str]:
    """What somebody typed into a form that is not offered any more."""
    return [text for name, text in posted.items() if typed_words(name, text)]


def decide(found: ChangeProposal, user: Any, posted: QueryDict) -> ChangeProposal:
    version = number(posted.get("version"))
    rejects = "_reject" in posted
    form = RejectForm(posted) if rejects else DecideForm(posted)
    names = [row.name for row in found.fields.all()]
    if version == found.version and found.state == OPEN.code and not form.is_valid():
        problems = {name: str(errors[0]) for name, errors in form.errors.items()}
        raise Invalid(next(iter(problems.values())), problems)
    if rejects:
        refused = dict.fromkeys(names, clean(posted.get("note", "")))
    else:
        refused = {name: clean(posted.get(f"reason:{name}", "")) for name in posted.getlist("refuse") if name in names}
    long = {f"row:{name}": "Lý do dài quá. Viết ngắn lại." for name, one in refused.items() if len(one) > MOST_LETTERS}
    if long:
        raise Invalid(next(iter(long.values())), long)
    confirmed = {name: posted.get(f"confirm:{name}", "") for name in names}
    stated = {name: one.widget.value_from_datadict(posted, {}, name) for name, one in form.fields.items()}
    stated.pop("note", None)
    return services.decide(
        found,
        actor=user,
        refused=refused,
        confirmed=confirmed,
        stated={name: clean(value) if isinstance(value, str) else value for name, value in stated.items()},
        version=version,
    )


def context_of(request: HttpRequest, found: ChangeProposal, refusal: Refusal | None = None) -> dict[str, Any]:
    """Everything the page shows. Restricted values are in it only when they were asked for, and then it is logged."""
    posted = request.POST if refusal else QueryDict()
    revealed = (posted if refusal else request.GET).get("show") == "restricted"
    changes = selectors.proposed(found, revealed=revealed)
    if revealed:
        log_restricted_read(request.user, found.subject, [one.name for one in changes if one.is_restricted])
    problems = refusal.problems if isinstance(refusal, Invalid) else {}
    refused = set(posted.getlist("refuse"))
    rejects = "_reject" in posted
    why_not = not_allowed(found, request.user)
    profile = profile_of(found.startup)
    may = found.state == OPEN.code and not why_not
    judged = [
        Judged(
            one,
            one.name in refused,
            posted.get(f"reason:{one.name}", ""),
            bool(posted.get(f"confirm:{one.name}") == one.saw),
            str(problems.get(f"row:{one.name}", "")),
        )
        for one in changes
    ]
    return {
        "proposal": found,
        "state": found.lifecycle.states[found.state],
        "clock": clock_of(found, office_calendar()),
        "judged": judged,
        "wrong": [one for one in judged if one.error],
        "hidden": sum(one.hidden for one in changes),
        "revealed": revealed,
        "rivals": selectors.rivals(found) if found.state == OPEN.code else [],
        "refusal": refusal,
        "is_conflict": isinstance(refusal, Conflict),
        "meanwhile": meanwhile(found, posted.get("version", "")) if refusal else [],
        "kept": kept_of(posted) if refusal and not may else [],
        "why_not": why_not if found.state == OPEN.code else "",
        "may_decide": may,
        "form": DecideForm(posted if refusal and not rejects else None, auto_id="decide_%s"),
        "reject_form": RejectForm(posted if refusal and rejects else None, auto_id="reject_%s"),
        "rejects": rejects,
        "ground": ground_in_words(found.decision.ground) if found.decision else "",
        "history": selectors.history(found),
        "public_url": url_of(profile, "vi") if profile else "",
        "breadcrumbs": breadcrumbs(found.reference),
    }


def typed_words(name: str, text: str) -> bool:
    return bool(text.strip()) and (name.startswith("reason:") or name in ("note", "number", "signatory", "delegation"))


def not_allowed(found: ChangeProposal, user: Any) -> str:
    try:
        found.lifecycle.actions["accept"].who(user, found)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


class ProposalsMenuItem(MenuItem):
    """“Đề xuất (2)”: two wait for the department."""

    def is_shown(self, request: HttpRequest) -> bool:
        return works_here(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        count = ChangeProposal.objects.filter(state=OPEN.code).count()
        label = f"{self.label} ({count})" if count else self.label
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname, attrs=self.attrs
        )


urlpatterns = [
    path("", queue, name="desk_proposals"),
    path("<slug:reference>/", proposal, name="desk_proposal"),
]
