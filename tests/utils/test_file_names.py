"""A word of somebody else leads to one file in one folder, on every system."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.utils.file_names import MAX_BYTES, FileName, inside

LONG = "x" * MAX_BYTES
HARMLESS = ["2026-09-01", "papers", "20260903_0.gz", "ünïcode 名", "a..b", LONG, "console", "com10", "LPT"]
HARMFUL = [
    "", ".", "..", "../escaped", "a/b", "a\\b", "/etc", "C:", "C:x", "c:\\x", "a:stream", ".hidden", "..gz", "end.",
    "end ", " begin", "nul\0", "line\nend", "\x1b[31m", "\x9b31m", "\ud800", "a*", "a?", "a|b", "a<b", 'a"b',
    "CON", "con", "Aux.txt", "nul.gz", "NUL .gz", "prn.", "COM1", "lpt9.csv", "com¹", "CONIN$", LONG + "x", "ü" * 101,
]  # fmt: skip


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_word_is_its_own_name(text: str):
    assert FileName(text) == FileName.of(text) == text


@pytest.mark.parametrize("text", HARMFUL)
def test_a_word_that_leads_elsewhere_is_refused_or_changed(text: str):
    with pytest.raises(ValueError, match="cannot be the name of a file"):
        FileName(text)
    assert FileName.of(text) != text


@given(st.text(max_size=400) | st.sampled_from(HARMFUL) | st.text("./\\:\0 aA", max_size=8))
def test_any_word_becomes_one_part_of_a_path(text: str):
    name = FileName.of(text)
    assert FileName(name) == name == FileName.of(name)
    assert name == Path(name).name == PureWindowsPath(name).name
    assert not PureWindowsPath(name).drive
    assert 0 < len(name.encode()) <= MAX_BYTES
    assert Path("folder", name).parent == Path("folder")


def test_long_words_with_one_beginning_are_two_names():
    assert FileName.of("x" * 300) != FileName.of("x" * 301)


def test_a_path_that_somebody_wrote_down_stays_in_its_folder():
    assert inside(Path("store"), "papers/00000.parquet", depth=2) == Path("store/papers/00000.parquet")
    for path in ("../x", "papers/..", "/etc/passwd", "a/b/c", "papers", "papers//x", "papers/con", "papers\\x/y"):
        with pytest.raises(ValueError, match="cannot be the name"):
            inside(Path("store"), path, depth=2)
