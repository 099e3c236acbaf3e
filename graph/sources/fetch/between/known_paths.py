"""The citations that a search knows so far, and the paths that they make; arcs run cited -> citing."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import islice


class KnownPaths:
    """The citations known so far, seen from the paper `start`: `reached` are the papers to which a path leads from it.

    Adding a citation takes constant time, and each paper is reached once.
    """

    def __init__(self, start: str) -> None:
        self.start = start
        self.reached = {start}
        self._cited: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._citing: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def add(self, citing: str, cited: str) -> None:
        """Add a citation; a paper that cites itself says nothing."""
        if citing == cited or cited in self._cited[citing]:
            return
        self._cited[citing][cited] = None
        self._citing[cited][citing] = None
        if cited not in self.reached or citing in self.reached:
            return
        self.reached.add(citing)
        open_ = [citing]
        while open_:
            for later in self._citing.get(open_.pop(), ()):
                if later not in self.reached:
                    self.reached.add(later)
                    open_.append(later)

    def paths_to(self, end: str, most: int) -> list[tuple[str, ...]]:
        """The shortest paths to a paper, at most so many, the shortest first, then by the papers' ids.

        >>> known = KnownPaths("a")
        >>> for citing, cited in ("ba", "cb", "ca", "xc"):
        ...     known.add(citing, cited)
        >>> known.paths_to("c", 5)
        [('a', 'c'), ('a', 'b', 'c')]
        """
        return list(islice(self._paths(end), most))

    def _paths(self, end: str) -> Iterator[tuple[str, ...]]:
        """From the end to the start, always going on with what can become the shortest path."""
        if end not in self.reached:
            return
        hops = self._hops_from_start()
        waiting: list[tuple[int, tuple[str, ...]]] = [(hops[end], (end,))]
        while waiting:
            _, path = heappop(waiting)
            if path[0] == self.start:
                yield path
                continue
            so_far = len(path)
            for earlier in self._cited[path[0]]:
                if earlier in hops and earlier not in path:
                    heappush(waiting, (so_far + hops[earlier], (earlier, *path)))

    def _hops_from_start(self) -> dict[str, int]:
        hops = {self.start: 0}
        open_ = deque([self.start])
        while open_:
            paper = open_.popleft()
            for later in self._citing.get(paper, ()):
                if later not in hops:
                    hops[later] = hops[paper] + 1
                    open_.append(later)
        return hops
