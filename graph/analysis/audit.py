"""How far a lineage can be relied on: coverage, disagreement between sources, and oddities of the data."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from ..model.corpus import Citation, Corpus, Coverage, Doubt, Merge
from ..model.lineage import Lineage
from ..model.mixed_entries import Mixed, mixed_up
from ..model.origins import DEPOSIT, origin_of
from ..model.tables import rows_of
from ..utils.text import normalised_title
from .reason_counts import ReasonCounts, reason_counts
from .retraction_status import RetractionCounts, retraction_counts
from .silence import could_name
from .witnesses import Witness, paper_witnesses

UNLIKE = 0.6
"""If the titles of a record and of its paper are less alike than this, a person should look at the two."""


@dataclass(frozen=True, slots=True)
class ListedCoverage:
    """How much is known of the references of one paper of the list."""

    key: str
    state: str
    """The best state of any source."""
    rows: tuple[tuple[str, str, int | None], ...]
    """For each source its id, its state, and how many entries it lists."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A paper for which two complete sources of different kinds list different references."""

    citing: str
    only: dict[str, tuple[str, ...]]
    """For each source the cited papers that it lists and that a source of another kind lacks."""
    not_compared: int
    """How many citations one source lists where nobody can tell whether the other lacks them, because it could not have
    named the cited paper in a form that would be recognised."""


@dataclass(frozen=True, slots=True)
class Audit:
    """The findings of an audit."""

    coverage: tuple[ListedCoverage, ...]
    disagreements: tuple[Disagreement, ...]
    isolated: tuple[str, ...]
    """Papers of the list that no citation joins with another paper of it."""
    absent: tuple[str, ...]
    """Papers of the list that no source knows."""
    cycles: tuple[tuple[str, ...], ...]
    """Groups of papers that cite each other in circles."""
    backwards: tuple[Citation, ...]
    """Citations of a later paper."""
    self_citations: tuple[Citation, ...]
    """Citations of a paper by itself."""
    repeated: tuple[tuple[Citation, str, tuple[int, ...]], ...]
    """Citations that one printed bibliography has in several entries, with the source and these entries."""
    merges: int
    """How many records were merged into papers."""
    odd_merges: tuple[Merge, ...]
    """Records with the identifier of their paper and a title that is not like that of the paper."""
    decided_merges: tuple[Merge, ...]
    """Merges that a person decided."""
    doubts: tuple[Doubt, ...]
    """Papers that look alike and were not merged, and single ones that look like no paper."""
    unverified: tuple[tuple[str, tuple[str, ...]], ...]
    """Papers with facts that nobody has checked in print."""
    noted_sources: tuple[tuple[str, str], ...]
    """Sources with a warning to readers."""
    other_years: tuple[tuple[str, int, int], ...]
    """Papers for which the list prints another year: key, number of the entry, that year."""
    years_apart: tuple[tuple[str, str, int], ...]
    """Records whose year is more than one off: key of the paper, record, year of the record."""
    incomplete: tuple[Coverage, ...]
    """Lists of references or citations that are not complete."""
    several_records: tuple[tuple[str, tuple[str, ...]], ...]
    """Papers that have several Semantic Scholar ids of one kind, with these."""
    untitled: int
    """How many papers have no title."""
    reasons: ReasonCounts | None = None
    """How many citations have a reason; None when none has one."""
    retractions: RetractionCounts | None = None
    """Papers with notices, and those of which nothing is known; None when nobody has looked for notices."""
    short: tuple[tuple[str, Witness], ...] = ()
    """Lists of references of papers of the list that are short, with the key of their paper."""
    mixed: tuple[Mixed, ...] = ()
    """Entries that name several papers, and names that several papers of the list have."""


def audit(lineage: Lineage) -> Audit:
    """Examine a lineage.

    Linear in papers, citations and merges.
    """
    corpus = lineage.corpus
    listed = {key for arc in lineage.arcs_among(lineage.list_keys) for key in arc}
    papers = list(rows_of(corpus.papers))
    return Audit(
        coverage=tuple(_coverage(lineage)),
        disagreements=tuple(_disagreements(corpus)),
        isolated=tuple(key for key in sorted(lineage.list_keys, key=lineage.age) if key not in listed),
        absent=lineage.absent,
        cycles=lineage.cycles,
        backwards=lineage.backwards,
        self_citations=lineage.self_citations,
        repeated=tuple(_repeated(corpus)),
        merges=len(corpus.merges),
        odd_merges=tuple(merge for merge in corpus.merges if _is_odd(corpus, merge)),
        decided_merges=tuple(merge for merge in corpus.merges if merge.rule.startswith("a person's word")),
        doubts=tuple(corpus.doubts),
        unverified=tuple((row.key, tuple(row.unverified)) for row in papers if row.unverified),
        noted_sources=tuple((s.id, s.note) for s in corpus.sources.values() if s.note),
        other_years=tuple(_other_years(lineage)),
        years_apart=tuple(_years_apart(corpus)),
        incomplete=tuple(row for row in corpus.coverage if row.state != "complete"),
        several_records=tuple(_several_records(papers)),
        untitled=sum(row.title is None for row in papers),
        reasons=reason_counts(lineage) if lineage.reasons else None,
        retractions=retraction_counts(lineage),
        short=tuple(
            (key, each)
            for key in lineage.list_keys
            for each in paper_witnesses(lineage, key).witnesses
            if each.is_short
        ),
        mixed=mixed_up(lineage),
    )


