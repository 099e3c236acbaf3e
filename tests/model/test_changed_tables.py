"""A corpus that is not as it was written is read as it is, and a warning says so."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from graph.model.storage import load_corpus, save_corpus, write_index

from ..helpers.small_world import small_world


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_corpus(small_world().corpus, tmp_path / "corpus")
    return tmp_path / "corpus"


def warnings_of(folder: Path, caplog: pytest.LogCaptureFixture) -> list[str]:
    caplog.clear()
    with caplog.at_level(logging.WARNING, logger="graph"):
        load_corpus(folder)
    return [record.getMessage() for record in caplog.records]


def change_sources(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["sources"][0]["label"] += "!"
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def drop_a_citation(folder: Path) -> None:
    table = folder / "citations.jsonl"
    table.write_text("".join(table.read_text("utf-8").splitlines(keepends=True)[1:]), "utf-8")


def rename_a_paper(folder: Path) -> None:
    table = folder / "papers.jsonl"
    table.write_text(table.read_text("utf-8").replace('"The middle"', '"The muddle"'), "utf-8")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (change_sources, "the sources in manifest.json"),
        (drop_a_citation, "citations.jsonl ("),
        (rename_a_paper, "papers.jsonl"),
    ],
)
def test_what_was_changed_by_hand_is_named_until_it_is_accepted(folder: Path, caplog, change, named: str):
    assert warnings_of(folder, caplog) == []
    change(folder)
    (said,) = warnings_of(folder, caplog)
    assert f"not as it was written, and read as it is: {named}" in said
    write_index(folder)
    assert warnings_of(folder, caplog) == []


def test_a_manifest_of_before_has_no_hash_of_its_sources_and_is_believed(folder: Path, caplog):
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    del manifest["sha256"]["sources"]
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    change_sources(folder)
    assert warnings_of(folder, caplog) == []
