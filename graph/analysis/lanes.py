"""A lineage by author, lab or venue: groups of its papers in the place of the list's themes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from ..errors import InputError
from ..model.entities import Paper
from ..model.grouping import LANE_WORDS, Grouping, LaneKind
from ..model.lineage import Lineage
from ..model.reading_list import Theme
from ..utils.text import clipped, shown, words
from .neighbourhood import neighbourhood

MOST_LANES = 12
"""As many as there are colours that everybody can tell apart."""
LONGEST_NAME = 60
"""Characters of the name of a lane."""

Labels = Mapping[str, Sequence[str]]


def by_lanes(lineage: Lineage, kind: LaneKind, affiliations: Labels | None = None) -> Lineage:
    """See a lineage by its authors, labs or venues instead of its themes.

    Raises `InputError` when no two papers share an author, a lab or a venue. Linear in the papers of the neighbourhood
    and their authors, once for every lane.

    Authors are told apart by their ids where these are known, and else by their names as printed; venues by the words
    of their names, without years and numbers. "theme" gives the lineage itself. `affiliations` are the labs of authors
    by their ids.

    The themes of the lineage that is returned are up to twelve groups: each the one with most papers of the
    neighbourhood, and then of the list, that stand in none before it, as long as these are at least two. A paper of
    several groups stands in the first of them; one of none has no theme, and none is inferred.

    >>> from graph import load
    >>> by_venue = by_lanes(load(), "venue")
    >>> by_venue.reading_list.theme_ids[0]
    'arXiv'
    """
    if kind == "theme":
        return lineage
    named: dict[str, Counter[str]] = defaultdict(Counter)
    members: dict[str, tuple[str, ...]] = {}
    for key in neighbourhood(lineage):
        found = dict(_groups_of(lineage.paper(key), kind, affiliations or {}))
        members[key] = tuple(found)
        for group, name in found.items():
            named[group][name] += 1
    chosen = list(islice(_widest_first(members, frozenset(lineage.list_keys)), MOST_LANES))
    if not chosen:
        raise InputError(f"no two papers here are known to share {_WHAT[kind]}", remedy="leave --lanes out")
    lanes = _named_lanes(chosen, {group: _most_frequent(names) for group, names in named.items()})
    groups = {key: tuple(lane for group, lane in lanes.items() if group in found) for key, found in members.items()}
    reading_list = replace(lineage.reading_list, themes=tuple(Theme(lane, lane) for lane in lanes.values()))
    grouping = Grouping(LANE_WORDS[kind], {key: found for key, found in groups.items() if found})
    return replace(lineage, reading_list=reading_list, grouping=grouping)


_WHAT: Mapping[str, str] = {"author": "an author", "lab": "the lab of an author", "venue": "a venue"}


def _groups_of(paper: Paper, kind: LaneKind, affiliations: Labels) -> Iterator[tuple[str, str]]:
    """The groups of a paper, each with the name that this paper gives it."""
    if kind == "venue":
        yield from _named([_without_numbers(paper.venue or "")])
        return
    ids = paper.author_ids or (None,) * len(paper.authors)
    for name, id_ in zip(paper.authors, ids, strict=False):
        if kind == "lab":
            yield from _named(affiliations.get(id_ or "", ()))
        elif id_ is not None:
            yield f"id {id_}", shown(name) or f"author {id_}"
        else:
            yield from _named([name])


def _widest_first(members: Mapping[str, tuple[str, ...]], listed: frozenset[str]) -> Iterator[str]:
    """Each time the group with most papers that no group before it has, then most of the list, while it has two."""
    papers: dict[str, set[str]] = defaultdict(set)
    for key, groups in members.items():
        for group in groups:
            papers[group].add(key)
    while papers:
        widest = min(papers, key=lambda group: (-len(papers[group]), -len(papers[group] & listed), group))
        taken = papers.pop(widest)
        if len(taken) > 1:
            yield widest
        papers = {group: left for group, found in papers.items() if len(left := found - taken) > 1}


def _named(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        group = " ".join(words(name))
        if group:
            yield group, shown(name)


def _without_numbers(venue: str) -> str:
    """The name of a venue without what comes after its first number.

    >>> _without_numbers("Proceedings of NAACL-HLT 2019, pages 4171-4186"), _without_numbers("ICML")
    ('Proceedings of NAACL-HLT', 'ICML')
    >>> _without_numbers("2019 Conference on Machines")
    'Conference on Machines'
    """
    parts = re.split(r"(?<![\W_])[\W_]*\d[\W\d_]*", venue)
    return next((part.strip() for part in parts if part.strip()), "")


def _most_frequent(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))


def _named_lanes(chosen: Sequence[str], names: Mapping[str, str]) -> dict[str, str]:
    """A name for each lane, no two alike: people of one name are told apart by their ids."""
    times = Counter(names.values())
    lanes: dict[str, str] = {}
    for group in chosen:
        name, which = names[group], group if group.startswith("id ") else "no id"
        lane = clipped(name, LONGEST_NAME) + (f" ({which})" if times[name] > 1 else "")
        while lane in lanes.values():
            lane += "'"
        lanes[group] = lane
    return lanes
