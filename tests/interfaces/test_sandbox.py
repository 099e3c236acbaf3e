"""The folder that tools may write to, and nothing outside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from graph.interfaces.mcp.sandbox import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "open").mkdir()
    return Folder(tmp_path / "open")


@pytest.mark.parametrize("name", ["list.md", "deeper/and/deeper/list.md", "ünïcode 名.md", "a..b", "x" * 200])
def test_a_plain_relative_name_is_a_path_in_the_folder_and_nothing_is_made(folder: Folder, name: str):
    assert folder.place(name) == folder.path / name
    assert list(folder.path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        "", ".", "..", "../up", "a/../../up", "/etc/passwd", ".hidden", "a/.hidden", "a\\b", "C:x", "line\nend",
        "nul\0", "\u202ereversed", "x" * 201, "a/" * 100 + "b",
    ],
)  # fmt: skip
def test_any_other_name_is_refused(folder: Folder, name: str):
    with pytest.raises(InputError, match="cannot be the name of a file here"):
        folder.place(name)


def test_a_symbolic_link_is_refused_wherever_it_is_in_the_name(folder: Folder, tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder.path / "link").symlink_to(outside)
    (folder.path / "dangling").symlink_to(tmp_path / "nothing")
    (folder.path / "deep").mkdir()
    (folder.path / "deep" / "inside").symlink_to(folder.path)
    for name in ("link", "link/new.md", "dangling", "deep/inside/new.md"):
        with pytest.raises(InputError, match="runs through a symbolic link"):
            folder.place(name)


def test_nothing_is_overwritten(folder: Folder):
    (folder.path / "file.md").write_text("there")
    (folder.path / "deep").mkdir()
    for name in ("file.md", "deep"):
        with pytest.raises(InputError, match="exists already; choose another name"):
            folder.place(name)
    assert folder.place("deep/file.md").parent.name == "deep"


def test_a_folder_behind_a_link_is_the_folder_that_the_link_leads_to(tmp_path: Path):
    """What is later put in the place of the link changes nothing."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert Folder(tmp_path / "link").path == (tmp_path / "real").resolve()


def test_what_is_no_folder_is_refused(tmp_path: Path):
    (tmp_path / "file").write_text("")
    for name in ("missing", "file"):
        with pytest.raises(InputError, match="no such folder"):
            Folder(tmp_path / name)
