"""What anybody reads of a procedure before beginning it: what it is for, who may, which papers, how long, and how long it really takes."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from accounts.access import access
from registry.core import clock
from registry.core.grounds import ground_in_words
from registry.core.lifecycle import Text
from registry.dossiers import measuring
from registry.dossiers.limits import NoLimit, limit_in_force
from registry.dossiers.models import TimeLimit
from registry.dossiers.performance import ENOUGH
from registry.dossiers.procedure import Guide, Procedure, every


@dataclass(frozen=True, slots=True)
class Promise:
    """The limit of today in words: `ground` is the provision, "" where no law sets a time; `analogy` the one followed by analogy."""

    amount: int
    unit: str
    ground: str
    analogy: str = ""

    @property
    def is_law(self) -> bool:
        return bool(self.ground)


def promise_of(limit: TimeLimit, language: str) -> Promise:
    with override(language):
        analogy = limit.analogy
    ground = ground_in_words(limit.citation, language) if limit.citation else ""
    return Promise(limit.amount, limit.unit, ground, analogy)


def limits_of(kind: Procedure, language: str) -> list[tuple[Text, Promise]]:
    """What the department does, one after the other, and how long each may take today; nothing where nobody set a limit."""
    now = clock.now()
    try:
        rows = [(one.does, limit_in_force(kind.code, one.step, now)) for one in kind.limits.values()]
    except NoLimit:
        return []
    return [(does, promise_of(row, language)) for does, row in rows]


def figures(kind: Procedure) -> dict[str, Any]:
    """What the templates print of a procedure's limit and figures."""
    found = measuring.records(kind)
    several = len(kind.limits) > 1
    record = found[0] if found and not several else None
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "record": record,
        "promise": promise_of(record.limit, language) if record else None,
        "limits": [(one.limited.does, promise_of(one.limit, language)) for one in found] if several else [],
        "records": found if several else [],
        "enough": ENOUGH,
        "guide_url": url_of(kind.guide, language) if kind.guide else "",
    }


def guided() -> list[tuple[Procedure, Guide]]:
    """The procedures that have a page, in the order in which the registers declare them."""
    return [(kind, kind.guide) for kind in every() if kind.guide is not None]


def slug_in(guide: Guide, language: str) -> str:
    with override(language):
        return str(guide.slug)


def url_of(guide: Guide, language: str) -> str:
    with override(language):
        return reverse("procedure", kwargs={"slug": str(guide.slug)})


def begin_url(kind: Procedure) -> str:
    return reverse("dossier_new", kwargs={"procedure_code": kind.code})


@access("public")
@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    rows = [(kind, guide, url_of(guide, language), figures(kind)) for kind, guide in guided()]
    return TemplateResponse(request, "dossiers/public/procedures.html", {"rows": rows})


@access("public")
@require_safe
def procedure(request: HttpRequest, slug: str) -> HttpResponse:
    """One procedure. The word of another language leads to that of this one."""
    language = get_language() or settings.LANGUAGE_CODE
    codes = [code for code, _name in settings.LANGUAGES]
    found = next(((k, g) for k, g in guided() if slug in {slug_in(g, code) for code in codes}), None)
    if found is None:
        raise Http404
    kind, guide = found
    if slug != slug_in(guide, language):
        return HttpResponsePermanentRedirect(url_of(guide, language))
    other = next(code for code in codes if code != language)
    context = {
        "kind": kind,
        "guide": guide,
        "begin_url": begin_url(kind),
        "alternate_url": url_of(guide, other),
        **figures(kind),
    }
    return TemplateResponse(request, "dossiers/public/procedure.html", context)
