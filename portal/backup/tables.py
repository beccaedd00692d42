"""The rows of every table, as lines of JSON that either database can read back.

What is read and written are columns, by the models as the database's own migrations made them: an archive is brought back by a
later version of the portal too, and what a model would do on saving does not happen.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, time
from itertools import islice
from typing import Any, Final

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import AutoField, Field, FileField, Model
from django.db.models.expressions import Col

LEFT_OUT: Final = ("sessions.session", "wagtailsearch.indexentry")
"""Who is signed in, and the index of the back office's own search, which each database builds in its own way."""
_MIRRORS: Final = ("wagtailsearch.sqliteftsindexentry",)  # kept by triggers of the table that they mirror
BATCH: Final = 2000

Migrations = dict[str, list[str]]


class Table:
    """One table: `label` is its model's ("core.event")."""

    def __init__(self, model: type[Model]) -> None:
        meta = model._meta
        self.model = model
        self.label = meta.label_lower
        self.name = meta.db_table
        self.key = str(meta.pk.column)
        self.fields: list[Field] = [field for field in meta.local_concrete_fields if not field.generated]
        self.columns = [str(field.column) for field in self.fields]
        self.named_files = [n for n, field in enumerate(self.fields) if isinstance(field, FileField)]

    @property
    def counts_itself(self) -> bool:
        return isinstance(self.model._meta.pk, AutoField)

    def rows(self) -> Iterator[list[Any]]:
        """All rows in the order of the key, a batch at a time; their values as JSON can say them."""
        quote = connection.ops.quote_name
        key, columns = quote(self.key), ", ".join(map(quote, self.columns))
        place = self.columns.index(self.key)
        converters = [self._converters(field) for field in self.fields]
        asked = f"SELECT {columns} FROM {quote(self.name)} %s ORDER BY {key} LIMIT {BATCH}"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(asked % "")
            while batch := cursor.fetchall():
                for row in batch:
                    yield [_told(value, steps) for value, steps in zip(row, converters, strict=True)]
                cursor.execute(asked % f"WHERE {key} > %s", [batch[-1][place]])

    def load(self, rows: Iterable[list[Any]], columns: list[str]) -> int:
        """Write rows that `rows()` gave, `columns` being what stands in them; how many."""
        quote = connection.ops.quote_name
        by_column = {field.column: field for field in self.fields}
        fields = [by_column[column] for column in columns]
        into = f"INSERT INTO {quote(self.name)} ({', '.join(map(quote, columns))})"
        statement = f"{into} VALUES ({', '.join(['%s'] * len(columns))})"
        kept, rows = 0, iter(rows)
        with connection.cursor() as cursor:
            while batch := list(islice(rows, BATCH)):
                cursor.executemany(statement, [[_kept(*one) for one in zip(row, fields, strict=True)] for row in batch])
                kept += len(batch)
        return kept

    def count(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(self.name)}")  # noqa: S608
            return int(cursor.fetchone()[0])

    def _converters(self, field: Field) -> list[Any]:
        """What the database's own values need to become Python's. A JSON column is kept as the text that stands there."""
        if field.get_internal_type() == "JSONField":
            return []
        target: Any = field
        while target.remote_field is not None:
            target = target.target_field
        expression = Col(self.name, target)
        return [(converter, expression) for converter in connection.ops.get_db_converters(expression)]


def migrations() -> Migrations:
    """The migrations that made the database what it is, by app."""
    loader = MigrationLoader(connection)
    made: Migrations = {}
    for app, name in sorted(loader.applied_migrations):
        if app in loader.migrated_apps:
            made.setdefault(app, []).append(name)
    return made


def unknown(made: Migrations) -> list[str]:
    """Migrations that this version of the portal does not have: an archive that names them is of a later one."""
    loader = MigrationLoader(None)
    return [
        f"{app}.{name}" for app, names in made.items() for name in names if (app, name) not in loader.disk_migrations
    ]


def ends(made: Migrations) -> list[tuple[str, str]]:
    """The last migrations of each app, as `migrate` wants its targets."""
    loader = MigrationLoader(None)
    nodes = {(app, name) for app, names in made.items() for name in names} & set(loader.graph.nodes)
    before = {
        parent.key for node in nodes for parent in loader.graph.node_map[node].parents if parent.key[0] == node[0]
    }
    return sorted(nodes - before)


def tables(made: Migrations) -> list[Table]:
    """The tables that these migrations make, those that are left out too, in the order of their labels."""
    loader = MigrationLoader(None)
    nodes = [(app, name) for app, names in made.items() for name in names if (app, name) in loader.graph.nodes]
    models = loader.project_state(nodes).apps.get_models(include_auto_created=True)
    real = [model for model in models if model._meta.managed and not model._meta.proxy and not model._meta.swapped]
    found = [Table(model) for model in real if model._meta.label_lower not in _MIRRORS]
    return sorted(found, key=lambda table: table.label)


@contextmanager
def snapshot() -> Iterator[None]:
    """One state of the database for all that is read inside, whatever others write meanwhile; nobody is kept waiting."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        else:
            cursor.execute("BEGIN")
        cursor.execute("SELECT COUNT(*) FROM django_migrations")  # the first look is the state
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def positions(all_: Iterable[Table]) -> dict[str, int]:
    """The last number that each table gave to a row, which may be of a row that is gone. No number is given twice."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            given = dict(cursor.fetchall())
            return {table.label: given[table.name] for table in all_ if table.counts_itself and given.get(table.name)}
        told = {}
        for table in all_:
            if table.counts_itself:
                cursor.execute(f"SELECT last_value, is_called FROM {_sequence(cursor, table)}")  # noqa: S608
                last, called = cursor.fetchone()
                if called:
                    told[table.label] = last
        return told


def set_positions(all_: Iterable[Table], told: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        for table in all_:
            if not table.counts_itself:
                continue
            last = told.get(table.label, 0)
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, last])
            else:
                cursor.execute("SELECT setval(%s, %s, %s)", [_sequence(cursor, table), max(last, 1), last > 0])


def empty(all_: list[Table]) -> None:
    """Take every row out, also of the tables that are written once. Call it inside the transaction that fills them again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # TRUNCATE asks no trigger of a row
            names = ", ".join(connection.ops.quote_name(table.name) for table in all_)
            cursor.execute(f"TRUNCATE {names}")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%%RAISE(ABORT%%'", [])
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        for table in all_:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.name)}")  # noqa: S608
        for _name, sql in triggers:
            cursor.execute(sql)


def _sequence(cursor: Any, table: Table) -> str:
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table.name), table.key])
    return str(cursor.fetchone()[0])


def _told(value: Any, steps: list[Any]) -> Any:
    for convert, expression in steps:
        value = convert(value, expression, connection)
    return value


def _kept(value: Any, field: Field) -> Any:
    """A value as the database takes it."""
    if value is None:
        return None
    if field.get_internal_type() == "JSONField":
        return connection.ops.adapt_json_value(json.loads(value), None)
    return field.get_db_prep_save(field.to_python(value), connection)


def line(row: list[Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_written) + "\n"


def _written(value: Any) -> str:
    """The values that JSON has no word for."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    return str(value)
