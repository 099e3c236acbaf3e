"""Apache Spark as the engine: in this process (`local[2]`) or a cluster, by its master's address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from ..errors import InputError
from .engine import EngineFault, require

T = TypeVar("T")


class Spark:
    """A Spark session with Ibis on it.

    Parameters
    ----------
    master : str
        "local[2]", or the address of a cluster.
    memory : int, optional
        Bytes for the driver, which with "local" does all the work.
    settings : mapping, optional
        Spark's own, by name; a cluster's come from its spark-defaults.conf as well.
    """

    name = "spark"

    def __init__(
        self, master: str = "local[*]", *, memory: int | None = None, settings: Mapping[str, str] | None = None
    ) -> None:
        require("spark", "pyspark", "ibis")
        require("bulk", "pyarrow", "isal")
        import ibis
        from pyspark.sql import SparkSession

        builder = (
            SparkSession.builder.master(master)
            .appName("citation-lineage")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.session.timeZone", "UTC")
            # PySpark's own sockets go through this machine; a host name that resolves elsewhere would break them.
            .config("spark.driver.bindAddress", "127.0.0.1" if master.startswith("local") else "0.0.0.0")  # noqa: S104
        )
        if memory is not None:
            builder = builder.config("spark.driver.memory", f"{memory >> 20}m")
        if master.startswith("local"):
            builder = builder.config("spark.driver.host", "127.0.0.1")
        for name, value in (settings or {}).items():
            builder = builder.config(name, value)
        try:
            self.session = builder.getOrCreate()
        except Exception as fault:  # noqa: BLE001  # Java or the master may be missing in many ways
            raise InputError(
                f"Spark does not start ({_first_line(fault)})", remedy="it needs Java 17, and a master that answers"
            ) from None
        self.session.sparkContext.setLogLevel("ERROR")
        self._ibis = ibis
        self.con = ibis.pyspark.connect(self.session)
        self._names = count()

    def lines(self, paths: Sequence[str], columns: Mapping[str, str]) -> Any:
        """JSON lines as a table of these columns; what cannot be read is null."""
        from ibis.backends.pyspark.datatypes import PySparkSchema

        schema = PySparkSchema.from_ibis(self._ibis.schema(columns))
        return self._table(lambda: self.session.read.schema(schema).json(list(paths)))

    def parquet(self, paths: Sequence[str]) -> Any:
        """Parquet files or folders as one table."""
        return self._table(lambda: self.session.read.parquet(*paths))

    def rows(self, expression: Any) -> list[tuple[Any, ...]]:
        """The rows of a small result."""
        return _asked(lambda: [tuple(row) for row in self._frame(expression).collect()])

    def write(self, expression: Any, folder: Path) -> list[Path]:
        """Write an expression as a folder of Parquet files, in its order by their names."""
        _asked(lambda: self._frame(expression).write.mode("overwrite").parquet(str(folder)))
        return sorted(folder.glob("part-*.parquet"))

    def close(self) -> None:
        """End the session."""
        self.session.stop()

    def _frame(self, expression: Any) -> Any:
        return self.session.sql(self._ibis.to_sql(expression, dialect="pyspark"))

    def _table(self, read: Callable[[], Any]) -> Any:
        name = f"given_{next(self._names)}"
        _asked(lambda: read().createOrReplaceTempView(name))
        return self.con.table(name)


def _asked(job: Callable[[], T]) -> T:
    """Do something with Spark; a fault of its many becomes one line."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        return job()
    except (PySparkException, Py4JError) as fault:
        raise EngineFault(f"Spark: {_cause(str(fault))}; what was finished is kept") from None


def _cause(text: str) -> str:
    """The telling line of a Java stack: the last cause."""
    causes = [line.removeprefix("Caused by: ") for line in text.split("\n") if line.startswith("Caused by: ")]
    return causes[-1] if causes else text.split("\n", 1)[0]


def _first_line(fault: BaseException) -> str:
    return str(fault).split("\n", 1)[0]
