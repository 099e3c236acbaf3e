"""Counts of forward paths in arrays: exact, and as shares that floats hold however many paths there are."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from graph.analysis.flow import flow
from graph.analysis.forward_counts import forward_counts
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.model.lineage import Lineage

from ..helpers.made_lineages import lineage_of


def test_shares_are_those_of_the_exact_counts_where_no_float_holds_them():
    """Each of 1,300 papers cites the three before it: more than 10^340 paths."""
    key = [f"p{n:04}" for n in range(1300)]
    lineage = lineage_of(
        [(key[n], key[n - back]) for n in range(1300) for back in (1, 2, 3) if n >= back], {key[0]: "t"}
    )
    ends = lineage.number(key[0]), lineage.number(key[-1])
    found = forward_counts(lineage, lineage.citation_graph().ordered(key[0], key[-1]), *ends)
    with pytest.raises(OverflowError):
        float(found.total)
    citing = np.arange(1, 1300)
    shares = found.shares(citing - 1, citing)
    counts = found.of(citing - 1, citing)
    for number in (1, 2, 650, 1299):
        exact = Fraction(counts[number - 1], found.total)
        assert abs(Fraction(float(shares[number - 1])) / exact - 1) < Fraction(1, 2**50)


def test_counts_are_those_of_the_flow_and_what_runs_back_in_time_is_left_out(lineage: Lineage):
    start, end = "devlin2018", "ouyang2022"
    answer = flow(lineage, start, end)
    part = lineage.citation_graph().ordered(start, end)
    found = forward_counts(lineage, part, lineage.number(start), lineage.number(end))
    assert found.total == answer.paths
    arcs = np.array([lineage.numbers_of(arc) for arc in answer.arcs])
    assert found.of(*arcs.T) == list(answer.arcs.values())
    dropped = np.array([lineage.numbers_of((each.cited, each.citing)) for each in answer.acyclic.dropped])
    assert found.is_left_out(*dropped.T).all()
    every = part.members[part.network.references], part.members[part.network.citing]
    assert int(found.is_left_out(*every).sum()) == len(dropped)


def test_where_no_path_runs_forward_every_citation_counts_nothing():
    world = lineage_of([("b", "a"), ("c", "b")], {"a": "t"}, dates={"a": "2003", "b": "2002", "c": "2001"})
    found = forward_counts(world, world.citation_graph().ordered("a", "c"), *world.numbers_of(("a", "c")))
    cited, citing = np.array(world.numbers_of(("a", "b"))), np.array(world.numbers_of(("b", "c")))
    assert (found.of(cited, citing), found.shares(cited, citing).tolist()) == ([0, 0], [0.0, 0.0])
    assert found.is_left_out(cited, citing).all()
    paths = find_paths(world, "a", "c", PathOptions(rank="main")).paths
    assert [list(pairwise(path.keys)) for path in paths] == [[("a", "b"), ("b", "c")]]
