"""Tables whose rows are written once: triggers for both databases that refuse UPDATE and DELETE. Used by migrations."""

from typing import Any

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME; END;
$$ LANGUAGE plpgsql;
"""


def write_once(*tables: str) -> Any:
    """A callable for `migrations.RunPython` that protects the tables."""

    def protect(apps: Any, schema_editor: Any) -> None:
        for table in tables:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(FUNCTION, params=None)  # its % is no placeholder
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_write_once BEFORE UPDATE OR DELETE ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
                )
                continue
            for act in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are written once'); END"
                )

    return protect


def release(*tables: str) -> Any:
    """The way back: take the protection off."""

    def unprotect(apps: Any, schema_editor: Any) -> None:
        for table in tables:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP TRIGGER {table}_write_once ON {table}")
                continue
            for act in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{act}")

    return unprotect
