"""The department's pages of duties in the back office: what is late, open and done, the yearly reports, one duty and its evidence."""

from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from registry.certificates.models import Certificate
from registry.certificates.selectors import version_of
from registry.core import clock
from registry.core.decisions import log_restricted_read
from registry.core.grounds import ground_in_words
from registry.core.lifecycle import Conflict, Invalid, NotAllowed, Refusal
from registry.core.models.history import Event
from registry.core.text import clean
from registry.dossiers.desk.acting import STATUS, stated_version
from registry.dossiers.desk.entrance import desk
from registry.dossiers.desk.given_back import given_back
from registry.duties import papers, selectors, services
from registry.duties.forms import EvidenceForm, ReceiptForm
from registry.duties.lifecycle import NOTICE_LIFECYCLE, REPORT_LIFECYCLE, officer
from registry.duties.models import Notice, NoticeKind, YearReport
from registry.duties.rules import NOTICES, Duty, DutyKind, Happened, report_due
from registry.duties.views import PAPERS, paper_response, year_duty
from registry.st_enterprises.papers.report import rows_of

PAGE_SIZE: Final = 25
TABS: Final = {"cham": "late", "dang-mo": "open", "xong": "done"}
TAB_LABELS: Final = {"cham": "Quá hạn", "dang-mo": "Đang mở", "xong": "Đã xong"}
SHORT: Final = {
    DutyKind.INCENTIVE_BODIES: "Cơ quan ưu đãi",
    DutyKind.NATIONAL_PLATFORM: "Nền tảng quốc gia",
    DutyKind.MINISTRY: "Bộ KH&CN",
    DutyKind.REVIEW: "Kiểm tra ba năm",
    DutyKind.YEAR_REPORT: "Báo cáo V.6",
}
"""The kinds as the filter names them; a proposal is no kind of duty."""

HAPPENED: Final = {
    Happened.GRANTED: "Cấp giấy chứng nhận",
    Happened.CHANGED: "Cấp thay đổi",
    Happened.REISSUED: "Cấp lại",
    Happened.WITHDRAWN: "Thu hồi",
    Happened.CANCELLED: "Hủy bỏ hiệu lực",
}
CRUMB: Final = {"label": "Nghĩa vụ sau khi cấp"}
REPORT_CHIPS: Final = {
    ("done", False): ("Đã báo cáo", "ok", "circle-check"),
    ("done", True): ("Báo cáo muộn", "warn", "circle-check"),
    ("late", True): ("Thiếu báo cáo", "bad", "clock-alert"),
    ("open", False): ("Chưa đến hạn", "", "clock"),
}


@desk
@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """The ledger as it stands today, in three parts; with `?viec=` one kind alone. Proposals stand above, apart."""
    tab = request.GET.get("nhom", "")
    tab = tab if tab in TABS else "cham"
    kind = request.GET.get("viec", "")
    kind = kind if kind in SHORT else ""
    whole = selectors.ledger()
    proposals = [one for one in whole if one.kind is DutyKind.WITHDRAWAL_PROPOSAL and not one.done]
    rows = [
        one
        for one in whole
        if (one.kind is not DutyKind.WITHDRAWAL_PROPOSAL or one.done) and (not kind or one.kind == kind)
    ]
    parts = {name: [one for one in rows if one.state == state] for name, state in TABS.items()}
    page = Paginator(in_order(parts[tab], tab), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "tab": tab,
        "tabs": [(name, TAB_LABELS[name], len(parts[name])) for name in TABS],
        "kind": kind,
        "kinds": [(one.value, label) for one, label in SHORT.items()],
        "readings": list(dict.fromkeys(one.reading for one in page.object_list if one.reading)),
        "page": page,
        "rows": [shown(one) for one in page.object_list],
        "proposals": [shown(one) for one in proposals],
        "breadcrumbs": [{"url": reverse("wagtailadmin_home"), "label": "Trang chủ"}, {"url": "", **CRUMB}],
    }
    return TemplateResponse(request, "duties/staff/duties.html", context)


def in_order(rows: list[Duty], tab: str) -> list[Duty]:
    """What waits longest first; what is done, the newest first. Without a day of the law its decision's day counts."""
    if tab == "xong":
        return sorted(rows, key=lambda one: (one.done.on if one.done else date.min, one.certificate), reverse=True)
    return sorted(rows, key=lambda one: (one.due or one.arisen_on, one.certificate))


