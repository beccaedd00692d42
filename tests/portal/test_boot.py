"""The start of the portal: what it prepares, what it never touches."""

import socket
import sys
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.utils import translation

from portal import boot, server
from portal.catalogues import compile_catalogues
from portal.personas import PERSONAS


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> list[str]:
    """The commands that a start would call, on a state folder of its own."""
    calls: list[str] = []
    settings.VAR_DIR = tmp_path
    settings.HASHED_STATIC = False
    monkeypatch.setattr(boot, "call_command", lambda name, **options: calls.append(name))
    monkeypatch.setattr(boot, "in_child", lambda work: work())
    return calls


@pytest.mark.django_db
def test_a_second_start_finds_nothing_to_do(called, said, settings, django_user_model) -> None:
    settings.DEMO = True
    django_user_model.objects.create(email="founder@demo.test")
    boot.prepare(said.append)
    assert (called, said) == ([], [])


@pytest.mark.django_db
def test_words_that_the_start_compiles_are_said_by_this_very_process(
    called, said, settings, monkeypatch, tmp_path
) -> None:
    """The first start after installing or upgrading, not only the second."""
    folder = tmp_path / "locale" / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "A word"\nmsgstr "Một từ"\n', "utf-8")
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.setattr(boot, "compile_catalogues", lambda: compile_catalogues(tmp_path / "locale"))
    with translation.override("vi"):
        assert translation.gettext("A word") == "A word"
    boot.prepare(said.append)
    with translation.override("vi"):
        assert translation.gettext("A word") == "Một từ"


@pytest.mark.django_db
def test_the_demo_is_loaded_where_nobody_is_and_only_with_demo(called, said, settings) -> None:
    settings.DEMO = False
    boot.prepare(said.append)
    assert called == []
    settings.DEMO = True
    boot.prepare(said.append)
    assert called == ["demo"]
    assert not list(settings.VAR_DIR.glob("demo-unfinished"))


@pytest.mark.django_db
def test_a_demo_that_broke_off_is_begun_again(called, said, settings, monkeypatch) -> None:
    settings.DEMO = True
    thrown: list[bool] = []
    monkeypatch.setattr(boot, "throw_away", lambda: thrown.append(True))
    (settings.VAR_DIR / "demo-unfinished").touch()
    boot.prepare(said.append)
    assert thrown == [True]
    assert called == ["demo"]


@pytest.mark.parametrize(("code", "works"), [(0, True), (1, False)])
def test_a_child_that_fails_stops_the_start(monkeypatch, code: int, works: bool) -> None:
    monkeypatch.setattr(boot.connections, "close_all", lambda: None)
    if works:
        boot.in_child(lambda: None)
        return
    with pytest.raises(CommandError, match="Chưa nạp được"):
        boot.in_child(lambda: sys.exit(code))


def test_only_a_demo_can_be_thrown_away(settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        boot.throw_away()


def test_a_reset_waits_for_no_running_server(called, said, settings) -> None:
    settings.DEMO = True
    with boot.held("server", shared=True), pytest.raises(CommandError, match="đang chạy"):
        boot.reset_demo(said.append)


def test_removing_a_database_takes_its_companions(tmp_path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        (tmp_path / f"portal.sqlite3{ending}").touch()
    boot.remove_database(tmp_path / "portal.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use_is_seen() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert not server.free("127.0.0.1", other.getsockname()[1])


def test_a_failing_job_does_not_end_the_loop(monkeypatch, caplog) -> None:
    def broken(name: str, **options: object) -> None:
        raise RuntimeError(name)

    monkeypatch.setattr(server, "call_command", broken)
    monkeypatch.setattr(server, "close_old_connections", lambda: None)
    server.run_due_jobs()
    assert "run_jobs failed" in caplog.text


def test_the_personas_are_those_of_the_demo() -> None:
    assert len(PERSONAS) == 8
    assert all(email.endswith("@demo.test") for email in PERSONAS)
