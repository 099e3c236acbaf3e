"""Answers about networks with too many papers to list, as text and as JSON values.

The JSON values have the keys of the full answers; what was not computed is null.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ...analysis.large_network import LargeFlow, LargeMainPath, LargeNetwork
from ...model.lineage import Lineage
from ..json_forms import Form, citation_form, paper_form
from .large_counts import exact, large
from .wording import asserted, counted, name_of, themes_of, year_of

if TYPE_CHECKING:
    from ...index.path_weights import ScaledCount

LARGEST_FLOAT_LOG10 = 308


def large_flow_text(lineage: Lineage, answer: LargeFlow, *, top: int = 40) -> str:
    """The flow between two papers; `top` is how many papers and citations are shown at most."""
    return "\n".join(_flow_lines(lineage, answer, top)) + "\n"


def _flow_lines(lineage: Lineage, answer: LargeFlow, top: int) -> Iterator[str]:
    start, end = name_of(lineage, answer.start), name_of(lineage, answer.end)
    paths = f"{large(answer.paths.number)} paths"
    total = paths if answer.is_whole else "more paths than can be counted"
    yield f"{start} → {end}: {total}, through {counted(answer.papers - 2, 'paper')} between the two."
    yield from _dropped_lines(answer)
    if not answer.is_whole:
        yield f"So changed, the network has {paths}; all that follows is about these."
    yield f"Shortest ({counted(answer.shortest, 'hop')}, circles included): {large(answer.ties)} that tie."
    names = " → ".join(name_of(lineage, key) for key in answer.heaviest)
    yield (
        f"Heaviest ({counted(len(answer.heaviest) - 1, 'hop')}, "
        f"{large(answer.greatest.number)} paths summed over its citations): {names}"
    )
    yield "Which papers no path avoids, and which citations longer chains imply, is not computed for so many papers."
    yield ""
    yield f"Paths through each paper, the first of {answer.papers - 2:,}:"
    papers = dict(list(answer.through.items())[:top])
    width = _width(papers)
    for key, count in papers.items():
        share = 10 ** (count.log10 - answer.paths.log10)
        paper = f"{year_of(lineage, key)}  {name_of(lineage, key)}  {themes_of(lineage, key)}".rstrip()
        yield f"  {large(count.number):>{width}}  {share:>4.0%}  {paper}"
    yield ""
    yield f"Paths through each citation, the first of {answer.citations:,}:"
    arcs = dict(list(answer.arcs.items())[:top])
    width = _width(arcs)
    for (cited, citing), count in arcs.items():
        source = asserted(lineage, lineage.citation(cited, citing))
        yield f"  {large(count.number):>{width}}  {name_of(lineage, cited)} → {name_of(lineage, citing)}: {source}"


def _width(counts: Mapping[Any, ScaledCount]) -> int:
    return max((len(large(count.number)) for count in counts.values()), default=0)


def large_main_path_text(lineage: Lineage, answer: LargeMainPath, *, top: int = 40) -> str:
    """The main path, one line a citation; `top` is how many citations are shown at most."""
    return "\n".join(_main_path_lines(lineage, answer, top)) + "\n"


def _main_path_lines(lineage: Lineage, answer: LargeMainPath, top: int) -> Iterator[str]:
    where = "the whole store"
    if answer.start is not None and answer.end is not None:
        where = f"{name_of(lineage, answer.start)} → {name_of(lineage, answer.end)}"
    yield f"Main path of {where}, SPC, global search."
    if not answer.has_path:
        yield "No citation runs between papers of it, so that there is no path."
        return
    yield (
        f"{counted(len(answer.heaviest), 'paper')} and {counted(len(answer.heaviest) - 1, 'citation')}, "
        f"with a sum of {large(answer.greatest.number)}; paths that tie with it are not listed."
    )
    yield (
        f"It was looked for in {counted(answer.papers, 'paper')} and {counted(answer.citations, 'citation')}, "
        f"which make {large(answer.paths.number)} paths"
    )
    yield (
        f"from {counted(answer.sources, 'paper')} that cite nothing among them "
        f"to {answer.sinks:,} that nothing among them cites."
    )
    yield from _dropped_lines(answer)
    yield ""
    before: str | None = None
    for key in answer.heaviest[: top + 1]:
        line = f"  {year_of(lineage, key):<4}  {name_of(lineage, key)}  {themes_of(lineage, key)}".rstrip()
        if before is not None:
            source = asserted(lineage, lineage.citation(before, key))
            line += f"  cites {name_of(lineage, before)} (SPC {large(answer.arcs[before, key].number)}): {source}"
        yield line
        before = key
    if len(answer.heaviest) > top + 1:
        yield "... and more citations; --top shows more of them."


def _dropped_lines(answer: LargeNetwork) -> Iterator[str]:
    later, tied = answer.dropped
    if later or tied:
        yield (
            f"By date, dropped {counted(later, 'citation')} of a later paper and {counted(tied, 'citation')} "
            "in circles that dates do not open."
        )


def large_flow_form(lineage: Lineage, answer: LargeFlow) -> Form:
    """The flow as a JSON value."""
    return {
        "from": paper_form(lineage, answer.start),
        "to": paper_form(lineage, answer.end),
        "scope": "store",
        "total": _count(answer.paths) if answer.is_whole else None,
        "papers": None,
        "papers_between": answer.papers - 2,
        "citations_between": answer.citations,
        "unavoidable": None,
        "cycles": _cycles(answer),
        "paths": _count(answer.paths),
        "paths_log10": round(answer.paths.log10, 6),
        "through": {key: _count(count) for key, count in answer.through.items()},
        "arcs": [_arc(lineage, arc) | {"paths": _count(count), "implied": None} for arc, count in answer.arcs.items()],
        "shortest": {"hops": answer.shortest, "paths": exact(answer.ties)},
        "longest": None,
        "heaviest": {
            "hops": len(answer.heaviest) - 1,
            "weight": _count(answer.greatest),
            "examples": [list(answer.heaviest)],
        },
    }


def large_main_path_form(lineage: Lineage, answer: LargeMainPath) -> Form:
    """The main path as a JSON value."""
    return {
        "scope": {
            "within": "store",
            "theme": None,
            "between": None if answer.start is None else [answer.start, answer.end],
        },
        "weight": "SPC",
        "search": {"name": "global", "routes": 1, "tolerance": 0.0, "every_end": False},
        "cycles": _cycles(answer),
        "network": {
            "papers": answer.papers,
            "citations": answer.citations,
            "sources": answer.sources,
            "sinks": answer.sinks,
            "paths": _count(answer.paths),
            "paths_log10": round(answer.paths.log10, 6) if answer.has_path else None,
            "left_out": None,
        },
        "papers": [{"node": key, "papers": [paper_form(lineage, key)]} for key in answer.heaviest],
        "arcs": [_arc(lineage, arc) | {"weight": _count(answer.arcs[arc])} for arc in pairwise(answer.heaviest)],
        "paths": None,
        "sum": _count(answer.greatest) if answer.has_path else None,
        "robustness": None,
    }


def _cycles(answer: LargeNetwork) -> Form:
    later, tied = answer.dropped
    return {"choice": "date", "dropped": None, "dropped_later": later, "dropped_tied": tied}


def _arc(lineage: Lineage, arc: tuple[str, str]) -> Form:
    cited, citing = arc
    return {"cited": cited, "citing": citing, "citations": [citation_form(lineage, lineage.citation(cited, citing))]}


def _count(count: ScaledCount) -> int | str | float | None:
    """An exact count as everywhere; an approximate one as a number, or null where no number can hold it."""
    if count.exact is not None:
        return exact(count.exact)
    return float(count.number) if count.log10 < LARGEST_FLOAT_LOG10 else None
