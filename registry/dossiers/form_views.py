"""The forms of the law that a procedure makes of its answers, as PDF, DOCX and data: of a draft, and of each submission."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.access import access
from registry.core import clock
from registry.core.decisions import log_restricted_read
from registry.core.sniffing import TYPES
from registry.dossiers import snapshot
from registry.dossiers.checking import read
from registry.dossiers.models import Dossier
from registry.dossiers.pages import PRINTED_AS, own
from registry.dossiers.selectors import visible_to
from registry.parties.selectors import role_of


@access("signed_in")
@require_safe
def of_submission(
    request: HttpRequest, procedure_code: str, reference: str, place: int, form: str, kind: str
) -> HttpResponse:
    """Made of the snapshot alone, so the same submission always gives the same paper. An officer's reading is logged."""
    dossier = get_object_or_404(visible_to(request.user).filter(procedure=procedure_code), reference=reference)
    submission = get_object_or_404(dossier.submissions, number=place)
    content = snapshot.read(submission)
    make = _maker(dossier, form, kind)
    if not role_of(request.user, dossier.party):
        names = [name for name in snapshot.restricted_in(content) if name != "files.name"]
        log_restricted_read(request.user, dossier.subject, names)
    signed_on = clock.local(submission.submitted_at).date()
    name = f"{dossier.reference}-{place}-{form}.{kind}"
    return _given(make(dossier, snapshot.answers_in(content), signed_on, submission.submitted_at), kind, name)


@access("signed_in")
@require_safe
def of_draft(request: HttpRequest, procedure_code: str, reference: str, form: str, kind: str) -> HttpResponse:
    """Made of what is typed so far, to be signed and carried where the dossier is filed; what cannot be read stays dotted."""
    dossier = own(request, procedure_code, reference)
    make = _maker(dossier, form, kind)
    cleaned, _problems = read(dossier)
    answers = {name: value for name, value in cleaned.items() if dossier.answers.get(name) is not None}
    paper = make(dossier, answers, None, dossier.saved_at or dossier.created_at)
    return _given(paper, kind, f"{dossier.reference}-{form}.{kind}")


def _maker(dossier: Dossier, form: str, kind: str) -> Callable[..., bytes]:
    found = next((one for one in dossier.kind.printed_forms if one.code == form), None)
    if found is None or kind not in PRINTED_AS:
        raise Http404
    make: Callable[..., bytes] = getattr(found, kind)
    return make


def _given(paper: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(paper, content_type=TYPES.get(kind, "application/json"))
    way = "inline" if kind == "pdf" else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
