"""The formats of ``lineage export``: what each is for, what it keeps and what it cannot hold.

The command, its help, the reference and the tests are derived from this; `docs/exporting.md` explains
each, which a test checks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, cast

from ..errors import InputError

if TYPE_CHECKING:
    from .selection import Selection

Content = str | bytes


@dataclass(frozen=True, slots=True)
class Format:
    """A format that a selection can be written in."""

    id: str
    """The name that a person types."""
    label: str
    endings: tuple[str, ...]
    """Of the files that it consists of, the main one first. The others are written beside it, with the same stem:
    ``-citations.csv``."""
    media_type: str
    """Of the main file."""
    purpose: str
    """The programs and people that it is for, in a few words."""
    keeps: str
    loses: str
    """What the file holds, and what the format has no place for."""
    library: str = "this package"
    """What writes it; no library where none does it without damage."""
    module: str = ""
    """In `graph.exports.formats`, by default the id; it is imported when a file is written."""

    def write(self, selection: Selection) -> Mapping[str, Content]:
        """Write a selection: the contents of its files, by their endings.

        Raises `InputError` when the format needs a package that is not installed.
        """
        module = import_module(f".formats.{self.module or self.id}", __package__)
        writer = cast("Callable[[Selection], Mapping[str, Content]]", module.write)
        return writer(selection)


_NETWORK = "papers with all that is known, citations with who asserts them, measures, places, colours"
_REFERENCE = "type, title, authors, date, venue, DOI, arXiv, URL, themes as keywords, the rest as a note"

FORMATS: tuple[Format, ...] = (
    Format(
        "graphml",
        "GraphML",
        (".graphml",),
        "application/graphml+xml",
        "Gephi, Gephi Lite, igraph, NetworkX, yEd",
        _NETWORK,
        "time, for which Gephi needs GEXF, and lists, which are joined by ';'",
    ),
    Format(
        "gexf",
        "GEXF 1.3",
        (".gexf",),
        "application/gexf+xml",
        "Gephi and Gephi Lite with a timeline",
        f"{_NETWORK}, and when each begins",
        "lists, which are joined by ';'",
    ),
    Format(
        "pajek",
        "Pajek",
        (".net", ".clu", ".vec", "-years.vec"),
        "text/plain",
        "Pajek, VOSviewer",
        "names with keys, places, how many sources assert a citation; themes, PageRank and years in files of their own",
        "titles, authors, identifiers and evidence",
    ),
    Format(
        "vosviewer",
        "VOSviewer JSON",
        (".json",),
        "application/json",
        "VOSviewer and VOSviewer Online",
        "papers with places, descriptions and links, themes as clusters, years and measures as scores",
        "the direction of citations, and who asserts them",
    ),
    Format(
        "cytoscape",
        "Cytoscape JSON",
        (".cyjs",),
        "application/json",
        "Cytoscape and Cytoscape.js",
        f"{_NETWORK}, lists as lists",
        "null, so that what is not known is left out, and citing sentences",
    ),
    Format(
        "node-link",
        "node-link JSON",
        (".json",),
        "application/json",
        "NetworkX, D3 and your own programs",
        f"{_NETWORK}, lists as lists, null for what is not known",
        "citing sentences, and themes without a paper",
        "networkx",
        "node_link",
    ),
    Format(
        "csv",
        "CSV",
        (".csv", "-citations.csv"),
        "text/csv",
        "spreadsheets, R, anything",
        "a table of papers with measures, and beside it a list of citations with who asserts them",
        "places, colours, and lists, which are joined by ';'",
        module="csv_tables",
    ),
    Format(
        "parquet",
        "Parquet",
        (".parquet", "-citations.parquet"),
        "application/vnd.apache.parquet",
        "pandas, Polars, DuckDB, Spark, R",
        f"{_NETWORK}, in typed columns, lists as lists",
        "citing sentences, and themes without a paper",
        "pyarrow",
    ),
    Format(
        "bibtex",
        "BibTeX",
        (".bib",),
        "application/x-bibtex",
        "LaTeX with BibTeX or biber, JabRef, Zotero",
        _REFERENCE,
        "citations, measures",
    ),
    Format(
        "ris",
        "RIS",
        (".ris",),
        "application/x-research-info-systems",
        "Zotero, EndNote, Mendeley",
        _REFERENCE,
        "citations, measures, and missing authors, which the note mentions",
        "rispy",
    ),
    Format(
        "csl",
        "CSL-JSON",
        (".json",),
        "application/vnd.citationstyles.csl+json",
        "Zotero, Pandoc, Quarto",
        f"{_REFERENCE}, and as values under custom",
        "citations, measures",
    ),
    Format(
        "markdown",
        "Markdown",
        (".md",),
        "text/markdown",
        "notes, issues, a README",
        "paths with their hops, papers by theme with links, citations with who asserts them",
        "measures, places",
    ),
    Format(
        "svg",
        "SVG",
        (".svg",),
        "image/svg+xml",
        "a figure for a paper, Inkscape, a slide",
        "the picture: time, themes, roles, citations; of paths, who asserts each hop",
        "everything that is not drawn",
    ),
    Format(
        "dot",
        "Graphviz DOT",
        (".gv",),
        "text/vnd.graphviz",
        "Graphviz: dot -Tpdf",
        "names, titles, dates, themes, roles, links; papers of one year in one rank",
        "authors, measures, places (Graphviz makes its own)",
    ),
    Format(
        "coding",
        "Coding sheet",
        (".csv",),
        "text/csv",
        "two people who code what citations are for",
        "a row a citation with its reason, sections, intents and citing sentences, and empty columns for two coders",
        "papers without a citation, places, measures, and who asserts a citation",
    ),
)
"""In the order in which the help lists them."""

SELECTIONS = {
    "list": "the papers of the reading list",
    "neighbourhood": "the list, its bridges and its shared ancestors",
    "corpus": "every paper of the corpus",
    "theme NAME": "its papers in the neighbourhood, chosen or inferred",
    "BERT → InstructGPT": "the papers and hops of as many paths as --top says",
    "* → InstructGPT": "a paper and all that led to it; 'BERT → *': and all that it led to",
    "flow BERT → InstructGPT": "all paths between the two, and how many run through each citation",
    "main-path": "of the corpus; also 'main-path theme NAME', 'main-path BERT → GPT-3'",
    "BERT": "one paper alone",
}
"""What ``--of`` takes, and what each means; an arrow can be typed ``->`` or ``to``."""

_ALIASES = {
    "bib": "bibtex",
    "csl-json": "csl",
    "cyjs": "cytoscape",
    "gephi": "gexf",
    "graphviz": "dot",
    "gv": "dot",
    "json": "node-link",
    "md": "markdown",
    "net": "pajek",
    "tables": "csv",
    "vos": "vosviewer",
    "zotero": "csl",
}
"""Endings and programs that mean one format."""


def find_format(name: str) -> Format:
    """Find a format by its id, its ending or the name of a program; an `InputError` names the nearest one.

    >>> find_format("BibTeX").id, find_format(".md").id
    ('bibtex', 'markdown')
    """
    wanted = name.strip().casefold().lstrip(".")
    wanted = _ALIASES.get(wanted, wanted)
    for each in FORMATS:
        if each.id == wanted:
            return each
    near = get_close_matches(wanted, [*(each.id for each in FORMATS), *_ALIASES], n=1, cutoff=0.5)
    suggestion = f"did you mean {near[0]}? " if near else ""
    ids = ", ".join(each.id for each in FORMATS)
    raise InputError(f"there is no format {name!r}", remedy=f"{suggestion}there are {ids}")
