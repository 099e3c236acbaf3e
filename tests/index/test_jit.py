"""Compiled loops also where nothing can be written: then every process compiles anew."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numba
import pytest

from graph.index import jit


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
