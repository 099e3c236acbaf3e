"""Which paper of a corpus each entry of a reading list names."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from ..utils.text import fingerprint
from .citekeys import proposed_key
from .corpus import Corpus, Paper
from .identifiers import Identifier, arxiv_month, closure
from .reading_list import Entry, ReadingList


def find_entries(
    corpus: Corpus, reading_list: ReadingList
) -> tuple[Corpus, ReadingList, dict[str, tuple[Entry, ...]], tuple[str, ...]]:
    """Find the paper of every entry of a reading list.

    Returns the corpus with a paper for every entry, the list, the entries by the key of their paper, and the keys of
    entries that no source of the corpus knows.
    """
    changed: dict[str, Paper] = {}
    owner: dict[Identifier, str] = {}
    entries: dict[str, tuple[Entry, ...]] = {}
    absent: list[str] = []
    for entry in reading_list.entries:
        names = sorted(closure(entry.identifiers))
        key = next((found for each in names if (found := owner.get(each) or _last(corpus.identified(each)))), None)
        if key is None:
            paper = _paper_of(entry, ChainMap(changed, cast("dict[str, Paper]", corpus.papers)))
            key = paper.key
            changed[key] = paper
            owner |= dict.fromkeys(names, key)
            absent.append(key)
        paper = changed.get(key) or corpus.papers[key]
        changed[key] = replace(paper, names=tuple(dict.fromkeys([*entry.names, *paper.names])))
        entries[key] = (*entries.get(key, ()), entry)
    return corpus.with_papers(changed), reading_list, entries, tuple(absent)


def _last(keys: Sequence[str]) -> str | None:
    return keys[-1] if keys else None


def _paper_of(entry: Entry, taken: Mapping[str, Paper]) -> Paper:
    paper = Paper(
        "unkeyed",
        entry.title,
        (entry.first_author,) if entry.first_author else (),
        date=arxiv_month(entry.identifiers) or (f"{entry.listed_year:04d}" if entry.listed_year else None),
        date_basis="arxiv_identifier"
        if arxiv_month(entry.identifiers)
        else "stated_year"
        if entry.listed_year
        else None,
        identifiers=entry.identifiers,
    )
    key = proposed_key(paper)
    return replace(paper, key=key if key not in taken else f"{key}-{fingerprint(str(entry.identifiers[0]))}")
