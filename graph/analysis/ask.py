"""A question about paths and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InputError
from ..model.collection import PaperCollection
from ..model.lineage import Lineage
from .no_path import Report, silent
from .path_answer import PathAnswer
from .path_options import PathOptions
from .paths import paths_in
from .query import Query

if TYPE_CHECKING:
    from .ancestry import Relatives


def answer_query(
    papers: PaperCollection, query: Query, options: PathOptions, report: Report = silent
) -> tuple[Lineage, PathAnswer | Relatives]:
    """Answer a question about paths, or about all papers before or after one.

    Returns a lineage that has the papers of the answer, and the answer. For all papers before or after one only
    `list_only` and `max_hops` can be set. `report` takes a remark on what the
    answer leaves out. Raises `InputError` when the question is about too many papers, or has a limit that cannot be
    kept.

    >>> from graph import load
    >>> answer_query(load(), Query("either", ("ouyang2022", "devlin2018")), PathOptions())[1].start
    'devlin2018'
    """
    start, end = query.papers[0], query.papers[-1]
    if query.kind in ("ancestry", "descent"):
        if options.leaves_out or options.via or options.waypoints:
            raise InputError(
                "all papers before or after one cannot be limited to a theme, years, or paths through or around papers",
                remedy="leave out --via, --avoid, --theme, --between "
                "and --without-self-citations; --max-hops and --list-only work",
            )
        if options.longest or options.rank != "shortest":
            what = "all papers before or after one have no order of paths"
            raise InputError(what, remedy="leave out --rank and --longest")
        if options.top != PathOptions().top:
            what = "all papers before or after one are shown, and no number of paths"
            raise InputError(what, remedy="leave out --top; --max-hops limits how far they are")
        from .ancestry import relatives_in

        return relatives_in(papers, start, query.kind, list_only=options.list_only, max_hops=options.max_hops)
    found = paths_in(papers, start, end, options.through(query.papers[1:-1]), report)
    if query.kind == "either" and not found[1].found:
        other_direction = paths_in(papers, end, start, options, report)
        return other_direction if other_direction[1].found else found
    return found
