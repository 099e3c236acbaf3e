"""From what sources say to a corpus: records united into papers, reference lists into citations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..model.citekeys import proposed_key
from ..model.corpus import (
    STATES,
    Assertion,
    Citation,
    Corpus,
    Coverage,
    DateBasis,
    Direction,
    Doubt,
    Merge,
    Paper,
    Source,
)
from ..model.identifiers import SCHEMES, Identifier, arxiv_month
from ..utils.text import fingerprint, normalised_title
from .dedupe import unite
from .overrides import Correction, Overrides, token
from .records import CitationList, Mention, Record


def assemble(records: Sequence[Record], lists: Sequence[CitationList], overrides: Overrides | None = None) -> Corpus:
    """Build the corpus that these sources make.

    Parameters
    ----------
    records : sequence of Record
        Papers on their own, the most trusted first.
    lists : sequence of CitationList
        Lists of what papers cite, and of what cites them.
    overrides : Overrides, optional
        A person's decisions.

    Returns
    -------
    Corpus
        Every citation with every source that asserts it; a paper's own mention of itself stays.

    Raises
    ------
    InputError
        When a decision does not fit the records.
    """
    overrides = overrides or Overrides()
    mentioned = (mention.record for each in lists for mention in each.mentions)
    everything = [*records, *(each.paper for each in lists), *mentioned]
    everything = list({record.place: record for record in everything}.values())
    identity = unite(everything, overrides)
    corrections = {token(each.paper): each for each in overrides.correct}
    papers = [_compose([everything[n] for n in group], corrections) for group in identity.groups]
    keyed = _with_keys(papers)
    key_of = {
        everything[n].place: paper.key for group, paper in zip(identity.groups, keyed, strict=True) for n in group
    }
    merges = [
        _merge(everything[n], paper, identity.rules.get(n, "same paper"))
        for group, paper in zip(identity.groups, keyed, strict=True)
        for n in group[1:]
    ]
    doubts = [
        Doubt((key_of[everything[one].place], key_of[everything[other].place]), reason)
        for one, other, reason in identity.doubts
    ]
    return Corpus(
        papers={paper.key: paper for paper in sorted(keyed, key=lambda paper: paper.key)},
        citations=_citations(lists, key_of),
        coverage=_coverage(lists, key_of),
        sources=_sources(lists),
        merges=merges,
        doubts=doubts,
    )


def _sources(lists: Iterable[CitationList]) -> dict[str, Source]:
    """One source an id; a note that only some of its lists carry is kept."""
    sources: dict[str, Source] = {}
    for each in lists:
        if each.source.id not in sources or sources[each.source.id].note is None:
            sources[each.source.id] = each.source
    return dict(sorted(sources.items()))


def _citations(lists: Iterable[CitationList], key_of: Mapping[str, str]) -> list[Citation]:
    """Every pair once; what one source says of it in several rows is joined."""
    asserted: defaultdict[tuple[str, str], defaultdict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for each in lists:
        for mention in each.mentions:
            ends = key_of[each.paper.place], key_of[mention.record.place]
            citing, cited = ends if each.direction == "references" else ends[::-1]
            asserted[citing, cited][each.source.id].append(mention)
    return [
        Citation(citing, cited, tuple(_assertion(source, rows) for source, rows in sorted(by_source.items())))
        for (citing, cited), by_source in sorted(asserted.items())
    ]


def _assertion(source: str, rows: Sequence[Mention]) -> Assertion:
    """Influential if one row says so; the intents and the citing sentences of all."""
    flags = {row.influential for row in rows} - {None}
    return Assertion(
        source,
        entries=tuple(sorted(row.number for row in rows if row.number is not None)),
        influential=any(flags) if flags else None,
        intents=tuple(sorted({intent for row in rows for intent in row.intents})),
        contexts=tuple(dict.fromkeys(context for row in rows for context in row.contexts)),
    )


def _coverage(lists: Iterable[CitationList], key_of: Mapping[str, str]) -> list[Coverage]:
    """One row for a paper, a direction and a source; of lists of papers that turned out to be one, the best known."""
    found: dict[tuple[str, Direction, str], Coverage] = {}
    for each in lists:
        rows = len(each.mentions) if each.rows is None else each.rows
        row = Coverage(key_of[each.paper.place], each.direction, each.source.id, each.state, rows)
        known = found.setdefault((row.paper, row.direction, row.source), row)
        if (STATES.index(row.state), -rows) < (STATES.index(known.state), -(known.rows or 0)):
            found[row.paper, row.direction, row.source] = row
    return list(found.values())


def _merge(record: Record, paper: Paper, rule: str) -> Merge:
    same = record.title and paper.title and normalised_title(record.title) == normalised_title(paper.title)
    year = record.year if record.year and paper.year and record.year != paper.year else None
    return Merge(paper.key, rule, record.place, None if same else record.title, year)


def _compose(records: Sequence[Record], corrections: dict[str, Correction]) -> tuple[Paper, Record]:
    """The paper that some records are, still without a key, and the record that leads it."""
    identifiers = sorted({each for record in records for each in record.identifiers}, key=_scheme_order(records))
    named = [str(each) for each in identifiers] + [record.place for record in records]
    lead = next((record for record in records if record.key), records[0])
    correction = next((corrections[name] for name in [lead.key or "", *named] if name in corrections), None)
    title = (correction and correction.title) or _title(records)
    date, basis = _date(records, identifiers, correction)
    authors, complete = _authors(records)
    other_titles = {normalised_title(t): t for record in reversed(records) for t in record.titles}
    other_titles.pop(normalised_title(title or ""), None)
    first = _First(records)
    paper = Paper(
        key="unkeyed",
        title=title,
        authors=authors,
        authors_complete=complete,
        date=date,
        date_basis=basis,
        publication_date=first.of("publication_date"),
        venue=first.of("venue"),
        identifiers=tuple(identifiers),
        names=tuple(dict.fromkeys(name for record in records for name in record.names)),
        also_titled=tuple(sorted(other_titles.values())),
        unverified=first.of("unverified") or (),
    )
    return paper, lead


class _First:
    """The first record that states a field."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records

    def of(self, name: str) -> Any:
        return next((getattr(r, name) for r in self._records if getattr(r, name)), None)


