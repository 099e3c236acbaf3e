"""How a network without circles is told: its nodes, and what was dropped or merged to make it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...analysis.acyclic import Acyclic
from ...model.lineage import Lineage
from ..json_forms import citation_form
from .wording import asserted, counted, name_of, themes_of, year_of

_MEMBERS = 3
_TOLD = 3


def node_name(lineage: Lineage, network: Acyclic, node: str) -> str:
    """What to call a node: a paper, a family of papers, or a preprint."""
    papers = network.papers(node)
    if node in network.preprints:
        return f"{name_of(lineage, papers[0])} (preprint)"
    more = f" + {len(papers) - _MEMBERS} more" if len(papers) > _MEMBERS else ""
    return " + ".join(name_of(lineage, key) for key in papers[:_MEMBERS]) + more


def node_columns(lineage: Lineage, network: Acyclic, node: str) -> tuple[str, str, str]:
    """Year, name and themes of a node; those of the oldest paper of a family."""
    first = network.papers(node)[0]
    return year_of(lineage, first), node_name(lineage, network, node), themes_of(lineage, first)


def evidence(lineage: Lineage, network: Acyclic, cited: str, citing: str) -> str:
    """Who asserts the citation behind an arc, or how many citations there are behind it."""
    behind = network.citations(cited, citing)
    if not behind:
        return "the same paper, published"
    if len(behind) > 1:
        return counted(len(behind), "citation") + " between the two"
    return asserted(lineage, lineage.citation(*behind[0]))


def cycles_lines(lineage: Lineage, network: Acyclic) -> Iterator[str]:
    """What was done about circles, in a line or two; nothing when nothing had to be."""
    if network.dropped:
        later = sum(drop.why == "later" for drop in network.dropped)
        tied = len(network.dropped) - later
        told = [f"{counted(later, 'citation')} of a later paper"] if later else []
        if tied:
            told.append(f"{counted(tied, 'citation')} in circles that dates do not open")
        yield f"By date, dropped {' and '.join(told)}:"
        shown = [f"{name_of(lineage, drop.citing)} cites {name_of(lineage, drop.cited)}" for drop in network.dropped]
        yield f"  {_some(shown)}."
    if network.families:
        families = "family" if len(network.families) == 1 else "families"
        yield (
            f"Circles, as families: {counted(len(network.merged), 'citation')} merged into "
            f"{len(network.families)} {families}:"
        )
        yield f"  {_some([node_name(lineage, network, node) for node in network.families])}."
    elif network.merged and network.cycles == "families":
        yield f"Circles, as families: {counted(len(network.merged), 'citation')} merged, none of them on the way."
    if network.merged and network.cycles == "preprints":
        yield (
            f"Circles, by preprints: {counted(len(network.merged), 'citation')} now of the cited paper's preprint, "
            f"{counted(len(network.preprints), 'preprint')} added."
        )


def _some(texts: list[str]) -> str:
    return "; ".join(texts[:_TOLD]) + (
        f"; and {len(texts) - _TOLD} more (--json has all)" if len(texts) > _TOLD else ""
    )


def acyclic_form(network: Acyclic) -> dict[str, Any]:
    """What was done about circles, in full."""
    return {
        "choice": network.cycles,
        "dropped": [{"cited": d.cited, "citing": d.citing, "why": d.why} for d in network.dropped],
        "merged": [{"cited": cited, "citing": citing} for cited, citing in network.merged],
        "families": {node: list(papers) for node, papers in network.families.items()},
        "preprints": dict(network.preprints),
    }


def arc_form(lineage: Lineage, network: Acyclic, cited: str, citing: str) -> dict[str, Any]:
    """An arc between two nodes with the citations behind it."""
    behind = [citation_form(lineage, lineage.citation(*arc)) for arc in network.citations(cited, citing)]
    return {"cited": cited, "citing": citing, "citations": behind}
