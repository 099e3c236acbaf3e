"""Who lists the references of papers, as text and as a JSON value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ...analysis.disputes import Dispute
from ...analysis.silence import WORDS
from ...analysis.witnesses import Overlap, PaperWitnesses, Witness, Witnesses
from ...model.lineage import Lineage
from ...model.origins import DEPOSIT, origin_of
from ...model.serialize import to_row
from ...utils.text import clipped, for_terminal
from ..json_forms import witness_form
from ..wording import KIND_NAMES, SHOWN, counted, name_of, year_of

UNLIKE, APART = 0.4, 1
"""Titles that are less like each other, and years further apart, are shown; JSON and CSV have the others, too."""


def witnesses_text(lineage: Lineage, found: Witnesses, *, whole: bool = False) -> str:
    """Who lists how many references of each paper, what they share, what is missing and why.

    With `whole` every citation that a source lacks, or that one origin alone asserts, has a line.
    """
    lines = [f"Who lists the references of {counted(len(found.papers), 'paper')}", *_independence(lineage)]
    for each in found.papers:
        lines += ["", *_paper_lines(lineage, each)]
    sections = [
        ("Lists that are short", [short_line(lineage, key, each) for key, each in found.short]),
        ("Citations that both of two kinds of source assert", [_overlap_line(each) for each in found.overlaps]),
        ("What one origin alone asserts, and another list lacks", list(_alone_lines(lineage, found, whole=whole))),
        ("What is missing from a list, and the likely reason", list(_missing_lines(lineage, found, whole=whole))),
        ("Years and titles that sources give otherwise", list(_dispute_lines(lineage, found))),
    ]
    for title, rows in sections:
        lines += ["", f"{title}: {len(rows) or 'none'}", *(f"  {row}" for row in rows)]
    return "\n".join(lines) + "\n"


def _independence(lineage: Lineage) -> Iterator[str]:
    """That sources repeat each other, where several of the corpus do."""
    kinds = {each.kind for each in lineage.corpus.sources.values()}
    if sum(origin_of(kind) == DEPOSIT or kind == "semantic_scholar" for kind in kinds) > 1:
        services = "Crossref, OpenAlex, OpenCitations and often Semantic Scholar"
        yield f"{services} repeat one deposit of the publisher: that is one origin."


def _paper_lines(lineage: Lineage, paper: PaperWitnesses) -> Iterator[str]:
    agreed = ", ".join(
        f"{number:,} by {counted(origins, 'origin')}" for origins, number in enumerate(paper.by_origins, 1) if number
    )
    head = f"{name_of(lineage, paper.key)} ({year_of(lineage, paper.key)})"
    if not paper.witnesses:
        yield f"{head}: no source was asked"
        return
    yield f"{head}: sources name {counted(paper.cited, 'paper')}" + (f", {agreed}" if agreed else "")
    for each in paper.witnesses:
        yield f"  {_witness_line(lineage, each)}"


def _witness_line(lineage: Lineage, each: Witness) -> str:
    parts = [each.state.replace("_", " "), f"{each.entries:,} {'entry' if each.entries == 1 else 'entries'}"]
    if each.unidentified:
        parts.append(f"{each.unidentified:,} not identified or repeated")
    if each.alone:
        lacked = f" ({len(each.lacked):,} of them lacked by another list)" if each.lacked else ""
        parts.append(f"{len(each.alone):,} by this origin alone{lacked}")
    if each.lacks:
        parts.append(f"lacks {len(each.lacks):,}")
    short = ", SHORT" if each.is_short else ""
    return for_terminal(f"{lineage.corpus.sources[each.source].label}: {', '.join(parts)}{short}")


def short_line(lineage: Lineage, key: str, each: Witness) -> str:
    """That a list is short, and why, as far as its coverage says."""
    label = lineage.corpus.sources[each.source].label
    share = each.entries / each.expected
    reasons = Counter(why for _, why in each.lacks if why != "not_comparable")
    likely = f"; mostly: {WORDS[reasons.most_common(1)[0][0]]}" if reasons else ""
    return for_terminal(
        f"{name_of(lineage, key)}: {label} lists {each.entries:,} of at least {each.expected:,} ({share:.0%}){likely}"
    )


def _overlap_line(each: Overlap) -> str:
    one, other = KIND_NAMES.get(each.one, each.one), KIND_NAMES.get(each.other, each.other)
    return f"{one} and {other}: {each.both:,}; only the first {each.only_one:,}, only the second {each.only_other:,}"


def _alone_lines(lineage: Lineage, found: Witnesses, *, whole: bool) -> Iterator[str]:
    for paper in found.papers:
        for each in paper.witnesses:
            label, name = lineage.corpus.sources[each.source].label, name_of(lineage, paper.key)
            most = len(each.lacked) if whole else SHOWN
            for cited in each.lacked[:most]:
                yield for_terminal(f"{name} cites {name_of(lineage, cited)}: only {label}")
            if len(each.lacked) > most:
                yield for_terminal(f"{name}: and {len(each.lacked) - most:,} more that only {label} has")


def _missing_lines(lineage: Lineage, found: Witnesses, *, whole: bool) -> Iterator[str]:
    for paper in found.papers:
        for each in paper.witnesses:
            label, name = lineage.corpus.sources[each.source].label, name_of(lineage, paper.key)
            for why, number in Counter(why for _, why in each.lacks).most_common():
                yield for_terminal(f"{name}: {label} lacks {number:,}: {WORDS[why]}")
                for cited in (cited for cited, its in each.lacks if whole and its == why):
                    yield f"  {name_of(lineage, cited)} ({year_of(lineage, cited)})"


def _dispute_lines(lineage: Lineage, found: Witnesses) -> Iterator[str]:
    shown = [each for each in found.disputes if each.distance > (APART if each.field == "year" else UNLIKE)]
    for each in shown:
        yield for_terminal(
            f"{name_of(lineage, each.key)}, {each.field}: {clipped(each.said, 70)!r} in {each.record}, "
            f"{clipped(each.held, 70)!r} here"
        )
    if len(found.disputes) > len(shown):
        yield f"and {len(found.disputes) - len(shown):,} that differ by a year, or in the wording of a title"


def witnesses_form(lineage: Lineage, found: Witnesses) -> dict[str, Any]:
    """The same as a JSON value, with every citation that a source lacks and every dispute."""
    return {
        "sources": [to_row(each) | {"origin": origin_of(each.kind)} for each in lineage.corpus.sources.values()],
        "papers": [_paper_form(lineage, each) for each in found.papers],
        "overlaps": [to_row(each) for each in found.overlaps],
        "short": [{"key": key} | witness_form(each) for key, each in found.short],
        "disputes": [_dispute_form(each) for each in found.disputes],
        "reasons": dict(WORDS),
    }


def _paper_form(lineage: Lineage, paper: PaperWitnesses) -> dict[str, Any]:
    return {
        "key": paper.key,
        "name": lineage.paper(paper.key).name,
        "cited": paper.cited,
        "by_origins": {str(origins): number for origins, number in enumerate(paper.by_origins, 1)},
        "witnesses": [
            witness_form(each)
            | {
                "papers": len(each.cited),
                "unidentified": each.unidentified,
                "alone": list(each.alone),
                "lacked_by_another": list(each.lacked),
                "lacks": [{"cited": cited, "why": why} for cited, why in each.lacks],
            }
            for each in paper.witnesses
        ],
        "overlaps": [to_row(each) for each in paper.overlaps],
    }


def _dispute_form(each: Dispute) -> dict[str, Any]:
    return {name: getattr(each, name) for name in ("key", "record", "source", "field", "said", "held", "distance")}
