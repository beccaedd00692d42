"""What Art. 49 says of the answers so far: shown to the enterprise beside the last step, and never a bar."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.panels import Panel
from registry.core import clock
from registry.dossiers.checking import read
from registry.st_enterprises import words
from registry.st_enterprises.certification.answers import profile_of
from registry.st_enterprises.conditions import Assessment, assess
from registry.st_enterprises.views import condition


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
