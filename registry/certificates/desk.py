"""The department's pages of certificates in the back office: the register, one certificate and what is decided of it, entering one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from registry.certificates import deciding, incentives, paper, selectors
from registry.certificates.deciding import Content, Line
from registry.certificates.forms import FORMS, EnterForm, ProductLines
from registry.certificates.lifecycle import PAPER, STANDING
from registry.certificates.models import CODE, Certificate, Regime
from registry.core import clock
from registry.core.grounds import ground_in_words
from registry.core.lifecycle import Conflict, Invalid, NotAllowed, Refusal, perform, possible, registered
from registry.core.models.history import Decision, Event
from registry.core.text import clean
from registry.dossiers import beside
from registry.dossiers.desk.acting import STATUS, meanwhile, stated_version
from registry.dossiers.desk.entrance import desk
from registry.dossiers.desk.given_back import Kept, given_back
from registry.dossiers.lifecycle import officer
from registry.parties.selectors import party_with
from registry.parties.services import create_party
from registry.st_enterprises.papers.signing import Trust
from registry.st_enterprises.papers.word import word
from registry.st_enterprises.procedures.deciding import drafted

PAGE_SIZE = 25
PAPER_ACTS = frozenset(action.code for action in PAPER)
CRUMB = {"label": "Giấy chứng nhận"}
GRAVE = frozenset({"notify", "withdraw", "cancel"})
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {"grant": "Cấp giấy chứng nhận", "refuse_change": "Từ chối cấp thay đổi, cấp lại"}


@desk
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All certificates, the newest first; with `?state=` those of one state. Certified, and what rooms count beside it, stand above."""
    states = registered(CODE).states
    state = request.GET.get("state", "")
    rows = selectors.on_day()
    if state in states:
        rows = rows.filter(certificate__state=state)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    reviews = selectors.next_reviews([row.certificate for row in page.object_list])
    standing = dict(
        selectors.on_day().filter(status="valid").order_by().values_list("certificate__regime").annotate(n=Count("pk"))
    )
    context = {
        "certified": sum(standing.values()),
        "by_regime": [(regime.label, standing[regime]) for regime in Regime if regime in standing],
        "beside": beside.panels("certificates", request, None),
        "page": page,
        "rows": [(row, states[row.certificate.state], reviews.get(row.certificate_id)) for row in page.object_list],
        "today": clock.today(),
        "states": states.values(),
        "state": state,
        "breadcrumbs": [{"url": reverse("wagtailadmin_home"), "label": "Trang chủ"}, {"url": "", **CRUMB}],
    }
    return TemplateResponse(request, "certificates/staff/register.html", context)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, public_id: str) -> HttpResponse:
    """One certificate. POST with `act` decides; a refusal gives the page back with the reason and everything that was typed."""
    found = get_object_or_404(Certificate.objects.select_related("party", "authority"), public_id=public_id)
    if request.method != "POST":
        return TemplateResponse(request, "certificates/staff/certificate.html", _context(request, found))
    try:
        done = _act(request, found)
    except Refusal as refusal:
        context = _context(request, get_object_or_404(Certificate, pk=found.pk), refusal)
        return TemplateResponse(request, "certificates/staff/certificate.html", context, status=STATUS[type(refusal)])
    messages.success(request, f"{done.lifecycle.actions[request.POST['act']].done}: {done.number}.")
    return redirect("desk_certificate", public_id=done.public_id)


