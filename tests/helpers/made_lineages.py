"""Lineages that are made of a few citations."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme


def lineage_of(
    citations: list[tuple[str, str]],
    listed: dict[str, str],
    dates: dict[str, str] | None = None,
    *,
    complete: Iterable[str] = (),
) -> Lineage:
    """A lineage of citations (citing, cited), of listed papers with their themes, and of complete reference lists."""
    dates = dates or {}
    keys = sorted({key for pair in citations for key in pair} | set(listed))
    ids = {key: identifier("doi", f"10.1234/{key}") for key in keys}
    papers = {key: Paper(key, title=f"Paper {key}", date=dates.get(key), identifiers=(ids[key],)) for key in keys}
    arcs = [Citation(citing, cited, (Assertion("s"),)) for citing, cited in citations]
    themes = tuple(Theme(theme, theme.upper()) for theme in sorted(set(" ".join(listed.values()).split())))
    entries = tuple(
        Entry(number, tuple(held.split()), f"Paper {key}", identifiers=(ids[key],))
        for number, (key, held) in enumerate(listed.items(), 1)
    )
    coverage = [Coverage(key, "references", "s", "complete") for key in complete]
    corpus = Corpus(papers, arcs, coverage, {"s": Source("s", "user", "S")})
    return build_lineage(corpus, ReadingList("L", themes, entries))


def corpus_lineage(
    citations: Iterable[tuple[str, str]],
    *,
    dates: dict[str, str] | None = None,
    complete: str | Iterable[str] | None = None,
    partial: Iterable[str] = (),
    coverage: Iterable[Coverage] = (),
    more: Iterable[str] = (),
) -> Lineage:
    """A lineage without a list, of citations (citing, cited); `complete` has the papers whose references are known."""
    pairs = sorted(set(citations))
    keys = sorted({key for pair in pairs for key in pair} | set(more))
    papers = {key: Paper(key, title=f"Paper {key}", date=(dates or {}).get(key)) for key in keys}
    known = [Coverage(key, "references", "s", "complete") for key in (keys if complete is None else complete)]
    known += [Coverage(key, "references", "s", "partial") for key in partial]
    arcs = [Citation(citing, cited, (Assertion("s"),)) for citing, cited in pairs]
    corpus = Corpus(papers, arcs, [*known, *coverage], {"s": Source("s", "user", "S")})
    return build_lineage(corpus, ReadingList("L", (), ()))


def arcs_between(count: int, most: int) -> st.SearchStrategy[set[tuple[str, str]]]:
    """Citations (citing, cited) among some papers, circles included, self-citations not."""
    papers = st.sampled_from([f"n{i}" for i in range(count)])
    return st.sets(st.tuples(papers, papers).filter(lambda pair: pair[0] != pair[1]), max_size=most)


any_citations = arcs_between(8, 24)
"""Any citations among eight papers."""


citations_without_circles = any_citations.map(lambda pairs: {pair for pair in pairs if pair[0] > pair[1]})
