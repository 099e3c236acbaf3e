"""Apache Spark as the engine: on this machine (`local[2]`), or a cluster by the address of its master."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from ..errors import InputError
from ..utils.extras import require
from .engine import EngineFault

T = TypeVar("T")
_CONNECT_SECONDS = 5.0
_SILENT_LOG4J = Path(__file__).with_name("spark_log4j2.properties")


class Spark:
    """A Spark session, used through Ibis; `master` is "local[2]" or the like, or the address of a cluster.

    `memory` is in bytes, for the driver, which does all the work when the master is "local". Settings that are not
    given come from spark-defaults.conf in SPARK_CONF_DIR. Raises `InputError` when Java is missing, and when the master
    does not answer.

    Spark's own log is switched off, because its failures are raised as exceptions. Where SPARK_CONF_DIR is set, the
    files there decide what is logged.
    """

    name = "spark"

    def __init__(
        self, master: str = "local[*]", *, memory: int | None = None, settings: Mapping[str, str] | None = None
    ) -> None:
        require("spark", "pyspark", "ibis")
        require("bulk", "pyarrow", "isal")
        import ibis
        import pyspark
        from pyspark import SparkConf, SparkContext
        from pyspark.sql import SparkSession

        _check_java()
        _check_master(master)
        conf = SparkConf().setMaster(master).setAppName("citation-lineage")
        conf.setAll([*(_settings(master, memory) | dict(settings or {})).items()])
        try:
            with _ctrl_c_postponed():
                SparkContext._ensure_initialized(conf=conf)
            with _ctrl_c_handler_restored():
                SparkContext.getOrCreate(conf)
            self.session = SparkSession.builder.config(conf=conf).getOrCreate()
        except Exception as fault:  # noqa: BLE001  # Java and the master can fail in many ways
            raise InputError(
                f"Spark does not start ({_cause(str(fault))})",
                remedy=f"it needs Java 17, and a master of Spark {pyspark.__version__}",
            ) from None
        if not os.environ.get("SPARK_CONF_DIR"):
            self.session.sparkContext.setLogLevel("OFF")
        self._ibis = ibis
        self.con = ibis.pyspark.connect(self.session)
        self._view_numbers = count()

    def lines(self, paths: Sequence[str], columns: Mapping[str, str]) -> Any:
        """JSON lines as a table with these columns; a value that cannot be read is null."""
        from ibis.backends.pyspark.datatypes import PySparkSchema

        schema = PySparkSchema.from_ibis(self._ibis.schema(columns))
        return self._table(lambda: self.session.read.schema(schema).json(list(paths)))

    def parquet(self, paths: Sequence[str]) -> Any:
        """Parquet files or folders as one table."""
        return self._table(lambda: self.session.read.parquet(*paths))

    def rows(self, expression: Any) -> list[tuple[Any, ...]]:
        """The rows of a small result."""
        return call_spark(lambda: [tuple(row) for row in self._frame(expression).collect()])

    def write(self, expression: Any, folder: str) -> None:
        """Write an expression as a folder of Parquet files; the order of their names is that of the rows.

        Raises `InputError` when this machine does not see all rows that the executors wrote.
        """
        from pyspark.sql import Observation, functions

        observed = Observation()
        rows = self._frame(expression).observe(observed, functions.count(functions.lit(1)).alias("rows"))
        call_spark(lambda: rows.write.mode("overwrite").parquet(folder))
        written, seen = observed.get["rows"], sum(count for _, _, _, count in self.files(folder, hashed=False))
        if seen != written:
            raise InputError(
                f"Spark wrote {written:,} rows, and {seen:,} of them can be seen from here",
                where=folder,
                remedy="the store must be a folder that this machine and all workers share under one path, or a URL",
            )

    def files(self, folder: str, *, hashed: bool = True) -> list[tuple[str, int, str, int]]:
        """The Parquet files of a folder that have rows: name, bytes, SHA-256 and rows, found out by the executors."""
        columns = ("path", "length", "sha2(content, 256)" if hashed else "''")
        frames = self.session.read.format("binaryFile").option("pathGlobFilter", "*.parquet")

        def describe() -> list[tuple[str, int, str, int]]:
            rows = self.session.read.parquet(folder).groupBy("_metadata.file_path").count().collect()
            rows_of = {_file_name(path): count for path, count in rows}
            files = frames.load(folder).selectExpr(*columns).collect()
            return sorted((_file_name(path), size, sha, rows_of.get(_file_name(path), 0)) for path, size, sha in files)

        return [file for file in call_spark(describe) if file[3]]

    def close(self) -> None:
        """End the session."""
        self.session.stop()

    def _frame(self, expression: Any) -> Any:
        return self.session.sql(self._ibis.to_sql(expression, dialect="pyspark"))

    def _table(self, read: Callable[[], Any]) -> Any:
        name = f"view_{next(self._view_numbers)}"
        call_spark(lambda: read().createOrReplaceTempView(name))
        return self.con.table(name)


def call_spark(call: Callable[[], T]) -> T:
    """Call Spark; any exception of it becomes an `EngineFault` with its cause in one line."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        return call()
    except (PySparkException, Py4JError) as fault:
        raise EngineFault(f"Spark: {_cause(str(fault))}; what was finished is kept") from None


