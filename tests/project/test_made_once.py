"""Folders that all workers of a run share: made by one of them, and whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..helpers.made_once import made_once, shared_folder


def test_who_comes_first_makes_a_folder_and_who_comes_later_finds_it(tmp_path: Path):
    for text in ("first", "second"):
        made = made_once(tmp_path / "store", lambda folder, text=text: (folder / text).touch())
    assert [path.name for path in made.iterdir()] == ["first"]


def test_a_folder_that_could_not_be_filled_is_made_anew(tmp_path: Path):
    def broken(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError

    with pytest.raises(OSError, match=r"^$"):
        made_once(tmp_path / "store", broken)
    assert not (tmp_path / "store").exists()
    made = made_once(tmp_path / "store", lambda folder: (folder / "whole").touch())
    assert [path.name for path in made.iterdir()] == ["whole"]


def test_who_waits_too_long_makes_a_folder_of_its_own(tmp_path: Path):
    def make(folder: Path) -> None:
        (folder / "slow").touch()
        others.append(made_once(tmp_path / "store", lambda own: (own / "quick").touch(), patience=0.0))

    others: list[Path] = []
    made = made_once(tmp_path / "store", make)
    assert [[path.name for path in each.iterdir()] for each in (made, *others)] == [["slow"], ["quick"]]


def test_workers_share_a_folder_and_a_run_without_them_keeps_it_to_itself(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
):
    own = tmp_path_factory.getbasetemp()
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw1")
    assert shared_folder(tmp_path_factory, "store").parent == own.parent
    monkeypatch.delenv("PYTEST_XDIST_WORKER")
    assert shared_folder(tmp_path_factory, "store").parent == own
