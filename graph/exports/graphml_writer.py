"""GraphML for Gephi, and for every other program that reads it.

The file is written here and not by networkx, whose writer stops at an unknown value, numbers its
keys anew in every file and writes one attribute as two when its values differ in type. Readers
are strict in different ways, so the file keeps to what all of them read alike: keys with stable
ids, one type for each, no lists, no empty values, every edge once and with an id of its own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ..analysis.measures.affordable import Measured
from ..model.lineage import Lineage
from ..model.reading_list import Theme
from ..utils.text import fold, for_xml
from .columns import CitationInView, Column, PaperInView, T, Value, joined, measure_columns, view_of
from .layout import Layout, Placement
from .style import label_of, theme_colours, theme_of

UNTHEMED = "#666666"

# Gephi keeps a run of spaces only when a letter stands beside it between two escapes.
_LONE_SPACE = re.compile(r"(?:\A|[&<>])[ \t\n]+(?=[&<>]|\Z)")


@dataclass(frozen=True, slots=True)
class Placed(PaperInView):
    """A paper of a view with its place and its theme."""

    spot: Placement
    theme: str | None
    colour: str

    @property
    def label(self) -> str:
        """Short, on one line, never empty: "6 BERT", "Rae 2021"."""
        return label_of(self.lineage, self.paper.key)

    @property
    def theme_name(self) -> str | None:
        """What its theme is called."""
        return self.lineage.reading_list.theme(self.theme).name if self.theme else None

    def channel(self, position: int) -> int:
        """Red, green or blue of its colour, 0 to 255."""
        return int(self.colour[1 + 2 * position : 3 + 2 * position], 16)


def _identifiers(scheme: str, meaning: str) -> Column[Placed]:
    return Column(scheme, "string", meaning, lambda p: p.identifiers_of(scheme))


def _share(name: str, theme: Theme) -> Column[Placed]:
    def value(placed: Placed) -> Value:
        shares = placed.facts["shares"]
        return round(shares.get(theme.id, 0.0), 6) if shares else None

    return Column(name, "double", f"its share of the theme {theme.name}; see theme_basis", value)


# Gephi takes label, x, y, size, r, g, b and weight by their names; a column may never be called
# id, timeset, interval, source, target or type, in any case. Two of its faults cannot be helped
# here: in a string column it turns INF into Infinity, and the word null into no value. The label
# is the one string that it leaves alone.
NODE_COLUMNS: tuple[Column[Placed], ...] = (
    Column("label", "string", "the short name, with its number in the reading list", lambda p: p.label),
    Column("x", "double", "place: time grows to the right", lambda p: round(p.spot.x, 2)),
    # Gephi's y points up and a page's points down. Not -y, which makes -0.0 of 0.
    Column("y", "double", "place: the first theme on top", lambda p: round(0.0 - p.spot.y, 2)),
    Column(
        "size",
        "double",
        "grows with the papers in this file that cite it",
        lambda p: round(8 + 3 * math.sqrt(p.cited_by), 2),
    ),
    Column("r", "int", "red of the main theme's colour", lambda p: p.channel(0)),
    Column("g", "int", "green of it", lambda p: p.channel(1)),
    Column("b", "int", "blue of it", lambda p: p.channel(2)),
    Column("title", "string", "the full title", lambda p: p.paper.title),
    Column("authors", "string", "as far as they are known, in order", lambda p: joined(p.paper.authors)),
    Column("year", "long", "when the idea became public", lambda p: p.paper.year),
    Column("date", "string", "the same, as precisely as it is known", lambda p: p.paper.date),
    Column("date_basis", "string", "where the date comes from", lambda p: p.paper.date_basis),
    Column("start", "long", "the year again, for Merge columns", lambda p: p.paper.year),
    Column("venue", "string", "where it was published", lambda p: p.paper.venue),
    Column("role", "string", "list, bridge, ancestor, descendant or other", lambda p: p.facts["role"]),
    Column("list_numbers", "string", "its numbers in the reading list", lambda p: p.list_numbers),
    Column(
        "theme", "string", "the theme of its colour: the first one chosen, or the largest share", lambda p: p.theme_name
    ),
    Column("theme_basis", "string", "chosen by a person, or inferred from its neighbours", lambda p: p.theme_basis),
    Column("themes_chosen", "string", "the themes that a person gave it", lambda p: p.themes_chosen),
    Column("references_known", "string", "what is known of its references", lambda p: p.references),
    _identifiers("arxiv", "its arXiv identifier, without a version"),
    _identifiers("doi", "its DOI"),
    _identifiers("acl", "its identifier in the ACL Anthology"),
    _identifiers("s2", "its identifier at Semantic Scholar"),
    _identifiers("corpusid", "its corpus number at Semantic Scholar"),
    Column("url", "string", "the page to open for it", lambda p: p.paper.url),
)
EDGE_COLUMNS: tuple[Column[CitationInView], ...] = (
    Column("weight", "double", "how many sources assert the citation", lambda c: float(c.asserted_by)),
    Column("kind", "string", "cites", lambda _: "cites"),
    Column("sources", "string", "who asserts it", lambda c: c.source_labels),
    Column("asserted_by", "long", "how many they are", lambda c: c.asserted_by),
    Column("year", "long", "the year of the citing paper", lambda c: c.citing.year),
    Column("backwards", "boolean", "true when the cited paper is dated after the citing one", lambda c: c.backwards),
)


def graphml_text(
    lineage: Lineage,
    layout: Layout,
    measured: Measured | None = None,
    *,
    arcs: Collection[tuple[str, str]] | None = None,
    more: Sequence[Column[CitationInView]] = (),
    comment: str | None = None,
) -> str:
    """Write the papers of a layout and the citations among them as GraphML.

    Parameters
    ----------
    lineage : Lineage
    layout : Layout
        Its spots are the papers; a spot's place is the node's, with y turned upwards.
    measured : mapping of str to Result, optional
        From `graph.analysis.measures.affordable.measured`: a column ``measure_...`` for each.
    arcs : collection of (str, str), optional
        Only these citations, cited -> citing; all when left out.
    more : sequence of Column
        Further columns of citations.
    comment : str, optional
        One line that says where the file comes from.

    Returns
    -------
    str
        To be saved as UTF-8. Arcs run cited -> citing, each pair once. Equal lineages and layouts
        give equal text.

    Raises
    ------
    KeyError
        When the layout has a paper that the lineage does not have.

    Notes
    -----
    Linear in papers and citations. What is not known has no ``data`` element, which Gephi shows
    as an empty cell; characters that XML cannot hold are left out.

    Examples
    --------
    >>> from graph.model.corpus import Corpus, Paper
    >>> from graph.model.identifiers import identifier
    >>> from graph.exports.layout import timeline
    >>> from graph.model.lineage import build_lineage
    >>> from graph.model.reading_list import Entry, ReadingList
    >>> bert = identifier("arxiv", "1810.04805")
    >>> corpus = Corpus({"devlin2018": Paper("devlin2018", "BERT", names=("BERT",), identifiers=(bert,))})
    >>> listed = ReadingList("One paper", (), (Entry(6, (), "BERT", identifiers=(bert,)),))
    >>> lineage = build_lineage(corpus, listed)
    >>> text = graphml_text(lineage, timeline(lineage, ["devlin2018"]))
    >>> next(line.strip() for line in text.splitlines() if 'key="n_label"' in line)
    '<data key="n_label">6 BERT</data>'
    """
    papers, citations = view_of(lineage, layout.spots, arcs)
    edge_columns = (*EDGE_COLUMNS, *more)
    columns: list[Column[Any]] = [*node_columns(lineage), *measure_columns(measured or {})]
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    if comment:
        # The element <desc> would be the label of a node in some readers; nobody reads a comment wrong.
        lines.insert(1, f"<!-- {comment.replace('--', '- -')} -->")
    lines += [_key("node", column.name, column.type) for column in columns]
    lines += [_key("edge", column.name, column.type) for column in edge_columns]
    lines.append('  <graph id="lineage" edgedefault="directed">')
    for placed in placed_papers(lineage, layout, papers):
        lines.append(f"    <node id={quoteattr(placed.paper.key)}>")
        lines += _data("n", columns, placed)
        lines.append("    </node>")
    for seen in citations:
        cited, citing = seen.citation.cited, seen.citation.citing
        # A key has no colon, so the id is unique, and the same in every file: Gephi can append one to another.
        ends = f"source={quoteattr(cited)} target={quoteattr(citing)}"
        lines.append(f"    <edge id={quoteattr(f'{cited}:{citing}')} {ends}>")
        lines += _data("e", edge_columns, seen)
        lines.append("    </edge>")
    return "\n".join([*lines, "  </graph>", "</graphml>", ""])


def node_columns(lineage: Lineage) -> tuple[Column[Placed], ...]:
    """The columns of every file, and one more for each theme of the reading list.

    A theme's column is called ``share_`` and its id, in small letters, because Gephi takes two
    names for one that differ in case alone.
    """
    columns = list(NODE_COLUMNS)
    taken: set[str] = set()
    for position, theme in enumerate(lineage.reading_list.themes, start=1):
        name = "share_" + (re.sub(r"[^a-z0-9]+", "_", fold(theme.id)).strip("_") or str(position))
        while name in taken:
            name = f"{name}_{position}"
        taken.add(name)
        columns.append(_share(name, theme))
    return tuple(columns)


def placed_papers(lineage: Lineage, layout: Layout, papers: Sequence[PaperInView]) -> Iterator[Placed]:
    """The papers of a view with their places and themes."""
    colours = theme_colours(lineage)
    for seen in papers:
        key = seen.paper.key
        theme = theme_of(lineage, key)
        yield Placed(
            lineage,
            seen.paper,
            seen.cites,
            seen.cited_by,
            spot=layout.spots[key],
            theme=theme,
            colour=colours[theme] if theme else UNTHEMED,
        )


def _key(of: str, name: str, type_: str) -> str:
    # Ids by name: Gephi puts the values of a second file into the columns of the first by key id.
    return f'  <key id="{of[0]}_{name}" for="{of}" attr.name="{name}" attr.type="{type_}"/>'


def _data(prefix: str, columns: Sequence[Column[T]], row: T) -> Iterator[str]:
    for column in columns:
        text = _written(column.value(row))
        if text is not None:
            yield f'      <data key="{prefix}_{column.name}">{text}</data>'


def plain(value: Value) -> str | None:
    """A value as text that XML can hold, or None when there is nothing to write."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    text = for_xml(str(value))
    return text if text.strip() else None


def _written(value: Value) -> str | None:
    """A value as XML, or None when there is nothing to write."""
    text = plain(value)
    if text is None:
        return None
    if _LONE_SPACE.search(text):
        # Gephi drops a piece of text between two escapes when it is nothing but space; not in CDATA.
        return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"
    return escape(text)
