"""Files are replaced completely or not at all, and a spreadsheet shows what it would otherwise run."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.errors import InputError, OutputError
from graph.utils.csv_files import csv_of_columns, csv_text, escape_formula, read_csv, unescape_formula
from graph.utils.files import json_lines, json_text, parse_json, read_bytes, read_lines, read_text, read_toml, write_all
from graph.utils.generations import sha256


@given(st.text())
def test_an_escaped_cell_never_starts_like_a_formula_and_unescapes_to_itself(cell: str):
    assert unescape_formula(escape_formula(cell)) == cell
    assert not escape_formula(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@example([["x\ry", "z"], ["=\r", "'\r\n"]])
@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), max_size=5))
def test_rows_come_back_from_csv_with_none_for_nothing(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]):
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    path.write_bytes(csv_text(["a", "b"], rows).encode("utf-8"))
    assert [list(cells.values()) for _, cells in read_csv(path, ["a", "b"])] == [
        [c or None for c in row] for row in rows
    ]


@example([("=1+1", "=1+1"), ("'=a", None), ("x\ry", -1)])
@given(st.lists(st.tuples(st.text(), st.integers() | st.none() | st.text()), max_size=4))
def test_a_table_by_its_columns_is_the_one_by_its_rows(rows: list[tuple[object, object]]):
    columns = {"one": [one for one, _ in rows], "other": [other for _, other in rows]}
    assert csv_of_columns(columns) == csv_text(["one", "other"], rows)


def test_a_fault_while_writing_leaves_every_old_file(tmp_path: Path):
    (tmp_path / "a.txt").write_text("old a")
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(OutputError, match="a folder is in the place of this file"):
        write_all(tmp_path, {"a.txt": "new a", "b.txt": "new b"})
    assert (tmp_path / "a.txt").read_text() == "old a"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_what_is_not_an_ordinary_file_is_refused_and_stays_what_it_is(tmp_path: Path):
    """Such as a device, which would become a file for everybody on the machine."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "link").symlink_to(pipe)
    for name in ("pipe", "link"):
        with pytest.raises(OutputError, match="not an ordinary file"):
            write_all(tmp_path, {name: "text"})
    assert pipe.is_fifo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "pipe"]


def test_an_interruption_while_writing_leaves_every_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a.txt").write_text("old a")
    calls = []

    def interrupted(_: int) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_all(tmp_path, {"a.txt": "new a", "b.txt": "new b"})
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "old a"


def test_a_text_that_utf8_cannot_hold_is_refused_before_anything_is_written(tmp_path: Path):
    with pytest.raises(OutputError, match="cannot be written as UTF-8"):
        write_all(tmp_path, {"a.txt": "fine", "b.txt": "\ud800"})
    assert list(tmp_path.iterdir()) == []


def test_a_long_text_is_written_and_hashed_as_it_is(tmp_path: Path):
    """It goes in parts, and no letter of several bytes is lost where one ends."""
    text = "x" * ((1 << 20) - 1) + "ő\U0001f600" * 3 + "y" * (1 << 20)
    write_all(tmp_path, {"long.txt": text})
    written = (tmp_path / "long.txt").read_bytes()
    assert written.decode() == text
    assert sha256(text) == sha256(written) == hashlib.sha256(written).hexdigest()


def test_files_are_written_for_everybody_that_the_umask_allows(tmp_path: Path):
    before = os.umask(0o022)
    try:
        write_all(tmp_path, {"a.txt": "x"})
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o644


def test_all_rows_of_a_wrong_length_are_reported_at_once(tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n3\n4,5,6\n")
    with pytest.raises(InputError) as fault:
        read_csv(path, ["a", "b"])
    assert "line 3: 1 cells instead of 2" in str(fault.value)
    assert "line 4: 3 cells instead of 2" in str(fault.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b'a,b\n"1,2\n', "broken CSV"),
        (b"a,c\n", "the header is 'a,c'"),
        (b"\xff\xfe", "not UTF-8 at byte 0"),
        (b"", "header"),
    ],
)
def test_broken_csv_names_the_file_and_the_fault(tmp_path: Path, text: bytes, message: str):
    path = tmp_path / "x.csv"
    path.write_bytes(text)
    with pytest.raises(InputError, match=message) as fault:
        read_csv(path, ["a", "b"])
    assert str(path) in str(fault.value)


