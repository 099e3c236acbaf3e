"""Papers that are cited together, and papers with the same references."""

from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given

from graph.analysis.measures import Result, measure

from ...helpers.made_lineages import any_citations, corpus_lineage


@given(any_citations)
def test_partners_agree_with_brute_force_are_symmetric_and_lie_in_0_1(pairs: set[tuple[str, str]]):
    lineage = corpus_lineage(pairs)
    keys = sorted(lineage.graph)
    for name, links in (("cocitation", lineage.graph.successors), ("coupling", lineage.graph.predecessors)):
        found = {key: measure(lineage, name, paper=key) for key in keys}
        for one, other in product(keys, keys):
            mine, theirs = set(links(one)), set(links(other))
            shared = len(mine & theirs)
            value = found[one].values.get(other)
            if one == other or not shared:
                assert value is None
            else:
                assert value == pytest.approx(shared / math.sqrt(len(mine) * len(theirs)))
                assert 0 < value <= 1
                assert value == found[other].values[one]
                assert found[one].details[other] == {"shared": shared}


def test_shared_references_are_refused_where_those_of_the_paper_are_unknown():
    lineage = corpus_lineage([("b", "a")], complete=["b"])
    result = measure(lineage, "coupling", paper="a")
    assert (result.values, result.refused[0].reason) == ({}, "its references are not known")
    assert result.refused[0].keys == ("a",)


def test_partners_with_partly_known_references_are_counted_in_a_note(shipped: dict[str, Result]):
    assert "lialin2023" in shipped["coupling"].values
    assert shipped["coupling"].notes == ("papers here that are compared by references known only in part: 1",)