def shown(duty: Duty) -> dict[str, Any]:
    """A duty as the list writes it. `url`: where it is done."""
    return {
        "duty": duty,
        "basis": ground_in_words(duty.basis),
        "happened": HAPPENED[duty.cause.what] if duty.cause else "",
        "url": url_of(duty),
    }


def url_of(duty: Duty) -> str:
    if duty.kind in NOTICES and duty.cause:
        return reverse("desk_notice", args=[duty.public_id, duty.kind.value, duty.cause.decision])
    if duty.kind is DutyKind.YEAR_REPORT:
        return reverse("desk_year_report", args=[duty.public_id, duty.year])
    return reverse("desk_certificate", args=[duty.public_id])


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, public_id: str, kind: str, position: int) -> HttpResponse:
    """One notice that a decision brought: evidence, and the form that gives it. POST with `act` fulfils or reopens."""
    certificate = get_object_or_404(Certificate.objects.select_related("party", "ended_by"), public_id=public_id)
    decision = selectors.decision_behind(certificate, position)
    duty = _notice_duty(certificate, kind, position)
    if decision is None or duty is None:
        raise Http404
    refusal: Refusal | None = None
    if request.method == "POST":
        act = request.POST.get("act", "")
        try:
            services.act_on_notice(
                certificate, decision, kind, act, actor=request.user, data=_evidence(request),
                expected_version=stated_version(request.POST),
            )  # fmt: skip
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, f"{NOTICE_LIFECYCLE.actions[act].done}: {NoticeKind(kind).label}.")
            return redirect("desk_notice", public_id, kind, position)
    rows = Notice.objects.filter(certificate=certificate, decision=decision, kind=kind)
    found = rows.select_related("file").first() or Notice(
        certificate=certificate, decision=decision, kind=kind, state="open"
    )
    tried = refusal is not None and request.POST.get("act") == "fulfil"
    form = EvidenceForm(decision.signed_on, *((request.POST, request.FILES) if tried else ()))
    _told(form, refusal if tried else None)
    context = {
        **_shared(found, request, refusal, form),
        **shown(duty),
        "notice": found,
        "decision": decision,
        "certificate": certificate,
        "version": version_of(certificate),
        "form": form,
        "reason": request.POST.get("note", "") if refusal else "",
        "breadcrumbs": [{"url": reverse("desk_duties"), **CRUMB}, {"url": "", "label": certificate.number}],
    }
    status = STATUS[type(refusal)] if refusal else 200
    return TemplateResponse(request, "duties/staff/notice.html", context, status=status)


def _notice_duty(certificate: Certificate, kind: str, position: int) -> Duty | None:
    rows = selectors.ledger(certificates=Certificate.objects.filter(pk=certificate.pk))
    return next((one for one in rows if one.kind == kind and one.cause and one.cause.decision == position), None)


def _evidence(request: HttpRequest) -> dict[str, Any]:
    words = {name: clean(request.POST.get(name, "")) for name in ("done_on", "document", "remark", "note")}
    return words | {"file": request.FILES.get("file")}


def _told(form: Any, refusal: Refusal | None) -> None:
    """The sentences of a refusal at their fields, beside those that the form finds itself."""
    if refusal is None:
        return
    form.is_valid()
    for name, sentence in (refusal.problems if isinstance(refusal, Invalid) else {}).items():
        if name in form.fields and not form.has_error(name):
            form.add_error(name, str(sentence))


def _why_not(record: Any, user: Any) -> str:
    try:
        officer(user, record)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def _shared(record: Any, request: HttpRequest, refusal: Refusal | None, form: forms.Form) -> dict[str, Any]:
    """What both pages of a record show: its state, its history, a refusal, why somebody only reads.

    `kept`: what was typed into a form that is not offered any more, so that nothing is lost.
    """
    lifecycle = record.lifecycle
    why_not = _why_not(record, request.user)
    tried = lifecycle.actions.get(request.POST.get("act", ""))
    fields = form.fields | {"note": forms.CharField(label="Lý do")}
    offered = not why_not and tried is not None and record.state in tried.sources
    events = Event.objects.filter(subject=record.subject).select_related("actor").order_by("-version")
    return {
        "state": lifecycle.states[record.state],
        "events": [(event, lifecycle.actions[event.action].done) for event in events] if record.pk else [],
        "refusal": refusal,
        "is_conflict": isinstance(refusal, Conflict),
        "why_not": why_not,
        "kept": given_back(request.POST, fields) if refusal and not offered else [],
    }


