"""Compiled loops also where nothing can be written: then every process compiles anew."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import networkx as nx
import numba
import numpy as np
import pytest

from graph.index import jit
from graph.index.between import evidence_byte, shortest_path, shortest_paths
from graph.index.checked_file import CheckedFile
from graph.index.kernels.reach import evidence_of
from graph.index.kernels.shortest import _arc_count, _search_both_ways
from graph.index.page_sums import read_page_sums, write_page_sums
from graph.index.path_weights import acyclic_index, acyclic_part

from ..helpers.scale_world import index_of
from ..helpers.shared_store import ask


def double(number: int) -> int:
    return 2 * number


def test_without_a_folder_for_compiled_code_a_loop_is_compiled_all_the_same(monkeypatch: pytest.MonkeyPatch):
    njit = numba.njit

    def without_a_folder(*, cache: bool = False, nogil: bool):
        if not cache:
            return njit(nogil=nogil)

        def refuse(function):
            raise RuntimeError(f"cannot cache function {function.__name__!r}: no locator available")

        return refuse

    monkeypatch.setattr(jit, "numba", SimpleNamespace(njit=without_a_folder))
    assert jit.compiled(double)(21) == 42


def test_without_a_home_no_folder_is_made_for_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def no_home() -> Path:
        raise RuntimeError("could not determine home directory")

    monkeypatch.setattr(Path, "home", no_home)
    monkeypatch.setattr(jit, "__file__", str(tmp_path / "missing" / "jit.py"))
    monkeypatch.chdir(tmp_path)
    assert jit.compiled(double)(21) == 42
    assert list(tmp_path.iterdir()) == []


def test_one_and_all_shortest_paths_share_the_loops_that_search():
    """Compiled when the cache is empty, as on a fresh clone; what is read from the cache calls them unseen."""
    index = index_of(nx.DiGraph([(0, 1), (1, 2)]))
    assert shortest_path(index, 0, 2) == next(iter(shortest_paths(index, 0, 2)))
    evidence_byte(index, 0, 1)
    for loop in (_arc_count, _search_both_ways):
        assert len(loop.signatures) <= 1
    assert {str(kind) for kinds in evidence_of.signatures for kind in kinds[-2:]} == {"int32"}


def test_the_questions_that_compile_the_loops_before_they_are_tested_are_answered(whole):
    ask(whole[0])


def test_what_is_compiled_for_a_file_with_checksums_serves_one_without(tmp_path: Path):
    (tmp_path / "file").write_bytes(bytes(5000))
    write_page_sums(tmp_path / "sums", {"file": tmp_path / "file"})
    sums = read_page_sums(tmp_path / "sums")
    assert sums is not None
    checked = sums.open("file", tmp_path / "file").pages
    assert numba.typeof(checked) == numba.typeof(CheckedFile(tmp_path / "file").pages)


def test_what_is_compiled_for_a_whole_index_serves_a_part_of_it_in_memory():
    index = index_of(nx.path_graph(4, create_using=nx.DiGraph))
    part, _ = acyclic_part(index, np.arange(1, 3, dtype=np.int32), 1, 2)
    assert numba.typeof(acyclic_index(index).arrays) == numba.typeof(part.arrays)
