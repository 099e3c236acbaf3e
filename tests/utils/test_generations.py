"""Files that belong together are of one run, wherever another run was killed or met a fault."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from graph.errors import InputError, OutputError
from graph.utils.files import write_all
from graph.utils.generations import JOURNAL, settled
from graph.utils.locks import folder_lock

OLD = {"a": "old a", "sub/b": "old b", "c": "old c"}
NEW = {"a": "new a", "sub/b": "new b", "c": "new c"}

RUNS = """
import itertools, os, signal, sys
from pathlib import Path
from graph.utils.files import write_all

root, how, old, new = Path(sys.argv[1]), sys.argv[2], eval(sys.argv[3]), eval(sys.argv[4])
left = 0

def counted(call):
    def stop_or(*arguments, **named):
        global left
        left -= 1
        if left == 0:
            if how == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(28, "No space left on device")
        return call(*arguments, **named)
    return stop_or

def run(folder, calls):
    global left
    left = calls
    os.replace, os.rename, os.unlink = counted(os.replace), counted(os.rename), counted(os.unlink)
    os.fsync, os.open = counted(os.fsync), counted(os.open)
    try:
        write_all(folder, new)
    except Exception:
        pass
    os._exit(left > 0)

for calls in itertools.count(1):
    write_all(root / str(calls), old)
    child = os.fork()
    if not child:
        run(root / str(calls), calls)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1:
        break
print(calls)
"""


def stopped_runs(root: Path, how: str) -> list[Path]:
    """Folders in which a run over old files was stopped at its first call to the system, its second, and so on."""
    run = subprocess.run(
        [sys.executable, "-c", RUNS, str(root), how, repr(OLD), repr(NEW)], capture_output=True, text=True, check=True
    )
    return [root / str(calls) for calls in range(1, int(run.stdout))]


def contents(folder: Path) -> dict[str, str]:
    with settled(folder):
        return {name: (folder / name).read_text("utf-8") for name in OLD}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("how", ["killed", "no room"])
def test_a_reader_finds_one_generation_wherever_a_run_ended(tmp_path: Path, how: str):
    found = []
    for folder in stopped_runs(tmp_path, how):
        now = contents(folder)
        assert now in (OLD, NEW), folder
        found.append(now == NEW)
        assert contents(folder) == now
        write_all(folder, NEW | {"c": "newest c"})
        assert contents(folder) == NEW | {"c": "newest c"}
        assert names(folder) == ["a", "b", "c"], folder  # what the run left is swept
    assert found == sorted(found)  # there is one moment from which on the new files count
    assert {False, True} == set(found)


def test_two_runs_at_once_write_one_after_the_other(tmp_path: Path):
    generations = [dict.fromkeys(OLD, f"{number}") for number in range(6)]
    seen, faults, done = [], [], threading.Event()

    def read() -> None:
        while not done.is_set():
            with settled(tmp_path):
                seen.append({(tmp_path / name).read_text("utf-8") for name in OLD})

    def write(generation: dict[str, str]) -> None:
        try:
            for _ in range(5):
                write_all(tmp_path, generation)
        except Exception as fault:  # noqa: BLE001  # whatever it is
            faults.append(fault)

    write_all(tmp_path, OLD | dict.fromkeys(OLD, "first"))
    reader = threading.Thread(target=read)
    writers = [threading.Thread(target=write, args=(each,)) for each in generations]
    reader.start()
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    done.set()
    reader.join()
    assert not faults
    assert seen
    assert {len(values) for values in seen} == {1}


def test_a_run_that_does_not_end_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("graph.utils.generations.folder_lock", partial(folder_lock, patience=0.0))
    with folder_lock(tmp_path), pytest.raises(InputError, match="another run is writing here; wait for it"):
        write_all(tmp_path, NEW)
    write_all(tmp_path, NEW)
    with settled(tmp_path), settled(tmp_path):  # readers do not wait for each other
        pass


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '{"token": "x", "files": []}', '{"token": "0123456789abcdef", "files": ["../a"]}',
     '{"token": "0123456789abcdef", "files": ["/etc/passwd"]}', '{"token": "0123456789abcdef", "files": ["a\\u0000"]}'],
)  # fmt: skip
def test_a_journal_that_somebody_made_up_moves_nothing(tmp_path: Path, text: str):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / JOURNAL).write_text(text, "utf-8")
    before = names(tmp_path)
    with pytest.raises(InputError, match="delete it"), settled(tmp_path / "folder"):
        pass
    assert names(tmp_path) == before


def test_an_unfinished_run_that_cannot_be_finished_is_said(tmp_path: Path):
    folder = next(each for each in stopped_runs(tmp_path, "killed") if (each / JOURNAL).exists())
    (folder / "c").unlink()
    (folder / "c").mkdir()
    with pytest.raises(InputError, match="interrupted while it replaced these files"), settled(folder):
        pass
    with pytest.raises(OutputError):
        write_all(folder, {"a": "other"})
    (folder / "c").rmdir()
    assert contents(folder) == NEW


def test_leftovers_of_others_stay(tmp_path: Path):
    for name in (".hidden", "x.part", ".x.part", f".{'0' * 16}.part"):
        (tmp_path / name).write_text("mine")
    (tmp_path / f".{'0' * 16}.1.part").write_text("of a run that was killed")
    write_all(tmp_path, {"a": "a"})
    assert names(tmp_path) == sorted([".hidden", "x.part", ".x.part", f".{'0' * 16}.part", "a"])


def test_long_names_are_written(tmp_path: Path):
    name = "n" * 250
    write_all(tmp_path, {name: "1", "other": "2"})
    assert names(tmp_path) == [name, "other"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_in_place_of_the_journal_is_refused_at_once(tmp_path: Path):
    os.mkfifo(tmp_path / JOURNAL)
    with pytest.raises(InputError, match="not a list of files to rename"):
        write_all(tmp_path, {"one": "1"})
