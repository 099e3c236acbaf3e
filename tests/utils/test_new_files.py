"""New files: whoever comes second is told, and nothing is overwritten or left behind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.errors import InputError, OutputError
from graph.utils.new_files import create_all, new_folder


def test_of_many_writers_of_one_name_exactly_one_writes(tmp_path: Path):
    def write(number: int) -> int | None:
        try:
            create_all(tmp_path, {"a/one.net": f"{number}", "a/one.clu": f"{number}"})
        except InputError as fault:
            assert "exists already" in str(fault)  # noqa: PT017  # most are told
            return None
        return number

    for _ in range(20):
        with ThreadPoolExecutor(8) as pool:
            written = [number for number in pool.map(write, range(16)) if number is not None]
        assert len(written) <= 1
        found = {path.name: path.read_text() for path in (tmp_path / "a").iterdir()}
        assert found == ({"one.net": f"{written[0]}", "one.clu": f"{written[0]}"} if written else {})
        for name in found:
            (tmp_path / "a" / name).unlink()


def test_a_name_that_is_taken_leaves_nothing_new(tmp_path: Path):
    (tmp_path / "one.vec").write_text("old")
    with pytest.raises(InputError, match="exists already"):
        create_all(tmp_path, {"one.net": "new", "one.clu": "new", "one.vec": "new"})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"one.vec": "old"}


def test_a_link_that_leads_nowhere_is_a_taken_name(tmp_path: Path):
    (tmp_path / "one.net").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError):
        create_all(tmp_path, {"one.net": "new"})
    assert not (tmp_path / "elsewhere").exists()


def test_a_fault_in_the_middle_leaves_nothing_new(tmp_path: Path):
    with pytest.raises(OutputError):
        create_all(tmp_path, {"one.net": "new", "one.clu": "\ud800"})
    assert list(tmp_path.iterdir()) == []


def test_a_new_folder_goes_again_when_its_work_fails_before_anything_is_in_it(tmp_path: Path):
    with pytest.raises(ZeroDivisionError), new_folder(tmp_path / "a" / "b"):
        raise ZeroDivisionError
    assert not (tmp_path / "a" / "b").exists()
    with new_folder(tmp_path / "a" / "b"), pytest.raises(InputError, match="'b' exists already"):
        new_folder(tmp_path / "a" / "b").__enter__()
