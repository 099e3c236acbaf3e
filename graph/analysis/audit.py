"""What can be relied on: coverage, disagreement between sources, and everything odd in the data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..model.corpus import Citation, Corpus, Coverage, Doubt, Merge
from ..model.lineage import Lineage
from ..utils.text import normalised_title

UNLIKE = 0.6
"""Below this likeness, a record's title and its paper's are worth a look."""


@dataclass(frozen=True, slots=True)
class ListedCoverage:
    """What is known about the references of one paper of the list."""

    key: str
    state: str
    rows: tuple[tuple[str, str, int | None], ...]  # source id, state, entries


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A paper whose references two complete sources of different kinds list differently, citing -> cited.

    `only` maps a source to the cited papers that it has and a source of another kind lacks.
    `not_compared` counts the citations that only one has, where the other's silence says nothing
    because the two could not have been matched.
    """

    citing: str
    only: dict[str, tuple[str, ...]]
    not_compared: int


@dataclass(frozen=True, slots=True)
class Audit:
    """The findings, each a part of `lineage audit`.

    Of those whose name does not tell: `other_years` are (key, entry, listed year) where the list
    prints another year than the paper's; `years_apart` are (key, source, stated year) where a
    source is more than a year off; `several_records` are papers that Semantic Scholar keeps under
    several ids of one scheme, with those; `incomplete` are lists of which not all is known.
    """

    coverage: tuple[ListedCoverage, ...]
    disagreements: tuple[Disagreement, ...]
    isolated: tuple[str, ...]
    absent: tuple[str, ...]
    cycles: tuple[tuple[str, ...], ...]
    backwards: tuple[Citation, ...]
    self_citations: tuple[Citation, ...]
    repeated: tuple[tuple[Citation, str, tuple[int, ...]], ...]
    merges: int
    odd_merges: tuple[Merge, ...]
    decided_merges: tuple[Merge, ...]
    doubts: tuple[Doubt, ...]
    unverified: tuple[tuple[str, tuple[str, ...]], ...]
    noted_sources: tuple[tuple[str, str], ...]
    other_years: tuple[tuple[str, int, int], ...]
    years_apart: tuple[tuple[str, str, int], ...]
    incomplete: tuple[Coverage, ...]
    several_records: tuple[tuple[str, tuple[str, ...]], ...]
    untitled: int


def audit(lineage: Lineage) -> Audit:
    """Examine a lineage.

    Parameters
    ----------
    lineage : Lineage

    Returns
    -------
    Audit

    Notes
    -----
    Linear in papers, citations and merges.
    """
    corpus, graph = lineage.corpus, lineage.graph
    listed = lineage.among(lineage.list_keys)
    odd = tuple(merge for merge in corpus.merges if _is_odd(corpus, merge))
    return Audit(
        coverage=tuple(_coverage(lineage)),
        disagreements=tuple(_disagreements(corpus)),
        isolated=tuple(key for key in listed if listed.degree(key) == 0),
        absent=lineage.absent,
        cycles=lineage.cycles,
        backwards=lineage.backwards,
        self_citations=lineage.self_citations,
        repeated=tuple(_repeated(corpus)),
        merges=len(corpus.merges),
        odd_merges=odd,
        decided_merges=tuple(m for m in corpus.merges if m.rule.startswith("a person's word")),
        doubts=tuple(corpus.doubts),
        unverified=tuple((p.key, p.unverified) for p in corpus.papers.values() if p.unverified),
        noted_sources=tuple((s.id, s.note) for s in corpus.sources.values() if s.note),
        other_years=tuple(_other_years(lineage)),
        years_apart=tuple(_years_apart(corpus)),
        incomplete=tuple(row for row in corpus.coverage if row.state != "complete"),
        several_records=tuple(_several_records(corpus)),
        untitled=sum(corpus.papers[key].title is None for key in graph),
    )


