"""What a fetch found and what it did not, and what other services than Semantic Scholar said, in lines for people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ...model.corpus import STATES, Corpus
from ...model.identifiers import parse_identifier
from ...model.notices import standing
from ...utils.text import clipped, for_terminal, plural
from ..citation_service import ReadList
from ..records import Record
from ..semantic_scholar.pagination import PagedList
from ..semantic_scholar.paper_rows import PaperRow
from ..semantic_scholar.to_records import names_another_paper
from .crawl import CrawlResult, Resolved
from .others import ServiceAnswers, is_entry
from .run import Fetched

ATTRIBUTION = (
    "Data from Semantic Scholar, https://www.semanticscholar.org/?utm_source=api "
    "(Kinney et al., The Semantic Scholar Open Data Platform, arXiv:2301.10140)"
)
_MAX_LINES = 20


def coverage_lines(result: CrawlResult, heard: Sequence[ServiceAnswers] = ()) -> list[str]:
    """A line for each paper that was found: what each service knows of its references and of its citations."""
    lists = {(paged.paper, paged.direction): paged for paged in result.lists}
    lines = []
    for each in result.resolved:
        parts = [
            f"{direction} {_extent(lists[str(each.row.paper_id), direction])}"
            for direction in ("references", "citations")
            if (each.row.paper_id, direction) in lists
        ]
        parts += extents(f"/s2:{each.row.paper_id}", heard)
        lines.append(for_terminal(f"{clipped(each.target.label, 44):<44}  {'; '.join(parts) or 'metadata alone'}"))
    return lines + lines_of_entries(heard)


def remark_lines(fetched: Fetched) -> list[str]:
    """What a person should know or fix: papers not found, answers that do not fit, rows left out."""
    result = fetched.result
    lines = [
        f"not found: {each.target.label}: {each.why}{_did_you_mean(each.suggestions)}" for each in result.unresolved
    ]
    lines += [line for each in result.resolved for line in _mismatch(each)]
    unreadable = [
        f"{paged.direction} of s2:{paged.paper}: left out {why}" for paged in result.lists for why in paged.unreadable
    ]
    lines += _first(unreadable, "more rows that could not be read")
    labels = {row.paper_id: clipped(row.title or "", 60) for row in result.bridges}
    labels |= {each.row.paper_id: each.target.label for each in result.resolved}
    failed = [
        f"{paged.direction} of {labels.get(paged.paper) or paged.paper}: {paged.why}"
        for paged in result.lists
        if paged.ending in ("failed", "not_found")
    ]
    lines += _first(failed, "more lists that failed")
    if fetched.damaged:
        lines.append(f"{_damaged_lines(fetched.damaged)} in the file of answers, skipped and requested again")
    lines += [*others_remarks(fetched.heard), *_first(notice_lines(fetched.corpus), "more papers with such a notice")]
    return [for_terminal(line) for line in lines]


def title_match_lines(fetched: Fetched) -> list[str]:
    """A line for each paper that was found by its title alone, with the year of the file and that of the service."""
    return [for_terminal(_by_title(each)) for each in fetched.result.resolved if each.by_title]


def total_lines(fetched: Fetched) -> list[str]:
    """The totals, and whom to credit."""
    result, counts = fetched.result, fetched.counts
    more = entries_known(fetched.heard)
    papers = {*more, *(str(each.row.paper_id) for each in result.resolved)}
    found = len(result.resolved) + len(more)
    known = {identifier for record in more.values() for identifier in record.identifiers}
    targets = found + sum(known.isdisjoint(each.target.identifiers) for each in result.unresolved)
    papers_here, arcs = len(fetched.corpus.papers), len(fetched.corpus.citations)
    sent = f"{counts.sent} {plural(counts.sent, 'request')} sent, "
    sent += f"{counts.from_cache} {plural(counts.from_cache, 'answer')} from earlier runs"
    if fetched.growth:
        return [sent, ATTRIBUTION]
    lines = [
        f"{targets} wanted, {found} found, {len(papers)} different {plural(len(papers), 'paper')}; {sent}",
        f"the corpus has {papers_here} {plural(papers_here, 'paper')} and {arcs} {plural(arcs, 'citation')}",
    ]
    if result.bridges:
        bridges = {row.paper_id for row in result.bridges}
        states = Counter(
            paged.state for paged in result.lists if paged.direction == "references" and paged.paper in bridges
        )
        by_state = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        lines.append(f"papers that several of the list cite, and their references: {len(bridges)} ({by_state})")
    unresolved = sum(row.paper.paper_id is None for paged in result.lists for row in paged.rows)
    if unresolved:
        lines.append(f"rows that name a paper which Semantic Scholar could not resolve: {unresolved}")
    lines += others_totals(fetched.heard, result.lists)
    return [*lines, ATTRIBUTION] if result.resolved or not fetched.heard else lines


def _extent(paged: PagedList) -> str:
    rows = paged.row_count
    of = f" of {paged.counted} counted" if paged.counted is not None and paged.counted != rows else ""
    why = f" ({paged.why})" if paged.why else ""
    return f"{rows}{of}, {paged.state}{why}"


def _mismatch(each: Resolved) -> Iterator[str]:
    """A line if the service may have answered with another paper than the requested one."""
    requested = None if each.by_title else parse_identifier(each.found_by)
    if requested is not None and names_another_paper(requested, each.row):
        title = each.row.title or "an untitled paper"
        yield f"{each.target.label}: asked for {requested}, got {_name(each.row)} {title!r}; check that it is the same"


def _by_title(each: Resolved) -> str:
    author = f"{each.row.authors[0]}, " if each.row.authors else ""
    differs = each.target.year is not None and each.row.year is not None and each.target.year != each.row.year
    return (
        f"matched by title alone: {each.target.label} ({_year(each.target.year)} here): {_name(each.row)} "
        f"({author}{_year(each.row.year)} there){'; check that it is the same' if differs else ''}"
    )


def _year(year: int | None) -> str:
    return str(year) if year else "no year"


def _name(row: PaperRow) -> str:
    return str(row.identifiers[0]) if row.identifiers else str(row.paper_id)


def _did_you_mean(titles: Sequence[str]) -> str:
    return f"; did you mean {'; '.join(clipped(title, 80) for title in titles[:3])}?" if titles else ""


def _first(lines: list[str], more: str) -> list[str]:
    return lines if len(lines) <= _MAX_LINES else [*lines[:_MAX_LINES], f"... and {len(lines) - _MAX_LINES} {more}"]


_CLAUSE = re.compile(r"[,;] ")
_STANDINGS = {"retracted": "retracted", "concern": "expression of concern"}


def extents(paper: str, heard: Sequence[ServiceAnswers]) -> list[str]:
    """What each service that could be asked has of the lists of one paper, by the end of the name of its record."""
    return [
        f"{each.service.label}: {best.said.direction} {_extent_of_list(best)}"
        for each in heard
        for best in _best(read for read in each.lists if read.asked.record_id.endswith(paper))
        if best.said.state != "not_fetched"
    ]


def lines_of_entries(heard: Sequence[ServiceAnswers]) -> list[str]:
    """A line for each entry of the list that only other services were asked about."""
    asked = {read.asked.record_id: read.asked for each in heard for read in each.lists if is_entry(read.asked)}
    return [
        for_terminal(f"{clipped(called(record), 44):<44}  {'; '.join(extents(name, heard))}")
        for name, record in asked.items()
    ]


def others_remarks(heard: Sequence[ServiceAnswers]) -> list[str]:
    """What a person should know: who stopped answering, which lists failed, who could not be asked about what."""
    lines = []
    for each in heard:
        label = each.service.label
        if each.outage:
            lines.append(f"{label}: {each.outage}")
        failed = [
            f"{label}: {read.said.direction} of {called(read.asked)}: {read.why}"
            for read in each.lists
            if read.said.state == "failed" and not (each.outage and read.failed)
        ]
        lines += _first(failed, f"more lists that {label} does not have")
        reasons = Counter(read.why for read in each.lists if read.said.state == "not_fetched")
        for why, count in sorted(reasons.items()):
            lines.append(f"{label} was not asked about {count} {plural(count, 'paper')}: {why}")
        if each.damaged:
            lines.append(f"{label}: {_damaged_lines(each.damaged)} in its file of answers, skipped")
    return [for_terminal(line) for line in lines]


def _damaged_lines(number: int) -> str:
    return f"{number} damaged {plural(number, 'line')}"


def others_totals(heard: Sequence[ServiceAnswers], scholar: Iterable[PagedList]) -> list[str]:
    """What each service listed, which lists it has that Semantic Scholar lacks, and whom to credit."""
    lacking = {f"/s2:{paged.paper}" for paged in scholar if paged.direction == "references" and not paged.rows}
    lines = []
    for each in heard:
        references = [read for read in each.lists if read.said.direction == "references"]
        states = Counter(read.said.state for read in references if read.said.state != "not_fetched")
        by_state = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        rows = sum(read.said.row_count or 0 for read in each.lists)
        lines.append(f"{each.service.label}: {rows} {plural(rows, 'row')}; lists of references: {by_state or 'none'}")
        filled = {_end(read.asked) for read in references if read.said.rows and _end(read.asked) in lacking}
        if filled:
            lines.append(f"lists of references that Semantic Scholar lacks and {each.service.label} has: {len(filled)}")
    return [*map(for_terminal, lines), *(each.service.credit for each in heard)]


def notice_lines(corpus: Corpus) -> list[str]:
    """A line for each paper that is retracted or in doubt, with who says so."""
    lines = []
    for key, notices in corpus.notices_by_paper.items():
        found = _STANDINGS.get(standing(notices) or "")
        if found:
            labels = dict.fromkeys(corpus.sources[each.source].label for each in notices)
            lines.append(f"{found}: {clipped(corpus.papers[key].name, 60)} ({'; '.join(labels)})")
    return lines


def entries_known(heard: Sequence[ServiceAnswers]) -> dict[str, Record]:
    """The entries of the list that at least one service knows, by their names."""
    return {
        read.asked.record_id: read.asked
        for each in heard
        for read in each.lists
        if is_entry(read.asked) and read.is_known
    }


def called(record: Record) -> str:
    """What to call a paper: its title, or its first identifier."""
    return clipped(record.title or "", 60) or next(map(str, record.identifiers), record.record_id)


def _best(reads: Iterable[ReadList]) -> Iterator[ReadList]:
    """Of each direction the list that has most."""
    best: dict[str, ReadList] = {}
    for read in reads:
        known = best.setdefault(read.said.direction, read)
        if _rank(read) < _rank(known):
            best[read.said.direction] = read
    yield from best.values()


def _rank(read: ReadList) -> tuple[int, int]:
    return STATES.index(read.said.state), -(read.said.row_count or 0)


def _extent_of_list(read: ReadList) -> str:
    why = _CLAUSE.split(read.why, maxsplit=1)[0]
    return f"{read.said.listed}, {read.said.state}{f' ({why})' if why else ''}"


def _end(record: Record) -> str:
    return f"/{record.record_id.rpartition('/')[2]}"
