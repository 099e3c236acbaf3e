"""The formats of ``lineage export``: what each is for, what it keeps and what it cannot hold.

The command, its help and the tests read this; `docs/exporting.md` has a section for each, which a
test sees to.
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
    """A format that a selection can be written in.

    Attributes
    ----------
    id : str
        What a person types.
    label : str
    endings : tuple of str
        Of the files it makes, the main one first; the others stand beside it: ``-citations.csv``.
    media_type : str
        Of the main file.
    purpose : str
        Who opens it, in a few words.
    keeps, loses : str
        What stands in the file, and what the format has no place for.
    library : str
        Who writes it: a library, or "this package" where none does it without damage.
    module : str
        In `graph.exports.formats`; loaded when it is asked for.
    """

    id: str
    label: str
    endings: tuple[str, ...]
    media_type: str
    purpose: str
    keeps: str
    loses: str
    library: str
    module: str

    def write(self, selection: Selection) -> Mapping[str, Content]:
        """The files by their endings.

        Raises
        ------
        InputError
            When it takes a package that is not installed.
        """
        module = import_module(f".formats.{self.module}", __package__)
        writer = cast("Callable[[Selection], Mapping[str, Content]]", module.write)
        return writer(selection)


_GRAPH = "papers with all that is known, citations with who asserts them, measures, places, colours"
_REFERENCE = "type, title, authors, date, venue, DOI, arXiv, URL, themes as keywords, the rest as a note"
_OURS = "this package"

FORMATS: tuple[Format, ...] = (
    Format(
        "graphml",
        "GraphML",
        (".graphml",),
        "application/graphml+xml",
        "Gephi, Gephi Lite, igraph, NetworkX, yEd",
        _GRAPH,
        "time, for which Gephi needs GEXF, and lists, which are joined by ';'",
        _OURS,
        "graphml",
    ),
    Format(
        "gexf",
        "GEXF 1.3",
        (".gexf",),
        "application/gexf+xml",
        "Gephi and Gephi Lite with a timeline",
        f"{_GRAPH}, and when each begins",
        "lists, which are joined by ';'",
        _OURS,
        "gexf",
    ),
    Format(
        "pajek",
        "Pajek",
        (".net", ".clu", ".vec", "-years.vec"),
        "text/plain",
        "Pajek, and VOSviewer's older doors",
        "names with keys, places, how many sources assert a citation; themes, PageRank and years beside it",
        "titles, authors, identifiers and evidence",
        _OURS,
        "pajek",
    ),
    Format(
        "vosviewer",
        "VOSviewer JSON",
        (".json",),
        "application/json",
        "VOSviewer and VOSviewer Online",
        "papers with places, descriptions and links, themes as clusters, years and measures as scores",
        "the direction of citations, and who asserts them",
        _OURS,
        "vosviewer",
    ),
    Format(
        "cytoscape",
        "Cytoscape JSON",
        (".cyjs",),
        "application/json",
        "Cytoscape and Cytoscape.js",
        f"{_GRAPH}, lists as lists",
        "null: what is not known is left out; nor for citing sentences",
        _OURS,
        "cytoscape",
    ),
    Format(
        "node-link",
        "node-link JSON",
        (".json",),
        "application/json",
        "NetworkX, D3 and your own programs",
        f"{_GRAPH}, lists as lists, null for what is not known",
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
        "pandas",
        "csv_tables",
    ),
    Format(
        "parquet",
        "Parquet",
        (".parquet", "-citations.parquet"),
        "application/vnd.apache.parquet",
        "pandas, Polars, DuckDB, Spark, R",
        f"{_GRAPH}, in typed columns, lists as lists",
        "citing sentences, and themes without a paper",
        "pyarrow",
        "parquet",
    ),
    Format(
        "bibtex",
        "BibTeX",
        (".bib",),
        "application/x-bibtex",
        "LaTeX with BibTeX or biber, JabRef, Zotero",
        _REFERENCE,
        "citations, measures",
        "bibtexparser",
        "bibtex",
    ),
    Format(
        "ris",
        "RIS",
        (".ris",),
        "application/x-research-info-systems",
        "Zotero, EndNote, Mendeley",
        _REFERENCE,
        "citations, measures, and missing authors, which the note tells",
        "rispy",
        "ris",
    ),
    Format(
        "csl",
        "CSL-JSON",
        (".json",),
        "application/vnd.citationstyles.csl+json",
        "Zotero, Pandoc, Quarto",
        f"{_REFERENCE}, and as values under custom",
        "citations, measures",
        _OURS,
        "csl",
    ),
    Format(
        "markdown",
        "Markdown",
        (".md",),
        "text/markdown",
        "notes, issues, a README",
        "paths with their hops, papers by theme with links, citations with who asserts them",
        "measures, places",
        _OURS,
        "markdown",
    ),
    Format(
        "svg",
        "SVG",
        (".svg",),
        "image/svg+xml",
        "a figure for a paper, Inkscape, a slide",
        "the picture: time, themes, roles, citations; of paths, who asserts each hop",
        "everything that is no picture",
        _OURS,
        "svg",
    ),
    Format(
        "dot",
        "Graphviz DOT",
        (".gv",),
        "text/vnd.graphviz",
        "Graphviz: dot -Tpdf",
        "names, titles, dates, themes, roles, links; papers of one year in one rank",
        "authors, measures, places (Graphviz makes its own)",
        _OURS,
        "dot",
    ),
)
"""In the order in which the help lists them."""

WORDS = {
    "list": "the papers of the reading list",
    "neighbourhood": "the list, its bridges and the ancestors that it shares",
    "corpus": "every paper of the corpus",
    "theme NAME": "its papers in the neighbourhood, chosen or inferred",
    "BERT → InstructGPT": "the papers and hops of the paths, as many as --top says",
    "* → InstructGPT": "a paper and all that led to it; BERT → *: all that it led to",
    "flow BERT → InstructGPT": "all ways from one paper to the other, with their counts",
    "main-path": "of the corpus; main-path theme NAME, main-path BERT → GPT-3",
    "BERT": "one paper alone",
}
"""What ``--of`` takes, with what it means; an arrow can be typed ``->`` or ``to``."""


_ALSO = {"net": "pajek", "cyjs": "cytoscape", "bib": "bibtex", "md": "markdown", "gv": "dot", "graphviz": "dot"}
_ALSO |= {"json": "node-link", "csl-json": "csl", "tables": "csv", "vos": "vosviewer", "zotero": "csl", "gephi": "gexf"}


def find_format(name: str) -> Format:
    """The format that a person means, by its id, its ending or a program's name.

    Raises
    ------
    InputError
        When there is none; it names the nearest.

    Examples
    --------
    >>> find_format("BibTeX").id, find_format(".md").id
    ('bibtex', 'markdown')
    """
    wanted = name.strip().casefold().lstrip(".")
    wanted = _ALSO.get(wanted, wanted)
    for each in FORMATS:
        if each.id == wanted:
            return each
    near = get_close_matches(wanted, [*(each.id for each in FORMATS), *_ALSO], n=1, cutoff=0.5)
    meant = f"did you mean {near[0]}? " if near else ""
    raise InputError(f"there is no format {name!r}", remedy=f"{meant}'lineage export' lists the formats")
