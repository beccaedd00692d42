"""Papers: a typst template and what it prints, as a tagged PDF. The same words and moment always give the same bytes."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

import typst
from django.conf import settings

TEMPLATES: Final = Path(settings.BASE_DIR) / "templates" / "typst"
FONTS: Final = Path(settings.BASE_DIR) / "fonts"


def typeset(template: str, words: Mapping[str, Any], made_at: datetime) -> bytes:
    """The template `templates/typst/<template>.typ` with `words` as `sys.inputs.paper` (JSON), as PDF/UA.

    A letter that no font has (people type what they like) would break the promise of PDF/UA; the paper is then a
    tagged PDF with an empty box in that place.
    """
    text, timestamp = json.dumps(words, ensure_ascii=False), int(made_at.timestamp())
    try:
        return _compiled(template, text, timestamp, "ua-1")
    except typst.TypstError:
        return _compiled(template, text, timestamp)


def _compiled(template: str, words: str, timestamp: int, standard: Literal["ua-1"] | None = None) -> bytes:
    made = typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=standard,
        sys_inputs={"paper": words},
        timestamp=timestamp,
    )
    assert isinstance(made, bytes)
    return made
