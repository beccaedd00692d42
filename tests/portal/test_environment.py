"""What an operator sets is typed, known, and told in a sentence when it is neither."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from portal.environment import Environment, env, made_once
from portal.management.commands.settings_reference import reference
from tests.st_enterprises.papers.test_signing import der, issued


def boot(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PORTAL_")}
    return subprocess.run(
        [sys.executable, "-c", "import portal.settings"],
        cwd=settings.BASE_DIR,
        env={**clean, "PORTAL_VAR": str(tmp_path), **variables},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        (
            {"PORTAL_BASEURL": "https://x.vn"},
            "PORTAL_BASEURL không có trong danh sách cài đặt. Có phải là PORTAL_BASE_URL?",
        ),
        ({"PORTAL_QQQQ": "1"}, "PORTAL_QQQQ không có trong danh sách cài đặt. Xem danh sách trong docs/settings.md."),
        ({"DATABASE_URI": "sqlite:///x"}, "DATABASE_URI không được đọc. Có phải là DATABASE_URL?"),
        ({"demo": "1"}, "demo không được đọc. Có phải là DEMO?"),
        ({"SEARCHENGINE": "embedded"}, "Có phải là SEARCH_ENGINE?"),
        ({"DEMO": "perhaps"}, "DEMO='perhaps' không dùng được: cần 1 hoặc 0"),
        ({"PORT": "eight"}, "PORT='eight' không dùng được: cần một số nguyên"),
        ({"SEARCH_ENGINE": "solr"}, "SEARCH_ENGINE='solr' không dùng được: cần một trong các giá trị"),
        ({"PORTAL_BASE_URL": "portal.vn"}, "PORTAL_BASE_URL không dùng được: cần một địa chỉ bắt đầu bằng http"),
        (
            {"PORTAL_ST_TRUSTED_ROOTS": "/nowhere/root.pem"},
            "PORTAL_ST_TRUSTED_ROOTS: tệp '/nowhere/root.pem' không đọc được",
        ),
        (
            {"PORTAL_ST_TRUSTED_ROOTS": "manage.py"},
            "PORTAL_ST_TRUSTED_ROOTS: tệp 'manage.py' không đọc được, hoặc không",
        ),
        ({"DATABASE_URL": "mypg://u:canary@h/d"}, "DATABASE_URL không dùng được: cần một địa chỉ như postgres://"),
    ],
)
def test_a_mistake_stops_the_boot_with_one_sentence(tmp_path: Path, variables: dict[str, str], told: str) -> None:
    result = boot(tmp_path, **variables)
    assert result.returncode == 3
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert "canary" not in result.stderr


def test_an_empty_variable_is_not_set_and_others_are_left_alone(tmp_path: Path) -> None:
    result = boot(tmp_path, PORT="", DATABASE_URL="", PORTAL_HOSTS="", IMPORT="x", PORTER="y")
    assert (result.returncode, result.stderr) == (0, "")


def test_trusted_roots_are_read_from_pem_files_each_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (issued(name, None)[1] for name in ("Gốc một", "Gốc hai"))
    files = [tmp_path / "one.pem", tmp_path / "two.pem"]
    files[0].write_bytes(first.public_bytes(Encoding.PEM) + second.public_bytes(Encoding.PEM))
    files[1].write_bytes(second.public_bytes(Encoding.PEM))
    monkeypatch.setenv("PORTAL_ST_TRUSTED_ROOTS", ", ".join(map(str, files)))
    assert Environment().certificates("PORTAL_ST_TRUSTED_ROOTS") == [der(first), der(second)]


def test_a_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "key"
    assert made_once(path, lambda: "first") == made_once(path, lambda: "second") == "first"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_the_reference_names_every_setting_as_the_code_reads_it() -> None:
    written = (settings.BASE_DIR / "docs" / "settings.md").read_text()
    assert reference() in written, "Run `manage.py settings_reference`"
    assert all(setting.purpose for setting in env.settings.values())


def test_nothing_else_reads_the_environment() -> None:
    readers = [
        str(path.relative_to(settings.BASE_DIR))
        for app in ("accounts", "cms", "notifications", "portal", "registry", "search")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if re.search(r"(?<!\*\*)os\.environ\b(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE)|os\.getenv", path.read_text())
    ]
    assert readers == ["portal/environment.py"]
