"""Hold what a user sees still: record every answer, change the project, compare.

    python -m tests.recorded_answers record DIR [--code PATH]    one file for each answer
    python -m tests.recorded_answers compare DIR [--code PATH]   makes them anew, and shows which differ

It asks through the outer doors alone (the command, the addresses of `lineage serve`, the tools of `lineage mcp`, the
names that a notebook imports), so that everything inside may move. The questions are the text files in
`tests/recorded`. It is run by hand; `--only WORD` makes those answers alone whose file has the word in its name.
"""

from __future__ import annotations

import argparse
import difflib
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from .recorded.asked import Task, arrange, setup, tasks
from .recorded.children import TIME, forked, load_what_is_slow
from .recorded.room import furnish
from .recorded.shown import masked

HERE = Path(__file__).resolve().parent.parent
KEPT = ("PATH", "PYTHONHASHSEED", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "TMPDIR")
FIRST, LINES = 5, 30
"""So many differences are shown, with so many lines each."""
SLOWEST = 10
"""So many answers are told with the time that they took."""


def record(folder: Path, code: Path, *, only: str, jobs: int) -> None:
    """Write a file for each answer into a folder."""
    TIME.install()
    with tempfile.TemporaryDirectory(prefix="recorded-") as made:
        place = Path(made).resolve()
        room, scratch = place / "room", place / "scratch"
        for each in (room, scratch, folder):
            each.mkdir(parents=True, exist_ok=True)
        _settle(room, place)
        load_what_is_slow(code)
        furnish(room, code / "data")
        places = {str(room): "ROOM", str(code): "CODE"}
        _run(setup(), folder, room, places, jobs=1)
        _run((each for each in tasks(code) if only in each.name), folder, scratch, places, jobs=jobs, room=room)


def _settle(room: Path, place: Path) -> None:
    """An environment that is the same everywhere."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    os.environ.clear()
    os.environ.update(kept, COLUMNS="100", LANG="C.UTF-8", TZ="UTC", TERM="dumb", HOME=str(place), NO_PROXY="*")
    os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", NUMBA_CACHE_DIR=str(place / "kernels"))
    os.environ["PATH"] = f"{room / 'bin'}:{os.environ['PATH']}"


def _run(
    given: Iterable[Task], folder: Path, at: Path, places: dict[str, str], *, jobs: int, room: Path | None = None
) -> None:
    """Run tasks in children, some at a time: in folders of their own beside a room, or all in one."""
    running: dict[int, str] = {}
    failed, took = [], []

    def wait() -> None:
        pid, status, used = os.wait3(0)
        took.append((used.ru_utime + used.ru_stime, running[pid]))
        if status:
            failed.append(running[pid])
        del running[pid]

    for number, task in enumerate(given):
        if len(running) >= jobs:
            wait()
        own = at / f"{number:04}" if room else at
        running[forked(lambda task=task, own=own: _answer(task, folder, own, places, room))] = task.name  # type: ignore[misc]
    while running:
        wait()
    for seconds, name in sorted(took)[-SLOWEST:]:
        sys.stderr.write(f"{seconds:6.1f} s  {name}\n")
    if failed:
        sys.exit(f"could not be recorded: {', '.join(failed)}")


def _answer(task: Task, folder: Path, own: Path, places: dict[str, str], room: Path | None) -> None:
    """Make the answers of one task, in its own folder."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if room:
        own.mkdir()
        arrange(own, room)
    os.chdir(own)
    for name, text in task.make().items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(masked(text, {str(own): "HERE"} | places if room else places), "utf-8", newline="")


def compare(old: Path, new: Path, *, only: str) -> list[str]:
    """The names of the answers that differ, and the first differences on standard output."""
    found = {str(path.relative_to(side)) for side in (old, new) for path in side.rglob("*.txt")}
    wrong = []
    for name in sorted(name for name in found if only in name or name.startswith("setup/")):
        sides = [_lines(side / name) for side in (old, new)]
        if sides[0] == sides[1]:
            continue
        wrong.append(name)
        print(f"{name}: {'differs' if all(sides) else 'is new' if sides[1] else 'is no longer there'}")  # noqa: T201
        if len(wrong) <= FIRST and sides[0] and sides[1]:
            lines = list(difflib.unified_diff(sides[0], sides[1], "recorded", "now", n=1, lineterm=""))
            print("\n".join(f"    {line[:300]}" for line in lines[:LINES]))  # noqa: T201
    return wrong


def _lines(path: Path) -> list[str] | None:
    return path.read_bytes().decode().split("\n") if path.exists() else None


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.recorded_answers", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("what", choices=("record", "compare"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--code", type=Path, default=HERE, help="the checkout whose answers are made")
    parser.add_argument("--only", default="", metavar="WORD")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="so many questions at a time")
    given = parser.parse_args()
    start, folder, code = time.monotonic(), given.folder.resolve(), given.code.resolve()
    if given.what == "record":
        record(folder, code, only=given.only, jobs=given.jobs)
        count = sum(1 for _ in folder.rglob("*.txt"))
        print(f"{count} answers in {time.monotonic() - start:.0f} s")  # noqa: T201
        return
    with tempfile.TemporaryDirectory() as new:
        record(Path(new), code, only=given.only, jobs=given.jobs)
        wrong = compare(folder, Path(new), only=given.only)
        count = sum(1 for _ in Path(new).rglob("*.txt"))
    print(f"{len(wrong)} of {count} answers differ" if wrong else f"all {count} answers are the same")  # noqa: T201
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
