"""Questions as a person types them, asked of a store: what all its doors ask alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ..algorithms.main_path_search import Search
from ..algorithms.traversal_weights import Weight
from ..errors import InputError
from ..index.extract import extract
from ..index.store import Store
from ..model.lineage import Lineage
from .acyclic import Cycles
from .ancestry import Relatives
from .main_path import MainPath, Scope, main_path
from .paths import PathAnswer
from .query import Query, parse_words
from .store_contexts import quoted
from .store_flow import LargeFlow, main_answer
from .store_paths import Say, StoreQuestion, kinship_answer, path_answer

WHOLE: Mapping[str, Any] = {
    "within": "corpus",
    "theme": None,
    "weight": "SPC",
    "search": "global",
    "routes": 1,
    "tolerance": 0.0,
    "every_end": False,
    "cycles": "date",
}
"""The options of the main path that are all that can be had where too many papers take part."""


def understood(store: Store, words: Sequence[str]) -> Query:
    """A question about paths whose papers are vertices, as text.

    Raises
    ------
    InputError, NameNotFound, AmbiguousName
        When the question cannot be understood.
    """
    return parse_words(lambda name: str(store.names.resolve(name)), words)


def two_vertices(store: Store, words: Sequence[str], *, example: str = "BERT → InstructGPT") -> tuple[int, int]:
    """The two papers that a question in one direction names.

    Raises
    ------
    InputError
        When the words do not name two papers in one direction.
    """
    asked = understood(store, words)
    if asked.kind != "path" or len(asked.papers) != 2:
        raise InputError("two papers are needed", remedy=f"name them, as in: {example}")
    return int(asked.papers[0]), int(asked.papers[1])


def answer_to(
    store: Store, words: Sequence[str], wanted: StoreQuestion, say: Say
) -> tuple[Lineage, PathAnswer | Relatives]:
    """Answer a question about paths, or about all that is before or after a paper.

    Parameters
    ----------
    store : Store
    words : sequence of str
        As one text or as several words.
    wanted : StoreQuestion
        Which paths; its stops are those of the question.
    say : callable
        Told what the answer leaves out.

    Returns
    -------
    (Lineage, PathAnswer or Relatives)
        The part of the store that the answer is about; hops carry their citing sentences where the
        store keeps them.

    Raises
    ------
    InputError, NameNotFound, AmbiguousName
        When the question cannot be understood, or is about too many papers.
    """
    asked, make = understood(store, words), partial(extract, store)
    stops = tuple(map(int, asked.papers))
    if asked.kind in ("ancestry", "descent"):
        wish = wanted.wish
        return kinship_answer(make, store.index, stops[0], asked.kind, list_only=wish.list_only, max_hops=wish.max_hops)
    lineage, answer = path_answer(make, store.index, replace(wanted, stops=stops), say)
    if asked.kind == "either" and not answer.found:
        turned = path_answer(make, store.index, replace(wanted, stops=stops[::-1]), say)
        lineage, answer = turned if turned[1].found else (lineage, answer)
    return quoted(store, lineage, answer)


def main_path_of(
    store: Store,
    ends: tuple[int, int] | None,
    scope: Scope,
    before_large: Callable[[], None],
    *,
    weight: Weight,
    by: Search,
    cycles: Cycles,
) -> tuple[Lineage, MainPath | LargeFlow]:
    """The main path between two papers of a store, of its reading list, or of all of it.

    Parameters
    ----------
    store : Store
    ends : (int, int), optional
        Vertices.
    scope : Scope
        Where to look; its own ends are not read.
    before_large : callable
        May refuse, by raising, what cannot be had where too many papers take part.
    weight, by, cycles
        As `graph.analysis.main_path.main_path` takes them.

    Raises
    ------
    InputError
        For the neighbourhood of the list, which a store does not have.
    """
    if scope.within == "neighbourhood":
        raise InputError("a store has no neighbourhood of the list", remedy="make it with 'lineage ... neighbourhood'")
    make = partial(extract, store)
    answer = () if scope.within == "list" else main_answer(make, store.index, ends, before_large)
    if isinstance(answer, tuple) and answer:
        return answer
    part = extract(store, [*map(int, answer), *(ends or ())])
    keys = (part.keys[ends[0]], part.keys[ends[1]]) if ends else None
    found = main_path(part.lineage, replace(scope, between=keys), weight=weight, by=by, cycles=cycles)
    return part.lineage, found


def refuse_choices(wished: Mapping[str, Any]) -> None:
    """Refuse what cannot be had where too many papers take part.

    Raises
    ------
    InputError
        Naming the first option that is not as in `WHOLE`.
    """
    for name, value in WHOLE.items():
        if wished[name] != value:
            raise InputError(
                f"--{name.replace('_', '-')} is not to be had among so many papers",
                remedy="ask between two papers that are nearer, or take a part out with 'neighbourhood'",
            )
