"""Made corpora of any size: papers in order of time, citing mostly recent and much cited ones."""

from __future__ import annotations

import random

from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme

THEMES = tuple(Theme(f"theme{n}", f"Theme {n}") for n in range(4))


def made_corpus(papers: int, *, references: int = 4, seed: int = 1) -> Corpus:
    """A corpus without circles whose citation counts follow a power law.

    Parameters
    ----------
    papers : int
    references : int
        How many papers each cites, as far as there are older ones.
    seed : int
        The same seed makes the same corpus.
    """
    chance = random.Random(seed)  # noqa: S311  # nothing here is secret
    keys = [f"p{n:06d}" for n in range(papers)]
    made = {
        key: Paper(
            key,
            title=f"On the {n}th question",
            authors=(f"Author {n}",),
            date=f"{1970 + n * 55 // papers:04d}-{1 + n % 12:02d}",
            date_basis="first_version",
            identifiers=(identifier("doi", f"10.1234/{key}"),),
        )
        for n, key in enumerate(keys)
    }
    cited_before: list[int] = []  # every citation adds its target again: the much cited are cited more
    citations = []
    for n in range(1, papers):
        targets = {
            chance.choice(cited_before)
            if cited_before and chance.random() < 0.5
            else chance.randrange(max(0, n - 500), n)
            for _ in range(min(references, n))
        }
        cited_before += targets
        citations += [Citation(keys[n], keys[target], (Assertion("made", (1,)),)) for target in sorted(targets)]
    return Corpus(made, citations, sources={"made": Source("made", "user", "a made source")})


def made_list(corpus: Corpus, entries: int = 24) -> ReadingList:
    """A list of papers spread evenly over a corpus, under four themes."""
    step = max(1, len(corpus.papers) // entries)
    chosen = list(corpus.papers.values())[step // 2 :: step][:entries]
    listed = tuple(
        Entry(n, (THEMES[n % 4].id,), paper.title or "", (f"Name{n}",), identifiers=paper.identifiers)
        for n, paper in enumerate(chosen, start=1)
    )
    return ReadingList("A made list", THEMES, listed)


def made_lineage(papers: int, *, references: int = 4, entries: int = 24) -> Lineage:
    """The lineage of a made list in a made corpus."""
    corpus = made_corpus(papers, references=references)
    return build_lineage(corpus, made_list(corpus, entries))
