"""The main job: from a corpus and a reading list to pages, GraphML, tables and a manifest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from .exports.columns import measured_papers
from .exports.graphml import graphml_text
from .exports.tables import citations_csv, papers_csv
from .files import json_text, read_text, write_all
from .layout import timeline
from .lineage import Lineage
from .neighbourhood import neighbourhood, shared_ancestors
from .store import sha256
from .views.page import render_page

_SHAPING = ("citation-lineage", "networkx", "pandas", "pyvis", "jinja2")
"""The packages whose version can change the bytes of an output."""


def build(lineage: Lineage, inputs: Mapping[str, Path], say: Callable[[str], None]) -> dict[str, str]:
    """Make every output of a lineage.

    Parameters
    ----------
    lineage : Lineage
    inputs : mapping of str to Path
        The files that the lineage was read from, by the name under which the manifest shows them.
    say : callable
        Told what is being made, a line each.

    Returns
    -------
    dict of str to str
        File name to text. The same lineage gives the same texts.
    """
    reading_list = lineage.reading_list
    views: dict[str, Sequence[str]] = {"lineage": lineage.list_keys, "neighbourhood": neighbourhood(lineage)}
    shared = len(shared_ancestors(lineage))
    subtitles = {
        "lineage": f"The {len(reading_list.entries)} entries of the list",
        "neighbourhood": f"The list, the {len(lineage.bridges)} papers that bridge it and {shared} ancestors it shares",
    }
    say("measures")
    measured = measured_papers(lineage)
    files: dict[str, str] = {}
    for name, keys in views.items():
        say(f"{name}: {len(keys)} papers, {lineage.among(keys).number_of_edges()} citations")
        files[f"{name}.html"] = render_page(lineage, keys, title=reading_list.title, subtitle=subtitles[name])
        files[f"{name}.graphml"] = graphml_text(lineage, timeline(lineage, keys), measured)
    say("tables")
    files["papers.csv"] = papers_csv(lineage, views["neighbourhood"], measured)
    files["citations.csv"] = citations_csv(lineage, views["neighbourhood"])
    files["manifest.json"] = json_text(
        {
            "made_with": {name: version(name) for name in _SHAPING},
            "from": {name: sha256(read_text(path)) for name, path in inputs.items()},
            "entries": len(reading_list.entries),
            "papers": {name: len(keys) for name, keys in views.items()},
            "citations": {name: lineage.among(keys).number_of_edges() for name, keys in views.items()},
            "corpus": {"papers": len(lineage.corpus.papers), "citations": len(lineage.corpus.citations)},
            "sha256": {name: sha256(text) for name, text in sorted(files.items())},
        }
    )
    return files


def build_into(folder: Path, lineage: Lineage, inputs: Mapping[str, Path], say: Callable[[str], None]) -> list[Path]:
    """Make every output and write them into a folder, all or none; their paths, the page first.

    Raises
    ------
    OutputError
        When the folder cannot be written; what stood there before still stands.
    """
    files = build(lineage, inputs, say)
    write_all(folder, files)
    return [folder / name for name in files]
