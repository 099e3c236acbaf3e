"""From what sources say to a corpus: records become papers, reference lists become citations."""

from __future__ import annotations

import logging
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

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
from ..utils.person_names import named_author, surname
from ..utils.text import fingerprint, normalised_title
from .dedupe import group_records
from .overrides import Correction, Overrides, normalised_name, without
from .record_checks import checked, why_no_paper
from .records import CitationList, ListRow, Record

log = logging.getLogger(__name__)

T = TypeVar("T")


def assemble(records: Sequence[Record], lists: Sequence[CitationList], overrides: Overrides | None = None) -> Corpus:
    """Build the corpus that these sources make.

    Raises `InputError` when a decision does not fit the records. `records` are papers that are in no list, or that are
    trusted more than those in lists, the most trusted first; `overrides` are a person's decisions. A citation has every
    source that asserts it; a paper's citation of itself is one, too.
    """
    started = time.perf_counter()
    overrides = overrides or Overrides()
    lists = without(lists, overrides.leave_out)
    in_lists = (row.record for each in lists for row in each.rows)
    stated = {record.record_id: record for record in [*records, *(each.paper for each in lists), *in_lists]}
    all_records = list(map(checked, stated.values()))
    grouping = group_records(all_records, overrides)
    groups = [[all_records[number] for number in group] for group in grouping.groups]
    corrections = {normalised_name(correction.paper): correction for correction in overrides.correct}
    papers = _with_keys([_merge_records(group, corrections) for group in groups])
    key_of = {record.record_id: paper.key for group, paper in zip(groups, papers, strict=True) for record in group}
    key_of_number = {number: key_of[record.record_id] for number, record in enumerate(all_records)}
    merges = [
        _merge(all_records[number], paper, grouping.rules.get(number, "same paper"))
        for group, paper in zip(grouping.groups, papers, strict=True)
        for number in group[1:]
    ]
    corpus = Corpus(
        papers={paper.key: paper for paper in sorted(papers, key=lambda paper: paper.key)},
        citations=_citations(lists, key_of),
        coverage=_coverage(lists, key_of),
        sources=_sources(lists),
        merges=merges,
        doubts=[
            *(Doubt((key_of_number[one], key_of_number[two]), reason) for one, two, reason in grouping.doubts),
            *(Doubt((paper.key,), why) for paper in papers if (why := why_no_paper(paper))),
        ],
    )
    log.info(
        "assembled %d records into %d papers and %d citations in %.2f s",
        len(all_records),
        len(corpus.papers),
        len(corpus.citations),
        time.perf_counter() - started,
    )
    return corpus


def _sources(lists: Iterable[CitationList]) -> dict[str, Source]:
    """Every source once, with a note if one of its lists has one."""
    sources: dict[str, Source] = {}
    for each in lists:
        if each.source.id not in sources or sources[each.source.id].note is None:
            sources[each.source.id] = each.source
    return dict(sorted(sources.items()))


def _citations(lists: Iterable[CitationList], key_of: Mapping[str, str]) -> list[Citation]:
    """Every pair once; the rows that one source has for it become one assertion."""
    rows_of: defaultdict[tuple[str, str], defaultdict[str, list[ListRow]]] = defaultdict(lambda: defaultdict(list))
    for each in lists:
        for row in each.rows:
            pair = key_of[each.paper.record_id], key_of[row.record.record_id]
            citing, cited = pair if each.direction == "references" else pair[::-1]
            rows_of[citing, cited][each.source.id].append(row)
    return [
        Citation(citing, cited, tuple(_assertion(source, rows) for source, rows in sorted(by_source.items())))
        for (citing, cited), by_source in sorted(rows_of.items())
    ]


def _assertion(source: str, rows: Sequence[ListRow]) -> Assertion:
    """Influential if one row says so; the intents, the citing sentences and the mentions of all rows."""
    flags = {row.influential for row in rows} - {None}
    return Assertion(
        source,
        entries=tuple(sorted(row.number for row in rows if row.number is not None)),
        influential=any(flags) if flags else None,
        intents=tuple(sorted({intent for row in rows for intent in row.intents})),
        contexts=tuple(dict.fromkeys(context for row in rows for context in row.contexts)),
        mentions=_mentions(rows),
        sections=tuple(dict.fromkeys(section for row in rows for section in row.sections)),
    )


def _mentions(rows: Sequence[ListRow]) -> int | None:
    """How often the text cites the entries; an entry that names a paper twice is one entry."""
    entries = {(row.number, row.mentions, row.sections) for row in rows}
    known = [mentions for _, mentions, _ in entries if mentions is not None]
    return sum(known) if len(known) == len(entries) else None


def _coverage(lists: Iterable[CitationList], key_of: Mapping[str, str]) -> list[Coverage]:
    """The most complete list for each paper, direction and source: lists of records that are one paper compete."""
    best: dict[tuple[str, Direction, str], Coverage] = {}
    for each in lists:
        silent = each.row_count is None and each.state in ("failed", "not_fetched") and not each.rows
        row_count = None if silent else each.listed
        row = Coverage(key_of[each.paper.record_id], each.direction, each.source.id, each.state, row_count)
        known = best.setdefault((row.paper, row.direction, row.source), row)
        if (STATES.index(row.state), -(row_count or 0)) < (STATES.index(known.state), -(known.rows or 0)):
            best[row.paper, row.direction, row.source] = row
    return list(best.values())


