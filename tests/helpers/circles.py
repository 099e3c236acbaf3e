"""Small lineages with circles, and with dates as corpora have them: exact, vague, or none."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme

NAMES = "dafcbe"
"""The keys begin with these, so that their order is not that of the numbers."""


def key_of(number: int) -> str:
    """The key of a paper by its number."""
    return f"{NAMES[number]}{number}"


def circles_lineage(arcs: Sequence[tuple[int, int]], dates: Sequence[str | None]) -> Lineage:
    """Papers with these dates, and arcs cited -> citing between their numbers."""
    papers = {
        key_of(n): Paper(key_of(n), title=f"paper {n}", date=date, identifiers=(identifier("arxiv", f"1409.{n:05d}"),))
        for n, date in enumerate(dates)
    }
    said = (Assertion("user:test"),)
    citations = [Citation(key_of(citing), key_of(cited), said) for cited, citing in arcs]
    corpus = Corpus(papers, citations, sources={"user:test": Source("user:test", "user", "a test")})
    entry = Entry(1, ("one",), "paper 0", identifiers=papers[key_of(0)].identifiers)
    return build_lineage(corpus, ReadingList("a test", (Theme("one", "One"),), (entry,)))


DATES = st.sampled_from([None, "2014", "2014-09", "2014-09-01", "2014-09-10", "2014-10", "2015"])
ARCS = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda arc: arc[0] != arc[1]), max_size=16)


def dated_arcs() -> st.SearchStrategy[Lineage]:
    """Any six papers with any dates and any citations between them."""
    return st.builds(
        lambda arcs, dates: circles_lineage(sorted(arcs), dates), ARCS, st.lists(DATES, min_size=6, max_size=6)
    )
