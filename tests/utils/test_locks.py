"""One run at a time in a folder, whoever the other run is and however it ended."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.utils.locks import exclusive_lock

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
