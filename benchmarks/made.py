"""Made corpora of any size: papers in order of time, citing mostly recent and much cited ones."""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterator
from pathlib import Path

from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme
from graph.model.storage import save_corpus, write_index

THEMES = tuple(Theme(f"theme{n}", f"Theme {n}") for n in range(4))
WINDOW = 500


def made_citations(
    papers: int, *, references: int = 4, window: int = WINDOW, seed: int = 1
) -> Iterator[tuple[int, int]]:
    """The citing and the cited paper of every citation: no circles, and citation counts that follow a power law.

    Parameters
    ----------
    papers : int
    references : int
        How many papers each cites, as far as there are older ones; a little less, as nothing is cited twice.
    window : int
        A citation that is not to a much cited paper goes to one of so many papers before.
    seed : int
        The same seed makes the same citations.
    """
    chance = random.Random(seed)  # noqa: S311  # nothing here is secret
    cited_before = array("i")  # every citation adds its target again: the much cited are cited more
    for n in range(1, papers):
        targets = {
            chance.choice(cited_before)
            if cited_before and chance.random() < 0.5
            else chance.randrange(max(0, n - window), n)
            for _ in range(min(references, n))
        }
        cited_before.extend(targets)
        yield from ((n, target) for target in sorted(targets))


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
    said = (Assertion("made", (1,)),)
    pairs = made_citations(papers, references=references, seed=seed)
    citations = [Citation(keys[citing], keys[cited], said) for citing, cited in pairs]
    return Corpus(made, citations, sources={"made": Source("made", "user", "a made source")})


def made_folder(folder: Path, papers: int, *, references: int = 4, window: int = WINDOW, seed: int = 1) -> int:
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
    citations = 0
    with (folder / "citations.jsonl").open("w", encoding="utf-8") as file:
        for citing, cited in made_citations(papers, references=references, window=window, seed=seed):
            file.write(
                f'{{"citing": "{_key(citing)}", "cited": "{_key(cited)}", '
                '"assertions": [{"source": "made", "entries": [1]}]}\n'
            )
            citations += 1
    write_index(folder)
    return citations


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
    return f"p{n:06d}"


def _date(n: int, papers: int) -> str:
    return f"{1970 + n * 55 // papers:04d}-{1 + n % 12:02d}"
