"""Databases of DuckDB that reach no other files than those that they are for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "lock_configuration": "true",
}
"""Settings of a connection that reads its own file alone, whatever a statement or a view in it asks for."""
_OBJECTS = (
    "SELECT 'view ' || view_name FROM system.main.duckdb_views() WHERE NOT internal",
    "SELECT 'macro ' || function_name FROM system.main.duckdb_functions() WHERE NOT internal",
)
"""What a database can hold that runs when it is asked. It can give other meanings to shorter names of these."""


def quoted(text: str) -> str:
    """A text as SQL has it.

    >>> quoted("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def confine(connection: Any, *, folders: Sequence[Path] = (), files: Sequence[Path] = ()) -> None:
    """Let a connection open no other files than some, and those in some folders; this cannot be undone."""
    for setting, paths in (("allowed_directories", folders), ("allowed_paths", files)):
        if paths:
            connection.execute(f"SET {setting} = {_list(paths)}")
    for setting, value in LOCKED.items():
        connection.execute(f"SET {setting} = {value}")


def _list(paths: Iterable[Path]) -> str:
    return "[" + ", ".join(quoted(str(path)) for path in paths) + "]"


def what_runs(connection: Any) -> list[str]:
    """What a database holds that runs when a table is asked, such as "view keys": views and macros."""
    return [name for query in _OBJECTS for (name,) in connection.execute(query).fetchall()]


def base_tables(connection: Any) -> dict[str, dict[str, str]]:
    """The tables of a database: of each its columns with their types."""
    tables: dict[str, dict[str, str]] = {
        name: {} for (name,) in connection.execute("SELECT table_name FROM system.main.duckdb_tables()").fetchall()
    }
    query = "SELECT table_name, column_name, data_type FROM system.main.duckdb_columns() WHERE NOT internal"
    for table, column, kind in connection.execute(query).fetchall():
        if table in tables:
            tables[table][column] = kind
    return tables
