"""Who lists the references of a paper: how many, what they share, what one origin alone asserts, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from ..model.corpus import Citation, Corpus, Coverage, Source, State
from ..model.lineage import Lineage
from ..model.origins import origin_of, origins_of
from .disputes import Dispute, disputes
from .silence import Why, could_name, why_no_list, why_unlisted

FEW, MANY = 5, 0.9
"""A list is short when it lacks at least `FEW` entries and has less than the share `MANY` of what it should have."""
_NO_LIST: tuple[State, ...] = ("failed", "not_fetched")


@dataclass(frozen=True, slots=True)
class Witness:
    """One source of the references of one paper."""

    source: str
    """Its id."""
    state: State
    """How much of its list is known. "not_fetched" also where only its lists of who cites a paper name this one."""
    rows: int | None
    """How many entries its list has, where two that name one paper count as two; None when it does not say."""
    cited: tuple[str, ...]
    """The papers that it says the paper cites, each once, oldest first."""
    unidentified: int | None
    """How many of its entries are none of these: they name no paper that the corpus knows, or one twice. None where
    `rows` is."""
    alone: tuple[str, ...]
    """Those of `cited` that no source of another origin asserts."""
    lacked: tuple[str, ...]
    """Those of `alone` that the list of another origin lacks although it could have named them, and all its entries are
    identified. Of the others nobody can tell: that list may name them in a form that was not recognised."""
    lacks: tuple[tuple[str, Why], ...]
    """The papers that another source says the paper cites and this one does not, oldest first, each with the likely
    reason: one of `graph.analysis.silence.WORDS`."""
    expected: int
    """How many entries it should have at least, by what the other lists have."""

    @property
    def entries(self) -> int:
        """How many entries it has: those that it states, or else the papers that it names."""
        return max(self.rows or 0, len(self.cited))

    @property
    def is_short(self) -> bool:
        """Whether its list has less than 90 % of the entries that it should have, and lacks five or more."""
        missing = self.expected - self.entries
        return self.state not in _NO_LIST and missing >= FEW and self.entries < MANY * self.expected


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two sources, or two kinds of sources, share: how many citations both assert, and how many only one does."""

    one: str
    other: str
    both: int
    only_one: int
    only_other: int


