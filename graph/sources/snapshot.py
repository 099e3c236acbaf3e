"""The shipped corpus, built from the facts in ``data/``: the same files give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..errors import InputError
from ..model.reading_list import load_reading_list
from ..model.storage import corpus_files
from ..utils.files import read_bytes, read_text, write_all
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


def write_snapshot(data: Path) -> None:
    """Build the snapshot and write it to ``snapshot/`` in the data folder, completely or not at all."""
    with edited(data / "snapshot"):
        write_all(data / "snapshot", snapshot_files(data))


def stale_files(data: Path) -> Mapping[str, str]:
    """The files of the written snapshot that its facts do not make, each with what is wrong."""
    built, folder = snapshot_files(data), data / "snapshot"
    wrong: dict[str, str] = {}
    for name, content in built.items():
        try:
            if read_bytes(folder / name, most=None) != (content.encode() if isinstance(content, str) else content):
                wrong[name] = "differs from what the facts make"
        except InputError:
            wrong[name] = "is missing or cannot be read"
    extra = {path.name for path in folder.glob("*")} - set(built)
    return wrong | dict.fromkeys(sorted(extra), "does not belong to the snapshot")
