"""How well a citation is evidenced, as a number that a path can be ranked by.

Every citation starts with a doubt of one, and evidence takes from it::

    1/2   for every kind of source that asserts it (two bibliographies are one kind, print and
          Semantic Scholar are two)
    1/2   when a source calls it influential
    3/4   when it is cited for a method or a result, not only for background
    9/10  for every citing sentence after the first, at most five

The strength of a citation is one minus its doubt, of a path the product of its citations'. What is
not known takes nothing and adds nothing: missing evidence is neutral, and no citation that somebody
asserts has strength zero. So a citation that one source asserts has strength 0.5, two kinds give
0.75; and of two paths whose citations are equally evidenced the shorter is the stronger.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log, prod

from ..model.corpus import Citation, Corpus


def strength(corpus: Corpus, citation: Citation) -> float:
    """How well a citation is evidenced, above 0 and below 1.

    Parameters
    ----------
    corpus : Corpus
        Tells the kind of each source.
    citation : Citation

    Examples
    --------
    >>> from graph.model.corpus import Assertion, Paper, Source
    >>> sources = {"p": Source("p", "printed_bibliography", "P"), "s": Source("s", "semantic_scholar", "S")}
    >>> corpus = Corpus({"a": Paper("a"), "b": Paper("b")}, sources=sources)
    >>> strength(corpus, Citation("a", "b", (Assertion("p"),)))
    0.5
    >>> strength(corpus, Citation("a", "b", (Assertion("p"), Assertion("s"))))
    0.75
    """
    doubt = 0.5 ** len({corpus.sources[source].kind for source in citation.sources})
    if any(assertion.influential for assertion in citation.assertions):
        doubt *= 0.5
    if any(set(assertion.intents) - {"background"} for assertion in citation.assertions):
        doubt *= 0.75
    sentences = max((len(assertion.contexts) for assertion in citation.assertions), default=0)
    return 1 - doubt * 0.9 ** min(max(sentences - 1, 0), 5)


def path_strength(corpus: Corpus, citations: Iterable[Citation]) -> float:
    """The strength of a path: the product of its citations'."""
    return prod(strength(corpus, citation) for citation in citations)


def cost(corpus: Corpus, citation: Citation) -> float:
    """What ranking adds up: the less, the stronger the path."""
    return -log(strength(corpus, citation))