def _coverage(lineage: Lineage) -> Iterator[ListedCoverage]:
    for key in lineage.list_keys:
        rows = tuple((row.source, row.state, row.rows) for row in lineage.corpus.coverage_rows(key))
        yield ListedCoverage(key, lineage.corpus.coverage_of(key), rows)


def _disagreements(corpus: Corpus) -> Iterator[Disagreement]:
    complete: defaultdict[str, dict[str, int | None]] = defaultdict(dict)
    for row in corpus.coverage:
        if row.direction == "references" and row.state == "complete":
            complete[row.paper][row.source] = row.rows
    for citing in sorted(key for key, sources in complete.items() if len(sources) > 1):
        found = _disagreement(corpus, citing, complete[citing], corpus.citations_of(citing))
        if found.only or found.not_compared:
            yield found


def _disagreement(
    corpus: Corpus, citing: str, rows: Mapping[str, int | None], citations: Sequence[Citation]
) -> Disagreement:
    """What each complete source of one paper lists and another lacks, where that one could have named it.

    `rows` is how many entries each of these sources has, None where it does not say. A deposit that may have an entry
    that is not identified lacks nothing for certain.
    """
    complete = rows.keys()
    assertions = (each for citation in citations for each in citation.assertions)
    said = Counter(each.source for each in assertions for _ in range(each.times))
    deposits = {source for source in complete if origin_of(corpus.sources[source].kind) == DEPOSIT}
    identified = {
        source
        for source, count in rows.items()
        if source not in deposits or (count is not None and said[source] >= count)
    }
    only: defaultdict[str, list[str]] = defaultdict(list)
    not_compared = 0
    for citation in citations:
        kinds = {corpus.sources[source].kind for source in citation.sources}
        without_it = {source for source in complete if corpus.sources[source].kind not in kinds}
        lacking_it = {
            source for source in without_it & identified if could_name(corpus, corpus.sources[source], citation.cited)
        }
        not_compared += bool(without_it) and not lacking_it
        if lacking_it:
            for source in complete & set(citation.sources):
                only[source].append(citation.cited)
    return Disagreement(citing, {source: tuple(keys) for source, keys in sorted(only.items())}, not_compared)


def _repeated(corpus: Corpus) -> Iterator[tuple[Citation, str, tuple[int, ...]]]:
    for place, row in enumerate(rows_of(corpus.citations)):
        for said in row.assertions:
            if len(said.entries) > 1 and corpus.sources[said.source].kind == "printed_bibliography":
                yield corpus.citations[place], said.source, tuple(said.entries)


def _is_odd(corpus: Corpus, merge: Merge) -> bool:
    """Whether a record shares an identifier with its paper but no title like it: one of the two may be a misprint."""
    paper = corpus.papers[merge.paper]
    if merge.title is None or paper.title is None or not merge.rule.startswith("same "):
        return False
    title = normalised_title(merge.title)
    other_titles = [normalised_title(each) for each in paper.also_titled if each != merge.title]
    return title not in other_titles and SequenceMatcher(None, title, normalised_title(paper.title)).ratio() < UNLIKE


def _other_years(lineage: Lineage) -> Iterator[tuple[str, int, int]]:
    for key, entries in lineage.entries.items():
        year = lineage.paper(key).year
        for entry in entries:
            if entry.listed_year is not None and year is not None and entry.listed_year != year:
                yield key, entry.number, entry.listed_year


def _years_apart(corpus: Corpus) -> Iterator[tuple[str, str, int]]:
    """Records whose year is more than one off; a difference of one year is often that of the venue."""
    for merge in corpus.merges:
        year = corpus.papers[merge.paper].year
        if merge.year is not None and year is not None and abs(merge.year - year) > 1:
            yield merge.paper, merge.record, merge.year


def _several_records(papers: Iterable[Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in papers:
        for scheme in ("s2:", "corpusid:") if len(row.identifiers) > 1 else ():
            ids = tuple(text for each in row.identifiers if (text := str(each)).startswith(scheme))
            if len(ids) > 1:
                yield row.key, ids
