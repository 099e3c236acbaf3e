"""What the benchmarks ask, this package and networkx can answer; how long it takes is no test."""

from __future__ import annotations

from benchmarks.made import made_lineage
from benchmarks.queries import questions


def test_every_question_of_the_benchmark_is_answered() -> None:
    for _, ours, theirs in questions(made_lineage(60)):
        assert ours()
        assert theirs is None or theirs()