@dataclass(frozen=True, slots=True)
class PaperWitnesses:
    """All sources of the references of one paper."""

    key: str
    witnesses: tuple[Witness, ...]
    """By their source."""
    overlaps: tuple[Overlap, ...]
    """For each two of them that have a list."""
    by_origins: tuple[int, ...]
    """How many of the citations by the paper one origin asserts, how many two do, and so on."""

    @property
    def cited(self) -> int:
        """How many papers it cites, as all sources together say."""
        return sum(self.by_origins)


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Who lists the references of some papers."""

    papers: tuple[PaperWitnesses, ...]
    """In the order in which they were asked for."""
    overlaps: tuple[Overlap, ...]
    """For each two kinds of sources, summed over the papers of which both have a list."""
    disputes: tuple[Dispute, ...]
    """Years and titles that sources give otherwise, of these papers and of those that they cite."""

    @property
    def short(self) -> list[tuple[str, Witness]]:
        """The lists that are short, with the key of their paper."""
        return [(each.key, witness) for each in self.papers for witness in each.witnesses if witness.is_short]


def witnesses(lineage: Lineage, keys: Iterable[str] | None = None) -> Witnesses:
    """Compare the sources of the references of papers.

    Arcs are read citing -> cited here: from the papers of `keys`, by default those of the reading list, to their
    references. Linear in the citations by these papers, times the number of sources of each, and in the merged records.

    >>> from graph import load
    >>> bert = witnesses(load(), ["devlin2018"]).papers[0]
    >>> [(each.source, each.entries, each.lacked) for each in bert.witnesses]
    [('print:devlin2018', 56, ('radford2018',)), ('s2:2023-06-27', 56, ())]
    """
    wanted = list(dict.fromkeys(lineage.list_keys if keys is None else keys))
    papers = [paper_witnesses(lineage, key) for key in wanted]
    about = {*wanted, *(cited for each in papers for witness in each.witnesses for cited in witness.cited)}
    return Witnesses(tuple(papers), tuple(_summed(lineage.corpus, papers)), tuple(disputes(lineage.corpus, about)))


def paper_witnesses(lineage: Lineage, key: str) -> PaperWitnesses:
    """Compare the sources of the references of one paper; see `witnesses`."""
    corpus = lineage.corpus
    citations = sorted(corpus.citations_of(key), key=lambda each: lineage.age(each.cited))
    origins = {each.cited: origins_of(corpus.sources, each.assertions) for each in citations}
    lists = _lists(corpus, key, citations)
    longest = max((each.length for each in lists), default=0)
    lacking = {each.source.id: set(each.could_have_named(corpus, origins)) for each in lists}
    found = tuple(_witness(corpus, key, each, lists, origins, lacking, longest) for each in lists)
    counts = Counter(map(len, origins.values()))
    by_origins = tuple(counts[number] for number in range(1, max(counts, default=0) + 1))
    return PaperWitnesses(key, found, tuple(_overlaps(found)), by_origins)


def _witness(
    corpus: Corpus,
    key: str,
    its: _List,
    lists: Sequence[_List],
    origins: Mapping[str, frozenset[str]],
    lacking: Mapping[str, set[str]],
    longest: int,
) -> Witness:
    """One of the lists, compared with the others; `lacking` has what each could have named and does not."""
    alone = tuple(cited for cited in its.named if origins[cited] == {its.origin})
    others = [each for each in lists if each.origin != its.origin and each.unidentified == 0]
    lacked = set().union(*(lacking[each.source.id] for each in others))
    return Witness(
        its.source.id,
        its.row.state if its.row else "not_fetched",
        its.rows,
        tuple(its.named),
        its.unidentified,
        alone,
        tuple(cited for cited in alone if cited in lacked),
        tuple(
            (cited, its.none or why_unlisted(corpus, its.source, its.row, key, cited, unidentified=its.unidentified))
            for cited in origins
            if cited not in its.named
        ),
        max(longest, its.length + max(0, len(lacking[its.source.id]) - (its.unidentified or 0))),
    )


def compared_papers(lineage: Lineage) -> list[str]:
    """The papers for whose references two sources or more were asked, oldest first."""
    asked = Counter(row.paper for row in lineage.corpus.coverage if row.direction == "references")
    return lineage.by_age(key for key, sources in asked.items() if sources > 1)


class _List:
    """What one source says of the references of one paper: how many entries name each paper, the oldest first.

    `none` says why it has no list, where it has none.
    """

    def __init__(self, source: Source, row: Coverage | None, none: Why | None) -> None:
        self.source, self.row, self.none = source, row, none
        self.origin = origin_of(source.kind)
        self.named: dict[str, int] = {}

    @cached_property
    def unidentified(self) -> int | None:
        """How many of its entries name no paper, None where it does not say; to be asked for when all are named."""
        return None if self.rows is None else max(0, self.rows - sum(self.named.values()))

    @property
    def length(self) -> int:
        """How many entries it has at least."""
        return max(self.rows or 0, len(self.named))

    @property
    def rows(self) -> int | None:
        return self.row.rows if self.row else None

    def could_have_named(self, corpus: Corpus, cited: Iterable[str]) -> Iterator[str]:
        """The papers that it does not name, although it has a list and would name them in a form that is recognised."""
        if self.none is None:
            yield from (each for each in cited if each not in self.named and could_name(corpus, self.source, each))


def _lists(corpus: Corpus, key: str, citations: Iterable[Citation]) -> list[_List]:
    """The lists of references that sources have of a paper, and those that name it without having been asked."""
    rows = {row.source: row for row in corpus.coverage_rows(key)}
    asserting = {said.source for each in citations for said in each.assertions}
    found = {
        id_: _List(source, rows.get(id_), why_no_list(corpus, source, rows.get(id_), key))
        for id_ in sorted(rows.keys() | asserting)
        for source in [corpus.sources[id_]]
    }
    for each in citations:
        for said in each.assertions:
            found[said.source].named[each.cited] = said.times
    return list(found.values())


def _overlaps(found: Sequence[Witness]) -> Iterator[Overlap]:
    for one, other in combinations([each for each in found if each.state not in _NO_LIST or each.cited], 2):
        yield _overlap(one.source, other.source, set(one.cited), set(other.cited))


def _overlap(one: str, other: str, ones: set[str], others: set[str]) -> Overlap:
    return Overlap(one, other, len(ones & others), len(ones - others), len(others - ones))


def _summed(corpus: Corpus, papers: Iterable[PaperWitnesses]) -> Iterator[Overlap]:
    """The overlaps of kinds of sources: what several sources of a kind list of one paper is taken together."""
    sums: dict[tuple[str, str], list[int]] = {}
    for paper in papers:
        by_kind: dict[str, set[str]] = {}
        for each in paper.witnesses:
            if each.state not in _NO_LIST or each.cited:
                by_kind.setdefault(corpus.sources[each.source].kind, set()).update(each.cited)
        for one, other in combinations(sorted(by_kind), 2):
            found = _overlap(one, other, by_kind[one], by_kind[other])
            total = sums.setdefault((one, other), [0, 0, 0])
            for n, more in enumerate((found.both, found.only_one, found.only_other)):
                total[n] += more
    return (Overlap(*pair, *counts) for pair, counts in sorted(sums.items()))