def _settings(master: str, memory: int | None) -> dict[str, str]:
    """The defaults, before the settings of the caller."""
    is_local = master.startswith("local")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        # PySpark connects to its own sockets on this machine; a host name that resolves elsewhere would break that.
        "spark.driver.bindAddress": "127.0.0.1" if is_local else "0.0.0.0",  # noqa: S104
        # Do not write a file _SUCCESS into each table.
        "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
    }
    if memory is not None:
        settings["spark.driver.memory"] = f"{memory >> 20}m"
    if is_local:
        settings["spark.driver.host"] = "127.0.0.1"
    if not os.environ.get("SPARK_CONF_DIR"):
        settings["spark.driver.extraJavaOptions"] = f"-Dlog4j2.configurationFile={_SILENT_LOG4J.as_uri()}"
    return settings


@contextmanager
def _ctrl_c_postponed() -> Iterator[None]:
    """Let Ctrl-C wait: PySpark can only end its Java process once it knows the address of it."""
    signals: list[int] = []
    with _ctrl_c_handler_restored(lambda number, _: signals.append(number)):
        yield
    if signals:
        raise KeyboardInterrupt


@contextmanager
def _ctrl_c_handler_restored(meanwhile: Callable[[int, Any], object] | None = None) -> Iterator[None]:
    """Restore the handler of Ctrl-C at the end: PySpark's own would call Java in the middle of another call."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handler = signal.getsignal(signal.SIGINT)
    if meanwhile:
        signal.signal(signal.SIGINT, meanwhile)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME", "")
    if not (shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")):
        where = f"JAVA_HOME is {home}, where it is not found" if home else "it is not found"
        raise InputError(f"Spark needs Java, and {where}", remedy="install Java 17, and set JAVA_HOME to its folder")


def _check_master(master: str) -> None:
    """Refuse an address where nothing listens at once: Spark itself would try for a minute."""
    if not master.startswith("spark://"):
        return
    for address in master.removeprefix("spark://").split(","):
        host, _, port = address.rpartition(":")
        try:
            with socket.create_connection((host, int(port)), timeout=_CONNECT_SECONDS):
                return
        except (OSError, ValueError, OverflowError):
            continue
    raise InputError(
        "no Spark master answers",
        where=master,
        remedy="check the address: the master writes it at the beginning of its log",
    )


def _cause(text: str) -> str:
    """The last cause in a Java stack trace, which is one line."""
    lines = text.split("\n")
    causes = [line.removeprefix("Caused by: ") for line in lines if line.startswith("Caused by: ")]
    thrown = [line.removeprefix(": ") for line in lines if line.startswith(": ")]
    return [*lines[:1], *thrown[:1], *causes][-1]


def _file_name(url: str) -> str:
    return url.rsplit("/", 1)[-1]