@desk
@require_safe
def year_reports(request: HttpRequest) -> HttpResponse:
    """The reports of one year, `?nam=`; without it the year that runs. A row for each certificate that owes one."""
    whole = [one for one in selectors.ledger() if one.kind is DutyKind.YEAR_REPORT]
    today = clock.today()
    years = sorted({one.year for one in whole if one.year} | {today.year}, reverse=True)
    asked = request.GET.get("nam", "")
    year = int(asked) if asked in {str(one) for one in years} else today.year
    rows = sorted((one for one in whole if one.year == year), key=lambda one: (one.done is not None, one.certificate))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = {label: sum(REPORT_CHIPS[one.state, one.late][0] == label for one in rows) for label, *_ in REPORT_CHIPS.values()}  # fmt: skip
    context = {
        "year": year,
        "years": years,
        "due": report_due(year),
        "counts": counts.items(),
        "page": page,
        "rows": [(one, REPORT_CHIPS[one.state, one.late], url_of(one)) for one in page.object_list],
        "breadcrumbs": [{"url": reverse("desk_duties"), **CRUMB}, {"url": "", "label": "Báo cáo năm V.6"}],
    }
    return TemplateResponse(request, "duties/staff/year_reports.html", context)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def year_report(request: HttpRequest, public_id: str, year: int) -> HttpResponse:
    """One report: receipt, figures (reading them is logged). POST with `act` records a receipt or takes a wrong one out."""
    certificate = get_object_or_404(Certificate.objects.select_related("party"), public_id=public_id)
    if year_duty(certificate, year) is None:
        raise Http404
    refusal: Refusal | None = None
    if request.method == "POST":
        act = request.POST.get("act", "")
        try:
            services.act_on_report(
                certificate, year, act, actor=request.user, data=_receipt(request),
                expected_version=stated_version(request.POST),
            )  # fmt: skip
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, f"{REPORT_LIFECYCLE.actions[act].done}: {certificate.number}, năm {year}.")
            return redirect("desk_year_report", public_id, year)
    found = selectors.report_of(certificate, year) or YearReport(certificate=certificate, year=year, state="draft")
    duty, version = year_duty(certificate, year), version_of(certificate)
    assert duty is not None
    assert version is not None
    tried = refusal is not None and request.POST.get("act") == "receive"
    form = ReceiptForm(year, *((request.POST, request.FILES) if tried else ()))
    _told(form, refusal if tried else None)
    if found.figures:
        log_restricted_read(request.user, found.subject, ["figures"])
    context = {
        **_shared(found, request, refusal, form),
        "report": found,
        "duty": duty,
        "chip": REPORT_CHIPS[duty.state, duty.late],
        "basis": ground_in_words(duty.basis),
        "certificate": certificate,
        "version": version,
        "year": year,
        "figures": rows_of(papers.year_report(certificate, version, year, found.figures)) if found.figures else [],
        "form": form,
        "reason": request.POST.get("note", "") if refusal else "",
        "breadcrumbs": [
            {"url": reverse("desk_year_reports") + f"?nam={year}", "label": f"Báo cáo năm {year}"},
            {"url": "", "label": certificate.number},
        ],
    }
    status = STATUS[type(refusal)] if refusal else 200
    return TemplateResponse(request, "duties/staff/year_report.html", context, status=status)


def _receipt(request: HttpRequest) -> dict[str, Any]:
    words = {name: clean(request.POST.get(name, "")) for name in ("number", "received_on", "note")}
    return words | {"file": request.FILES.get("file")}


@desk
@require_safe
def paper(request: HttpRequest, public_id: str, year: int, kind: str) -> HttpResponse:
    """Form V.6 as the enterprise keeps it. Reading it is logged."""
    certificate = get_object_or_404(Certificate.objects.select_related("party"), public_id=public_id)
    found, version = selectors.report_of(certificate, year), version_of(certificate)
    if kind not in PAPERS or found is None or not found.figures or version is None:
        raise Http404
    log_restricted_read(request.user, found.subject, ["figures"])
    content = papers.year_report(certificate, version, year, found.figures)
    return paper_response(content, certificate, year, kind)


urlpatterns = [
    path("", duties, name="desk_duties"),
    path("bao-cao/", year_reports, name="desk_year_reports"),
    path("bao-cao/<slug:public_id>/<int:year>/", year_report, name="desk_year_report"),
    path("bao-cao/<slug:public_id>/<int:year>/mau-v6.<str:kind>", paper, name="desk_year_report_paper"),
    path("<slug:public_id>/<slug:kind>/<int:position>/", notice, name="desk_notice"),
]