def _merge(record: Record, paper: Paper, rule: str) -> Merge:
    same_title = record.title and paper.title and normalised_title(record.title) == normalised_title(paper.title)
    other_year = record.year if record.year and paper.year and record.year != paper.year else None
    return Merge(paper.key, rule, record.record_id, None if same_title else record.title, other_year)


def _merge_records(records: Sequence[Record], corrections: Mapping[str, Correction]) -> tuple[Paper, Record]:
    """The paper that these records describe, still without a key, and the record that its key comes from."""
    identifiers = sorted({each for record in records for each in record.identifiers}, key=_identifier_order(records))
    lead = next((record for record in records if record.key), records[0])
    names = [lead.key or "", *map(str, identifiers), *(record.record_id for record in records)]
    correction = next((corrections[name] for name in names if name in corrections), None)
    title = (correction and correction.title) or _title(records)
    date, basis = _date(records, identifiers, correction)
    corrected = tuple(filter(None, map(named_author, correction.authors))) if correction else ()
    authors, complete = (corrected, False) if corrected else _authors(records)
    given = correction.names if correction else ()
    other_titles = {normalised_title(title): title for record in reversed(records) for title in record.titles}
    other_titles.pop(normalised_title(title or ""), None)
    paper = Paper(
        key="unkeyed",
        title=title,
        authors=authors,
        authors_complete=complete,
        date=date,
        date_basis=basis,
        publication_date=_first(record.publication_date for record in records),
        venue=_first(record.venue for record in records),
        identifiers=tuple(identifiers),
        names=tuple(dict.fromkeys([*given, *(name for record in records for name in record.names)])),
        also_titled=tuple(sorted(other_titles.values())),
        unverified=_first(record.unverified for record in records) or (),
        contribution=_first(record.contribution for record in records),
        author_ids=_author_ids(authors, records),
    )
    return paper, lead


def _first(values: Iterable[T]) -> T | None:
    """The first value that is stated."""
    return next(filter(None, values), None)


def _identifier_order(records: Sequence[Record]) -> Callable[[Identifier], tuple[int, int, str]]:
    """By scheme, and within a scheme the identifier of the most trusted record first."""
    trust = {each: rank for rank, record in reversed(list(enumerate(records))) for each in record.identifiers}
    return lambda identifier: (SCHEMES.index(identifier.scheme), trust[identifier], identifier.value)


def _title(records: Sequence[Record]) -> str | None:
    """The title that a person verified, else the most frequent one; of its spellings the most frequent, then the first.

    Spellings are those with the same letters and digits.
    """
    if records[0].key and records[0].title:
        return records[0].title
    titles = [record.title for record in records if record.title]
    if not titles:
        return None
    titles_by_form = Counter(map(normalised_title, titles))
    most = max(titles_by_form.values())
    spellings = Counter(title for title in titles if titles_by_form[normalised_title(title)] == most)
    return min(spellings, key=lambda title: (-spellings[title], titles.index(title)))


def _date(
    records: Sequence[Record], identifiers: Sequence[Identifier], correction: Correction | None
) -> tuple[str | None, DateBasis | None]:
    """When the idea became public: a person's date, else the month of arXiv's identifier, else the most stated year."""
    if correction and correction.date:
        return correction.date, "corrected"
    verified = _first(record.date for record in records)
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
    """The first complete list, else the longest one, with the longest spelling of its first author."""
    complete = _first(record.authors for record in records if record.authors_complete)
    if complete:
        return complete, True
    lists = [record.authors for record in records if record.authors]
    return max(lists, key=lambda authors: (len(authors), len(authors[0])), default=()), False


def _author_ids(authors: Sequence[str], records: Sequence[Record]) -> tuple[str | None, ...]:
    """The ids of authors in their order, from every record that has them; empty where none is known.

    An id goes with the author of the same place and family name, in lists of the same length; else with the only author
    of the same name.
    """
    found: list[str | None] = [None] * len(authors)
    names = list(map(normalised_title, authors))
    for record in records:
        parallel = len(record.authors) == len(authors)
        for place, (name, id_) in enumerate(zip(record.authors, record.author_ids, strict=False)):
            same = normalised_title(name)
            if parallel and surname(name) == surname(authors[place]):
                found[place] = found[place] or id_
            elif names.count(same) == 1:
                found[names.index(same)] = found[names.index(same)] or id_
    return tuple(found) if any(found) else ()


def _with_keys(papers: Sequence[tuple[Paper, Record]]) -> list[Paper]:
    """Give each paper its key; where several would have the same one, a fingerprint is added.

    The fingerprint is of the paper's own data, so that it does not depend on the other papers; only
    where that is equal too, it is of the record that the key comes from.
    """
    keys = [lead.key or proposed_key(paper) for paper, lead in papers]
    for distinguishing_text in (_own_data, lambda _paper, lead: lead.record_id):
        uses = Counter(keys)
        keys = [
            key if lead.key or uses[key] == 1 else f"{key}-{fingerprint(distinguishing_text(paper, lead))}"
            for key, (paper, lead) in zip(keys, papers, strict=True)
        ]
    return [replace(paper, key=key) for key, (paper, _) in zip(keys, papers, strict=True)]


def _own_data(paper: Paper, _lead: Record) -> str:
    return " ".join([normalised_title(paper.title or ""), *paper.authors, *map(str, paper.identifiers)])
