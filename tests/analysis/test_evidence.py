"""The strength of the evidence for a citation."""

from __future__ import annotations

import pytest

from graph.analysis.evidence import strength
from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source
from graph.model.reasons import Reason


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
    quoting, silent = Assertion("s", contexts=("one", "two", "three")), Assertion("p")  # who has most sentences counts
    assert of(quoting, silent) == of(silent, quoting) == pytest.approx(1 - 0.25 * 0.81)


def test_a_recorded_reason_counts_as_a_source_that_says_for_what_it_is_cited_and_asserts_nothing():
    sources = {"p": Source("p", "printed_bibliography", "P")}
    corpus = Corpus({"a": Paper("a"), "b": Paper("b")}, sources=sources)
    citation = Citation("a", "b", (Assertion("p", intents=("background",)),))
    for intents, expected in ((("methodology", "background"), 1 - 0.5 * 0.75), (("result",), 1 - 0.5 * 0.75)):
        assert strength(corpus, citation, {("b", "a"): Reason("a", "b", "", "", "read", intents)}) == expected
    for intents in (("background",), ()):  # no method and no result, and not known
        assert strength(corpus, citation, {("b", "a"): Reason("a", "b", "", "", "read", intents)}) == 0.5
    assert strength(corpus, citation, {("a", "b"): Reason("b", "a", "", "", "read", ("result",))}) == 0.5


def test_sources_that_repeat_one_deposit_are_no_more_evidence_than_one_of_them():
    kinds = {
        "c": "crossref",
        "a": "openalex",
        "o": "opencitations",
        "s": "semantic_scholar",
        "p": "printed_bibliography",
    }
    corpus = Corpus(
        {"a": Paper("a"), "b": Paper("b")},
        sources={id_: Source(id_, kind, id_) for id_, kind in kinds.items()},  # type: ignore[arg-type]  # each is one
    )

    def of(said: str) -> float:
        return strength(corpus, Citation("a", "b", tuple(map(Assertion, said))))

    assert [of(said) for said in ("c", "ca", "cao", "cs", "caos")] == [0.5] * 5
    assert [of(said) for said in ("cp", "caop", "sp", "caosp")] == [0.75] * 4