def _scheme_order(records: Sequence[Record]) -> Callable[[Identifier], tuple[int, int, str]]:
    """Schemes in the house order, and within one the identifier of the most trusted record first."""
    rank = {each: n for n, record in reversed(list(enumerate(records))) for each in record.identifiers}
    return lambda each: (SCHEMES.index(each.scheme), rank[each], each.value)


def _title(records: Sequence[Record]) -> str | None:
    """A person's title, else the one most often printed; of spellings, the most frequent, then the first."""
    if records[0].key and records[0].title:
        return records[0].title
    titles = [record.title for record in records if record.title]
    if not titles:
        return None
    forms = Counter(normalised_title(title) for title in titles)
    spellings = Counter(title for title in titles if forms[normalised_title(title)] == max(forms.values()))
    return min(spellings, key=lambda title: (-spellings[title], titles.index(title)))


def _date(
    records: Sequence[Record], identifiers: Sequence[Identifier], correction: Correction | None
) -> tuple[str | None, DateBasis | None]:
    """When the idea became public: a person's word, then arXiv's, then the year most often printed."""
    if correction and correction.date:
        return correction.date, "corrected"
    verified = next((record.date for record in records if record.date), None)
    if verified:
        return verified, "first_version"
    month = arxiv_month(identifiers)
    if month:
        return month, "arxiv_identifier"
    years = Counter(record.year for record in records if record.year)
    if years:
        return f"{min(years, key=lambda year: (-years[year], year)):04d}", "stated_year"
    return None, None


def _authors(records: Sequence[Record]) -> tuple[tuple[str, ...], bool]:
    """The fullest list, and of spellings of one first author the longest."""
    complete = next((record.authors for record in records if record.authors_complete and record.authors), None)
    if complete:
        return complete, True
    lists = [record.authors for record in records if record.authors]
    return max(lists, key=lambda authors: (len(authors), len(authors[0])), default=()), False


def _with_keys(composed: Sequence[tuple[Paper, Record]]) -> list[Paper]:
    """Give each paper its key; papers that would share one are told apart by a mark of their own.

    The mark comes from the paper's own data, so that it does not change with its neighbours; only
    where those are equal too does it come from the record that leads the paper.
    """
    keys = [lead.key or proposed_key(paper) for paper, lead in composed]
    for mark in (_own_mark, lambda paper, lead: lead.place):
        times = Counter(keys)
        keys = [
            key if lead.key or times[key] == 1 else f"{key}-{fingerprint(mark(paper, lead))}"
            for key, (paper, lead) in zip(keys, composed, strict=True)
        ]
    return [replace(paper, key=key) for key, (paper, _) in zip(keys, composed, strict=True)]


def _own_mark(paper: Paper, _: Record) -> str:
    return " ".join([normalised_title(paper.title or ""), *paper.authors, *map(str, paper.identifiers)])
