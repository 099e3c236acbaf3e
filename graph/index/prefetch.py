"""Work on some items at the same time, with the results in order and few of them waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

WORKERS = 2
Item = TypeVar("Item")
Result = TypeVar("Result")


def ahead(job: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Do a job on `WORKERS` items at a time, in threads: compiled loops let each other run.

    Parameters
    ----------
    job : callable
    items : iterable

    Yields
    ------
    Result
        In the order of the items. Never more than `WORKERS` of them are under way or wait to be taken.

    Examples
    --------
    >>> list(ahead(str.upper, ["a", "b", "c"]))
    ['A', 'B', 'C']
    """
    left = iter(items)
    with ThreadPoolExecutor(WORKERS) as workers:
        waiting: list[Future[Result]] = [workers.submit(job, item) for item in islice(left, WORKERS)]
        while waiting:
            done = waiting.pop(0).result()
            waiting += [workers.submit(job, item) for item in islice(left, 1)]
            yield done
