"""What Art. 49 says of the answers: shown to the enterprise beside the last step, and to the officer; it never decides."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.panels import Panel
from registry.core import clock
from registry.core.grounds import ground_in_words
from registry.dossiers.checking import read
from registry.dossiers.models import Dossier, Submission
from registry.dossiers.snapshot import answers_of
from registry.st_enterprises import words
from registry.st_enterprises.certification.answers import profile_of
from registry.st_enterprises.conditions import Assessment, assess
from registry.st_enterprises.size import BASIS as SIZE_BASIS
from registry.st_enterprises.views import condition, shown


def assessment_of(dossier: Any) -> Assessment:
    """Every condition, by those answers that can be read; what nobody has answered yet is not known."""
    cleaned, _problems = read(dossier)
    told = {name: value for name, value in cleaned.items() if dossier.answers.get(name) is not None}
    return assess(profile_of(told, clock.today()))


def weighed(dossier: Any) -> Panel:
    found = assessment_of(dossier)
    word, tone, icon = words.OUTCOMES[found.verdict]
    context = {
        "verdict": {"word": word, "tone": tone, "icon": icon, "says": words.VERDICTS[found.verdict]},
        "sizes": [words.SIZES[size] for size in found.size.possible],
        "conditions": [condition(finding, found, get_language() or "vi") for finding in found.findings],
    }
    return Panel("st_enterprises/certification/weighed.html", str(_("Điều kiện của Điều 49")), context)


def sent_on(submission: Submission) -> date:
    """The day for which its figures were told: when it was received; the portal may have learnt of it later."""
    told = answers_of(submission).get("filed_at")
    received = clock.local(datetime.fromisoformat(told)) if told else clock.local(submission.submitted_at)
    return received.date()


def judged(dossier: Dossier, submission: Submission, *, revealed: bool) -> Panel:
    """For the officer: what the rules make of V.1 and V.2 as they were sent, on the day they were received.

    The outcome of each condition and its provisions always; the figures, which are restricted answers, only where these
    were asked for (the page that shows them leaves its line in the read log).
    """
    on = sent_on(submission)
    found = assess(profile_of(answers_of(submission), on))
    word, tone, icon = words.OUTCOMES[found.verdict]
    rows = [condition(finding, found, "vi") for finding in found.findings]
    if not revealed:
        rows = [row | {"figures": [], "missing": [], "changes": []} for row in rows]
    context = {
        "on": on,
        "verdict": {"word": word, "tone": tone.removeprefix("is-"), "icon": icon},
        "sizes": [words.SIZES[size] for size in found.size.possible],
        "size_basis": ground_in_words(SIZE_BASIS),
        "size_figures": [shown(figure, words.FACTS) for figure in found.size.figures] if revealed else [],
        "conditions": rows,
        "revealed": revealed,
    }
    return Panel("st_enterprises/certification/judged.html", "Điều 49 theo số liệu trong hồ sơ", context)
