"""The shipped corpus, built from the facts in ``data/``: the same files give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..model.reading_list import load_reading_list
from ..model.storage import corpus_files
from ..utils.files import differing, read_text, write_all
from ..utils.generations import sha256
from ..utils.locks import edited
from .assemble import assemble
from .facts import fact_files, read_facts
from .verified import entry_records


def snapshot_files(data: Path) -> dict[str, str | bytes]:
    """The files of the snapshot that the facts of a data folder and its ``reading_list.toml`` make.

    Raises `InputError` for whatever is wrong with the facts.
    """
    facts = read_facts(data)
    records = [*facts.records, *entry_records(load_reading_list(data / "reading_list.toml"))]
    corpus = assemble(records, facts.lists, facts.overrides)
    return corpus_files(corpus, built_from=_hashes(data))


def _hashes(data: Path) -> dict[str, str]:
    files = [data / "reading_list.toml", *fact_files(data)]
    return {path.relative_to(data).as_posix(): sha256(read_text(path)) for path in files}


def write_snapshot(data: Path) -> list[str]:
    """Build the snapshot and write what changed to ``snapshot/`` in the data folder, completely or not at all.

    Returns the names of the files that were written: none where the snapshot is up to date.
    """
    folder = data / "snapshot"
    with edited(folder):
        files = snapshot_files(data)
        changed = differing(folder, files)
        write_all(folder, {name: files[name] for name in changed})
    return changed


def stale_files(data: Path) -> Mapping[str, str]:
    """The files of the written snapshot that its facts do not make, each with what is wrong."""
    built, folder = snapshot_files(data), data / "snapshot"
    wrong = {
        name: "differs from what the facts make" if (folder / name).is_file() else "is missing"
        for name in differing(folder, built)
    }
    extra = {path.name for path in folder.glob("*")} - set(built)
    return wrong | dict.fromkeys(sorted(extra), "does not belong to the snapshot")
