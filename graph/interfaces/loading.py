"""What a notebook begins with: a reading list and a corpus, read into one lineage."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..errors import InputError
from ..model.lineage import Lineage
from ..model.load_lineage import load_lineage
from ..model.shipped_data import reading_list_path, snapshot_path
from ..utils.arguments import refuse_other
from ..utils.files import refuse_impossible
from .other_lists import other_lists_named


def load(
    reading_list: str | Path | None = None,
    corpus: str | Path | None = None,
    *,
    read: Sequence[str | Path] = (),
    own: Sequence[str | Path] = (),
) -> Lineage:
    """Load a lineage: by default the shipped list and corpus.

    Parameters
    ----------
    reading_list : str or Path, optional
        A TOML file.
    corpus : str or Path, optional
        The folder of a corpus.
    read, own : sequence of str or Path
        Files of papers that you have read, or own: see `graph.sources.library.read_library`.

    Raises `InputError` when one of them cannot be used.

    Examples
    --------
    >>> len(load().list_keys)
    23
    """
    for name, path in (("reading_list", reading_list), ("corpus", corpus)):
        refuse_other(name, path, str | Path | None, "name a file or a folder by its path")
        if path == "":
            raise InputError(f"{name} is empty", remedy="name a file or a folder by its path, or leave it out")
        if path is not None:
            refuse_impossible(Path(path))
    for name, paths in (("read", read), ("own", own)):
        refuse_other(name, paths, Sequence[str | Path], "give a list of the paths of files")
        for path in paths:
            refuse_impossible(Path(path))
    listed = Path(reading_list) if reading_list else reading_list_path()
    with other_lists_named(listed):
        lineage = load_lineage(listed, Path(corpus) if corpus else snapshot_path())
    if not (read or own):
        return lineage
    from ..sources.library import with_marks

    return with_marks(lineage, read=map(Path, read), own=map(Path, own))
