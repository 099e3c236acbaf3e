"""What a page tells about papers and citations: plain values, ready for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ..exports.layout import Layout
from ..exports.style import theme_of
from ..model.corpus import Assertion
from ..model.identifiers import SCHEMES, Identifier
from ..model.lineage import ANCESTOR, BRIDGE, DESCENDANT, LIST, OTHER, Lineage
from .columnar import packed

MOST = 10_000
"""How many papers a picture draws at the most. The page knows the others all the same, and says so."""

AUTHORS = 12
"""How many authors a page names; it says how many more there are."""

ROLES = {
    LIST: ("On the list", "chosen by a person"),
    BRIDGE: ("Bridge", "not on the list, but on a path between two papers of it"),
    ANCESTOR: ("Ancestor", "earlier work that papers of the list build on"),
    DESCENDANT: ("Descendant", "later work that builds on papers of the list"),
    OTHER: ("Beside the list", "connected with the list, but neither before nor after it"),
}


def papers_of(lineage: Lineage, keys: Sequence[str], sources: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The facts about some papers, a packed column for each.

    Parameters
    ----------
    lineage : Lineage
    keys : sequence of str
        The papers; the columns have their order.
    sources : sequence of str
        The ids of the corpus' sources; what is known of references names them by position.

    Returns
    -------
    dict of str to dict
        See `packed`. Unknown values are None or empty, never made up: `title` is None for a paper
        that a source names by identifier alone, and `name` then says that it is untitled. `name`
        is None where it is the title. `shares` has the position of a theme before each share.
    """
    position = {source: n for n, source in enumerate(sources)}
    order = {theme.id: n for n, theme in enumerate(lineage.reading_list.themes)}
    place = {key: n for n, key in enumerate(sorted(keys, key=lineage.place))}
    rows = [_paper(lineage, key, position, order) | {"place": place[key]} for key in keys]
    return {name: packed([row[name] for row in rows]) for name in rows[0]} if rows else {}


def _paper(lineage: Lineage, key: str, position: Mapping[str, int], order: Mapping[str, int]) -> dict[str, Any]:
    paper = lineage.paper(key)
    data = lineage.graph.nodes[key]
    shares = sorted(data["shares"].items(), key=lambda item: (-item[1], order[item[0]]))
    known = lineage.corpus.coverage_rows(key)
    return {
        "name": None if paper.name == paper.title else paper.name,
        "title": paper.title,
        "also": (*paper.names[1:], *paper.also_titled),
        "authors": paper.authors[:AUTHORS],
        "more": max(0, len(paper.authors) - AUTHORS),
        "allAuthors": paper.authors_complete,
        "date": paper.date,
        "basis": paper.date_basis,
        "published": paper.publication_date,
        "venue": paper.venue,
        "links": tuple(map(_link, paper.identifiers)),
        "unverified": paper.unverified,
        "role": data["role"],
        "numbers": tuple(data["numbers"]),
        "lane": theme_of(lineage, key),
        "themes": tuple(data["themes"]),
        "shares": tuple(part for theme, share in shares for part in (order[theme], round(share, 6))),
        "coverage": lineage.corpus.coverage_of(key),
        "known": tuple((position[row.source], row.state, row.rows) for row in known),
    }


def link_heads() -> dict[str, str]:
    """How the address of an identifier begins in each scheme; its value follows."""
    return {scheme: Identifier(scheme, "").url for scheme in SCHEMES}


_HEADS = link_heads()


def _link(identifier: Identifier) -> str | tuple[str, str]:
    """An identifier, with its address where that is not its scheme's with the value behind."""
    text, url = str(identifier), identifier.url
    return text if url == _HEADS[identifier.scheme] + identifier.value else (text, url)


def citations_of(lineage: Lineage, keys: Sequence[str], sources: Sequence[str]) -> list[dict[str, Any]]:
    """The arcs between some papers, cited -> citing, with who asserts each.

    Returns
    -------
    list of dict
        `cited`, `citing`, `backwards` (the cited paper is dated later), and `by`: the position of
        each source, the entry numbers in its list, and what else it says, if anything.
    """
    position = {source: n for n, source in enumerate(sources)}
    return [
        {
            "cited": cited,
            "citing": citing,
            "backwards": data["backwards"],
            "by": tuple((position[each.source], each.entries, *_said(each)) for each in data["citation"].assertions),
        }
        for cited, citing, data in lineage.among(keys).edges(data=True)
    ]


def _said(assertion: Assertion) -> list[dict[str, Any]]:
    """What a source says of a citation beside that there is one."""
    said: dict[str, Any] = {}
    if assertion.influential is not None:
        said["influential"] = assertion.influential
    if assertion.intents:
        said["intents"] = list(assertion.intents)
    if assertion.contexts:
        said["contexts"] = list(assertion.contexts)
    return [said] if said else []


def most_central(lineage: Lineage, keys: Sequence[str]) -> tuple[list[str], list[str]]:
    """The papers that a picture has room for, and the others, both oldest first.

    Papers of the list come first, then bridges, then those that most papers of the lineage cite.
    """
    wanted = sorted(set(keys), key=lineage.age)
    if len(wanted) <= MOST:
        return wanted, []
    roles, cited = lineage.graph.nodes, lineage.graph.out_degree
    rank = {LIST: 0, BRIDGE: 1}
    order = sorted(wanted, key=lambda key: (rank.get(roles[key]["role"], 2), -cited(key), lineage.age(key)))
    central = set(order[:MOST])
    return [key for key in wanted if key in central], [key for key in wanted if key not in central]


def theme_legend(lineage: Lineage, layout: Layout) -> list[dict[str, Any]]:
    """The lanes of a layout with how many papers a person put there and how many others stand there.

    The others' theme is inferred, but in the lane `id` None, where it is unknown.
    """
    nodes = lineage.graph.nodes
    chosen = Counter(theme_of(lineage, key) for key in layout.placements if nodes[key]["themes"])
    inferred = Counter(theme_of(lineage, key) for key in layout.placements if not nodes[key]["themes"])
    return [
        {
            "id": lane.theme,
            "name": lane.name,
            "colour": lane.colour,
            "chosen": chosen[lane.theme],
            "inferred": inferred[lane.theme],
        }
        for lane in layout.lanes
    ]


def provenance(lineage: Lineage, citations: Sequence[Mapping[str, Any]], sources: Sequence[str]) -> list[str]:
    """Who asserts the citations of a view, in sentences: prints are counted, services are named."""
    used = sorted({by[0] for citation in citations for by in citation["by"]})
    named = [lineage.corpus.sources[sources[n]] for n in used]
    prints = sum(source.kind == "printed_bibliography" for source in named)
    told = [f"{prints} printed bibliographies" if prints > 1 else "one printed bibliography"] if prints else []
    return told + [source.label for source in named if source.kind != "printed_bibliography"]
