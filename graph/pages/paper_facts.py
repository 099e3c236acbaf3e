"""What a page says of papers and themes: plain values, ready for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..analysis.retraction_status import has_retraction_data, retraction_status
from ..exports.formats.svg_elements import text_on
from ..exports.layout import Layout
from ..exports.retraction_wording import status_text
from ..exports.style import Look, looks_of, theme_letters
from ..model.corpus import Paper
from ..model.identifiers import SCHEMES, Identifier
from ..model.lineage import ANCESTOR, BRIDGE, DESCENDANT, LIST, OTHER, Lineage
from ..model.themes import Shares
from ..utils.kept import kept_by_key
from .columnar import pack_column

MOST_DRAWN = 10_000
"""How many papers a picture has room for. The page knows the others all the same, and says so."""

MOST_AUTHORS = 12
"""How many authors a page names; it says how many more there are."""

ROLES = {
    LIST: ("On the list", "chosen by a person"),
    BRIDGE: ("Bridge", "not on the list, but on a path between two papers of it"),
    ANCESTOR: ("Ancestor", "earlier work that papers of the list build on"),
    DESCENDANT: ("Descendant", "later work that builds on papers of the list"),
    OTHER: ("Beside the list", "connected with the list, but neither before nor after it"),
}
"""The name of each role and what it means, in the order of a legend."""


def split_by_centrality(lineage: Lineage, keys: Sequence[str]) -> tuple[list[str], list[str]]:
    """The papers that a picture has room for, and the others, both oldest first.

    Papers of the list come first, then bridges, then those that most papers of the lineage cite.
    """
    by_age = lineage.by_age(keys)
    if len(by_age) <= MOST_DRAWN:
        return by_age, []
    times_cited = lineage.times_cited
    rank = {LIST: 0, BRIDGE: 1}
    by_rank = sorted(by_age, key=lambda key: (rank.get(lineage.role(key), 2), -times_cited(key)))
    central = set(by_rank[:MOST_DRAWN])
    return [key for key in by_age if key in central], [key for key in by_age if key not in central]


def paper_columns(lineage: Lineage, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The facts about some papers, a packed column for each.

    Parameters
    ----------
    keys : sequence of str
        The papers; the columns have their order.

    Returns
    -------
    dict of str to dict
        See `pack_column`. Unknown values are None or empty, never made up: `title` is None for a paper
        that a source names by identifier alone, and `name` then says that it is untitled. `name`
        is None where it is the label without the number; `called` is what people call the paper, if
        anything. `shares` has the position of a theme before each share. `known` names sources by their position
        among those of the corpus.
    """
    if not keys:
        return {}
    columns: dict[str, Sequence[Any]] = dict(zip(_COLUMNS, zip(*_rows(lineage, keys), strict=True), strict=True))
    looks = looks_of(lineage, keys)
    columns["place"] = _ranks(lineage, looks)
    papers = [look.paper for look in looks]
    if any(each.contribution for each in papers):
        columns["brought"] = [each.contribution for each in papers]
    corpus = lineage.corpus
    if has_retraction_data(corpus):
        statuses = (retraction_status(corpus, each) for each in papers)
        columns["retraction"] = [status_text(corpus, each) if each else None for each in statuses]
    return {name: pack_column(values) for name, values in columns.items()}


_COLUMNS = (
    *("name", "called", "title", "also", "authors", "more", "allAuthors", "date", "basis", "published", "venue"),
    *("links", "unverified", "role", "numbers", "lane", "themes", "shares", "coverage", "known"),
)


@kept_by_key  # the pages of a site share most papers
def _rows(lineage: Lineage, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """What every page says of each paper, in the order of `_COLUMNS`."""
    corpus = lineage.corpus
    source_positions = {source: n for n, source in enumerate(sorted(corpus.sources))}
    theme_positions = {theme: n for n, theme in enumerate(lineage.reading_list.theme_ids)}
    for look in looks_of(lineage, keys):
        paper, key = look.paper, look.paper.key
        yield (
            _name(look),
            paper.names[0] if paper.names else None,
            paper.title,
            _also(paper, look.mark),
            paper.authors[:MOST_AUTHORS],
            max(0, len(paper.authors) - MOST_AUTHORS),
            paper.authors_complete,
            paper.date,
            paper.date_basis,
            paper.publication_date,
            paper.venue,
            tuple(map(_link, paper.identifiers)),
            paper.unverified,
            look.role,
            look.numbers,
            look.theme,
            look.chosen,
            _shares(look.shares, theme_positions),
            corpus.coverage_of(key),
            tuple([(source_positions[row.source], row.state, row.rows) for row in corpus.coverage_rows(key)]),
        )


def _name(look: Look) -> str | None:
    """The short name, with a mark where the paper is retracted; None where it is the label without the number."""
    name = look.paper.label
    return f"{name}{look.mark}" if look.mark else None if look.label.endswith(name) else name


def _also(paper: Paper, mark: str) -> tuple[str, ...]:
    """What else it is called; its name without the mark, too, so that it is found by it."""
    return (*((paper.name,) if mark else ()), *paper.names[1:], *paper.also_titled)


def _shares(shares: Shares, positions: Mapping[str, int]) -> tuple[float, ...]:
    """The position of each theme and its share in turn, the largest first."""
    ranked = sorted(shares.items(), key=lambda item: (-item[1], positions[item[0]]))
    return tuple([part for theme, share in ranked for part in (positions[theme], round(share, 6))])


def _ranks(lineage: Lineage, looks: Sequence[Look]) -> list[int]:
    """The rank of each paper by `Lineage.place`."""
    listed = sorted((look.paper.key for look in looks if look.numbers), key=lineage.place)
    others = lineage.by_age(look.paper.key for look in looks if not look.numbers)
    ranks = {key: n for n, key in enumerate([*listed, *others])}
    return [ranks[look.paper.key] for look in looks]


def link_heads() -> dict[str, str]:
    """How the address of an identifier begins in each scheme; its value follows."""
    return {scheme: Identifier(scheme, "").url for scheme in SCHEMES}


_HEADS = link_heads()


def _link(identifier: Identifier) -> str | tuple[str, str]:
    """An identifier, with its address where that is not the scheme's head and the value."""
    text, url = str(identifier), identifier.url
    return text if url == _HEADS[identifier.scheme] + identifier.value else (text, url)


def theme_legend(lineage: Lineage, layout: Layout) -> list[dict[str, Any]]:
    """The lanes of a layout, with how many papers a person put there and how many others are there.

    The others' theme is inferred, but in the lane whose `id` is None it is unknown.
    """
    looks = looks_of(lineage, list(layout.placements))
    chosen = Counter(look.theme for look in looks if look.chosen)
    inferred = Counter(look.theme for look in looks if not look.chosen)
    letters = theme_letters(lineage)
    return [
        {
            "id": lane.theme,
            "name": lane.name,
            "letter": letters.get(lane.theme or "", ""),
            "colour": lane.colour,
            "ink": text_on(lane.colour),
            "chosen": chosen[lane.theme],
            "inferred": inferred[lane.theme],
        }
        for lane in layout.lanes
    ]


def count_by_role(lineage: Lineage, keys: Sequence[str]) -> list[dict[str, Any]]:
    """The roles that some papers have, with their names and how many papers have each."""
    counts = Counter(look.role for look in looks_of(lineage, keys))
    return [
        {"id": role, "name": name, "meaning": meaning, "count": counts[role]}
        for role, (name, meaning) in ROLES.items()
        if counts[role]
    ]
