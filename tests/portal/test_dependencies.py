"""Each dependency has a reason on paper, and none binds the portal to the GPL."""

import importlib.metadata
import re

import pytest
from django.conf import settings

PAGE = (settings.BASE_DIR / "docs" / "dependencies.md").read_text()


def named_in(file: str) -> set[str]:
    lines = (settings.BASE_DIR / file).read_text().splitlines()
    return {re.split(r"[\[=<>!~ ]", line)[0] for line in lines if line and not line.startswith(("#", "-"))}


@pytest.mark.parametrize(
    ("heading", "file"),
    [("Run time", "requirements.in"), ("Tools", "requirements-dev.in"), ("The installer", "requirements-install.in")],
)
def test_the_page_gives_a_reason_for_each_requirement(heading: str, file: str) -> None:
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `([^`]+)`", section, re.MULTILINE)) == named_in(file)


def test_nothing_that_the_portal_runs_on_is_under_the_gpl() -> None:
    locked = re.findall(r"^([A-Za-z0-9_.-]+)==", (settings.BASE_DIR / "requirements.txt").read_text(), re.MULTILINE)
    assert len(locked) > 40
    for name in locked:
        metadata = importlib.metadata.metadata(name)
        licence = metadata.get("License-Expression") or (metadata.get("License") or "")[:80]
        classifiers = " ".join(c for c in metadata.get_all("Classifier") or [] if c.startswith("License"))
        told = f"{licence} {classifiers}".replace("Lesser General Public License", "Lesser")
        assert not re.search(r"\bA?GPL|Affero|General Public License", told), f"{name}: {told}"
