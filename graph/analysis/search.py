"""Search for papers while a person types: by title, name, author, year, key, identifier or number."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.lineage import Lineage
from ..model.names import phrase
from ..utils.text import fold, words
from .resolve import years_of

MOST = 100
"""How many papers a search shows at most."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The papers that have every word of a text."""

    keys: tuple[str, ...]
    """The best of them first, at most as many as were asked for."""
    total: int
    """How many there are."""


class PaperSearch:
    """The texts of a lineage's papers, prepared for searches.

    A search reads all texts once: about 1 ms for every 5,000 papers.

    >>> from graph import load
    >>> search = PaperSearch(load())
    >>> search.find("bert", top=1).keys, search.find("devlin 2018").keys[0], search.find("no such paper").total
    (('devlin2018',), 'devlin2018', 0)
    """

    def __init__(self, lineage: Lineage) -> None:
        listed = sorted(lineage.list_keys, key=lineage.place)
        outside = (key for key in lineage.corpus.papers if key not in lineage.entries)
        others = sorted(outside, key=lambda key: (-lineage.times_cited(key), lineage.age(key)))
        self._texts = [(key, *_texts_of(lineage, key)) for key in (*listed, *others)]

    def find(self, text: str, *, top: int = 8) -> SearchResult:
        """Find the papers that have every word of a text.

        First come papers that the text names exactly, then papers whose name begins with it, then the rest. Among
        these, papers of the list come first, by number, then those that most papers of the corpus cite.
        """
        wanted, whole = words(text), phrase(text)
        if not wanted:
            return SearchResult((), 0)
        found = [(key, names) for key, names, searched in self._texts if all(word in searched for word in wanted)]
        found.sort(key=lambda hit: 0 if whole in hit[1] else 1 if any(name.startswith(whole) for name in hit[1]) else 2)
        return SearchResult(tuple(key for key, _ in found[: min(top, MOST)]), len(found))


def _texts_of(lineage: Lineage, key: str) -> tuple[tuple[str, ...], str]:
    """The folded names of a paper, and the folded text in which a search looks for words."""
    paper, numbers = lineage.paper(key), map(str, lineage.entry_numbers(key))
    names = tuple(phrase(name) for name in (*numbers, key, paper.name, *paper.names))
    more = (paper.title or "", *paper.also_titled, *paper.authors, *map(str, years_of(lineage, key)))
    identifiers = [fold(str(each)) for each in paper.identifiers]
    return names, " ".join([*names, *map(phrase, more), *identifiers])
