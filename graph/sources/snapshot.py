"""The shipped corpus, built from the facts in ``data/``: the same files give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..errors import InputError
from ..model.reading_list import load_reading_list
from ..model.storage import corpus_files, sha256
from ..utils.files import read_bytes, read_text, write_all
from .assemble import assemble
from .bibliographies import read_bibliographies
from .observations import read_observation
from .overrides import load_overrides
from .verified import entry_records, read_verified_papers


def snapshot_files(data: Path) -> dict[str, str | bytes]:
    """The files of the snapshot that the facts in a data folder make.

    Parameters
    ----------
    data : Path
        A folder with ``reading_list.toml``, ``papers.toml``, ``bibliographies/``, and, where there
        are any, ``overrides.toml`` and folders ``semantic_scholar_*``.

    Raises
    ------
    InputError
        For whatever is wrong with the facts.
    """
    verified = read_verified_papers(data / "papers.toml")
    lists = read_bibliographies(data / "bibliographies", {str(record.key): record for record in verified})
    for folder in sorted(data.glob("semantic_scholar_*")):
        lists += read_observation(folder)
    records = verified + entry_records(load_reading_list(data / "reading_list.toml"))
    corpus = assemble(records, lists, load_overrides(data / "overrides.toml"))
    return corpus_files(corpus, built_from=_hashes(data))


def _hashes(data: Path) -> dict[str, str]:
    paths = [data / "reading_list.toml", data / "papers.toml", data / "overrides.toml"]
    paths += [*data.glob("bibliographies/*.csv"), *data.glob("semantic_scholar_*/*")]
    return {path.relative_to(data).as_posix(): sha256(read_text(path)) for path in paths if path.is_file()}


def write_snapshot(data: Path) -> None:
    """Build the snapshot and write it to ``snapshot/`` in the data folder, whole or not at all."""
    write_all(data / "snapshot", snapshot_files(data))


def stale_files(data: Path) -> Mapping[str, str]:
    """What of the written snapshot is not what its facts make: file name to what is wrong with it."""
    built, folder = snapshot_files(data), data / "snapshot"
    wrong: dict[str, str] = {}
    for name, content in built.items():
        try:
            if read_bytes(folder / name) != (content.encode() if isinstance(content, str) else content):
                wrong[name] = "differs from what the facts make"
        except InputError:
            wrong[name] = "is missing or cannot be read"
    extra = {path.name for path in folder.glob("*")} - set(built)
    return wrong | dict.fromkeys(sorted(extra), "does not belong to the snapshot")
