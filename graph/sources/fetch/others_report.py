"""What other services than Semantic Scholar said, in lines for people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ...model.corpus import STATES, Corpus
from ...model.notices import standing
from ...utils.text import clipped, for_terminal, plural
from ..citation_service import ReadList
from ..records import Record
from ..semantic_scholar.pagination import PagedList
from .others import ServiceAnswers

_MAX_LINES = 20
_CLAUSE = re.compile(r"[,;] ")
_STANDINGS = {"retracted": "retracted", "concern": "expression of concern"}


def extents(paper: str, heard: Sequence[ServiceAnswers]) -> list[str]:
    """What each service that could be asked has of the lists of one paper, by the end of the name of its record."""
    return [
        f"{each.service.label}: {best.said.direction} {_extent(best)}"
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
        more = [f"... and {len(failed) - _MAX_LINES} more lists that {label} does not have"]
        lines += failed if len(failed) <= _MAX_LINES else failed[:_MAX_LINES] + more
        reasons = Counter(read.why for read in each.lists if read.said.state == "not_fetched")
        for why, count in sorted(reasons.items()):
            lines.append(f"{label} was not asked about {count} {plural(count, 'paper')}: {why}")
        if each.damaged:
            lines.append(f"{label}: {each.damaged} damaged lines in its file of answers were skipped")
    return [for_terminal(line) for line in lines]


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
        if is_entry(read.asked) and read.said.paper.record_id != read.asked.record_id
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


def _extent(read: ReadList) -> str:
    count = len(read.said.rows) if read.said.row_count is None else read.said.row_count
    why = _CLAUSE.split(read.why, maxsplit=1)[0]
    return f"{count}, {read.said.state}{f' ({why})' if why else ''}"


def is_entry(record: Record) -> bool:
    """Whether a record is that of an entry of the list."""
    return record.record_id.startswith("list#")


def _end(record: Record) -> str:
    return f"/{record.record_id.rpartition('/')[2]}"
