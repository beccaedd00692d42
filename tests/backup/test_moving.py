"""From one database to the other and back: row for row the same, and each way is one command."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal.backup import tables
from portal.environment import changed
from tests.dossiers.factories import dossier
from tests.plumbing.template_database import template_key

pytestmark = pytest.mark.django_db(transaction=True)


def rows() -> dict[str, list[str]]:
    """What JSON columns say is compared, not how the database spells it."""
    with tables.snapshot():
        found = [table for table in tables.tables(tables.migrations()) if table.label not in tables.LEFT_OUT]
        return {
            table.label: [spelled(table, row) for row in table.rows()]
            for table in found
            if table.label != "search.clock"
        }


def spelled(table: tables.Table, row: list[Any]) -> str:
    kinds = [field.get_internal_type() for field in table.fields]
    plain = [json.loads(v) if kind == "JSONField" and v is not None else v for v, kind in zip(row, kinds, strict=True)]
    return json.dumps(json.loads(tables.line(plain)), sort_keys=True)


@pytest.fixture
def other_postgres() -> Iterator[str]:
    """A second database on the same server, migrated like the test's own; its address."""
    here = connection.settings_dict
    name = f"portal_moved_{os.getpid()}"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {here['NAME']}")
    yield f"postgres://{here['USER']}:{here['PASSWORD']}@{here['HOST']}:{here['PORT']}/{name}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.postgres
def test_to_sqlite_and_back_nothing_is_changed(
    installation: Path, other_postgres: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    moved = tmp_path / "moved.sqlite3"
    for template in request.config.cache.mkdir("template-databases").glob(f"{template_key('sqlite')}.sqlite3"):
        shutil.copy(template, moved)  # a run on SQLite has migrated it; without one the move itself does
    call_command("sync_roles", verbosity=0)
    dossier(published=True, papers=1)
    dossier(supplement=True)
    before = rows()
    out = StringIO()
    sqlite = f"sqlite:///{moved}"
    call_command("move_database", sqlite, stdout=out)
    assert "Đã chuyển" in out.getvalue()
    there = changed(
        DATABASE_URL=sqlite, PORTAL_VAR=str(tmp_path / "var2"), DJANGO_SETTINGS_MODULE="portal.settings", PORTAL_BIND=""
    )
    command = [sys.executable, "manage.py", "move_database", other_postgres]
    back = subprocess.run(command, env=there, capture_output=True, text=True, check=False)
    assert back.returncode == 0, back.stderr
    mine = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = other_postgres.rpartition("/")[2]
    try:
        after = rows()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = mine
    # SQLite has a table more for the back office's own search, so it knows some more permissions.
    more = ("auth.permission", "auth.group_permissions", "contenttypes.contenttype")
    assert [label for label in before if before[label] != after[label] and label not in more] == []
    assert [label for label in more if not set(before[label]) <= set(after[label])] == []


def test_a_database_is_not_moved_onto_itself(settings, installation: Path) -> None:
    if connection.vendor == "sqlite":
        address = f"sqlite:///{connection.settings_dict['NAME']}"
    else:
        here = connection.settings_dict
        address = f"postgres://{here['USER']}:{here['PASSWORD']}@{here['HOST']}:{here['PORT']}/{here['NAME']}"
    with pytest.raises(CommandError, match="chính là"):
        call_command("move_database", address)
    for other in ("mysql-of-mine", "mysql://a@b/c"):
        with pytest.raises(CommandError, match="không dùng được"):
            call_command("move_database", other)
    for away in ("postgres://a@127.0.0.1:1/c", "sqlite:////no/such/folder/c.sqlite3"):
        with pytest.raises(CommandError, match="Không mở được"):
            call_command("move_database", away)
