"""What a fetch found and what it did not, in lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ...model.identifiers import parse_identifier
from ...utils.text import clipped, for_terminal
from ..semantic_scholar.responses import PaperRow
from ..semantic_scholar.to_records import names_another
from .crawl import Findings, Listed, Resolved
from .run import Fetched

ATTRIBUTION = (
    "Data from Semantic Scholar, https://www.semanticscholar.org/?utm_source=api "
    "(Kinney et al., The Semantic Scholar Open Data Platform, arXiv:2301.10140)"
)
_SHOWN = 20


def coverage_lines(findings: Findings) -> list[str]:
    """One line a wanted paper: what is known of its references and of its citations."""
    lists = {(each.walk.paper, each.walk.direction): each for each in findings.lists}
    lines = []
    for each in findings.resolved:
        id_ = str(each.row.paper_id)
        parts = [
            f"{direction} {_extent(lists[id_, direction])}"
            for direction in ("references", "citations")
            if (id_, direction) in lists
        ]
        lines.append(for_terminal(f"{clipped(each.wanted.label, 44):<44}  {'; '.join(parts) or 'metadata alone'}"))
    return lines


def remark_lines(fetched: Fetched) -> list[str]:
    """What a person should know or mend: papers not found, answers that do not fit, rows left out."""
    findings = fetched.findings
    lines = [
        f"not found: {each.wanted.label}: {each.why}{_suggested(each.suggestions)}" for each in findings.unresolved
    ]
    lines += [line for each in findings.resolved for line in _doubts(each)]
    lines += _first(list(_unreadable(findings)), "more rows that could not be read")
    failed = [each for each in findings.lists if each.walk.ending in ("failed", "not_found")]
    names = {each.row.paper_id: each.wanted.label for each in findings.resolved}
    names = {row.paper_id: clipped(row.title or "", 60) for row in findings.bridges} | names
    lines += _first(
        [
            f"{each.walk.direction} of {names.get(each.walk.paper) or each.walk.paper}: {each.walk.why}"
            for each in failed
        ],
        "more lists that failed",
    )
    if fetched.damaged:
        lines.append(f"{fetched.damaged} damaged lines of the log of answers were passed over, and asked again")
    return [for_terminal(line) for line in lines]


def total_lines(fetched: Fetched) -> list[str]:
    """The sums, and who is to be thanked."""
    findings, tally = fetched.findings, fetched.tally
    papers = {each.row.paper_id for each in findings.resolved}
    wanted = len(findings.resolved) + len(findings.unresolved)
    asked = f"{tally.sent} requests sent, {tally.from_log} answers were there already"
    lines = [
        f"{wanted} wanted, {len(findings.resolved)} found, which are {len(papers)} papers; {asked}",
        f"the corpus has {len(fetched.corpus.papers)} papers and {len(fetched.corpus.citations)} citations",
    ]
    bridges = {row.paper_id for row in findings.bridges}
    states = Counter(
        each.walk.state for each in findings.lists if each.walk.direction == "references" and each.walk.paper in bridges
    )
    if bridges:
        told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        lines.append(f"papers that several of the list cite, and their references: {len(bridges)} ({told})")
    unresolved = sum(row.paper.paper_id is None for each in findings.lists for row in each.walk.rows)
    if unresolved:
        lines.append(f"rows that name a paper which Semantic Scholar could not resolve: {unresolved}")
    return [*lines, ATTRIBUTION]


def _extent(listed: Listed) -> str:
    walk = listed.walk
    rows = len(walk.rows) + len(walk.unreadable)
    of = f" of {listed.counted} counted" if listed.counted is not None and listed.counted != rows else ""
    why = f" ({walk.why})" if walk.why else ""
    return f"{rows}{of}, {walk.state}{why}"


def _doubts(each: Resolved) -> Iterator[str]:
    """Whether the service answered with the paper that was asked for."""
    asked = parse_identifier(each.asked)
    title = each.row.title or "an untitled paper"
    if asked is not None and names_another(asked, each.row):
        yield f"{each.wanted.label}: asked for {asked}, got {_named(each.row)} {title!r}; check that it is the same"


def _named(row: PaperRow) -> str:
    return str(row.identifiers[0]) if row.identifiers else str(row.paper_id)


def _suggested(titles: Sequence[str]) -> str:
    return f"; did you mean {'; '.join(clipped(title, 80) for title in titles[:3])}?" if titles else ""


def _unreadable(findings: Findings) -> Iterator[str]:
    for each in findings.lists:
        for why in each.walk.unreadable:
            yield f"{each.walk.direction} of s2:{each.walk.paper}: left out {why}"


def _first(lines: list[str], more: str) -> list[str]:
    return lines if len(lines) <= _SHOWN else [*lines[:_SHOWN], f"... and {len(lines) - _SHOWN} {more}"]