def test_broken_toml_names_the_file_and_the_line(tmp_path: Path):
    path = tmp_path / "x.toml"
    path.write_text("a = 1\nb = = 2\n")
    with pytest.raises(InputError, match=r"x\.toml: broken TOML: .*line 2"):
        read_toml(path)


def test_a_byte_order_mark_of_a_windows_editor_is_no_fault(tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"\xef\xbb\xbfa,b\r\n1,2\r\n")
    assert [cells for _, cells in read_csv(path, ["a", "b"])] == [{"a": "1", "b": "2"}]


def test_a_missing_file_is_one_clear_line(tmp_path: Path):
    with pytest.raises(InputError, match="no such file; check the path"):
        read_text(tmp_path / "nothing")


def test_a_pipe_with_a_name_is_refused_before_it_is_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    for name in ("pipe", "link"):
        with pytest.raises(InputError, match=f"{name}: this is a pipe, and a file is needed; name a file"):
            read_bytes(tmp_path / name)


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="a system without /dev/fd")
def test_a_pipe_that_a_shell_opened_is_read():
    """As <(command) is named."""
    reading, writing = os.pipe()
    os.write(writing, b"Tides")
    os.close(writing)
    try:
        assert read_bytes(Path(f"/dev/fd/{reading}")) == b"Tides"
    finally:
        os.close(reading)


def test_a_link_that_leads_to_itself_is_one_clear_line(tmp_path: Path):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(InputError, match="loop: this is a link that leads to itself; name a file"):
        read_bytes(tmp_path / "loop")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a system without /dev/zero")
def test_a_file_without_an_end_is_read_to_a_limit_alone():
    with pytest.raises(InputError, match="/dev/zero: it has more than 268,435,456 bytes"):
        read_bytes(Path("/dev/zero"))


def test_a_folder_in_place_of_a_file_is_one_clear_line(tmp_path: Path):
    with pytest.raises(InputError, match="this is a folder; a file is needed; name a file in it"):
        read_text(tmp_path)


def test_blank_lines_of_a_csv_file_are_skipped(tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n\n1,2\n")
    assert read_csv(path, ["a", "b"]) == [(f"{path}, line 3", {"a": "1", "b": "2"})]


def test_the_columns_of_a_csv_file_must_be_in_their_order(tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_text("b,a\n1,2\n")
    with pytest.raises(InputError, match="line 1: the header is 'b,a'; it must be 'a,b'"):
        read_csv(path, ["a", "b"])


def test_lines_are_numbered_as_in_the_file_and_end_only_at_line_ends(tmp_path: Path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"a": "one\u2028line"}\n \n\n{}\n', "utf-8")
    assert list(read_lines(path)) == [(f"{path}, line 1", '{"a": "one\u2028line"}'), (f"{path}, line 4", "{}")]


@pytest.mark.parametrize("text", ["[]", "7", "null", "", '{"a": NaN}', '{"a": "\\ud800"}', "{" * 10_000])
def test_what_is_not_a_json_object_is_refused_with_its_place(text: str):
    with pytest.raises(InputError, match=r"a\.json, line 3: .*; fetch it again"):
        parse_json(text, where="a.json, line 3", remedy="fetch it again")


def test_json_has_one_layout_and_no_numbers_that_json_lacks():
    assert json_text({"b": ["ü"], "a": None}) == '{\n "b": [\n  "ü"\n ],\n "a": null\n}\n'
    assert json_lines([{"a": "ü"}, {}]) == '{"a": "ü"}\n{}\n'
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="not JSON compliant"):
            json_text(value)
        with pytest.raises(ValueError, match="not JSON compliant"):
            json_lines([{"a": value}])


def test_files_are_on_disk_before_the_old_ones_are_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a").write_text("old")
    synced = []
    monkeypatch.setattr(os, "fsync", lambda _: synced.append((tmp_path / "a").read_text()))
    write_all(tmp_path, {"a": "new", "b": b"bytes"})
    assert synced[:3] == ["old", "old", "old"]  # the two files, and what names them
    assert ((tmp_path / "a").read_text(), (tmp_path / "b").read_bytes()) == ("new", b"bytes")
