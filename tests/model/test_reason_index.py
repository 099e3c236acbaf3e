"""The index of a folder of reasons says what the files say, or is left alone."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import InputError, OutputError
from graph.model.corpus_index import INDEX
from graph.model.load_lineage import load_lineage
from graph.model.reason_files import write_reason_index
from graph.model.reason_rows import REASON_INDEX
from graph.model.reasons import Reason, Reasons
from graph.model.shipped_data import data_folder
from graph.model.storage import save_corpus, write_index

from ..helpers.commands import lineage_command
from .test_reasons import FILE, LIST, corpus, written

OTHER = FILE.replace("Takes the encoder.", "Takes the decoder.")
"""As long as `FILE`."""


@pytest.fixture
def reasons(tmp_path: Path) -> Path:
    """A folder of reasons with its index, beside a corpus and a list."""
    save_corpus(corpus(), tmp_path / "corpus")
    written(tmp_path, LIST, "list.toml")
    folder = written(tmp_path / "reasons", FILE).parent
    assert write_reason_index(folder)
    return folder


def loaded(reasons: Path) -> Reasons:
    return load_lineage(reasons.parent / "list.toml", reasons.parent / "corpus").reasons


def uses(reasons: Path) -> list[str]:
    return [reason.uses for reason in loaded(reasons).values()]


def test_reasons_are_the_same_by_the_index_and_no_toml_is_read(reasons: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.model.reason_files.rows_of_file", None)
    read = "arXiv:1810.04805v2, whole"
    assert loaded(reasons) == {
        ("old", "new"): Reason("new", "old", "Takes the encoder.", read, "read", ("methodology",), ("3 Model",)),
        ("old", "other"): Reason("other", "old", "Names it.", read, "partial"),
    }


@pytest.mark.parametrize(
    ("edit", "then"),
    [
        (lambda folder: written(folder, OTHER), ["Takes the decoder.", "Names it."]),
        (lambda folder: (folder / "new.toml").unlink(), []),
        (lambda folder: (folder / "new.toml").rename(folder / "newer.toml"), ["Takes the encoder.", "Names it."]),
        (lambda folder: written(folder, "", "empty.toml"), ["Takes the encoder.", "Names it."]),
        (lambda folder: written(folder, FILE[: FILE.rindex("[[reasons]]")]), ["Takes the encoder."]),
    ],
    ids=["changed", "removed", "renamed", "added", "shortened"],
)  # fmt: skip
def test_files_that_were_edited_are_read_themselves(
    reasons: Path, caplog: pytest.LogCaptureFixture, edit: Callable[[Path], object], then: list[str]
) -> None:
    edit(reasons)
    caplog.set_level(logging.INFO)
    assert uses(reasons) == then
    assert "not read by the index (it was made from other files)" in caplog.text
    write_reason_index(reasons)
    caplog.clear()
    assert uses(reasons) == then
    assert "not read by the index" not in caplog.text


def test_a_damaged_index_changes_no_reason(reasons: Path) -> None:
    index = reasons / REASON_INDEX
    whole, right = index.read_bytes(), loaded(reasons)
    for place in {*range(0, len(whole), 97), *range(4096, 4096 + 300, 7)}:
        index.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        assert loaded(reasons) == right
        index.write_bytes(whole[:place])
        assert loaded(reasons) == right


def test_an_index_that_is_a_folder_or_a_pipe_or_leads_nowhere_changes_no_reason(reasons: Path) -> None:
    index, right = reasons / REASON_INDEX, loaded(reasons)
    index.unlink()
    index.symlink_to("nowhere")
    assert loaded(reasons) == right
    index.unlink()
    os.mkfifo(index)
    assert loaded(reasons) == right
    index.unlink()
    index.mkdir()
    assert loaded(reasons) == right
    with pytest.raises(OutputError, match="a folder is in the place of this file"):
        write_reason_index(reasons)


def test_what_an_index_holds_is_checked_as_what_a_file_holds(reasons: Path) -> None:
    written(reasons, FILE.replace("Takes", "<b>Takes</b>").replace('"old"', '"oldest"'))
    write_reason_index(reasons)
    with pytest.raises(InputError) as caught:
        loaded(reasons)
    by_index = str(caught.value)
    assert "new.toml, line 5: uses has markup: <b" in by_index
    assert "new.toml, line 5: 'oldest' is neither the key" in by_index
    (reasons / REASON_INDEX).unlink()
    with pytest.raises(InputError) as caught:
        loaded(reasons)
    assert str(caught.value) == by_index


def test_no_index_is_written_of_files_that_cannot_be_read(reasons: Path) -> None:
    before = (reasons / REASON_INDEX).read_bytes()
    written(reasons, "what is this")
    (written(reasons, "", "latin.toml")).write_bytes(b"\xff")
    with pytest.raises(InputError) as caught:
        write_reason_index(reasons)
    assert all(said in str(caught.value) for said in ("new.toml: broken TOML", "latin.toml: not UTF-8"))
    assert (reasons / REASON_INDEX).read_bytes() == before


def test_the_command_index_writes_that_of_reasons_too(reasons: Path) -> None:
    (reasons / REASON_INDEX).unlink()
    place = reasons.parent
    ended = lineage_command("--list", place / "list.toml", "--corpus", place / "corpus", "index")
    assert (ended.returncode, ended.stderr.splitlines()[-1]) == (0, f"{reasons / REASON_INDEX}: written")
    assert (reasons / REASON_INDEX).exists()


def test_the_command_index_leaves_one_that_fits_as_it_is(reasons: Path) -> None:
    place = reasons.parent
    write_index(place / "corpus")
    before = {path: path.read_bytes() for path in (place / "corpus" / INDEX, reasons / REASON_INDEX)}
    ended = lineage_command("--list", place / "list.toml", "--corpus", place / "corpus", "index")
    assert ended.stderr == "".join(f"{path}: it is there and fits; nothing was written\n" for path in before)
    assert {path: path.read_bytes() for path in before} == before


def test_the_shipped_reasons_have_the_index_of_their_files(tmp_path: Path) -> None:
    shipped = data_folder() / "reasons"
    copy = Path(shutil.copytree(shipped, tmp_path / "reasons"))
    assert not write_reason_index(copy), "run 'lineage index'"
