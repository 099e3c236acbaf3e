"""Networks without circles, as text and as JSON values: their nodes and arcs, and what was dropped or merged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...analysis.acyclic import Acyclic
from ...model.lineage import Lineage
from ..json_forms import citation_form
from ..wording import as_sentence, asserted, counted, name_of, themes_of, year_of

_FAMILY_SHOWN = 3
"""How many papers of a family are named."""
_CHANGES_SHOWN = 3
"""How many dropped citations or families are named."""


def node_name(lineage: Lineage, network: Acyclic, node: str) -> str:
    """The name of a node: of a paper, a family of papers, or a preprint."""
    papers = network.papers(node)
    if node in network.preprints:
        return f"{name_of(lineage, papers[0])} (preprint)"
    more = f" + {len(papers) - _FAMILY_SHOWN} more" if len(papers) > _FAMILY_SHOWN else ""
    return " + ".join(name_of(lineage, key) for key in papers[:_FAMILY_SHOWN]) + more


def node_columns(lineage: Lineage, network: Acyclic, node: str) -> tuple[str, str, str]:
    """Year, name and themes of a node; of a family, the year and the themes of its oldest paper."""
    first = network.papers(node)[0]
    return year_of(lineage, first), node_name(lineage, network, node), themes_of(lineage, first)


def arc_evidence(lineage: Lineage, network: Acyclic, cited: str, citing: str) -> str:
    """Who asserts the citation that an arc stands for, or how many citations it stands for."""
    arcs = network.citations(cited, citing)
    if not arcs:
        return "the same paper, published"
    if len(arcs) > 1:
        return counted(len(arcs), "citation") + " between the two"
    return asserted(lineage, lineage.citation(*arcs[0]))


def changes_lines(lineage: Lineage, network: Acyclic) -> Iterator[str]:
    """What was done so that no circle is left, in a line or two; nothing when nothing had to be done."""
    if any(network.dropped_counts):
        yield dropped_words(*network.dropped_counts) + (":" if network.dropped else ".")
    if network.dropped:
        shown = network.dropped[:_CHANGES_SHOWN]
        citations = [f"{name_of(lineage, drop.citing)} cites {name_of(lineage, drop.cited)}" for drop in shown]
        yield as_sentence(f"  {_some(citations, len(network.dropped))}")
    merged = counted(len(network.merged), "citation")
    if network.families:
        families = "1 family" if len(network.families) == 1 else f"{len(network.families)} families"
        yield f"Papers that cite each other in circles count as one: {merged} merged into {families}:"
        names = [node_name(lineage, network, node) for node in list(network.families)[:_CHANGES_SHOWN]]
        yield as_sentence(f"  {_some(names, len(network.families))}")
    elif network.merged and network.cycles == "families":
        yield f"Papers that cite each other in circles count as one: {merged} merged, none of them in this network."
    if network.merged and network.cycles == "preprints":
        added = counted(len(network.preprints), "preprint")
        yield f"Circles are opened by preprints: {merged} moved to the preprint of the cited paper, {added} added."


def dropped_words(later: int, tied: int) -> str:
    """How many citations were dropped, and why.

    >>> dropped_words(1, 0)
    'Dropped 1 citation of a later paper, so that no circle is left'
    """
    parts = [f"{counted(later, 'citation')} of a later paper"] if later else []
    if tied:
        parts.append(f"{counted(tied, 'citation')} in circles that dates do not open")
    return f"Dropped {' and '.join(parts)}, so that no circle is left"


def _some(texts: list[str], total: int) -> str:
    more = total - len(texts)
    return "; ".join(texts) + (f"; and {more} more (--json has all)" if more > 0 else "")


def acyclic_form(network: Acyclic) -> dict[str, Any]:
    """What was done so that no circle is left, in full, or counted where the network is too large."""
    form: dict[str, Any] = {
        "choice": network.cycles,
        "dropped": [{"cited": d.cited, "citing": d.citing, "why": d.why} for d in network.dropped],
        "merged": [{"cited": cited, "citing": citing} for cited, citing in network.merged],
        "families": {node: list(papers) for node, papers in network.families.items()},
        "preprints": dict(network.preprints),
    }
    if network.counted is None:
        return form
    later, tied = network.counted
    return form | {"dropped": None, "dropped_later": later, "dropped_tied": tied}


def arc_form(lineage: Lineage, network: Acyclic, cited: str, citing: str) -> dict[str, Any]:
    """An arc between two nodes, with the citations that it stands for."""
    citations = [citation_form(lineage, lineage.citation(*arc)) for arc in network.citations(cited, citing)]
    return {"cited": cited, "citing": citing, "citations": citations}
