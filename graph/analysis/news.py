"""What is new around a reading list since an earlier corpus: papers that cite it, paths, bridges, retractions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from ..errors import InputError
from ..model.diff import Comparison, compare, former_keys, matched_keys
from ..model.lineage import Lineage
from ..model.roles import BRIDGE
from ..utils.arguments import refuse_other
from .path_options import PathOptions
from .paths import find_paths

UNREAD_STATES = frozenset({"not_fetched", "failed"})
"""States of a list that nobody had read: what it says later is no news of the literature."""


@dataclass(frozen=True, slots=True)
class NewCiter:
    """A paper that cites papers of the list, as nobody had said before."""

    key: str
    cited: tuple[str, ...]
    """The papers of the list that it cites anew, in the list's order."""
    added: bool
    """Whether the earlier corpus did not have the paper at all."""


@dataclass(frozen=True, slots=True)
class NewPaths:
    """Two papers of the list between which new citations made paths."""

    start: str
    end: str
    """Keys of the older and the newer paper."""
    before: int | None
    now: int | None
    """How many paths there were and are; None when circles make them too many to count."""
    path: tuple[str, ...]
    """A shortest path that runs through a new citation."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A paper of which notices say something else now: what they came to before, and what they come to."""

    key: str
    before: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class News:
    """What is new around a reading list."""

    since: str | None
    until: str | None
    """The days of the two observations, "YYYY-MM-DD"; None where a corpus does not say."""
    citers: tuple[NewCiter, ...]
    """The newest papers first."""
    paths: tuple[NewPaths, ...]
    """Pairs without any path before come first, then those with the shortest new path."""
    bridges: tuple[str, ...]
    """Papers outside the list that lie on a path between two papers of it and did not before; first those that most
    papers of the list cite or are cited by."""
    notices: tuple[Noticed, ...]
    first_read: tuple[tuple[str, str], ...]
    """Papers of the list, and "citations" or "references": a list that nobody had read before, so that what it says may
    be old."""
    gone: int
    """How many citations nobody asserts any more."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing new."""
        return not (self.citers or self.paths or self.bridges or self.notices)


def news(old: Lineage, new: Lineage) -> News:
    """Find what is new around the reading list of a lineage.

    The two are the same list in an earlier and in a later corpus, and papers are matched as `graph.model.diff.compare`
    does; all keys are those of `new`. Linear in papers and citations, and two searches for every paper of the list;
    paths are counted for those pairs alone between which a new citation lies. Raises `InputError` when the earlier
    corpus was observed later than the other, as far as both say when.

    >>> from graph import load
    >>> lineage = load()
    >>> news(lineage, lineage).is_empty
    True
    """
    for each in (old, new):
        refuse_other("what is compared", each, Lineage, "'load()' gives one")
    since, until = old.corpus.observed_until, new.corpus.observed_until
    if since and until and since > until:
        raise InputError(
            f"the earlier corpus was observed later, on {since}, than the other, on {until}",
            remedy="exchange the two; for the command --since names the older one, and --corpus the newer one",
        )
    matches = matched_keys(old.corpus, new.corpus)
    changes, former = compare(old.corpus, new.corpus, matches), former_keys(matches)
    return News(
        since=since,
        until=until,
        citers=tuple(_new_citers(new, changes)),
        paths=tuple(_new_paths(old, new, changes.cited, former)),
        bridges=tuple(_new_bridges(old, new, former)),
        notices=tuple(Noticed(*each) for each in changes.notices),
        first_read=tuple(
            (key, direction)
            for key, direction, before, now in changes.coverage
            if key in new.entries and before in UNREAD_STATES and now not in UNREAD_STATES
        ),
        gone=len(changes.uncited),
    )


def _new_citers(new: Lineage, changes: Comparison) -> list[NewCiter]:
    cited_by: defaultdict[str, list[str]] = defaultdict(list)
    for citing, cited in changes.cited:
        if cited in new.entries and citing != cited:
            cited_by[citing].append(cited)
    added = frozenset(changes.added)
    return [
        NewCiter(key, tuple(sorted(cited_by[key], key=new.place)), key in added) for key in _newest_first(new, cited_by)
    ]


def _newest_first(new: Lineage, keys: Mapping[str, object]) -> list[str]:
    """Papers by their date, the newest first and those without one last; of one day in the order that they have."""
    return sorted(keys, key=lambda key: new.paper(key).date or "", reverse=True)


def _new_paths(
    old: Lineage, new: Lineage, cited: Sequence[tuple[str, str]], former: Mapping[str, Sequence[str]]
) -> list[NewPaths]:
    arcs = [(cited_key, citing) for citing, cited_key in cited if citing != cited_key]
    if not arcs:
        return []
    tails, heads = (np.asarray(new.numbers_of(keys), np.int64) for keys in zip(*arcs, strict=True))
    to_tail = {key: new.network.hops([new.number(key)])[tails] for key in new.list_keys}
    from_head = {key: new.network.hops([new.number(key)], back=True)[heads] for key in new.list_keys}
    found = []
    for start, end in permutations(new.list_keys, 2):
        hops = np.where((to_tail[start] >= 0) & (from_head[end] >= 0), to_tail[start] + from_head[end] + 1, -1)
        nearest = [arcs[at] for at in np.argsort(hops, kind="stable").tolist() if hops[at] > 0]
        path = next(_paths_through(new, start, end, nearest), None)
        if path is not None:
            before = _count_before(old, former.get(start, ()), former.get(end, ()))
            found.append(NewPaths(start, end, before, new.count_paths(new.number(start), new.number(end)), path))
    return sorted(
        found, key=lambda each: (each.before != 0, len(each.path), new.place(each.start), new.place(each.end))
    )


def _paths_through(new: Lineage, start: str, end: str, arcs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """For some of these arcs, the nearest first, a shortest path through it; around a circle there may be none."""
    for arc in arcs:
        between = tuple(key for key in arc if key not in (start, end))
        if arc[0] == end or arc[1] == start:
            continue
        found = find_paths(new, start, end, PathOptions(waypoints=between, top=1))
        if found.paths:
            yield found.paths[0].keys


def _count_before(old: Lineage, starts: Sequence[str], ends: Sequence[str]) -> int | None:
    """How many paths there were; 0 where the earlier corpus lacked one of the two papers."""
    if not (starts and ends) or starts[0] == ends[0]:
        return 0
    return old.count_paths(old.number(starts[0]), old.number(ends[0]))


def _new_bridges(old: Lineage, new: Lineage, former: Mapping[str, Sequence[str]]) -> list[str]:
    found = [key for key in new.bridges if all(old.role(each) != BRIDGE for each in former.get(key, ()))]
    return sorted(found, key=lambda key: (-_neighbours_in_list(new, key), new.age(key)))


def _neighbours_in_list(new: Lineage, key: str) -> int:
    return sum(each in new.entries for each in (*new.cites(key), *new.cited_by(key)))
