"""One paper in its lineage."""

from __future__ import annotations

import networkx as nx
import pytest

from graph.analysis.paper_summary import RelatedPapers, summarize_paper
from graph.model.corpus import Coverage
from graph.model.lineage import Lineage

from ..helpers.made_lineages import lineage_of


@pytest.mark.parametrize("key", ["devlin2018", "wei2021flan", "kingma2014adam"])
def test_the_papers_on_each_side_are_those_of_brute_force(lineage: Lineage, key: str):
    graph, found = lineage.graph, summarize_paper(lineage, key)
    sides = {
        "cites": set(graph.pred[key]), "cited_by": set(graph.succ[key]),
        "ancestors": nx.ancestors(graph, key), "descendants": nx.descendants(graph, key),
    }  # fmt: skip
    for name, papers in sides.items():
        side: RelatedPapers = getattr(found, name)
        assert set(side.list) == papers & set(lineage.list_keys), name
        assert set(side.bridges) == papers & set(lineage.bridges), name
        assert side.total == len(papers), name
        assert side.others == len(papers - set(lineage.list_keys) - set(lineage.bridges)), name


def test_the_papers_on_one_side_are_in_the_order_of_age():
    citations = [("x", paper) for paper in ("c", "a", "b")]
    world = lineage_of(citations, {"b": "t", "a": "t", "c": "t"}, {"a": "2003", "b": "2001", "c": "2002"})
    assert summarize_paper(world, "x").cites.list == ("b", "c", "a")


def test_a_summary_has_the_facts_of_the_paper_its_role_and_its_themes():
    world = lineage_of([("b", "a"), ("c", "b")], {"a": "nlp", "c": "rl"}, complete=["b"])
    bridge, entry = summarize_paper(world, "b"), summarize_paper(world, "c")
    assert (bridge.paper, bridge.role, bridge.numbers, bridge.themes) == (world.paper("b"), "bridge", (), ())
    assert bridge.shares == {"nlp": 0.5, "rl": 0.5}
    assert bridge.references == (Coverage("b", "references", "s", "complete"),)
    assert (entry.role, entry.numbers, entry.themes, entry.shares) == ("list", (2,), ("rl",), {"rl": 1.0})
    assert entry.references == ()
