"""What a page tells about papers and citations: plain values, ready for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ..corpus import Assertion, Paper
from ..layout import Layout, theme_of
from ..lineage import ANCESTOR, BRIDGE, DESCENDANT, LIST, OTHER, Lineage
from ..text import clipped

MOST = 10_000
"""How many papers a picture shows at the most; it says so and keeps the others for search."""

AUTHORS = 12
"""How many authors a page names; it says how many more there are."""

ROLES = {
    LIST: ("On the list", "chosen by a person"),
    BRIDGE: ("Bridge", "not on the list, but on a path between two papers of it"),
    ANCESTOR: ("Ancestor", "earlier work that papers of the list build on"),
    DESCENDANT: ("Descendant", "later work that builds on papers of the list"),
    OTHER: ("Beside the list", "connected with the list, but neither before nor after it"),
}


def papers_of(lineage: Lineage, layout: Layout, sources: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The facts about every paper of a layout, by key.

    Parameters
    ----------
    lineage : Lineage
    layout : Layout
    sources : sequence of str
        The ids of the corpus' sources; coverage names them by position.

    Returns
    -------
    dict of str to dict
        Unknown values are None or absent lists, never made up: `title` is None for a paper that
        a source names by identifier alone, and `name` then says that it is untitled.
    """
    position = {source: n for n, source in enumerate(sources)}
    place = {key: n for n, key in enumerate(sorted(layout.spots, key=lineage.place))}
    return {key: _paper(lineage, key, position) | {"place": place[key]} for key in layout.spots}


def _paper(lineage: Lineage, key: str, position: Mapping[str, int]) -> dict[str, Any]:
    paper = lineage.paper(key)
    data = lineage.graph.nodes[key]
    order = [theme.id for theme in lineage.reading_list.themes]
    shares = sorted(data["shares"].items(), key=lambda item: (-item[1], order.index(item[0])))
    return {
        "name": paper.name,
        "title": paper.title,
        "also": [*paper.names[1:], *paper.also_titled],
        "authors": list(paper.authors[:AUTHORS]),
        "more": max(0, len(paper.authors) - AUTHORS),
        "allAuthors": paper.authors_complete,
        "year": paper.year,
        "date": paper.date,
        "basis": paper.date_basis,
        "published": paper.publication_date,
        "venue": paper.venue,
        "links": _links(paper),
        "unverified": list(paper.unverified),
        "role": data["role"],
        "numbers": list(data["numbers"]),
        "lane": theme_of(lineage, key),
        "themes": list(data["themes"]),
        "shares": [[theme, round(share, 6)] for theme, share in shares],
        "coverage": lineage.corpus.coverage_of(key),
        "known": [[position[row.source], row.state, row.rows] for row in lineage.corpus.coverage_rows(key)],
    }


def _links(paper: Paper) -> list[dict[str, str]]:
    return [{"text": str(identifier), "href": identifier.url} for identifier in paper.identifiers]


def citations_of(lineage: Lineage, layout: Layout, sources: Sequence[str]) -> list[dict[str, Any]]:
    """The arcs between the papers of a layout, cited -> citing, with who asserts each.

    Returns
    -------
    list of dict
        `cited`, `citing`, `backwards` (the cited paper is dated later), and `by`: the position of
        each source, the entry numbers in its list, and what else it says, if anything.
    """
    position = {source: n for n, source in enumerate(sources)}
    part = lineage.among(layout.spots)
    return [
        {
            "cited": cited,
            "citing": citing,
            "backwards": data["backwards"],
            "by": [[position[each.source], list(each.entries), *_said(each)] for each in data["citation"].assertions],
        }
        for cited, citing, data in part.edges(data=True)
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


def brief(lineage: Lineage, key: str) -> list[str | None]:
    """Key, name, year and address of a paper that a picture has no room for."""
    paper = lineage.paper(key)
    return [key, clipped(paper.name, 120), str(paper.year) if paper.year else None, paper.url]


def theme_legend(lineage: Lineage, layout: Layout) -> list[dict[str, Any]]:
    """The lanes of a layout with how many papers a person put there and how many others stand there.

    The others' theme is inferred, but in the lane `id` None, where it is unknown.
    """
    nodes = lineage.graph.nodes
    chosen = Counter(theme_of(lineage, key) for key in layout.spots if nodes[key]["themes"])
    inferred = Counter(theme_of(lineage, key) for key in layout.spots if not nodes[key]["themes"])
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
