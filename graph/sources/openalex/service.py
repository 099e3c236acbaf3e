"""OpenAlex as a service: the works of the papers, then the works that they cite, and those that cite them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ...model.corpus import Source, State
from ...model.identifiers import Identifier
from ..citation_service import Call, CitationService, Crawl, ReadList, SecretHeader, Wanted
from ..http.outcomes import Accept, GiveUp, Outcome, Shrink, why_unanswered
from ..http.rate_limit import Pace
from ..http.replies import Asking, asked, asked_in_batches
from ..records import CitationList, ListRow, Record
from .calls import (
    LABEL,
    LIST,
    MAX_VALUES,
    MIN_PAGE,
    WORK,
    NotKnown,
    WorkPage,
    after_refusal,
    asked_by,
    can_shrink,
    citing_request,
    kept,
    read,
    rows_in,
    work_request,
    works_request,
)
from .works import Work, is_the_paper, record_of, references_of, unread


@dataclass(frozen=True, slots=True)
class _Found:
    """The work that was found for a paper, and its record; or why there is none, and whether there may be later."""

    work: Work | None = None
    record: Record | None = None
    why: str = ""
    state: State = "failed"
    failed: bool = False


@dataclass
class _Asking:
    """How works are asked for: `whole` once the service did not know one of the fields; one use."""

    whole: bool = False

    def work(self, identifier: Identifier) -> Asking[Outcome[Any]]:
        """The outcome of asking for one work."""
        outcome = yield from asked(work_request(identifier, whole=self.whole))
        if isinstance(outcome, Shrink) and not self.whole:
            self.whole = True
            outcome = yield from asked(work_request(identifier, whole=True))
        return outcome


@dataclass
class _Rows:
    """The works of rows by their id, as far as they were asked for; one use."""

    works: dict[str, Work] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)


@dataclass
class _Walk:
    """The works of the pages of a list; `refused` when the service did not take a cursor of its own."""

    works: dict[str, Work] = field(default_factory=dict)
    counts: set[int | None] = field(default_factory=set)
    unreadable: int = 0
    why: str = ""
    failed: bool = False
    refused: bool = False

    @property
    def may_succeed_anew(self) -> bool:
        """Whether the list changed while it was read."""
        return self.refused or (not self.why and len(self.counts) > 1)


def crawl(papers: Sequence[Record], wanted: Wanted, source: Source) -> Crawl:
    """Read what OpenAlex has of the references and citations of some papers."""
    found: list[_Found] = []
    asking = _Asking()
    for paper in papers:
        found.append((yield from _find(paper, asking, source)))
    lists: list[ReadList] = []
    if wanted.references:
        rows = _Rows({each.work.id: each.work for each in found if each.work and each.work.id})
        yield from _read_rows(rows, found, asking)
        lists += [_references(paper, each, rows, source) for paper, each in zip(papers, found, strict=True)]
    if wanted.citations:
        for paper, each in zip(papers, found, strict=True):
            lists.append((yield from _read_citations(paper, each, asking, wanted.most_citations, source)))
    return tuple(lists)


def _find(paper: Record, asking: _Asking, source: Source) -> Asking[_Found]:
    """The work of a paper, by its identifiers in turn; another paper's is not taken."""
    ids = asked_by(paper.identifiers)
    if not ids:
        return _Found(why="no DOI, PubMed or OpenAlex id by which OpenAlex could be asked", state="not_fetched")
    reasons: list[str] = []
    failed = False
    for each in ids:
        outcome = yield from asking.work(each)
        if isinstance(outcome, Accept) and isinstance(outcome.value, Work):
            record = record_of(outcome.value, source)
            if is_the_paper(paper, record):
                return _Found(outcome.value, _with_alias(record, each))
            reasons.append(f"{each} is another paper there, {_described(record)}")
        elif isinstance(outcome, Accept) and isinstance(outcome.value, NotKnown):
            reasons.append(f"OpenAlex knows no {each}")
        else:
            reasons.append(why_unanswered(outcome))
            failed |= not (isinstance(outcome, GiveUp) and outcome.lasting)
    return _Found(why="; ".join(dict.fromkeys(reasons)), failed=failed)


def _with_alias(record: Record, found_by: Identifier) -> Record:
    """The record with the id that it was asked by, which a merged work has no more."""
    merged = found_by.scheme == "openalex" and found_by not in record.identifiers
    return replace(record, identifiers=(*record.identifiers, found_by)) if merged else record


def _described(record: Record) -> str:
    author = f" ({record.authors[0]})" if record.authors else ""
    return f"{record.title or record.identifiers[0]}{author}"


def _read_rows(rows: _Rows, found: Iterable[_Found], asking: _Asking) -> Asking[None]:
    """Ask for the works that the papers cite, many at a time; one by one, which is free, when the budget is spent."""
    cited = (id_ for each in found if each.work for id_ in each.work.referenced or ())
    ids = [each for each in dict.fromkeys(cited) if each not in rows.works]
    batches = [ids[n : n + MAX_VALUES] for n in range(0, len(ids), MAX_VALUES)]
    for batch, outcome in (
        yield from asked_in_batches(batches, lambda batch: works_request(batch, whole=asking.whole))
    ):
        if isinstance(outcome, Accept) and isinstance(outcome.value, WorkPage):
            wanted = set(batch)
            rows.works |= {each.id: each for each in outcome.value.works if each.id in wanted}
        elif isinstance(outcome, GiveUp) and LIST in outcome.closes:
            yield from _read_singly(rows, batch, asking)
        else:
            rows.failures |= dict.fromkeys(batch, why_unanswered(outcome))


