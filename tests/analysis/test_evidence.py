"""The strength of the evidence for a citation."""

from __future__ import annotations

import pytest

from graph.analysis.evidence import strength
from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source


def test_strength_is_what_the_formula_says_and_unknown_is_neutral():
    sources = {"p": Source("p", "printed_bibliography", "P"), "s": Source("s", "semantic_scholar", "S")}
    corpus = Corpus({"a": Paper("a"), "b": Paper("b")}, sources=sources)

    def of(*assertions: Assertion) -> float:
        return strength(corpus, Citation("a", "b", assertions))

    assert (
        of(Assertion("p"))
        == of(Assertion("s", influential=False))
        == of(Assertion("s", intents=("background",)))
        == 0.5
    )
    assert of(Assertion("p"), Assertion("s")) == 0.75
    assert of(Assertion("s", influential=True)) == 0.75
    assert of(Assertion("s", intents=("methodology",))) == 1 - 0.5 * 0.75
    assert of(Assertion("s", contexts=("one",))) == 0.5
    assert of(Assertion("s", contexts=("one", "two", "three"))) == pytest.approx(1 - 0.5 * 0.81)
    assert of(Assertion("s", contexts=tuple(map(str, range(50))))) == pytest.approx(1 - 0.5 * 0.9**5)
