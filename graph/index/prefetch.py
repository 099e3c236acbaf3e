"""Look ahead: compute the next results while the current one is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

WORKERS = 2
Item = TypeVar("Item")
Result = TypeVar("Result")


def map_ahead(function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Apply a function to items, `WORKERS` at a time, in threads: compiled loops let each other run.

    Results come in the order of the items. At most `WORKERS` of them are being computed or wait to be taken.

    >>> list(map_ahead(str.upper, ["a", "b", "c"]))
    ['A', 'B', 'C']
    """
    remaining = iter(items)
    with ThreadPoolExecutor(WORKERS) as workers:
        pending: list[Future[Result]] = [workers.submit(function, item) for item in islice(remaining, WORKERS)]
        while pending:
            result = pending.pop(0).result()
            pending += [workers.submit(function, item) for item in islice(remaining, 1)]
            yield result
