"""“Would we qualify?” A question a step, without an account: the answers travel in the form, nothing is kept."""

from fractions import Fraction
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.access import access
from registry.core.citations import passage
from registry.core.grounds import ground_in_words
from registry.dossiers import procedure
from registry.dossiers.public_views import url_of
from registry.st_enterprises import words
from registry.st_enterprises.conditions import Assessment, assess
from registry.st_enterprises.findings import Figure, Finding, Outcome
from registry.st_enterprises.forms import Step, StepForm, Walk
from registry.st_enterprises.shares import hundredths
from registry.st_enterprises.size import BASIS as SIZE_BASIS

NEXT: Final = "next"
SKIP: Final = "skip"
BACK: Final = "back"
APPLYING: Final = "st_certification"
"""The procedure by which the certificate is applied for (`registry.st_enterprises.certification`)."""

LONGEST: Final = 40
MOST_TICKS: Final = 20
"""What of one answer travels on; more is nobody's answer."""


@csrf_exempt
@access("public")
@require_http_methods(["GET", "HEAD", "POST"])
def self_assessment(request: HttpRequest) -> HttpResponse:
    """GET is the first question, the same for everybody. A POST is judged and answered, never stored, so it needs no token."""
    if request.method != "POST":
        walk = Walk(request.POST)
        steps = list(walk.steps())
        return _step(request, walk, steps, steps[0], steps[0].empty(request.POST))
    response = _answered(request)
    response["Cache-Control"] = "private, no-store"
    return response


def _answered(request: HttpRequest) -> HttpResponse:
    """The next question, the same one with what is wrong, or the result."""
    data = request.POST.copy()
    walk = Walk(data)
    by_code = {step.code: step for step in walk.steps()}
    asked = by_code.get(data.get("step", ""))
    go = data.get("go", NEXT)
    if asked is not None and go == SKIP:
        for name in asked.names:
            data.pop(name, None)
    steps = list(walk.steps())
    codes = [step.code for step in steps]
    if go in codes:
        return _step(request, walk, steps, steps[codes.index(go)], steps[codes.index(go)].empty(data))
    if asked is None or asked.code not in codes:
        return _step(request, walk, steps, steps[0], steps[0].empty(data))
    at = codes.index(asked.code)
    if go == BACK:
        before = steps[max(at - 1, 0)]
        return _step(request, walk, steps, before, before.empty(data))
    for step in steps if at + 1 == len(steps) else [steps[at]]:
        form = step.bound(data)
        if not form.is_valid():
            return _step(request, walk, steps, step, form)
    if at + 1 < len(steps):
        return _step(request, walk, steps, steps[at + 1], steps[at + 1].empty(data))
    return _result(request, walk, steps)


def _step(request: HttpRequest, walk: Walk, steps: list[Step], step: Step, form: StepForm) -> HttpResponse:
    context = {
        "form": form,
        "step": step,
        "number": steps.index(step) + 1,
        "total": len(steps),
        "is_first": step.code == steps[0].code,
        "is_last": step.code == steps[-1].code,
        "carried": carried(walk.data, steps, without=step),
    }
    return TemplateResponse(request, "st_enterprises/step.html", context)


def _result(request: HttpRequest, walk: Walk, steps: list[Step]) -> HttpResponse:
    found = assess(walk.profile())
    language = get_language() or "vi"
    word, tone, icon = words.OUTCOMES[found.verdict]
    context = {
        "as_of": walk.as_of,
        "verdict": {"word": word, "tone": tone, "icon": icon, "says": words.VERDICTS[found.verdict]},
        "sizes": [words.SIZES[size] for size in found.size.possible],
        "size_basis": ground_in_words(SIZE_BASIS, language),
        "size_figures": [shown(figure, words.FACTS) for figure in found.size.figures],
        "size_missing": [_fact(name) for name in found.size.missing],
        "conditions": [condition(finding, found, language) for finding in found.findings],
        "steps": steps,
        "carried": carried(walk.data, steps),
        "guide_url": guide_url(language),
    }
    return TemplateResponse(request, "st_enterprises/result.html", context)


def guide_url(language: str) -> str:
    """The public page of the procedure that the question is about."""
    guide = procedure.get(APPLYING).guide
    assert guide is not None
    return url_of(guide, language)


def carried(data: Any, steps: list[Step], without: Step | None = None) -> list[tuple[str, str]]:
    """The answers of the other steps, as hidden fields."""
    return [
        (name, value[:LONGEST])
        for step in steps
        if without is None or step.code != without.code
        for name in step.names
        for value in data.getlist(name)[:MOST_TICKS]
        if value
    ]


def condition(finding: Finding, found: Assessment, language: str) -> dict[str, Any]:
    """A finding in words, for the page. `share` and `ways` are filled in where an enterprise keeps its goal."""
    word, tone, icon = words.OUTCOMES[finding.outcome]
    return {
        "code": finding.condition,
        "title": words.CONDITIONS[finding.condition],
        "word": word,
        "tone": tone,
        "icon": icon,
        "asked": [words.ASKED[place] for place in finding.basis if place in words.ASKED],
        "basis": "; ".join(ground_in_words(place, language) for place in finding.basis),
        "figures": [shown(figure) for figure in finding.figures],
        "missing": [_fact(name) for name in finding.missing],
        "changes": [shown(Figure(c.fact, c.amount, c.year), words.FACTS) for c in finding.least_change],
        "differs": finding.outcome is Outcome.DEPARTMENT,
        "passages": [(ground_in_words(place, language), passage(*place.split(":"))) for place in finding.basis],
        "share": None,
        "ways": (),
        "too_young": finding.outcome is Outcome.NOT_MET and Figure("full_years", 0) in finding.figures,
    }


def shown(figure: Figure, labels: dict[str, Any] = words.FIGURES) -> dict[str, Any]:
    """A figure for the page. A share is cut off, not rounded, after two places: 1.9999 % must not read 2 %."""
    if isinstance(figure.value, Fraction):
        return {"label": labels[figure.code], "year": figure.year, "percent": hundredths(figure.value)}
    kind = "money" if figure.code in words.MONEY else "count"
    return {"label": labels[figure.code], "year": figure.year, kind: figure.value, "is_money": kind == "money"}


def _fact(name: str) -> dict[str, Any]:
    fact, _colon, year = name.partition(":")
    return {"label": words.FACTS[fact], "year": year}