def _coverage(lineage: Lineage) -> Iterator[ListedCoverage]:
    for key in lineage.list_keys:
        rows = tuple((row.source, row.state, row.rows) for row in lineage.corpus.coverage_rows(key))
        yield ListedCoverage(key, lineage.corpus.coverage_of(key), rows)


def _disagreements(corpus: Corpus) -> Iterator[Disagreement]:
    complete: defaultdict[str, set[str]] = defaultdict(set)
    for row in corpus.coverage:
        if row.direction == "references" and row.state == "complete":
            complete[row.paper].add(row.source)
    citations: defaultdict[str, list[Citation]] = defaultdict(list)
    for citation in corpus.citations:
        citations[citation.citing].append(citation)
    for citing in sorted(key for key, sources in complete.items() if len(sources) > 1):
        found = _disagreement(corpus, citing, complete[citing], citations[citing])
        if found.only or found.not_compared:
            yield found


def _disagreement(corpus: Corpus, citing: str, complete: set[str], citations: list[Citation]) -> Disagreement:
    """What each complete source of one paper has and another lacks, where both could have named it."""
    only: defaultdict[str, list[str]] = defaultdict(list)
    not_compared = 0
    for citation in citations:
        kinds = {corpus.sources[source].kind for source in citation.sources}
        silent = {source for source in complete if corpus.sources[source].kind not in kinds}
        telling = {source for source in silent if _could_name(corpus, source, citation.cited)}
        not_compared += bool(silent) and not telling
        if telling:
            for source in complete & set(citation.sources):
                only[source].append(citation.cited)
    return Disagreement(citing, {source: tuple(keys) for source, keys in sorted(only.items())}, not_compared)


def _could_name(corpus: Corpus, source: str, key: str) -> bool:
    """Whether the source's silence about a paper says something.

    A printed list can only be searched for a title, and Semantic Scholar's for its own paper id:
    an untitled paper may well be one of the printed entries that have no such id.
    """
    paper = corpus.papers[key]
    if corpus.sources[source].kind == "semantic_scholar":
        return any(each.scheme == "s2" for each in paper.identifiers)
    return paper.title is not None


def _repeated(corpus: Corpus) -> Iterator[tuple[Citation, str, tuple[int, ...]]]:
    for citation in corpus.citations:
        for assertion in citation.assertions:
            if corpus.sources[assertion.source].kind == "printed_bibliography" and len(assertion.entries) > 1:
                yield citation, assertion.source, assertion.entries


def _is_odd(corpus: Corpus, merge: Merge) -> bool:
    """Joined by an identifier under a title that is not like the paper's: a misprint, or a wrong identifier."""
    paper = corpus.papers[merge.paper]
    if merge.title is None or paper.title is None or not merge.rule.startswith("same "):
        return False
    form, known = normalised_title(merge.title), [normalised_title(t) for t in paper.also_titled if t != merge.title]
    return form not in known and SequenceMatcher(None, form, normalised_title(paper.title)).ratio() < UNLIKE


def _other_years(lineage: Lineage) -> Iterator[tuple[str, int, int]]:
    for key, entries in lineage.entries.items():
        year = lineage.paper(key).year
        for entry in entries:
            if entry.listed_year is not None and year is not None and entry.listed_year != year:
                yield key, entry.number, entry.listed_year


def _years_apart(corpus: Corpus) -> Iterator[tuple[str, str, int]]:
    """Years that a source states, and that are more than one off: one is often the venue's."""
    for merge in corpus.merges:
        year = corpus.papers[merge.paper].year
        if merge.year is not None and year is not None and abs(merge.year - year) > 1:
            yield merge.paper, merge.record, merge.year


def _several_records(corpus: Corpus) -> Iterator[tuple[str, tuple[str, ...]]]:
    for paper in corpus.papers.values():
        for scheme in ("s2", "corpusid"):
            ids = tuple(str(each) for each in paper.identifiers if each.scheme == scheme)
            if len(ids) > 1:
                yield paper.key, ids
