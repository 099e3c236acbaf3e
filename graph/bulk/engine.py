"""Engines that run the table work: DuckDB in this process; `graph.bulk.spark` is the other one.

An engine reads JSON lines and Parquet files as Ibis tables and writes Ibis expressions as Parquet files.
Each engine needs an extra, and names it when it is not installed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from ..errors import InputError, LineageError, OutputError
from ..utils.database import confine, quoted
from ..utils.extras import require

RUN_ROWS = 1 << 15
"""Rows in a row group of a run: few, because a part reads only the row groups of its key range."""
TABLE_ROWS = 1 << 17
"""Rows in a row group of a table: a look-up reads one or two row groups."""


class EngineFault(LineageError):
    """The engine failed; the message is the engine's own, in one line."""


class Engine(Protocol):
    """What the table work needs of an engine."""

    name: str

    def lines(self, paths: Sequence[str], columns: Mapping[str, str]) -> Any:
        """JSON lines as an Ibis table with these columns; a value that cannot be read is null."""

    def parquet(self, paths: Sequence[str]) -> Any:
        """Parquet files as one Ibis table."""

    def rows(self, expression: Any) -> list[tuple[Any, ...]]:
        """The rows of a small result."""


class DuckDB:
    """DuckDB in this process; what does not fit into `memory`, in bytes, is spilled to `scratch`.

    With a `folder` it reads and writes files in that alone, and its settings stay as they are.
    """

    name = "duckdb"

    def __init__(
        self, *, memory: int = 1 << 30, threads: int = 1, scratch: Path | None = None, folder: Path | None = None
    ) -> None:
        require("bulk", "duckdb", "ibis", "pyarrow", "isal")
        import ibis

        self._ibis = ibis
        self.con = ibis.duckdb.connect(
            ":memory:", threads=threads, memory_limit=f"{memory >> 20}MiB", preserve_insertion_order=False
        )
        if scratch is not None:
            self.run(f"SET temp_directory = {quoted(str(scratch))}")
        if folder is not None:
            confine(self.con.con, folders=[folder.absolute()])

    def lines(self, paths: Sequence[str], columns: Mapping[str, str]) -> Any:
        """JSON lines as a table with these columns; a value that cannot be read is null."""
        schema = self._ibis.schema(columns)
        types = ", ".join(f"{name}: {quoted(self._sql_type(kind))}" for name, kind in schema.items())
        # Always pass a schema: without one Ibis asks DuckDB for it, by calls that DuckDB 2 has deprecated, and that
        # opens the file, which a pipe allows only once.
        return self.con.sql(
            f"SELECT * FROM read_json({_sql_list(paths)}, format = 'newline_delimited', ignore_errors = true,"  # noqa: S608  # the paths are quoted
            f" maximum_object_size = {1 << 25}, columns = {{{types}}})",
            schema=schema,
        )

    def parquet(self, paths: Sequence[str]) -> Any:
        """Parquet files as one table."""
        import pyarrow.parquet as pq

        schema = self._ibis.Schema.from_pyarrow(pq.read_schema(paths[0]))
        return self.con.sql(f"SELECT * FROM read_parquet({_sql_list(paths)})", schema=schema)  # noqa: S608  # the paths are quoted

    def rows(self, expression: Any) -> list[tuple[Any, ...]]:
        """The rows of a small result."""
        return list(self.run(self._ibis.to_sql(expression, dialect="duckdb")).fetchall())

    @contextmanager
    def materialized(self, expression: Any) -> Iterator[Any]:
        """The rows of an expression as a temporary table: computed once, held in memory or spilled to disk."""
        # Not create_table() and drop_table(): with sqlglot 30 Ibis 12 writes a DROP that names no table.
        self.run(f"CREATE TEMP TABLE materialized AS {self._ibis.to_sql(expression, dialect='duckdb')}")
        try:
            yield self.con.sql("SELECT * FROM materialized", schema=expression.schema())
        finally:
            self.run("DROP TABLE materialized")

    def write(self, expression: Any, path: Path, *, group_rows: int = TABLE_ROWS) -> int:
        """Write an expression as one complete Parquet file, or none; how many rows it has."""
        part = path.with_suffix(".part")
        sql = self._ibis.to_sql(expression, dialect="duckdb")
        copy = f"COPY ({sql}) TO {quoted(str(part))} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE {group_rows})"
        try:
            (rows,) = self.run(copy).fetchall()[0]
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return int(rows)

    def run(self, sql: str) -> Any:
        """Run a statement; an exception of DuckDB becomes one of this package."""
        import duckdb

        try:
            return self.con.raw_sql(sql)
        except duckdb.OutOfMemoryException as fault:
            raise InputError(f"memory is too small ({_first_line(fault)})", remedy="allow more with --memory") from None
        except duckdb.IOException as fault:
            raise OutputError(
                f"DuckDB cannot read or write ({_first_line(fault)}); make room, and type the same command again"
            ) from None
        except duckdb.Error as fault:
            raise EngineFault(f"DuckDB: {_first_line(fault)}") from None

    def interrupt(self) -> None:
        """End the statement that runs now; it raises an exception in its own thread."""
        self.con.con.interrupt()

    def close(self) -> None:
        """Free the memory and delete the scratch files."""
        self.con.disconnect()

    def _sql_type(self, kind: Any) -> str:
        return str(self.con.compiler.type_mapper.to_string(kind))


def _sql_list(paths: Sequence[str]) -> str:
    return "[" + ", ".join(map(quoted, paths)) + "]"


def _first_line(fault: BaseException) -> str:
    return str(fault).split("\n", 1)[0]
