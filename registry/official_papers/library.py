"""The pages of templates in the back office: which there are, what each says, its next version, its versions before."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import access
from registry.core import clock
from registry.core.lifecycle import Invalid, Refusal
from registry.dossiers.desk.acting import STATUS
from registry.official_papers import checking, selectors, services
from registry.official_papers.forms import TemplateForm, told
from registry.official_papers.kinds import KINDS
from registry.official_papers.letter import PARTS, letter_pdf
from registry.official_papers.models import PaperTemplate

FOR_ALL = "chung"
"""The word in an address for “every procedure that has no template of its own”."""

CRUMB = "Mẫu văn bản"
MOST_FAULTS = 30


@access("leader", "admin")
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    rows = [(one, template_url(one.template)) for one in selectors.library(clock.today())]
    context = {
        "rows": rows,
        "breadcrumbs": [{"url": reverse("wagtailadmin_home"), "label": "Trang chủ"}, {"url": "", "label": CRUMB}],
    }
    return TemplateResponse(request, "official_papers/staff/library.html", context)


def template_url(row: PaperTemplate) -> str:
    return reverse("paper_template", args=[row.kind, row.procedure or FOR_ALL])


@access("leader", "admin")
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, kind: str, procedure: str) -> HttpResponse:
    """The text of a version, to read and to write the next one from; `?ban=2` begins with an older one.

    POST `_save` keeps the next version, `_preview` shows it with sample values, `_pdf` gives that as PDF.
    """
    procedure = "" if procedure == FOR_ALL else procedure
    versions = list(selectors.versions_of(kind, procedure)) if kind in KINDS else []
    if not versions:
        raise Http404
    shown = _chosen(versions, request.GET.get("ban"))
    if request.method != "POST":
        form = TemplateForm(kind, procedure, initial=_initial(shown))
        return _page(request, versions, shown, form)
    form = TemplateForm(kind, procedure, request.POST)
    if "_save" not in request.POST:
        form.fields["note"].required = False
    if not form.is_valid():
        return _page(request, versions, shown, form, status=400)
    if "_save" not in request.POST:
        return _preview(request, versions, shown, form)
    try:
        row = services.write_template(
            kind,
            procedure,
            form.texts,
            effective_from=form.cleaned_data["effective_from"],
            note=form.cleaned_data["note"],
            actor=request.user,
            seen=_number(request.POST.get("seen")),
        )
    except Invalid as refusal:
        for name, sentence in refusal.problems.items():
            form.add_error(name if name in form.fields else None, str(sentence))
        return _page(request, versions, shown, form, status=400)
    except Refusal as refusal:
        fresh = list(selectors.versions_of(kind, procedure))
        return _page(request, fresh, fresh[0], form, refusal=refusal, status=STATUS[type(refusal)])
    messages.success(request, f"Đã lưu bản {row.version}, áp dụng từ {row.effective_from:%d/%m/%Y}.")
    return redirect(template_url(row))


def _number(given: Any) -> int:
    """A version out of a form; what is no number fits none."""
    text = str(given or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1


def _chosen(versions: list[PaperTemplate], given: str | None) -> PaperTemplate:
    if not given:
        return versions[0]
    found = next((one for one in versions if str(one.version) == given), None)
    if found is None:
        raise Http404
    return found


def _initial(row: PaperTemplate) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*PARTS, *checking.PLAIN)}


def _preview(
    request: HttpRequest, versions: list[PaperTemplate], shown: PaperTemplate, form: TemplateForm
) -> HttpResponse:
    said = form.cleaned_data
    made = checking.sample(shown.kind, shown.procedure, form.texts, said["symbol"], said["place"], said["signing"])
    if "_pdf" in request.POST:
        response = HttpResponse(letter_pdf(made, clock.now()), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="xem-thu-{shown.kind}.pdf"'
        response["Cache-Control"] = "private, no-store"
        return response
    return _page(request, versions, shown, form, letter=made)


def _page(
    request: HttpRequest,
    versions: list[PaperTemplate],
    shown: PaperTemplate,
    form: TemplateForm,
    *,
    letter: Any = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    now = next((one for one in versions if one.effective_from <= clock.today()), None)
    needs = KINDS[shown.kind].needs
    known = checking.known_fields(shown.kind, shown.procedure)
    context = {
        "shown": shown,
        "versions": [(one, one is now) for one in versions],
        "newest": versions[0],
        "form": form,
        "faults": [(checking.PART_LABELS[fault.part], told(fault), fault.name) for fault in form.faults[:MOST_FAULTS]],
        "fields": list(known.values()),
        "needs": [" hoặc ".join(name for name in group if name in known) for group in needs],
        "letter": letter,
        "refusal": refusal,
        "here": template_url(shown),
        "breadcrumbs": [
            {"url": reverse("paper_templates"), "label": CRUMB},
            {"url": "", "label": f"{shown.title} ({shown.for_whom})"},
        ],
    }
    return TemplateResponse(request, "official_papers/staff/template.html", context, status=status)


urlpatterns = [
    path("", library, name="paper_templates"),
    path("<slug:kind>/<slug:procedure>/", template, name="paper_template"),
]
