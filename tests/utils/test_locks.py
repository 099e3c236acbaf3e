"""One run at a time in a folder, whoever the other run is and however it ended."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.utils.files import write_all
from graph.utils.locks import edited, exclusive_lock, folder_lock

HOLDER = """
import sys
from pathlib import Path
from graph.utils.locks import exclusive_lock
with exclusive_lock(Path(sys.argv[1]), busy="busy", remedy="wait"):
    print("held", flush=True)
    sys.stdin.read()
"""


def lock(folder: Path):
    return exclusive_lock(folder / "lock", busy="another run works here", remedy="wait for it")


def test_a_second_run_is_refused_with_the_folder_and_a_remedy(tmp_path: Path):
    with lock(tmp_path), pytest.raises(InputError) as refusal, lock(tmp_path):
        pass
    assert str(refusal.value) == f"{tmp_path}: another run works here; wait for it"


def test_the_lock_ends_with_its_block_even_after_a_fault(tmp_path: Path):
    with pytest.raises(KeyError), lock(tmp_path):
        raise KeyError
    for _ in range(2):
        with lock(tmp_path):
            pass


def test_locks_of_two_folders_do_not_exclude_each_other(tmp_path: Path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with lock(tmp_path / "one"), lock(tmp_path / "two"):
        pass


def test_the_lock_of_another_process_counts_and_ends_when_that_is_killed(tmp_path: Path):
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(InputError, match="another run works here"), lock(tmp_path):
            pass
        holder.kill()
    with lock(tmp_path):
        pass


def test_a_lock_file_that_cannot_be_made_is_an_error_of_the_system(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"), lock(tmp_path / "file"):
        pass


def test_who_edits_a_folder_holds_its_lock_for_all_that_it_reads_and_writes_there_and_others_wait(tmp_path: Path):
    order: list[str] = []

    def add(name: str, meanwhile: threading.Event, go_on: threading.Event) -> None:
        with edited(tmp_path / "new"):
            known = (tmp_path / "new" / "list").read_text() if (tmp_path / "new" / "list").exists() else ""
            meanwhile.set()
            go_on.wait(10)
            write_all(tmp_path / "new", {"list": known + name})
            order.append(name)

    reading, done, now = threading.Event(), threading.Event(), threading.Event()
    now.set()
    first = threading.Thread(target=add, args=("a", reading, done))
    first.start()
    assert reading.wait(10)
    second = threading.Thread(target=add, args=("b", threading.Event(), now))
    second.start()
    with pytest.raises(InputError, match="another run is writing here"), folder_lock(tmp_path / "new", patience=0.0):
        pass
    done.set()
    first.join(10)
    second.join(10)
    assert (order, (tmp_path / "new" / "list").read_text()) == (["a", "b"], "ab")


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="choose another folder"), edited(tmp_path / "file" / "new"):
        pass
