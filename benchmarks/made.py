"""Made corpora of any size: papers in order of time, citing mostly recent and much cited ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme
from graph.model.storage import save_corpus, write_index

THEMES = tuple(Theme(f"theme{n}", f"Theme {n}") for n in range(4))
WINDOW = 500
"""A citation that copies no other goes to one of so many papers before."""
AT_ONCE = 100_000
"""So many rows are written at once."""
Numbers = NDArray[np.int64]


def made_citations(papers: int, *, references: int = 4, seed: int = 1) -> tuple[Numbers, Numbers]:
    """The citing and the cited paper of every citation: no circles, and citation counts that follow a power law.

    Parameters
    ----------
    papers : int
    references : int
        How many papers each cites, as far as there are older ones; a little less, as nothing is cited twice.
    seed : int
        The same seed makes the same citations.

    Notes
    -----
    Every second citation is a copy of an earlier one: the much cited are cited more. A copy may be that of a copy.
    """
    chance = np.random.default_rng(seed)
    each = np.minimum(np.arange(papers), references)
    citing = np.repeat(np.arange(papers), each)
    first = np.repeat(np.cumsum(each) - each, each)  # the first citation of the same paper
    begin = np.maximum(citing - WINDOW, 0)
    cited = begin + (chance.random(len(citing)) * (citing - begin)).astype(np.int64)
    copied = (chance.random(len(citing)) * first).astype(np.int64)
    copied = np.where((chance.random(len(citing)) < 0.5) & (first > 0), copied, np.arange(len(citing)))
    while (copied != copied[copied]).any():
        copied = copied[copied]
    pairs = np.sort(citing * papers + cited[copied])
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return pairs // papers, pairs % papers


def made_corpus(papers: int, *, references: int = 4, seed: int = 1) -> Corpus:
    """A corpus of these citations."""
    keys = [_key(n) for n in range(papers)]
    made = {
        key: Paper(
            key,
            title=f"On the {n}th question",
            authors=(f"Author {n}",),
            date=_date(n, papers),
            date_basis="first_version",
            identifiers=(identifier("doi", f"10.1234/{key}"),),
        )
        for n, key in enumerate(keys)
    }
    citing, cited = (side.tolist() for side in made_citations(papers, references=references, seed=seed))
    said = (Assertion("made", (1,)),)
    citations = [Citation(keys[one], keys[other], said) for one, other in zip(citing, cited, strict=True)]
    return Corpus(made, citations, sources={"made": Source("made", "user", "a made source")})


def made_folder(folder: Path, papers: int, *, references: int = 4, seed: int = 1) -> int:
    """The same corpus as a folder, written row by row: a million papers need no memory for them.

    Returns
    -------
    int
        How many citations it has.
    """
    save_corpus(Corpus({}, sources={"made": Source("made", "user", "a made source")}), folder)
    with (folder / "papers.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(
            f'{{"key": "{_key(n)}", "title": "On the {n}th question", "authors": ["Author {n}"], '
            f'"date": "{_date(n, papers)}", "date_basis": "first_version", "identifiers": ["doi:10.1234/{_key(n)}"]}}\n'
            for n in range(papers)
        )
    citing, cited = made_citations(papers, references=references, seed=seed)
    with (folder / "citations.jsonl").open("w", encoding="utf-8") as file:
        for begin in range(0, len(citing), AT_ONCE):
            part: list[Any] = [side[begin : begin + AT_ONCE].tolist() for side in (citing, cited)]
            file.writelines(
                f'{{"citing": "{_key(one)}", "cited": "{_key(other)}", '
                '"assertions": [{"source": "made", "entries": [1]}]}\n'
                for one, other in zip(*part, strict=True)
            )
    write_index(folder)
    return len(citing)


def made_list(papers: int, entries: int = 24) -> ReadingList:
    """A list of papers spread evenly over a corpus of so many, under four themes."""
    step = max(1, papers // entries)
    chosen = range(step // 2, papers, step)[:entries]
    listed = tuple(
        Entry(
            number,
            (THEMES[number % 4].id,),
            f"On the {n}th question",
            (f"Name{number}",),
            identifiers=(identifier("doi", f"10.1234/{_key(n)}"),),
        )
        for number, n in enumerate(chosen, start=1)
    )
    return ReadingList("A made list", THEMES, listed)


def made_lineage(papers: int, *, references: int = 4, entries: int = 24) -> Lineage:
    """The lineage of a made list in a made corpus."""
    return build_lineage(made_corpus(papers, references=references), made_list(papers, entries))


def _key(n: int) -> str:
    return f"p{n:07d}"


def _date(n: int, papers: int) -> str:
    return f"{1970 + n * 55 // papers:04d}-{1 + n % 12:02d}"