@desk
@require_safe
def on_paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """Form V.4 as a document to be printed and signed by hand: what the certificate says now, without the QR, which is signed."""
    found = get_object_or_404(Certificate, public_id=public_id)
    version = paper.current(found)
    if found.state not in STANDING or not paper.is_on_v4(version):
        raise Http404
    answer = HttpResponse(word(paper.content(found, version), clock.now()), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="giay-chung-nhan-{found.number_key}.docx"'
    return answer


def _act(request: HttpRequest, found: Certificate) -> Certificate:
    code = request.POST.get("act", "")
    if code in PAPER_ACTS:
        data = {"file": request.FILES.get("file")}
        return perform(found, code, request.user, data=data, expected_version=stated_version(request.POST))
    if code not in FORMS:
        raise Conflict("Không có thao tác này. Xem lại rồi làm tiếp.")
    version = stated_version(request.POST)
    form = FORMS[code](request.POST)
    if version == found.version and found.state in found.lifecycle.actions[code].sources and not form.is_valid():
        problems = {name: str(errors[0]) for name, errors in form.errors.items()}
        raise Invalid(next(iter(problems.values())), problems)
    typed = {name: one.widget.value_from_datadict(request.POST, {}, name) for name, one in form.fields.items()}
    data = {name: clean(value) if isinstance(value, str) else value for name, value in typed.items()} | {"act": code}
    try:
        return perform(found, code, request.user, data=data, expected_version=version)
    except IntegrityError as clash:
        if "decision_number_once" not in str(clash):
            raise
        sentence = "Số quyết định này vừa được ghi cho một hồ sơ khác."
        raise Invalid(sentence, {"number": sentence}) from clash


def _context(request: HttpRequest, found: Certificate, refusal: Refusal | None = None) -> dict[str, Any]:
    tried = request.POST.get("act") if refusal else None
    acts = []
    for action in (one for one in possible(found, request.user) if one.code in FORMS):
        form = FORMS[action.code](request.POST if action.code == tried else None, auto_id=f"{action.code}_%s")
        if action.code == tried and isinstance(refusal, Invalid):
            for name, sentence in refusal.problems.items():
                if name in form.fields and not form.has_error(name):
                    form.add_error(name, sentence)
        acts.append((action, form, action.code in GRAVE, action.code == tried))
    offered = any(is_open for _action, _form, _grave, is_open in acts)
    version = selectors.version_of(found)

    def told(happened: list[Event]) -> list[tuple[Event, Any]]:
        return [(event, found.lifecycle.actions[event.action].done) for event in happened]

    events = list(Event.objects.filter(subject=found.subject).select_related("actor").order_by("-version"))
    return {
        "certificate": found,
        "version": version,
        "incentives": incentives.in_words(version) if version else "",
        "state": found.lifecycle.states[found.state],
        "acts": acts,
        "paper": _paper(found, request.user),
        "beside": beside.panels("certificate", request, found),
        "why_not": _why_not(found, request.user),
        "refusal": refusal,
        "is_conflict": isinstance(refusal, Conflict),
        "kept": [] if refusal is None or offered else _given_back(request),
        "meanwhile": told(meanwhile(found, request.POST.get("version", found.version))) if refusal else [],
        "versions": selectors.versions(found),
        "asked": selectors.open_changes([found]).get(found.pk),
        "next_review": selectors.next_reviews([found]).get(found.pk),
        "today": clock.today(),
        "decisions": [_told(one) for one in selectors.all_decisions(found)],
        "events": told(events),
        "public_url": selectors.url_of(version, "vi") if version else "",
        "breadcrumbs": [
            {"url": reverse("desk_certificates"), **CRUMB},
            {"url": "", "label": found.number},
        ],
    }


def _paper(found: Certificate, user: Any) -> dict[str, Any]:
    """The electronic certificate of the version in force, and what may be done with it now."""
    version = paper.current(found)
    made = paper.paper_of(version)
    offered = {action.code: action for action in possible(found, user) if action.code in PAPER_ACTS}
    if made is None:
        offered = {code: one for code, one in offered.items() if code == "make_paper"}
    elif paper.is_settled(made):
        offered = {}
    elif made.signed_id:
        offered.pop("sign_here", None)
    on_v4 = paper.is_on_v4(version)
    trust = made.trust if made is not None else ""
    return {
        "made": made,
        "acts": offered if on_v4 else {},
        "to_print": on_v4 and found.state in STANDING,
        "why_none": "" if on_v4 else paper.OLD_FORM,
        "is_trial": trust == Trust.DEVELOPMENT,
        "is_unknown": trust == Trust.UNKNOWN,
    }


def _given_back(request: HttpRequest) -> list[Kept]:
    build = FORMS.get(request.POST.get("act", ""))
    return given_back(request.POST, build().fields if build else {})


def _why_not(found: Certificate, user: Any) -> str:
    """Why this person decides nothing here; "" when they may."""
    try:
        officer(user, found)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def _told(decision: Decision) -> dict[str, Any]:
    """A decision as staff read it, with how late its notice came (Art. 53(5))."""
    late = (decision.public_from - decision.signed_on).days if decision.public_from and decision.public_until else 0
    action = registered(CODE).actions.get(decision.kind)
    return {
        "decision": decision,
        "label": action.label if action else KINDS[decision.kind],
        "ground": ground_in_words(decision.ground),
        "late": late,
    }


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a certificate that was issued on paper, under either decree."""
    posted = request.POST if request.method == "POST" else None
    form, lines = EnterForm(posted), ProductLines(posted, prefix="lines")
    status = 200
    if posted is not None:
        if form.is_valid() and lines.is_valid():
            try:
                entered = _entered(form.cleaned_data, lines.lines, request.user)
            except Invalid as refusal:
                for name, sentence in (refusal.problems or {None: str(refusal)}).items():
                    form.add_error(name if name in form.fields else None, str(sentence))
            else:
                messages.success(request, f"Đã vào sổ giấy chứng nhận số {entered.number}.")
                return redirect("desk_certificate", public_id=entered.public_id)
        status = 400
    context = {
        "form": form,
        "lines": lines,
        "breadcrumbs": [{"url": reverse("desk_certificates"), **CRUMB}, {"url": "", "label": "Vào sổ giấy đã cấp"}],
    }
    return TemplateResponse(request, "certificates/staff/enter.html", context, status=status)


def _entered(stated: dict[str, Any], lines: list[dict[str, str]], actor: Any) -> Certificate:
    with transaction.atomic():
        party = party_with(stated["tax_code"]) or create_party(
            kind="enterprise", name=stated["name_vi"], actor=actor, identifier=stated["tax_code"], with_owner=False
        )
        draft = drafted("grant", deciding.GROUNDS[Regime(stated["regime"])], stated)
        content = Content(
            name_vi=stated["name_vi"],
            name_en=stated["name_en"],
            short_name=stated["short_name"],
            business_number=stated["tax_code"].value,
            registered_on=stated["registered_on"],
            ward=stated["ward"],
            address=stated["address"],
            phone=stated["phone"],
            sector=stated["sector"],
            fields=tuple(stated["fields_of_technology"]),
            lines=tuple(Line(**line) for line in lines),
        )
        return deciding.issue(
            party, content, draft, regime=stated["regime"], number=stated["certificate_number"], actor=actor
        )


urlpatterns = [
    path("", register, name="desk_certificates"),
    path("vao-so/", enter, name="desk_certificate_enter"),
    path("<slug:public_id>/", certificate, name="desk_certificate"),
    path("<slug:public_id>/mau-v4.docx", on_paper, name="desk_certificate_on_paper"),
]
