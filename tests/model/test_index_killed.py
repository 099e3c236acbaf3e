"""SIGKILL while `lineage index` writes: every answer after it is right, and the next run writes the index.

A process of its own forks the ones that are killed, because it has one thread and little memory.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.made import made_corpus
from graph.interfaces.cli.main import main
from graph.model.corpus import Corpus
from graph.model.corpus_index import INDEX
from graph.model.storage import load_corpus, save_corpus, write_index

from .test_index_faults import assert_answers, made

CHANGES = {"mkstemp", "write", "fsync", "chmod", "replace", "rename", "utime", "unlink"}
"""What changes files, by the names of the system's functions in Python."""


def put_out_of_order(folder: Path) -> None:
    """As if a person had turned the papers round and lost the index: both have to be written."""
    papers = folder / "papers.jsonl"
    papers.write_bytes(b"".join(reversed(papers.read_bytes().splitlines(keepends=True))))
    (folder / INDEX).unlink(missing_ok=True)


STATES: dict[str, Callable[[Path], None]] = {
    "out of order": put_out_of_order,
    "without an index": lambda folder: (folder / INDEX).unlink(),
    "with a damaged index": lambda folder: (folder / INDEX).write_bytes(b"damaged"),
    "as it was": lambda _: None,
}


def forked(action: Callable[[], object]) -> int:
    """Start a process that does one thing."""
    process = os.fork()
    if not process:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            try:
                action()
            finally:
                os._exit(0)
    return process


def killed(process: int) -> bool:
    """Whether a process was killed, once it has ended."""
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def index_until(step: int, folder: Path) -> None:
    """Write the index, and die before or after one of the calls that change files."""
    left = step

    def count(_: object, event: str, called: object) -> None:
        nonlocal left
        if event in ("c_call", "c_return") and getattr(called, "__name__", "") in CHANGES:
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

    sys.setprofile(count)
    write_index(folder)


def kill_at_every_step(place: Path) -> None:
    """Print how many steps there were."""
    for state in ("out of order", "with a damaged index"):
        step, was_killed = 0, True
        while was_killed:
            folder = place / f"{state} {step}"
            save_corpus(made(), folder)
            STATES[state](folder)
            was_killed = killed(forked(lambda: index_until(step, folder)))  # noqa: B023  # runs at once
            assert_answers(folder, made())
            write_index(folder)
            assert load_corpus(folder).__dict__["kept"], "read by its index"
            assert_answers(folder, made())
            shutil.rmtree(folder)
            step += was_killed
        sys.stdout.write(f"{step}\n")


def kill_at_random(place: Path, times: int) -> None:
    """Print how many processes were killed before they ended."""
    corpus: Corpus = made_corpus(400)
    folder, chance = place / "corpus", random.Random(5)
    save_corpus(corpus, folder)
    sys.argv = ["lineage", "--corpus", str(folder), "index"]
    began = time.perf_counter()
    killed(forked(main))
    takes = time.perf_counter() - began
    before = 0
    for number in range(times):
        list(STATES.values())[number % len(STATES)](folder)
        process, moment = forked(main), chance.uniform(0, takes)
        time.sleep(moment)
        os.kill(process, signal.SIGKILL)
        if killed(process):
            before += 1
        else:
            takes = moment  # the first run was slower, because the machine was busy
        assert load_corpus(folder) == corpus
        write_index(folder)
        assert load_corpus(folder) == corpus
    sys.stdout.write(f"{before}\n")


def alone(call: str, folder: Path) -> str:
    """What a function of this module prints in a process of its own."""
    code = f"import sys; from pathlib import Path; from {__name__} import *; {call}"
    told = subprocess.run(  # its messages say more than its exit code
        [sys.executable, "-c", code, str(folder)],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        cwd=Path(__file__).parents[2],
    )
    assert not told.returncode, told.stderr
    return told.stdout


@pytest.mark.long
def test_a_kill_before_or_after_any_step_of_the_writing_changes_no_answer(tmp_path: Path):
    with_tables, without = map(int, alone("kill_at_every_step(Path(sys.argv[1]))", tmp_path).split())
    assert with_tables > without > 10  # the index is made, filled, brought to disk and put in place


@pytest.mark.long
def test_a_kill_at_any_moment_of_the_command_changes_no_answer(tmp_path: Path):
    assert int(alone("kill_at_random(Path(sys.argv[1]), 40)", tmp_path)) > 10
