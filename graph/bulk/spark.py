"""Apache Spark as the engine: in this process (`local[2]`) or a cluster, by its master's address."""

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
from .engine import EngineFault, require

T = TypeVar("T")
_CONNECT_SECONDS = 5.0
_QUIET = Path(__file__).with_name("spark_log4j2.properties")


class Spark:
    """A Spark session with Ibis on it.

    Parameters
    ----------
    master : str
        "local[2]", or the address of a cluster.
    memory : int, optional
        Bytes for the driver, which with "local" does all the work.
    settings : mapping, optional
        Spark's own, by name; others come from spark-defaults.conf in SPARK_CONF_DIR.

    Raises
    ------
    InputError
        Without Java, or without a master that answers.

    Notes
    -----
    What Spark logs in this process is left out, because its faults are raised; whoever sets SPARK_CONF_DIR
    decides that there.
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
            with _ctrl_c_later():
                SparkContext._ensure_initialized(conf=conf)
            with _ctrl_c_as_it_was():
                SparkContext.getOrCreate(conf)
            self.session = SparkSession.builder.config(conf=conf).getOrCreate()
        except Exception as fault:  # noqa: BLE001  # Java or the master may refuse in many ways
            raise InputError(
                f"Spark does not start ({_cause(str(fault))})",
                remedy=f"it needs Java 17, and a master of Spark {pyspark.__version__}",
            ) from None
        if not _ours("SPARK_CONF_DIR"):
            self.session.sparkContext.setLogLevel("OFF")
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
        return asked(lambda: [tuple(row) for row in self._frame(expression).collect()])

    def write(self, expression: Any, folder: str) -> None:
        """Write an expression as a folder of Parquet files, in its order by their names.

        Raises
        ------
        InputError
            When this machine does not see all that the executors wrote.
        """
        from pyspark.sql import Observation, functions

        observed = Observation()
        rows = self._frame(expression).observe(observed, functions.count(functions.lit(1)).alias("rows"))
        asked(lambda: rows.write.mode("overwrite").parquet(folder))
        written, seen = observed.get["rows"], sum(count for _, _, _, count in self.files(folder, hashed=False))
        if seen != written:
            raise InputError(
                f"Spark wrote {written:,} rows, and {seen:,} of them can be seen from here",
                where=folder,
                remedy="the store must be a folder that this machine and all workers share under one path, or a URL",
            )

    def files(self, folder: str, *, hashed: bool = True) -> list[tuple[str, int, str, int]]:
        """The Parquet files of a folder that have rows, with bytes, SHA-256 and rows; the executors look at them."""
        asked_for = "path, length, sha2(content, 256)" if hashed else "path, length, ''"
        frames = self.session.read.format("binaryFile").option("pathGlobFilter", "*.parquet")

        def look() -> list[tuple[str, int, str, int]]:
            rows = self.session.read.parquet(folder).groupBy("_metadata.file_path").count().collect()
            count_of = {_name(path): count for path, count in rows}
            found = frames.load(folder).selectExpr(*asked_for.split(", ", 2)).collect()
            return sorted((_name(path), size, sha, count_of.get(_name(path), 0)) for path, size, sha in found)

        return [file for file in asked(look) if file[3]]

    def close(self) -> None:
        """End the session."""
        self.session.stop()

    def _frame(self, expression: Any) -> Any:
        return self.session.sql(self._ibis.to_sql(expression, dialect="pyspark"))

    def _table(self, read: Callable[[], Any]) -> Any:
        name = f"given_{next(self._names)}"
        asked(lambda: read().createOrReplaceTempView(name))
        return self.con.table(name)


def asked(job: Callable[[], T]) -> T:
    """Do something with Spark; a fault of its many becomes one line."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        return job()
    except (PySparkException, Py4JError) as fault:
        raise EngineFault(f"Spark: {_cause(str(fault))}; what was finished is kept") from None


def _settings(master: str, memory: int | None) -> dict[str, str]:
    """What is set where nobody says otherwise."""
    local = master.startswith("local")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        # PySpark's own sockets go through this machine; a host name that resolves elsewhere would break them.
        "spark.driver.bindAddress": "127.0.0.1" if local else "0.0.0.0",  # noqa: S104
        # An empty file in each table that no manifest names.
        "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
    }
    if memory is not None:
        settings["spark.driver.memory"] = f"{memory >> 20}m"
    if local:
        settings["spark.driver.host"] = "127.0.0.1"
    if not _ours("SPARK_CONF_DIR"):
        settings["spark.driver.extraJavaOptions"] = f"-Dlog4j2.configurationFile={_QUIET.as_uri()}"
    return settings


@contextmanager
def _ctrl_c_later() -> Iterator[None]:
    """Let Ctrl-C wait: Java that is left before PySpark has its address stays for ever."""
    heard: list[int] = []
    with _ctrl_c_as_it_was(lambda number, _: heard.append(number)):
        yield
    if heard:
        raise KeyboardInterrupt


@contextmanager
def _ctrl_c_as_it_was(meanwhile: Callable[[int, Any], object] | None = None) -> Iterator[None]:
    """Put the answer to Ctrl-C back in the end: PySpark's own asks Java in the middle of another question."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    if meanwhile:
        signal.signal(signal.SIGINT, meanwhile)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _ours(name: str) -> str:
    return os.environ.get(name, "")


def _check_java() -> None:
    home = _ours("JAVA_HOME")
    if not (shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")):
        where = f"JAVA_HOME is {home}, and there is none" if home else "there is none"
        raise InputError(f"Spark needs Java, and {where}", remedy="install Java 17, and let JAVA_HOME name its folder")


def _check_master(master: str) -> None:
    """Spark itself asks for a minute before it says that nobody answers."""
    if not master.startswith("spark://"):
        return
    for address in master.removeprefix("spark://").split(","):
        host, _, port = address.rpartition(":")
        try:
            with socket.create_connection((host, int(port)), timeout=_CONNECT_SECONDS):
                return
        except (OSError, ValueError, OverflowError):
            continue
    raise InputError("no Spark master answers", where=master, remedy="check the address; its log begins with it")


def _cause(text: str) -> str:
    """The telling line of a Java stack: the last cause."""
    lines = text.split("\n")
    causes = [line.removeprefix("Caused by: ") for line in lines if line.startswith("Caused by: ")]
    thrown = [line.removeprefix(": ") for line in lines if line.startswith(": ")]
    return [*lines[:1], *thrown[:1], *causes][-1]


def _name(url: str) -> str:
    return url.rsplit("/", 1)[-1]
