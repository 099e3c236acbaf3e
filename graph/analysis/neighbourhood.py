"""Which papers a view shows: the list with the papers around it, or the papers around one paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..algorithms.rows import positions
from ..model.lineage import ANCESTOR, BRIDGE, LIST, Lineage
from ..model.roles import ROLES

ANCESTORS = 40


@dataclass(frozen=True, slots=True)
class NearbyPapers:
    """The papers around one."""

    key: str
    depth: int
    """How many hops away they are at most, in any direction."""
    hops: Mapping[str, int]
    """The papers that were kept, the paper itself included, with the hops to each; the nearest first."""
    total: int | None
    """How many papers there are within the depth, the paper itself included; None when they were not counted."""


@dataclass(frozen=True, slots=True)
class ListNeighbourhood:
    """The reading list with the papers around it: their keys, oldest first, and in words which papers these are."""

    keys: tuple[str, ...]
    title: str
    description: str


def shared_ancestors(lineage: Lineage, *, most: int = ANCESTORS) -> list[tuple[str, int]]:
    """Find the papers before the list that most papers of the list cite, without the bridges.

    Keys with the number of papers of the list that cite them, at least two. Equal ones are in the order of how many
    papers of the corpus cite them, then of age.
    """
    network = lineage.network
    listed = np.array(lineage.list_numbers, np.int64)
    cited = network.references[positions(network.references_at, listed)]
    citers_in_list = np.bincount(cited, minlength=network.nodes)
    shared = np.flatnonzero((citers_in_list > 1) & (lineage.roles == ROLES.index(ANCESTOR)))
    keys = dict(zip(lineage.keys_of(shared.tolist()), shared.tolist(), strict=True))
    order = sorted(keys, key=lambda k: (-citers_in_list[keys[k]], -len(network.citers_of(keys[k])), lineage.age(k)))
    return [(key, int(citers_in_list[keys[key]])) for key in order[:most]]


def neighbourhood(lineage: Lineage, *, ancestors: int = ANCESTORS) -> list[str]:
    """The list, its bridges, and the ancestors that most of its papers share, oldest first."""
    shared = [key for key, _ in shared_ancestors(lineage, most=ancestors)]
    return lineage.by_age([*lineage.list_keys, *lineage.bridges, *shared])


def around(lineage: Lineage, key: str, *, depth: int = 1, top: int = 200) -> NearbyPapers:
    """Find the papers within some hops of one, whether they cite it or it cites them.

    Linear in the papers and citations within the depth, except for sorting them. Of more than `top` papers the nearest
    are kept, and among equally near ones those of the list, then bridges, then those that most papers of the corpus
    cite.

    >>> from graph import load
    >>> near = around(load(), "devlin2018", top=3)
    >>> list(near.hops), near.total
    (['devlin2018', 'vaswani2017', 'radford2018'], 115)
    """
    away = lineage.network.hops([lineage.number(key)], either=True, most=depth)
    near = np.flatnonzero(away >= 0)
    listed, bridge = (lineage.roles[near] == ROLES.index(role) for role in (LIST, BRIDGE))
    cited = np.diff(lineage.network.citers_at)[near]
    age = lineage.corpus.arrays.age_ranks[near]
    kept = near[np.lexsort((age, -cited, np.where(listed, 0, np.where(bridge, 1, 2)), away[near]))][:top]
    hops = dict(zip(lineage.keys_of(kept.tolist()), away[kept].tolist(), strict=True))
    return NearbyPapers(key, depth, hops, len(near))
