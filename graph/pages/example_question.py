"""The questions that a page shows as examples: the longest lineages among its own papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from ..algorithms.constrained_paths import Itinerary
from ..algorithms.network import WORD
from ..algorithms.rows import distinct
from ..analysis.papers_between import PapersBetween
from ..exports.style import looks_of
from ..model.lineage import Lineage
from ..utils.kept import kept_by_key
from ..utils.text import fold, words

LONGEST_NAME = 24
"""Letters of a name that has room in a text field."""


def example_questions(lineage: Lineage, keys: Sequence[str], most: int = 3) -> list[tuple[str, str]]:
    """Pairs of papers of a page that a path joins, as many years apart as any.

    Linear in the papers and citations of the page.

    Parameters
    ----------
    keys : sequence of str
        The papers of the page. Those of the reading list are preferred, then the most cited.
    most : int
        How many pairs; the ends of each are in none before it.

    Returns
    -------
    list of (str, str)
        The keys of papers with a name that no other paper of the page has; the older paper first. Empty where no
        citation joins two such papers.

    Examples
    --------
    >>> from graph import load
    >>> example_questions(load(), load().list_keys)
    [('bahdanau2014', 'yang2023'), ('mnih2016', 'biderman2023'), ('vaswani2017', 'lialin2023')]
    """
    candidates = _candidates(lineage, keys)
    members = distinct(np.array(lineage.numbers_of(set(keys)), np.int64))
    place = {int(number): n for n, number in enumerate(members.tolist())}
    places = [place[number] for number in lineage.numbers_of(candidates)]
    leading = lineage.network.induced(members).leading(places)[places]
    pairs = [
        (years, -n, -m)
        for m, masks in enumerate(leading.tolist())
        for n in range(len(candidates))
        if n != m and masks >> n & 1 and (years := _years_between(lineage, candidates[n], candidates[m])) is not None
    ]
    chosen: list[tuple[str, str]] = []
    used: set[int] = set()
    for _, n, m in sorted(pairs, reverse=True):
        if len(chosen) < most and not {n, m} & used:
            chosen.append((candidates[-n], candidates[-m]))
            used |= {n, m}
    return chosen


def example_path(lineage: Lineage, keys: Sequence[str], start: str, end: str) -> list[str]:
    """The first of the shortest paths from one paper to another through papers of a page, as keys; empty without one.

    >>> from graph import load
    >>> example_path(load(), load().list_keys, "devlin2018", "ouyang2022")
    ['devlin2018', 'rae2021', 'ouyang2022']
    """
    graph = lineage.citation_graph(lineage.flagged(keys))
    paths = PapersBetween(graph, Itinerary(start, end)).by_length(lineage.place)
    return list(next(paths, ()))


def _candidates(lineage: Lineage, keys: Sequence[str]) -> list[str]:
    """The papers that their name tells from all others, those that matter most first."""
    different = list(dict.fromkeys(keys))
    names = _names(lineage, different)
    bearers = Counter(name for each in names for name in each.all)
    named = [key for key, each in zip(different, names, strict=True) if each.is_plain and bearers[each.usual] == 1]
    rank = {key: n for n, key in enumerate(lineage.list_keys)}
    cited = dict(zip(named, np.diff(lineage.network.citers_at)[lineage.numbers_of(named)].tolist(), strict=True))
    named.sort(key=lambda key: (rank.get(key, len(rank)), -cited[key]))
    return named[:WORD]


class _Names(NamedTuple):
    """What a paper is called, as the page compares it: `all` its names, each once, and its `usual` one."""

    all: Collection[str]
    usual: str
    is_plain: bool


@kept_by_key  # the pages of a site share most papers
def _names(lineage: Lineage, keys: Sequence[str]) -> Iterator[_Names]:
    for look in looks_of(lineage, keys):
        paper = look.paper
        usual, every = _letters(paper.name), {_letters(each) for each in (*paper.names, *paper.also_titled)}
        titled = [] if paper.name in paper.names else [usual]  # a title counts beside other titles like it
        yield _Names((*every, *titled), usual, _is_plain(paper.name))


def _letters(name: str) -> str:
    """A name as the page compares it."""
    return "".join(words(name))


def _is_plain(name: str) -> bool:
    """Whether a question with this name is understood as one: it is short, and has no arrow or "to" of its own."""
    is_word = any(letter.isalpha() for letter in name) and "to" not in fold(name).split()
    return is_word and len(name) <= LONGEST_NAME and name.isprintable() and not set(name) & set("→⟶➔⇒↔⟷⇔<>=*[]")


def _years_between(lineage: Lineage, start: str, end: str) -> int | None:
    first, last = lineage.paper(start).year, lineage.paper(end).year
    return None if first is None or last is None else last - first
