"""A lineage of four papers, for the examples in the documentation of the measures."""

from __future__ import annotations

from ...model.corpus import Assertion, Citation, Corpus, Coverage, Paper, Source
from ...model.lineage import Lineage, build_lineage
from ...model.reading_list import ReadingList


def example() -> Lineage:
    """Papers a (2001) to d (2004): b, c and d cite a, and c cites b; what a cites is not known.

    >>> sorted(example().graph.edges)
    [('a', 'b'), ('a', 'c'), ('a', 'd'), ('b', 'c')]
    """
    papers = {key: Paper(key, title=f"Paper {key}", date=str(year)) for year, key in enumerate("abcd", 2001)}
    pairs = [("b", "a"), ("c", "a"), ("c", "b"), ("d", "a")]
    citations = [Citation(citing, cited, (Assertion("s"),)) for citing, cited in pairs]
    coverage = [Coverage(key, "references", "s", "complete") for key in "bcd"]
    corpus = Corpus(papers, citations, coverage, {"s": Source("s", "user", "a person")})
    return build_lineage(corpus, ReadingList("Example", (), ()))
