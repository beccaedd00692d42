"""What holds for the whole house, whoever builds in it."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.template.loaders.app_directories import get_app_template_dirs
from wagtail.models import get_page_models

PACKAGES = ("accounts", "art", "cms", "notifications", "portal", "registry", "search")
BASE: Path = settings.BASE_DIR


def modules(pattern: str = "*.py") -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((BASE / package).rglob(pattern))


def shown(path: Path) -> str:
    return str(path.relative_to(BASE))


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out, stderr=out)
    except SystemExit:
        pytest.fail(out.getvalue())


def test_the_deployment_checks_find_nothing(tmp_path: Path) -> None:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PORTAL_", "DJANGO_"))}
    production = {
        "DEMO": "0",
        "PORTAL_VAR": str(tmp_path),
        "PORTAL_BASE_URL": "https://portal.example",
        "PORTAL_HOSTS": "portal.example",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    result = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=BASE,
        env={**clean, **production},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr


BY_LIBRARIES = {"429.html"}
"""Templates that a library asks for and does not bring itself (allauth: too many attempts)."""


def test_every_template_is_used() -> None:
    """By its name (or an f-string that makes it), as the template of a page, or in place of one of a library's."""
    sources = [*modules(), *(BASE / "templates").rglob("*.html"), *(BASE / "templates").rglob("*.txt")]
    asked = {
        name
        for path in sources
        for name in re.findall(r"""["']((?:[\w/.-]|\{[^}]*\})+\.(?:html|txt|xml|json))["']""", path.read_text())
    }
    patterns = re.compile("|".join(re.sub(r"\\{.*?\\}", "[^/]+", re.escape(name)) for name in asked))
    pages = {model.template for model in get_page_models()}
    libraries = [Path(folder) for folder in get_app_template_dirs("templates") if "site-packages" in str(folder)]
    names = {
        path.relative_to(BASE / "templates").as_posix()
        for path in (BASE / "templates").rglob("*.*")
        if path.suffix in (".html", ".txt", ".xml")
    }
    replaced = {name for name in names if any((folder / name).exists() for folder in libraries)}
    assert sorted(n for n in names - pages - replaced - BY_LIBRARIES if not patterns.fullmatch(n)) == []


def test_rules_know_no_database_no_request_and_no_clock() -> None:
    for path in modules("rules.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert not re.match(r"django\.(db|http|contrib)|registry\.core\.(clock|models)", name), (
                    f"{shown(path)}: {name}"
                )


def test_only_a_clock_asks_what_time_it_is() -> None:
    """The rooms that import nobody have one of their own, which the portal's wiring sets to the registry's."""
    asks = re.compile(r"timezone\.(now|localdate|localtime)\(|datetime\.(now|today|utcnow)\(|date\.today\(|auto_now")
    found = {shown(p) for p in modules() if "migrations" not in p.parts and asks.search(p.read_text())}
    assert found <= {"registry/core/clock.py", "search/clock.py", "notifications/clock.py"}


def test_every_file_has_a_subject_and_a_readable_length() -> None:
    vague = {"utils.py", "helpers.py", "misc.py", "common.py"}
    assert [shown(path) for path in modules() if path.name in vague] == []
    long = [shown(p) for p in modules() if "migrations" not in p.parts and len(p.read_text().splitlines()) > 400]
    assert long == []


def test_apps_have_a_label_and_a_name_in_vietnamese() -> None:
    ours = [app for app in apps.get_app_configs() if app.name.split(".")[0] in PACKAGES]
    assert len(ours) == 19
    assert [app.label for app in ours if str(app.verbose_name).isascii() and " " not in str(app.verbose_name)] == []


def test_the_types_of_every_decision_are_checked() -> None:
    """mypy takes a list of files: a new register's rules, lifecycle, services and selectors must stand in it."""
    listed = set(tomllib.loads((BASE / "pyproject.toml").read_text())["tool"]["mypy"]["files"])
    names = ("rules.py", "lifecycle.py", "services.py", "selectors.py")
    wanted = {shown(path) for name in names for path in modules(name) if path.parts[-2] != "core"}
    missing = {w for w in wanted if not any(Path(w).match(pattern) for pattern in listed)}
    assert missing == set()
