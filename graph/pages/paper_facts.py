"""What a page says of papers, citations and themes: plain values, ready for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..analysis.evidence import exact_cost, strength
from ..analysis.retraction_status import has_retraction_data, mark_of, retraction_status
from ..exports.formats.svg_elements import text_on
from ..exports.layout import Layout
from ..exports.retraction_wording import status_text
from ..exports.style import Look, looks_of, theme_letters, theme_of
from ..model.corpus import Assertion, Paper
from ..model.identifiers import SCHEMES, Identifier
from ..model.lineage import ANCESTOR, BRIDGE, DESCENDANT, LIST, OTHER, Lineage
from ..model.origins import origins_of
from ..model.reasons import Reason
from ..model.themes import Shares
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


def paper_columns(lineage: Lineage, keys: Sequence[str], sources: Sequence[str]) -> dict[str, dict[str, Any]]:
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
        See `pack_column`. Unknown values are None or empty, never made up: `title` is None for a paper
        that a source names by identifier alone, and `name` then says that it is untitled. `name`
        is None where it is the label without the number; `called` is what people call the paper, if
        anything. `shares` has the position of a theme before each share.
    """
    if not keys:
        return {}
    source_positions = {source: n for n, source in enumerate(sources)}
    theme_positions = {theme: n for n, theme in enumerate(lineage.reading_list.theme_ids)}
    looks = looks_of(lineage, keys)
    papers = [look.paper for look in looks]
    corpus = lineage.corpus
    columns: dict[str, list[Any]] = {
        "name": [_name(look, mark_of(corpus, look.paper.key)) for look in looks],
        "called": [each.names[0] if each.names else None for each in papers],
        "title": [each.title for each in papers],
        "also": [_also(each, mark_of(corpus, each.key)) for each in papers],
        "authors": [each.authors[:MOST_AUTHORS] for each in papers],
        "more": [max(0, len(each.authors) - MOST_AUTHORS) for each in papers],
        "allAuthors": [each.authors_complete for each in papers],
        "date": [each.date for each in papers],
        "basis": [each.date_basis for each in papers],
        "published": [each.publication_date for each in papers],
        "venue": [each.venue for each in papers],
        "links": [tuple(map(_link, each.identifiers)) for each in papers],
        "unverified": [each.unverified for each in papers],
        "role": [look.role for look in looks],
        "numbers": [look.numbers for look in looks],
        "lane": [look.theme for look in looks],
        "themes": [look.chosen for look in looks],
        "shares": [_shares(look.shares, theme_positions) for look in looks],
        "coverage": [corpus.coverage_of(key) for key in keys],
        "known": [
            tuple([(source_positions[row.source], row.state, row.rows) for row in corpus.coverage_rows(key)])
            for key in keys
        ],
        "place": _ranks(lineage, looks),
    }
    if any(each.contribution for each in papers):
        columns["brought"] = [each.contribution for each in papers]
    if has_retraction_data(corpus):
        statuses = (retraction_status(corpus, each) for each in papers)
        columns["retraction"] = [status_text(corpus, each) if each else None for each in statuses]
    return {name: pack_column(values) for name, values in columns.items()}


def _name(look: Look, mark: str) -> str | None:
    """The short name, with a mark where the paper is retracted; None where it is the label without the number."""
    name = look.paper.label
    return f"{name}{mark}" if mark else None if look.label.endswith(name) else name


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


class CitationRow(NamedTuple):
    """An arc of a page.

    Attributes
    ----------
    cited, citing : str
    backwards : bool
        Whether the cited paper is dated later.
    by : tuple
        Of each assertion the position of its source, the entry numbers in the source's list, and a
        dict of what else the source says, if anything.
    why : tuple or None
        Of the recorded reason what it says, the intents, the sections, the confidence, and the text that was read.
    origins : int
        How many independent origins the sources have: see `graph.model.origins`.
    cost : int
        What the citation costs by its evidence: see `graph.analysis.evidence.exact_cost`.
    """

    cited: str
    citing: str
    backwards: bool
    by: tuple[tuple[Any, ...], ...]
    why: tuple[Any, ...] | None
    origins: int
    cost: int

    @property
    def is_influential(self) -> bool:
        """Whether a source calls the citation influential."""
        return any([len(said) > 2 and said[2].get("influential") for said in self.by])  # noqa: C419  # quicker


def citation_rows(lineage: Lineage, keys: Sequence[str], sources: Sequence[str]) -> list[CitationRow]:
    """The arcs between some papers, with who asserts each.

    Parameters
    ----------
    lineage : Lineage
    keys : sequence of str
    sources : sequence of str
        The ids of the corpus' sources; assertions name them by position.
    """
    positions = {source: n for n, source in enumerate(sources)}
    return [
        CitationRow(
            each.cited,
            each.citing,
            each.backwards,
            tuple([(positions[said.source], said.entries, *_details(said)) for said in each.citation.assertions]),
            _why(lineage.reason(*each.arc)),
            len(origins_of(lineage.corpus.sources, each.citation.assertions)),
            exact_cost(strength(lineage.corpus, each.citation, lineage.reasons)),
        )
        for each in lineage.citations_among(lineage.by_age(keys))
    ]


def _why(reason: Reason | None) -> tuple[Any, ...] | None:
    if reason is None:
        return None
    return reason.uses, reason.intents, reason.sections, reason.confidence, reason.text_read


def _details(assertion: Assertion) -> tuple[dict[str, Any], ...]:
    """What a source says of a citation besides that there is one; empty when it says nothing more."""
    if assertion.influential is None and not (assertion.intents or assertion.contexts) and assertion.mentions is None:
        return ()
    details: dict[str, Any] = {}
    if assertion.influential is not None:
        details["influential"] = assertion.influential
    if assertion.intents:
        details["intents"] = list(assertion.intents)
    if assertion.contexts:
        details["contexts"] = list(assertion.contexts)
    if assertion.mentions is not None:
        details["mentions"], details["sections"] = assertion.mentions, list(assertion.sections)
    return (details,)


def theme_legend(lineage: Lineage, layout: Layout) -> list[dict[str, Any]]:
    """The lanes of a layout, with how many papers a person put there and how many others are there.

    The others' theme is inferred, but in the lane whose `id` is None it is unknown.
    """
    chosen = Counter(theme_of(lineage, key) for key in layout.placements if lineage.themes(key))
    inferred = Counter(theme_of(lineage, key) for key in layout.placements if not lineage.themes(key))
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
    counts = Counter(lineage.role(key) for key in keys)
    return [
        {"id": role, "name": name, "meaning": meaning, "count": counts[role]}
        for role, (name, meaning) in ROLES.items()
        if counts[role]
    ]


def asserting_sources(lineage: Lineage, citations: Sequence[CitationRow], sources: Sequence[str]) -> list[str]:
    """Who asserts some citations, in words: printed bibliographies are counted, services are named."""
    positions = sorted({assertion[0] for row in citations for assertion in row.by})
    used = [lineage.corpus.sources[sources[position]] for position in positions]
    printed = sum(source.kind == "printed_bibliography" for source in used)
    count = [f"{printed} printed bibliographies" if printed > 1 else "one printed bibliography"] if printed else []
    return count + [source.label for source in used if source.kind != "printed_bibliography"]
