"""The command in forked children: what is slow to load is loaded once, before."""

from __future__ import annotations

import contextlib
import gc
import importlib
import itertools
import os
import pkgutil
import random
import re
import shlex
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import IO, Any

SLOW = (
    *("pandas", "networkx", "jinja2", "markupsafe", "pyvis.network", "requests", "bibtexparser", "rispy", "msgspec"),
    *("semanticscholar", "duckdb", "ibis", "numba", "pyarrow.parquet", "isal.igzip", "mcp.server.mcpserver", "anyio"),
)
"""Packages that take long to load."""
PATIENCE = 600
"""Seconds after which a child is killed."""
STANDING = 1_795_430_400.0
"""The time where time stands still: 2026-11-23."""


@dataclass
class Time:
    """The clocks that Python reads; where they stand, only sleeping moves them, and takes no time."""

    now: float | None = None

    def install(self) -> None:
        """Take the place of Python's clocks, before anything keeps one of them."""
        for name in ("time", "monotonic"):
            setattr(time, name, self._reading(getattr(time, name)))
        sleep = time.sleep
        time.sleep = lambda seconds: sleep(seconds) if self.now is None else self._pass(float(seconds))

    def _reading(self, clock: Callable[[], float]) -> Callable[[], float]:
        return lambda: clock() if self.now is None else self.now

    def _pass(self, seconds: float) -> None:
        assert self.now is not None
        self.now += seconds


TIME = Time()


def load_what_is_slow(code: Path) -> None:
    """Load the project from a folder, all of it, and what it stands on.

    Raises
    ------
    SystemExit
        When another copy of the project was loaded.
    """
    sys.path.insert(0, str(code))
    graph = importlib.import_module("graph")
    if Path(str(graph.__file__)).parent.parent != code:
        sys.exit(f"{graph.__file__} was loaded, and not that of {code}")
    inside = [each.name for each in pkgutil.walk_packages(graph.__path__, "graph.") if "__main__" not in each.name]
    for name in (*SLOW, *inside):
        with contextlib.suppress(ImportError):  # an engine that is not used any more, an extra that is not installed
            importlib.import_module(name)
    gc.disable()  # children are short, and the collector would copy what they share
    gc.freeze()


def forked(do: Callable[[], int | None]) -> int:
    """Do something in a child; its process id."""
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        code = do() or 0
    except BaseException:  # noqa: BLE001  # nothing of a child may go on in its parent
        traceback.print_exc()
    finally:
        with contextlib.suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def ended(pid: int) -> int:
    """The exit code of a child; minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


Files = tuple[IO[Any], IO[Any], IO[Any]]


def lineage(words: tuple[str, ...], files: Files, environment: Mapping[str, str] | None = None) -> int:
    """Start `lineage` with these words in a child that has these files as its own, and no others; its process id."""
    return forked(lambda: _run(words, files, environment or {}))


def _run(words: tuple[str, ...], files: Files, environment: Mapping[str, str]) -> int:
    for number, file in enumerate(files):
        os.dup2(file.fileno(), number)
    os.closerange(3, 256)  # the other end of a pipe, above all
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.alarm(PATIENCE)
    random.seed(5)  # what spreads the waits after a fault; Python seeds anew in every child
    os.environ.update(environment)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, errors="backslashreplace", buffering=1)  # noqa: SIM115
    sys.argv = ["lineage", *words]
    sys.modules["__main__"] = ModuleType("__main__")  # click takes the name of the program from it
    try:
        importlib.import_module("graph.__main__").main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0


@dataclass(frozen=True)
class Typed:
    """A command as a person types it, without "lineage".

    Attributes
    ----------
    words : tuple of str
    environment : dict
    stdin : str
        A file.
    """

    words: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    stdin: str = os.devnull

    def run(self) -> tuple[int, bytes, bytes]:
        """Run it here: exit code, standard output, standard error."""
        with Path(self.stdin).open("rb") as given, Path(".out").open("w+b") as out, Path(".err").open("w+b") as err:
            code = ended(lineage(self.words, (given, out, err), self.environment))
            printed, said = (Path(file.name).read_bytes() for file in (out, err))
        for name in (".out", ".err"):
            Path(name).unlink()
        return code, printed, said


def commands_of(line: str) -> Iterator[Typed]:
    """The commands of a line."""
    words = shlex.split(line)
    for among, group in itertools.groupby(words, lambda word: word != "&&"):
        if among:
            given = list(group)
            stdin = given.pop(given.index("<") + 1) if "<" in given else os.devnull
            named = list(itertools.takewhile(lambda word: re.match("[A-Z_]+=", word), given))
            rest = tuple(word for word in given[len(named) :] if word != "<")
            yield Typed(rest, dict(each.split("=", 1) for each in named), stdin)


def lines_of(file: str) -> list[str]:
    """The lines of a file of questions; of ``{a|b}`` each in turn."""
    text = (Path(__file__).parent / file).read_text("utf-8")
    return [each for line in text.splitlines() if line and not line.startswith("#") for each in _each(line)]


def _each(line: str) -> Iterator[str]:
    found = re.search(r"\{([^{}]*\|[^{}]*)\}", line)
    if found is None:
        yield line.rstrip()
        return
    for choice in found[1].split("|"):
        yield from _each(line[: found.start()] + choice + line[found.end() :])
