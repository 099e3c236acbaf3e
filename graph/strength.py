"""How well a citation is evidenced, as a number that a path can be ranked by.

Every arc starts with one half of doubt. Every further *kind* of source that asserts the citation
halves the doubt again: two bibliographies of two versions are one kind, print and Semantic Scholar
are two. What is not known changes nothing: unknown is neutral, never zero. The strength of an arc
is one minus its doubt, of a path the product of its arcs'::

    doubt(arc) = 1/2 ** kinds        strength(path) = product of (1 - doubt(arc))

So an arc that one source asserts has strength 0.5, two kinds give 0.75, three 0.875; and of two
paths whose arcs are equally evidenced the shorter is the stronger.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log, prod

from .corpus import Citation, Corpus


def strength(corpus: Corpus, citation: Citation) -> float:
    """How well a citation is evidenced, above 0 and below 1.

    Parameters
    ----------
    corpus : Corpus
        Tells the kind of each source.
    citation : Citation

    Examples
    --------
    >>> from graph.corpus import Assertion, Paper, Source
    >>> sources = {"p": Source("p", "printed_bibliography", "P"), "s": Source("s", "semantic_scholar", "S")}
    >>> corpus = Corpus({"a": Paper("a"), "b": Paper("b")}, sources=sources)
    >>> strength(corpus, Citation("a", "b", (Assertion("p"),)))
    0.5
    >>> strength(corpus, Citation("a", "b", (Assertion("p"), Assertion("s"))))
    0.75
    """
    kinds = {corpus.sources[source].kind for source in citation.sources}
    return 1 - 0.5 ** len(kinds)


def path_strength(corpus: Corpus, citations: Iterable[Citation]) -> float:
    """The strength of a path: the product of its citations'."""
    return prod(strength(corpus, citation) for citation in citations)


def cost(corpus: Corpus, citation: Citation) -> float:
    """What ranking adds up: the less, the stronger the path."""
    return -log(strength(corpus, citation))
