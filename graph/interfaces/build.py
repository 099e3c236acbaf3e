"""The main job: from a corpus and a reading list to pages, GraphML, tables and a manifest."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from ..analysis.measures.affordable import left_out, measured
from ..errors import InputError, OutputError
from ..exports.columns import build_columns
from ..exports.contents import contents_of, placed
from ..exports.formats.graphml import graphml_of
from ..exports.layout import timeline
from ..exports.tables import csv_of_citations, csv_of_papers
from ..exports.wording import counted
from ..model.lineage import Lineage
from ..pages.views import render_views, views
from ..utils.csv_files import for_spreadsheets
from ..utils.file_names import FileName
from ..utils.files import differing, json_text, parse_json, read_bytes, read_text, write_all
from ..utils.generations import sha256
from ..utils.timing import log_phase

log = logging.getLogger(__name__)

_MANIFEST = "manifest.json"
_PACKAGES = ("citation-lineage", "networkx", "pyvis", "jinja2")
"""The packages whose versions can change the bytes of an output."""


def build(lineage: Lineage, inputs: Mapping[str, Path], say: Callable[[str], None]) -> dict[str, str]:
    """Make every output of a lineage: the texts by file name. The same lineage gives the same texts.

    `inputs` are the files that the lineage was read from, by the names that the manifest shows. `say` is called with a
    line about each part that is made.
    """
    say("measures")
    with log_phase(log, "measures"):
        measures, said = measured(lineage), left_out(lineage)
    if said:
        say(said)
    files: dict[str, str] = {}
    pages = {view.name: view for view in views(lineage)}
    for name, view in pages.items():
        say(f"{name}: {counted(len(view.keys), 'paper')}, {counted(view.citations, 'citation')}")
    with log_phase(log, "pages"):
        layouts = {name: timeline(lineage, pages[name].keys) for name in ("lineage", "neighbourhood")}
        files |= render_views(lineage, list(pages.values()), layouts)
    with log_phase(log, "GraphML"):
        contents = {name: contents_of(lineage, pages[name].keys) for name in layouts}
        for name, (papers, citations) in contents.items():
            places = placed(layouts[name], papers)
            files[f"{name}.graphml"] = graphml_of(
                lineage, places, citations, measures, more=build_columns(lineage), comment=said or None
            )
    say("tables")
    with log_phase(log, "tables"):
        papers, citations = contents["neighbourhood"]
        tables = {
            "papers.csv": csv_of_papers(lineage, papers, measures),
            "citations.csv": csv_of_citations(citations, more=build_columns(lineage)),
        }
        files |= for_spreadsheets(tables)
    files[_MANIFEST] = json_text(
        {
            "made_with": {name: version(name) for name in _PACKAGES},
            "from": {name: sha256(read_text(path)) for name, path in inputs.items()},
            "entries": len(lineage.reading_list.entries),
            "papers": {name: len(view.keys) for name, view in pages.items()},
            "citations": {name: view.citations for name, view in pages.items()},
            "corpus": {"papers": len(lineage.corpus.papers), "citations": len(lineage.corpus.citations)},
            "sha256": {name: sha256(text) for name, text in sorted(files.items())},
        }
        | ({"measures": said} if said else {})
        | ({} if lineage.grouping.is_by_theme else {"lanes": lineage.grouping.words.one})
    )
    return files


def build_into(folder: Path, lineage: Lineage, inputs: Mapping[str, Path], say: Callable[[str], None]) -> list[Path]:
    """Make every output and write the files into a folder, all or none; the page of the list is the first of them.

    Files of an earlier build that this one does not make are removed then, unless somebody has changed them. Raises
    `OutputError` when the folder cannot be written, or has files of these names that a person made or changed; its
    files are then unchanged.
    """
    with _no_collection():
        files = build(lineage, inputs, say)
    former = _files_of_former_build(folder)
    _refuse_to_overwrite(folder, files, former)
    write_all(folder, files)
    for name in sorted(former.keys() - files.keys()):
        _remove(folder / name, former[name], say)
    return [folder / name for name in files]


def _files_of_former_build(folder: Path) -> Mapping[str, str]:
    """The hashes of the files that an earlier build wrote, by their names; none where no build has written."""
    try:
        manifest = parse_json(read_text(folder / _MANIFEST), where=_MANIFEST, remedy="")
    except InputError:
        return {}
    hashes = manifest.get("sha256")
    if "made_with" not in manifest or not isinstance(hashes, dict):
        return {}
    return {name: str(known) for name, known in hashes.items() if FileName.of(name) == name}


def _refuse_to_overwrite(folder: Path, files: Mapping[str, str], former: Mapping[str, str]) -> None:
    """Raise `OutputError` where a file of this build would replace one that is not as an earlier build wrote it."""
    ours = {_MANIFEST} if former else set()
    foreign = [
        name
        for name in differing(folder, files)
        if name not in ours and (folder / name).is_file() and not _is_as_written(folder / name, former.get(name))
    ]
    if foreign:
        raise OutputError(
            f"{folder}: no build wrote {', '.join(foreign)} as found there, and this one would replace what is there; "
            "move it away, or choose another folder with -o"
        )


def _is_as_written(path: Path, known: str | None) -> bool:
    return known is not None and sha256(read_bytes(path, most=None)) == known


def _remove(path: Path, known: str, say: Callable[[str], None]) -> None:
    """Remove a file that still is as an earlier build wrote it, and say so; name one that is not."""
    if not path.is_file() or path.is_symlink():
        return
    try:
        if _is_as_written(path, known):
            path.unlink()
            say(f"{path.name}: removed, since an earlier build made it and this one does not")
            return
        stays = "it was changed since, and stays"
    except (InputError, OSError):
        stays = "it cannot be removed"
    say(f"{path.name}: an earlier build made it and this one does not; {stays}")


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the collection of reference cycles: of a large corpus millions of values live to the end."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
