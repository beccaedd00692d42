"""The yearly report V.6 in the account: the figures of a year, the papers, the receipt of the Ministry's platform."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import access
from accounts.panels import Panel
from registry.certificates.models import Certificate, CertificateVersion
from registry.certificates.selectors import version_of
from registry.core import clock
from registry.core.grounds import ground_in_words
from registry.core.lifecycle import Conflict, Invalid, NotAllowed, Refusal
from registry.core.permalinks import normal_id
from registry.duties import papers, selectors, services
from registry.duties.forms import FiguresForm, ReceiptForm
from registry.duties.models import YearReport
from registry.duties.rules import BASIS, Duty, DutyKind, report_due
from registry.parties.selectors import EDITING_ROLES, role_of
from registry.st_enterprises.papers import data
from registry.st_enterprises.papers.pdf import pdf
from registry.st_enterprises.papers.word import word

STATUS: Final = {Conflict: 409, NotAllowed: 403, Invalid: 400}
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAPERS: Final[dict[str, tuple[str, Callable[[Any], bytes]]]] = {
    "pdf": ("application/pdf", lambda content: pdf(content, clock.now())),
    "docx": (DOCX, lambda content: word(content, clock.now())),
    "json": ("application/json", lambda content: data.data(content).encode()),
}
IN_PANEL: Final = 3


def language_here() -> str:
    return get_language() or settings.LANGUAGE_CODE


def chip_of(duty: Duty) -> tuple[str, str, str]:
    """Label, tone and icon of a yearly report."""
    if duty.done:
        label = _("Đã báo cáo, muộn") if duty.late else _("Đã báo cáo")
        return label, "warn" if duty.late else "ok", "circle-check"
    return (_("Thiếu, đã quá hạn"), "bad", "clock-alert") if duty.late else (_("Chưa báo cáo"), "info", "clock")


@access("signed_in")
@require_safe
def year_reports(request: HttpRequest) -> HttpResponse:
    """What the user's enterprises owe and have given, a row for each certificate and year."""
    context = {
        "rows": [(duty, chip_of(duty)) for duty in selectors.own_reports(request.user)],
        "has_certificate": selectors.own(request.user).exists(),
        "basis": ground_in_words(BASIS[DutyKind.YEAR_REPORT], language_here()),
        "account_url": reverse("account_home"),
    }
    return TemplateResponse(request, "duties/year_reports.html", context)


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def year_report(request: HttpRequest, public_id: str, year: int) -> HttpResponse:
    """The figures of a year. POST keeps them; what is refused comes back with everything that was typed."""
    page = _page(request, public_id, year)
    certificate, report = page["certificate"], page["report"]
    if request.method != "POST":
        figures = report.figures if report and report.figures_version else papers.prefilled(page["version"])
        return _shown(request, page, FiguresForm(initial=figures))
    form = FiguresForm(request.POST)
    if not page["may"]:
        return _shown(request, page, form, NotAllowed(_("Bạn là người xem nên không lưu được.")))
    if not form.is_valid():
        return _shown(request, page, form, status=400)
    try:
        services.save_figures(
            certificate, year, form.kept(), actor=request.user, seen=_number(request.POST.get("seen"))
        )
    except Refusal as refusal:
        return _shown(request, _page(request, public_id, year), form, refusal)
    messages.success(request, _("Đã lưu số liệu năm %(year)s. Năm này vẫn chưa tính là đã báo cáo.") % {"year": year})
    return redirect("year_report", public_id=certificate.public_id, year=year)


