"""Answers about too many papers to list, as text and as JSON values shaped like the ordinary ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...analysis.store_flow import LargeFlow
from ...index.path_weights import ScaledCount
from ...model.lineage import Lineage
from ..json_forms import citation_form, paper_form
from .large_counts import exact, large
from .wording import asserted, counted, name_of, themes_of, year_of


def flow_text(lineage: Lineage, answer: LargeFlow, *, top: int) -> str:
    """The flow between two papers; `top` is how many papers and citations are shown at the most."""
    return "\n".join(_flow_lines(lineage, answer, top)) + "\n"


def _flow_lines(lineage: Lineage, answer: LargeFlow, top: int) -> Iterator[str]:
    assert answer.start is not None
    assert answer.end is not None
    start, end = name_of(lineage, answer.start), name_of(lineage, answer.end)
    many = f"{large(answer.paths.number)} paths"
    total = many if answer.is_whole else "more paths than can be counted"
    yield f"{start} → {end}: {total}, through {counted(answer.papers - 2, 'paper')} between the two."
    yield from _dropped(answer)
    if not answer.is_whole:
        yield f"So changed, the network has {many}; all that follows is about these."
    yield f"Shortest ({counted(answer.shortest, 'hop')}, circles included): {large(answer.ties)} that tie."
    names = " → ".join(name_of(lineage, key) for key in answer.heaviest)
    yield (
        f"Heaviest ({counted(len(answer.heaviest) - 1, 'hop')}, "
        f"{large(answer.greatest.number)} paths summed over its citations): {names}"
    )
    yield "Which papers no path avoids, and which citations longer chains imply, is not looked for among so many."
    yield ""
    yield f"Paths through each paper, the first of {answer.papers - 2:,}:"
    papers = list(answer.through.items())[:top]
    digits = max((len(large(count.number)) for _, count in papers), default=0)
    for key, count in papers:
        share = 10 ** (count.log10 - answer.paths.log10)
        told = f"{year_of(lineage, key)}  {name_of(lineage, key)}  {themes_of(lineage, key)}".rstrip()
        yield f"  {large(count.number):>{digits}}  {share:>4.0%}  {told}"
    yield ""
    yield f"Paths through each citation, the first of {answer.citations:,}:"
    arcs = list(answer.arcs.items())[:top]
    digits = max((len(large(count.number)) for _, count in arcs), default=0)
    for (cited, citing), count in arcs:
        said = asserted(lineage, lineage.citation(cited, citing))
        yield f"  {large(count.number):>{digits}}  {name_of(lineage, cited)} → {name_of(lineage, citing)}: {said}"


def main_path_text(lineage: Lineage, answer: LargeFlow, *, top: int) -> str:
    """The main path, one line a citation."""
    return "\n".join(_main_lines(lineage, answer, top)) + "\n"


def _main_lines(lineage: Lineage, answer: LargeFlow, top: int) -> Iterator[str]:
    where = "the whole store"
    if answer.start is not None and answer.end is not None:
        where = f"{name_of(lineage, answer.start)} → {name_of(lineage, answer.end)}"
    yield f"Main path of {where}, SPC, global search."
    if not answer.found:
        yield "No citation runs between papers of it, so that there is no path."
        return
    yield (
        f"{counted(len(answer.heaviest), 'paper')} and {counted(len(answer.heaviest) - 1, 'citation')}, "
        f"with a sum of {large(answer.greatest.number)}; paths that tie with it are not told."
    )
    yield (
        f"It was looked for in {counted(answer.papers, 'paper')} and {counted(answer.citations, 'citation')}, "
        f"which make {large(answer.paths.number)} paths"
    )
    yield (
        f"from {counted(answer.sources, 'paper')} that cite nothing among them "
        f"to {answer.sinks:,} that nothing among them cites."
    )
    yield from _dropped(answer)
    yield ""
    before: str | None = None
    for key in answer.heaviest[: top + 1]:
        line = f"  {year_of(lineage, key):<4}  {name_of(lineage, key)}  {themes_of(lineage, key)}".rstrip()
        if before is not None:
            said = asserted(lineage, lineage.citation(before, key))
            line += f"  cites {name_of(lineage, before)} (SPC {large(answer.arcs[before, key].number)}): {said}"
        yield line
        before = key
    if len(answer.heaviest) > top + 1:
        yield "... and more citations; --top shows more of them."


def _dropped(answer: LargeFlow) -> Iterator[str]:
    later, tied = answer.dropped
    if later or tied:
        yield (
            f"By date, dropped {counted(later, 'citation')} of a later paper and {counted(tied, 'citation')} "
            "in circles that dates do not open."
        )


def flow_form(lineage: Lineage, answer: LargeFlow) -> dict[str, Any]:
    """The flow as a JSON value: the keys of the ordinary one, null where nothing was looked for."""
    return {
        "from": paper_form(lineage, answer.start) if answer.start else None,
        "to": paper_form(lineage, answer.end) if answer.end else None,
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
        "arcs": [_arc(lineage, arc, count) | {"implied": None} for arc, count in answer.arcs.items()],
        "shortest": {"hops": answer.shortest, "paths": exact(answer.ties)},
        "longest": None,
        "heaviest": {
            "hops": len(answer.heaviest) - 1,
            "weight": _count(answer.greatest),
            "examples": [list(answer.heaviest)],
        },
    }


def main_path_form(lineage: Lineage, answer: LargeFlow) -> dict[str, Any]:
    """The main path as a JSON value: the keys of the ordinary one."""
    ends = [answer.start, answer.end] if answer.start else None
    return {
        "scope": {"within": "store", "theme": None, "between": ends},
        "weight": "SPC",
        "search": {"name": "global", "routes": 1, "tolerance": 0.0, "every_end": False},
        "cycles": _cycles(answer),
        "network": {
            "papers": answer.papers,
            "citations": answer.citations,
            "sources": answer.sources,
            "sinks": answer.sinks,
            "paths": _count(answer.paths),
            "paths_log10": round(answer.paths.log10, 6) if answer.found else None,
            "left_out": None,
        },
        "papers": [{"node": key, "papers": [paper_form(lineage, key)]} for key in answer.heaviest],
        "arcs": [
            _arc(lineage, arc, answer.arcs[arc], "weight")
            for arc in zip(answer.heaviest, answer.heaviest[1:], strict=False)
        ],
        "paths": None,
        "sum": _count(answer.greatest) if answer.found else None,
        "robustness": None,
    }


def _cycles(answer: LargeFlow) -> dict[str, Any]:
    later, tied = answer.dropped
    return {"choice": "date", "dropped": None, "dropped_later": later, "dropped_tied": tied}


def _arc(lineage: Lineage, arc: tuple[str, str], count: ScaledCount, name: str = "paths") -> dict[str, Any]:
    cited, citing = arc
    citation = citation_form(lineage, lineage.citation(cited, citing))
    return {"cited": cited, "citing": citing, "citations": [citation], name: _count(count)}


def _count(count: ScaledCount) -> int | str | float | None:
    """An exact count as ever; what is only known by mantissa and exponent as a number, or null past the largest."""
    if count.exact is not None:
        return exact(count.exact)
    return float(count.number) if count.log10 < 308 else None
