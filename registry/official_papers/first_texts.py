"""The templates that the portal brings: read by the migrations that enter them."""

import tomllib
from pathlib import Path
from typing import Any, Final

SOURCE: Final = Path(__file__).parent / "data" / "first_texts.toml"
PLACE: Final = "Lai Châu"


def first_texts() -> list[dict[str, Any]]:
    """A row of `PaperTemplate` for each, without its version, day and author."""
    rows = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["template"]
    return [{"place": PLACE, **{name: text.strip("\n") for name, text in row.items()}} for row in rows]
