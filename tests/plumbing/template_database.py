"""A migrated database is built once per state of the migrations, copied per run, and put back after a test that commits.

The key of a template covers the bytes of every migration of every installed app and of our modules and data that these
migrations read: real migrations always run again when one of them changed, and never otherwise.
"""

import ast
import fcntl
import hashlib
import importlib.util
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase

KEPT_TEMPLATES = 6
DATA_FOLDERS = ("data", "reference", "sql")


def _sources() -> Iterator[Path]:
    """Every file that decides what a freshly migrated database looks like."""
    for app in apps.get_app_configs():
        folder = Path(app.path) / "migrations"
        migrations = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc")
        yield from migrations
        if settings.BASE_DIR in folder.parents and ".venv" not in folder.parts:
            for data in DATA_FOLDERS:
                yield from sorted(p for p in (Path(app.path) / data).rglob("*") if p.is_file() and p.suffix != ".pyc")
            for migration in migrations:
                yield from _own_imports(migration)


def _own_imports(migration: Path) -> Iterator[Path]:
    """Our modules that a migration imports (triggers, loaders of reference data)."""
    if migration.suffix != ".py":
        return
    for node in ast.walk(ast.parse(migration.read_bytes())):
        names = [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if not (settings.BASE_DIR / name.split(".")[0]).is_dir():
                continue
            spec = importlib.util.find_spec(name)
            if spec and spec.origin:
                yield Path(spec.origin)


def template_key(vendor: str = "") -> str:
    vendor = vendor or connection.vendor
    digest = hashlib.sha256(f"{sys.version} {django.VERSION} {vendor} {settings.LANGUAGE_CODE}".encode())
    for path in _sources():
        digest.update(f"\0{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One builder at a time, also between processes."""
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


class SQLiteDatabase:
    """The test database is a file: in memory, the threads of a live server would share the test's one connection."""

    def __init__(self, key: str, folder: Path) -> None:
        self.template = folder / f"{key}.sqlite3"
        self.folder = folder
        handle, self.name = tempfile.mkstemp(suffix=".sqlite3", dir=settings.VAR_DIR)
        os.close(handle)

    def build(self) -> None:
        if self.template.exists():
            self.template.touch()
            return
        connection.settings_dict["NAME"] = ":memory:"
        call_command("migrate", verbosity=0, interactive=False)
        unfinished = self.template.with_suffix(f".{os.getpid()}")
        target = sqlite3.connect(unfinished)
        connection.connection.backup(target)
        target.close()
        memory, connection.connection = connection.connection, None
        memory.close()
        os.replace(unfinished, self.template)
        for old in sorted(self.folder.glob("*.sqlite3"), key=lambda p: p.stat().st_mtime)[:-KEPT_TEMPLATES]:
            old.unlink()

    def use(self) -> None:
        connection.settings_dict["NAME"] = self.name
        self.put_back()

    def put_back(self) -> None:
        connection.ensure_connection()
        source = sqlite3.connect(f"file:{self.template}?mode=ro", uri=True)
        source.backup(connection.connection)
        source.close()

    def drop(self) -> None:
        connection.close()


class PostgreSQLDatabase:
    def __init__(self, key: str) -> None:
        self.template = f"portal_template_{key}"
        self.name = f"portal_test_{key[:8]}_{os.getpid()}"

    def _maintain(self, *statements: str) -> None:
        connection.close()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def build(self) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template])
            if cursor.fetchone():
                return
        building = f"{self.template}_building"
        self._maintain(f"DROP DATABASE IF EXISTS {building} WITH (FORCE)", f"CREATE DATABASE {building}")
        connection.settings_dict["NAME"] = building
        call_command("migrate", verbosity=0, interactive=False)
        self._maintain(f"ALTER DATABASE {building} RENAME TO {self.template}")

    def use(self) -> None:
        connection.settings_dict["NAME"] = self.name
        self.put_back()

    def put_back(self) -> None:
        self._maintain(
            f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)",
            f"CREATE DATABASE {self.name} TEMPLATE {self.template}",
        )

    def drop(self) -> None:
        self._maintain(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker) -> Iterator[None]:
    """In place of pytest-django's own: the database comes from the template instead of from a run of all migrations."""
    folder = Path(request.config.cache.mkdir("template-databases"))
    key = template_key()
    database = SQLiteDatabase(key, folder) if connection.vendor == "sqlite" else PostgreSQLDatabase(key)
    with django_db_blocker.unblock(), _alone(folder / "lock"):
        database.build()
        database.use()

    def put_back(_test: TransactionTestCase) -> None:
        database.put_back()
        ContentType.objects.clear_cache()

    flush, TransactionTestCase._fixture_teardown = TransactionTestCase._fixture_teardown, put_back
    yield
    TransactionTestCase._fixture_teardown = flush
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Wagtail remembers its site paths in the cache, allauth its counters: neither outlives a test."""
    yield
    cache.clear()
