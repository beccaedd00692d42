"""What holds for every template of ours, found by walking the folder."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from portal import icons

ROOT = settings.BASE_DIR / "templates"
ALL = sorted(ROOT.rglob("*.html"))
# Mail has no stylesheet: programs for mail read attributes only.
PAGES = [path for path in ALL if "notifications" not in path.parts and "mail" not in path.parts]
INLINE = re.compile(
    r"""<style|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)""",
    re.I,
)
ICON = re.compile(r"""{%\s*icon\s+["']([\w-]+)["']""")
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
FIELDS = re.compile(r"staff/fields\.html|account/form\.html")
CHIP_ICON = re.compile(r"""{%\s*chip\s[^%]*\bicon=["']([\w-]+)["']""")


def ids(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


@pytest.mark.parametrize("path", PAGES, ids=ids(PAGES))
def test_nothing_inline(path: Path) -> None:
    found = INLINE.search(path.read_text("utf-8"))
    assert found is None, f"{found.group()!r}: the policy of the public site forbids it"


def test_what_is_wrong_is_told_by_the_portal_not_by_the_browser() -> None:
    forms = [(path, *found.groups()) for path in ALL for found in FORM.finditer(path.read_text("utf-8"))]
    asking = [(path.name, opening) for path, opening, inside in forms if FIELDS.search(inside)]
    assert len(asking) > 20
    assert [name for name, opening in asking if "novalidate" not in opening] == []


def test_every_icon_asked_for_is_in_the_sprite() -> None:
    wanted = {name for path in ALL for rule in (ICON, CHIP_ICON) for name in rule.findall(path.read_text("utf-8"))}
    assert wanted
    assert wanted - icons.names() == set()


def test_an_unknown_icon_warns_and_prints_nothing() -> None:
    with pytest.warns(UserWarning, match="no icon 'no-such'"):
        assert icons.icon("no-such") == ""


@pytest.mark.parametrize("path", sorted((settings.BASE_DIR / "static").rglob("*.css")), ids=lambda path: path.name)
def test_stylesheets_point_at_files_that_stand(path: Path) -> None:
    for url in re.findall(r'url\("([^"]+)"\)', path.read_text("utf-8")):
        assert (path.parent / url).is_file(), url
