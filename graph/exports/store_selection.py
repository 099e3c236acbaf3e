"""What is exported of a store: the part that a question is about, selected by the rules of every export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from ..analysis.ancestry import Relatives
from ..analysis.path_options import PathOptions
from ..analysis.query import has_to
from ..analysis.store_ask import answer_to, two_vertices
from ..analysis.store_flow import LargeFlow, flow_answer, main_answer
from ..analysis.store_paths import StoreQuestion
from ..errors import InputError, NameNotFound
from ..index.extract import extract
from ..index.store import Store
from ..model.lineage import Lineage
from .parse_selection import parse_selection
from .selection import Selection, select

Surroundings = Callable[[], tuple[Lineage, Sequence[str], str]]
_TAKE = "take a part out with 'lineage --store STORE neighbourhood', and export that with --corpus"


def selection(store: Store, of: str, top: int, surroundings: Surroundings) -> Selection:
    """Understand what is to be exported of a store.

    Parameters
    ----------
    store : Store
    of : str
        One of `graph.exports.registry.SELECTIONS`; the neighbourhood is what `surroundings` makes.
    top : int
        How many paths, where paths are asked for.
    surroundings : callable

    Returns
    -------
    Selection
        Without papers when there is no such path.

    Raises
    ------
    InputError
        For the whole store, and for what is about too many papers.
    """
    part = parse_selection(of)
    if part.kind == "list":
        return select(extract(store, ()).lineage, of, top=top)
    if part.kind == "neighbourhood":
        lineage, keys, _ = surroundings()
        title = "the reading list and the papers nearest to it"
        return replace(select(lineage, "corpus"), title=title, keys=tuple(keys))
    if part.kind == "theme":
        return select(surroundings()[0], of, top=top)
    if part.kind == "corpus":
        raise InputError("a store is too large to be exported as a whole", remedy=_TAKE)
    if part.kind == "flow":
        return _flow(store, part.names)
    if part.kind == "main-path":
        return _main_path(store, part.names)
    return _paths(store, part.names, top) if part.kind == "paths" else _named(store, part.names, top)


def _flow(store: Store, names: str) -> Selection:
    lineage, found = flow_answer(partial(extract, store), store.index, *two_vertices(store, [names]))
    if isinstance(found, LargeFlow):
        raise InputError(f"{found.papers:,} papers lie between the two, too many to be exported", remedy=_TAKE)
    return select(lineage, f"flow {found.start} → {found.end}")


def _main_path(store: Store, names: str) -> Selection:
    if not names:
        raise InputError("the main path of a store needs two papers", remedy="ask for 'main-path BERT → InstructGPT'")
    ends = two_vertices(store, [names])
    between = main_answer(partial(extract, store), store.index, ends, _too_many)
    assert not isinstance(between, tuple)
    part = extract(store, [*between.tolist(), *ends])
    return select(part.lineage, f"main-path {part.keys[ends[0]]} → {part.keys[ends[1]]}")


def _too_many() -> None:
    raise InputError("too many papers lie between the two for an export", remedy=_TAKE)


def _paths(store: Store, question: str, top: int) -> Selection:
    lineage, answer = answer_to(store, [question], StoreQuestion((), wish=PathOptions(top=top)), lambda _: None)
    if isinstance(answer, Relatives):
        side = f"* → {answer.key}" if answer.kind == "ancestry" else f"{answer.key} → *"
        return select(lineage, side)
    keys = (answer.start, *answer.options.waypoints, answer.end)
    return select(lineage, " → ".join(keys), top=top)


def _named(store: Store, text: str, top: int) -> Selection:
    """One paper alone, or "BERT to InstructGPT": titles hold the word "to", so a paper comes first."""
    try:
        vertex = store.names.resolve(text)
    except NameNotFound:
        if has_to(text):
            return _paths(store, text, top)
        raise
    part = extract(store, [vertex])
    return select(part.lineage, part.keys[vertex])
