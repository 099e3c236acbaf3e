"""Which papers a view shows: the list alone, or the list with what surrounds it."""

from __future__ import annotations

from .lineage import ANCESTOR, Lineage

ANCESTORS = 40


def shared_ancestors(lineage: Lineage, *, most: int = ANCESTORS) -> list[tuple[str, int]]:
    """Papers before the list that the list leans on most, and that are no bridges.

    Parameters
    ----------
    lineage : Lineage
    most : int
        How many at the most.

    Returns
    -------
    list of (str, int)
        Keys with the number of list papers that cite them, at least two; equals are ordered by
        how many papers of the corpus cite them, then by age.
    """
    listed = set(lineage.list_keys)
    leaning = {
        key: sum(citing in listed for citing in lineage.graph.successors(key))
        for key, data in lineage.graph.nodes(data=True)
        if data["role"] == ANCESTOR
    }
    shared = [key for key, count in leaning.items() if count > 1]
    shared.sort(key=lambda key: (-leaning[key], -lineage.graph.out_degree(key), lineage.age(key)))
    return [(key, leaning[key]) for key in shared[:most]]


def neighbourhood(lineage: Lineage, *, ancestors: int = ANCESTORS) -> list[str]:
    """The list, its bridges, and the ancestors that most of it shares, oldest first."""
    shared = [key for key, _ in shared_ancestors(lineage, most=ancestors)]
    return sorted([*lineage.list_keys, *lineage.bridges, *shared], key=lineage.age)
