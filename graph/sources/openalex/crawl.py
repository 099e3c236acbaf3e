"""What to ask OpenAlex for next: the works of the papers, then the works that they cite, and those that cite them."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ...model.corpus import Source, State
from ...model.identifiers import Identifier
from ..citation_service import Crawl, ReadList, Wanted, asked
from ..http.outcomes import Accept, GiveUp, Outcome, Shrink
from ..http.request import Request
from ..records import CitationList, ListRow, Record
from .answers import NotKnown, WorkPage
from .lists import is_the_paper, record_of, references_of, unread
from .requests import LIST, MAX_VALUES, MIN_PAGE, asked_by, citing_request, work_request, works_request
from .works import Work

_ANOTHER_ANSWER = "the service answered another question"


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

    def work(self, identifier: Identifier) -> Generator[Request, Outcome[Any], Outcome[Any]]:
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
    budget_spent: bool = False


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


def _find(paper: Record, asking: _Asking, source: Source) -> Generator[Request, Outcome[Any], _Found]:
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
            reasons.append(_why(outcome))
            failed |= not (isinstance(outcome, GiveUp) and outcome.lasting)
    return _Found(why="; ".join(dict.fromkeys(reasons)), failed=failed)


def _with_alias(record: Record, found_by: Identifier) -> Record:
    """The record with the id that it was asked by, which a merged work has no more."""
    merged = found_by.scheme == "openalex" and found_by not in record.identifiers
    return replace(record, identifiers=(*record.identifiers, found_by)) if merged else record


def _described(record: Record) -> str:
    author = f" ({record.authors[0]})" if record.authors else ""
    return f"{record.title or record.identifiers[0]}{author}"


def _read_rows(rows: _Rows, found: Iterable[_Found], asking: _Asking) -> Generator[Request, Outcome[Any], None]:
    """Ask for the works that the papers cite, many at a time; one by one, which is free, when the budget is spent."""
    cited = (id_ for each in found if each.work for id_ in each.work.referenced or ())
    ids = [each for each in dict.fromkeys(cited) if each not in rows.works]
    waiting = [ids[n : n + MAX_VALUES] for n in range(0, len(ids), MAX_VALUES)]
    while waiting:
        batch = waiting.pop(0)
        if rows.budget_spent:
            yield from _read_singly(rows, batch, asking)
            continue
        outcome = yield from asked(works_request(batch, whole=asking.whole))
        if isinstance(outcome, Shrink) and len(batch) > 1:
            middle = len(batch) // 2
            waiting[:0] = [batch[:middle], batch[middle:]]
        elif isinstance(outcome, Accept) and isinstance(outcome.value, WorkPage):
            wanted = set(batch)
            rows.works |= {each.id: each for each in outcome.value.works if each.id in wanted}
        elif isinstance(outcome, GiveUp) and LIST in outcome.closes:
            rows.budget_spent = True
            waiting.insert(0, batch)
        else:
            rows.failures |= dict.fromkeys(batch, _why(outcome))


def _read_singly(rows: _Rows, ids: Sequence[str], asking: _Asking) -> Generator[Request, Outcome[Any], None]:
    for each in ids:
        outcome = yield from asking.work(Identifier("openalex", each))
        if isinstance(outcome, Accept) and isinstance(outcome.value, Work):
            if outcome.value.id == each:  # as a list answers, which leaves out what was merged
                rows.works[each] = outcome.value
        elif not (isinstance(outcome, Accept) and isinstance(outcome.value, NotKnown)):
            rows.failures[each] = _why(outcome)


def _references(paper: Record, found: _Found, rows: _Rows, source: Source) -> ReadList:
    if not (found.work and found.record):
        return unread(paper, source, found.why, state=found.state, failed=found.failed)
    failed = (rows.failures[each] for each in found.work.referenced or () if each in rows.failures)
    return references_of(paper, found.record, found.work, rows.works, source, failure=next(failed, ""))


def _read_citations(
    paper: Record, found: _Found, asking: _Asking, most: int, source: Source
) -> Generator[Request, Outcome[Any], ReadList]:
    """Who cites a paper, page by page: all of them only when the walk ended with as many as the service counts."""
    if not (found.work and found.record and found.work.id):
        nothing = unread(paper, source, found.why or "its id is not stated", state=found.state, failed=found.failed)
        return replace(nothing, said=replace(nothing.said, direction="citations"))
    id_, works, counts = found.work.id, dict[str, Work](), set[int | None]()
    cursor: str | None = "*"
    seen, limit, unreadable, why, failed = set[str](), MAX_VALUES, 0, "", False
    while cursor and not why:
        seen.add(cursor)
        outcome = yield from asked(citing_request(id_, cursor=cursor, limit=limit, whole=asking.whole))
        if isinstance(outcome, Shrink) and limit > MIN_PAGE:
            limit = max(MIN_PAGE, limit // 2)
            continue
        if not (isinstance(outcome, Accept) and isinstance(outcome.value, WorkPage)):
            why, failed = _why(outcome), not (isinstance(outcome, GiveUp) and outcome.lasting)
            break
        page = outcome.value
        works |= {str(each.id or each.identifiers[0]): each for each in page.works}
        counts.add(page.count)
        unreadable += page.unreadable
        cursor = page.cursor if page.works or page.unreadable else None
        if cursor and len(works) >= most:
            why = f"stopped after {most} rows, as requested"
        elif cursor in seen:
            why = "the pages repeat themselves"
    works.pop(id_, None)
    state: State = "partial"
    if failed and not works:
        state = "failed"
    elif not why and counts == {len(works) + unreadable} and not unreadable:
        state = "complete"
    elif not why:
        why = f"{len(works)} works were listed, and {_counted(counts)} counted while they were read"
    rows = tuple(ListRow(record_of(works[each], source)) for each in sorted(works))
    said = CitationList(source, found.record, state, rows, "citations", len(rows) + unreadable)
    return ReadList(paper, said, why, failed)


def _counted(counts: set[int | None]) -> str:
    return " and ".join("an unknown number" if each is None else str(each) for each in sorted(counts, key=str))


def _why(outcome: Outcome[Any]) -> str:
    return outcome.why if isinstance(outcome, GiveUp | Shrink) else _ANOTHER_ANSWER