def _shown(
    request: HttpRequest, page: dict[str, Any], form: FiguresForm, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    is_read = (page["is_locked"] or not page["may"]) and not form.is_bound
    context = page | {"form": form, "told": form.told() if is_read else None, "refusal": refusal}
    if refusal:
        status = STATUS[type(refusal)]
    return TemplateResponse(request, "duties/year_report.html", context, status=status)


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, public_id: str, year: int) -> HttpResponse:
    """The receipt of the platform. From then on the year is reported, on the day that the receipt names."""
    page = _page(request, public_id, year)
    certificate = page["certificate"]
    if request.method != "POST":
        if page["is_locked"]:
            return redirect("year_report", public_id=certificate.public_id, year=year)
        return TemplateResponse(request, "duties/receipt.html", page | {"form": ReceiptForm(year)})
    form = ReceiptForm(year, request.POST, request.FILES)
    try:
        services.act_on_report(
            certificate, year, "receive", actor=request.user, data=_typed(request),
            expected_version=_number(request.POST.get("version")),
        )  # fmt: skip
    except Invalid as wrong:
        form.is_valid()
        for name, sentence in wrong.problems.items():
            if name in form.fields and not form.has_error(name):
                form.add_error(name, str(sentence))
        return TemplateResponse(request, "duties/receipt.html", page | {"form": form}, status=400)
    except Refusal as refusal:
        kept = [text for text in (request.POST.get("number"), request.POST.get("received_on")) if text]
        context = _page(request, public_id, year) | {"form": form, "refusal": refusal, "kept": kept}
        return TemplateResponse(request, "duties/receipt.html", context, status=STATUS[type(refusal)])
    messages.success(request, _("Đã ghi biên nhận: năm %(year)s đã báo cáo.") % {"year": year})
    return redirect("year_report", public_id=certificate.public_id, year=year)


def _typed(request: HttpRequest) -> dict[str, Any]:
    return {
        "number": request.POST.get("number", ""),
        "received_on": request.POST.get("received_on", ""),
        "file": request.FILES.get("file"),
    }


@access("signed_in")
@require_safe
def paper(request: HttpRequest, public_id: str, year: int, kind: str) -> HttpResponse:
    """Form V.6 with what is kept: to be checked and carried to the platform."""
    if kind not in PAPERS:
        raise Http404
    page = _page(request, public_id, year)
    report: YearReport | None = page["report"]
    figures = report.figures if report and report.figures_version else papers.prefilled(page["version"])
    content = papers.year_report(page["certificate"], page["version"], year, figures)
    return paper_response(content, page["certificate"], year, kind)


def paper_response(content: Any, certificate: Certificate, year: int, kind: str) -> HttpResponse:
    content_type, make = PAPERS[kind]
    response = HttpResponse(make(content), content_type=content_type)
    disposition = "inline" if kind == "pdf" else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="bao-cao-V6-{certificate.public_id}-{year}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _page(request: HttpRequest, public_id: str, year: int) -> dict[str, Any]:
    """What every page of a year shows. 404 for a certificate of others, and for a year in which nothing is owed."""
    rows = selectors.own(request.user)
    certificate = get_object_or_404(rows, public_id=normal_id(public_id) or "")
    duty = year_duty(certificate, year)
    version: CertificateVersion | None = version_of(certificate)
    if duty is None or version is None:
        raise Http404
    report = selectors.report_of(certificate, year)
    return {
        "certificate": certificate,
        "version": version,
        "year": year,
        "duty": duty,
        "chip": chip_of(duty),
        "report": report,
        "seen": report.figures_version if report else 0,
        "version_seen": report.version if report else 0,
        "saved_at": report.saved_at if report else None,
        "is_locked": report is not None and report.state == "reported",
        "may": role_of(request.user, certificate.party) in EDITING_ROLES,
        "due": report_due(year),
        "basis": ground_in_words(duty.basis, language_here()),
        "account_url": reverse("account_home"),
    }


def year_duty(certificate: Certificate, year: int) -> Duty | None:
    """The report of a year as it stands today; None where the certificate did not hold on its last good day."""
    rows = selectors.ledger(certificates=Certificate.objects.filter(pk=certificate.pk))
    return next((duty for duty in rows if duty.kind is DutyKind.YEAR_REPORT and duty.year == year), None)


def _number(given: Any) -> int:
    """The version that somebody saw; what is no number fits none."""
    text = str(given or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def panel(request: HttpRequest) -> Panel | None:
    """“Yearly reports” on the account's front page: those to be given first, the newest years before the older ones."""
    found = selectors.own_reports(request.user)
    if not found:
        return None
    rows = sorted(found, key=lambda duty: duty.done is not None)
    return Panel(
        "duties/panel.html", _("Báo cáo năm V.6"), {"rows": [(duty, chip_of(duty)) for duty in rows[:IN_PANEL]]}
    )