def _read_singly(rows: _Rows, ids: Sequence[str], asking: _Asking) -> Asking[None]:
    for each in ids:
        outcome = yield from asking.work(Identifier("openalex", each))
        if isinstance(outcome, Accept) and isinstance(outcome.value, Work):
            if outcome.value.id == each:  # as a list answers, which leaves out what was merged
                rows.works[each] = outcome.value
        elif not (isinstance(outcome, Accept) and isinstance(outcome.value, NotKnown)):
            rows.failures[each] = why_unanswered(outcome)


def _references(paper: Record, found: _Found, rows: _Rows, source: Source) -> ReadList:
    if not (found.work and found.record):
        return unread(paper, source, found.why, state=found.state, failed=found.failed)
    failed = (rows.failures[each] for each in found.work.referenced or () if each in rows.failures)
    return references_of(paper, found.record, found.work, rows.works, source, failure=next(failed, ""))


def _read_citations(paper: Record, found: _Found, asking: _Asking, most: int, source: Source) -> Asking[ReadList]:
    """Who cites a paper: all of them only when the walk ended with as many as the service counts.

    A walk whose cursor was refused, or during which the count changed, begins anew: once, with pages of another size,
    since those of this size are answered already. What a walk that broke off listed stays.
    """
    if not (found.work and found.record and found.work.id):
        nothing = unread(paper, source, found.why or "its id is not stated", state=found.state, failed=found.failed)
        return replace(nothing, said=replace(nothing.said, direction="citations"))
    limit = min(MAX_VALUES, most + 1)  # one more shows whether there are more
    walk = yield from _walk(found.work.id, asking, limit, most)
    before: dict[str, Work] = {}
    if walk.may_succeed_anew:
        before = walk.works
        walk = yield from _walk(found.work.id, asking, max(1, limit - 1), most)
    why, state = walk.why, _state_of(walk)
    works = walk.works if state == "complete" else before | walk.works
    works = {name: work for name, work in works.items() if name != found.work.id}
    if len(works) > most:
        why, state = why or f"stopped after {most} rows, as requested", "partial"
    if state == "partial" and not why:
        why = f"{len(walk.works)} works were listed, and {_counted(walk.counts)} counted while they were read"
    rows = tuple(ListRow(record_of(works[name], source)) for name in sorted(works)[:most])
    said = CitationList(source, found.record, state, rows, "citations", len(rows) + walk.unreadable)
    return ReadList(paper, said, why, walk.failed)


def _walk(id_: str, asking: _Asking, limit: int, most: int) -> Asking[_Walk]:
    """Read the works that cite one, page by page, until there are as many as were wanted."""
    walk, cursor, seen = _Walk(), "*", set[str]()
    while cursor:
        seen.add(cursor)
        outcome = yield from asked(citing_request(id_, cursor=cursor, limit=limit, whole=asking.whole))
        if isinstance(outcome, Shrink) and limit > MIN_PAGE:
            limit = max(MIN_PAGE, limit // 2)
            continue
        if not (isinstance(outcome, Accept) and isinstance(outcome.value, WorkPage)):
            lasting = isinstance(outcome, GiveUp) and outcome.lasting
            walk.why, walk.failed, walk.refused = why_unanswered(outcome), not lasting, lasting and cursor != "*"
            return walk
        page = outcome.value
        walk.works |= {str(each.id or each.identifiers[0]): each for each in page.works}
        walk.counts.add(page.count)
        walk.unreadable += page.unreadable
        cursor = (page.cursor if page.works or page.unreadable else None) or ""
        if cursor and len(walk.works) >= most:
            walk.why = f"stopped after {most} rows, as requested"
            return walk
        if cursor in seen:
            walk.why = "the pages repeat themselves"
            return walk
    return walk


def _state_of(walk: _Walk) -> State:
    if walk.failed and not walk.works:
        return "failed"
    whole = not walk.why and not walk.unreadable and walk.counts == {len(walk.works)}
    return "complete" if whole else "partial"


def _counted(counts: set[int | None]) -> str:
    return " and ".join("an unknown number" if each is None else str(each) for each in sorted(counts, key=str))


DOLLARS_A_LIST = 0.0001
_REFERENCES_OF_A_PAPER = 40
_ANONYMOUS, _WITH_KEY = Pace(0.12, 0.1), Pace(0.05, 0.034)
"""It serves ten requests a second, and thirty with a key."""


def expected(papers: int, wanted: Wanted) -> Mapping[str, int]:
    """How many requests of each kind so many papers take: about, and for citations at most."""
    rows = -(-papers * _REFERENCES_OF_A_PAPER // MAX_VALUES) if wanted.references else 0
    pages = papers * -(-wanted.most_citations // MAX_VALUES) if wanted.citations else 0
    return {WORK: papers, LIST: rows + pages}


OPENALEX = CitationService(
    kind="openalex",
    label=LABEL,
    home="https://api.openalex.org",
    credit="Data from OpenAlex, https://openalex.org (Priem et al. 2022, arXiv:2205.01833)",
    directions=frozenset({"references", "citations"}),
    calls={WORK: Call(_ANONYMOUS, _WITH_KEY), LIST: Call(_ANONYMOUS, _WITH_KEY, DOLLARS_A_LIST)},
    crawl=crawl,
    expected=expected,
    read=read,
    after_refusal=after_refusal,
    secret=SecretHeader("OPENALEX_API_KEY", "a key", "Authorization", "Bearer {}"),
    can_shrink=can_shrink,
    rows_in=rows_in,
    kept=kept,
)
