"""Walks through a directed graph, depth first: memory is that of one walk, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from .budget import Budget

N = TypeVar("N", bound=Hashable)
NodeFunction = Callable[[Any], Any]
"""What gives the paper of a node, or its sorting key."""


def itself(node: Any) -> Any:
    """The paper of a node, where nodes are papers."""
    return node


def all_walks(starts: Iterable[N], successors: Callable[[N], Iterable[N]]) -> Iterator[tuple[N, ...]]:
    """All walks from some nodes to nodes without successors, in the order of starts and successors.

    There must be no circle.

    >>> after = {"a": "bc", "b": "c", "c": ""}
    >>> list(all_walks("a", after.__getitem__))
    [('a', 'b', 'c'), ('a', 'c')]
    """
    walk: list[N] = []
    branches = [iter(starts)]
    while branches:
        node = next(branches[-1], None)
        if node is None:
            branches.pop()
            if walk:
                walk.pop()
            continue
        others = list(successors(node))
        if others:
            walk.append(node)
            branches.append(iter(others))
        else:
            yield (*walk, node)


def paths_of_walks(
    successors: Callable[[N], list[N]],
    leads: Sequence[Any],
    start: N,
    length: int,
    paper: NodeFunction = itself,
    budget: Budget | None = None,
) -> Iterator[tuple[N, ...]]:
    """All simple paths of exactly `length` hops, in the order of the successors.

    ``leads[n][node]`` says whether some walk of exactly n steps leads from the node to the end; `paper` gives the paper
    of a node, which must not repeat on a path. The steps of `budget` are spent, one for each node that is entered or
    left; the paths end where it ends.
    """
    path, papers = [start], {paper(start)}
    branches = [iter(successors(start))]
    while branches:
        if budget is not None and not budget.step():
            return
        steps_left = length - len(path)
        node = next((n for n in branches[-1] if leads[steps_left][n] and paper(n) not in papers), None)
        if node is None:
            branches.pop()
            papers.discard(paper(path.pop()))
        elif steps_left == 0:
            yield (*path, node)
        else:
            path.append(node)
            papers.add(paper(node))
            branches.append(iter(successors(node)))
