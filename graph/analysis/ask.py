"""A question about paths and its answer."""

from __future__ import annotations

from ..model.lineage import Lineage
from .ancestry import Relatives, find_relatives
from .path_options import PathOptions
from .paths import PathAnswer, find_paths
from .query import Query


def answer_query(lineage: Lineage, query: Query, options: PathOptions) -> PathAnswer | Relatives:
    """Answer a question about paths, or about all papers before or after one.

    Parameters
    ----------
    lineage : Lineage
    query : Query
    options : PathOptions
        Which paths, and in which order. For all papers before or after one only `list_only` and `max_hops` count.

    Examples
    --------
    >>> from graph import load
    >>> answer_query(load(), Query("either", ("ouyang2022", "devlin2018")), PathOptions()).start
    'devlin2018'
    """
    start, end = query.papers[0], query.papers[-1]
    if query.kind in ("ancestry", "descent"):
        return find_relatives(lineage, start, query.kind, list_only=options.list_only, max_hops=options.max_hops)
    answer = find_paths(lineage, start, end, options.through(query.papers[1:-1]))
    if query.kind == "either" and not answer.found:
        other_direction = find_paths(lineage, end, start, options)
        return other_direction if other_direction.found else answer
    return answer
