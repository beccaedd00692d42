"""The officer's page on which a paper is made for a dossier, and the section of the dossier's page that leads there."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.panels import Panel
from registry.core import clock
from registry.core.decisions import log_restricted_read
from registry.core.lifecycle import Conflict, Invalid, NotAllowed, Refusal
from registry.dossiers.desk.acting import STATUS, stated_version
from registry.dossiers.desk.entrance import desk
from registry.dossiers.desk.views import on_desk
from registry.dossiers.models import Dossier
from registry.official_papers import checking, services
from registry.official_papers.forms import PaperForm
from registry.official_papers.kinds import KINDS, Kind
from registry.official_papers.letter import Stated
from registry.official_papers.models import PaperTemplate
from registry.official_papers.selectors import fitting, may_work_with, papers_of
from registry.official_papers.values import questions_of, refusal_of


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """What the paper says of this dossier now, and what is to be stated. POST makes it."""
    found = on_desk(request.user, reference)
    wanted = KINDS.get(kind)
    if wanted is None:
        raise Http404
    if not may_work_with(request.user, found):
        return _refused(request, found, wanted, NotAllowed("Bạn không xử lý hồ sơ này nên không lập văn bản cho nó."))
    template = {one.code: row for one, row in fitting(found, clock.today())}.get(kind)
    if template is None:
        return _refused(request, found, wanted, Conflict("Hồ sơ đang ở bước không lập văn bản này."))
    questions = questions_of(found, checking.used_names(template.texts))
    if request.method != "POST":
        form = PaperForm(wanted, template, initial=initial(found, template), questions=questions)
        return _page(request, found, wanted, template, form)
    form = PaperForm(wanted, template, request.POST, questions=questions)
    if not form.is_valid():
        return _page(request, found, wanted, template, form, status=400)
    try:
        version = stated_version(request.POST)
        paper = services.make_paper(found, kind, form.stated, form.typed, actor=request.user, expected_version=version)
    except Invalid as refusal:
        for name, sentence in (refusal.problems or {"": str(refusal)}).items():
            form.add_error(name if name in form.fields else None, str(sentence))
        return _page(request, found, wanted, template, form, status=400)
    except Refusal as refusal:
        return _page(request, on_desk(request.user, reference), wanted, template, form, refusal=refusal)
    said = f"Đã lập {wanted.label.lower()}" + (f" số {paper.number}." if paper.number else ", bản dự thảo.")
    messages.success(request, said)
    return redirect(f"{reverse('desk_dossier', args=[found.reference])}#van-ban")


@desk
@require_POST
def signed(request: HttpRequest, reference: str, public_id: str) -> HttpResponse:
    """Take in the signed PDF of a paper."""
    found = on_desk(request.user, reference)
    if not may_work_with(request.user, found):
        raise PermissionDenied
    paper = get_object_or_404(papers_of(found), public_id=public_id)
    try:
        kept = services.take_signed(paper, request.FILES.get("file"), actor=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"Đã nhận bản đã ký của {kept.paper.title.lower()} số {kept.paper.number}.")
    return redirect(f"{reverse('desk_dossier', args=[found.reference])}#van-ban")


def initial(dossier: Dossier, template: PaperTemplate) -> dict[str, Any]:
    """A refusal that is on record has its number, day and signatory already, unless its notice is a paper beside the decision."""
    decision = refusal_of(dossier) if template.kind == "thong-bao-tu-choi" else None
    if decision is None or not decision.number or "so_quyet_dinh" in checking.used_names(template.texts):
        return {}
    return {"number": decision.number, "signed_on": decision.signed_on, "signatory": decision.signatory}


def _page(
    request: HttpRequest,
    dossier: Dossier,
    kind: Kind,
    template: PaperTemplate,
    form: PaperForm,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form beside the paper as it would be. What it shows of restricted answers is logged."""
    seen = Stated(signing=template.signing)
    typed: dict[str, str] = {}
    if form.is_bound:
        seen, typed = form.stated, form.typed
    composed = services.compose(dossier, template, seen, typed)
    log_restricted_read(request.user, dossier.subject, composed.restricted)
    labels = {name: field.label for name, field in checking.known_fields(kind.code, template.procedure).items()}
    waits = {field.name for field in kind.typed}
    context = {
        "dossier": dossier,
        "kind": kind,
        "template": template,
        "form": form,
        "letter": composed.letter,
        "restricted": [labels[name] for name in composed.restricted],
        "open_places": [labels[name] for name in services.open_places(composed) if name not in waits],
        "refusal": refusal,
        "breadcrumbs": _crumbs(dossier, kind),
    }
    status = STATUS[type(refusal)] if refusal else status
    return TemplateResponse(request, "official_papers/staff/compose.html", context, status=status)


def _refused(request: HttpRequest, dossier: Dossier, kind: Kind, refusal: Refusal) -> HttpResponse:
    context = {"dossier": dossier, "kind": kind, "refusal": refusal, "breadcrumbs": _crumbs(dossier, kind)}
    return TemplateResponse(request, "official_papers/staff/unfit.html", context, status=STATUS[type(refusal)])


def _crumbs(dossier: Dossier, kind: Kind) -> list[dict[str, str]]:
    return [
        {"url": reverse("desk_queue"), "label": "Hồ sơ"},
        {"url": reverse("desk_dossier", args=[dossier.reference]), "label": dossier.reference},
        {"url": "", "label": kind.label},
    ]


@dataclass(frozen=True, slots=True)
class Offered:
    kind: Kind
    template: PaperTemplate
    url: str


def section(request: HttpRequest, dossier: Dossier) -> Panel | None:
    """“Văn bản” on the desk's page: what fits the dossier now, and what was made. Nothing for who may not work with it."""
    if not may_work_with(request.user, dossier):
        return None
    made = list(papers_of(dossier))
    offers = [
        Offered(kind, template, reverse("desk_paper", args=[dossier.reference, kind.code]))
        for kind, template in fitting(dossier, clock.today())
    ]
    if not (made or offers):
        return None
    return Panel(
        "official_papers/staff/section.html",
        "Văn bản",
        {"papers": made, "offers": offers, "reference": dossier.reference},
    )


urlpatterns = [
    path("<slug:reference>/van-ban/<slug:kind>/", compose, name="desk_paper"),
    path("<slug:reference>/van-ban/<slug:public_id>/ban-ky/", signed, name="desk_paper_signed"),
]
