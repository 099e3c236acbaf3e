"""A question about paths, as a person types it, and its answer: what every door asks alike."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.lineage import Lineage
from .ancestry import Relatives, find_relatives
from .path_options import PathOptions
from .paths import PathAnswer, find_paths
from .query import Query, parse_query, two_papers


def answer_question(lineage: Lineage, words: Sequence[str], wish: PathOptions | None = None) -> PathAnswer | Relatives:
    """Answer a question about paths, or about all that is before or after a paper.

    Parameters
    ----------
    lineage : Lineage
    words : sequence of str
        "BERT → InstructGPT", "A → B → C", "A ↔ B", "* → A", "A → *", "BERT to GPT", as one text or as
        several words.
    wish : PathOptions, optional
        Which paths, and in which order. Of all kin only its `list_only` and `max_hops` count.

    Raises
    ------
    InputError, NameNotFound, AmbiguousName
        When the question cannot be understood.

    Examples
    --------
    >>> from graph import load
    >>> answer_question(load(), ["GPT ↔ BERT"]).start
    'radford2018'
    """
    return answer_query(lineage, parse_query(lineage, words), wish or PathOptions())


def answer_query(lineage: Lineage, query: Query, options: PathOptions) -> PathAnswer | Relatives:
    """Answer a parsed question about paths; see `answer_question`."""
    start, end = query.papers[0], query.papers[-1]
    if query.kind in ("ancestry", "descent"):
        return find_relatives(lineage, start, query.kind, list_only=options.list_only, max_hops=options.max_hops)
    answer = find_paths(lineage, start, end, options.through(query.papers[1:-1]))
    if query.kind == "either" and not answer.found:
        turned = find_paths(lineage, end, start, options)
        return turned if turned.found else answer
    return answer


def parse_two_papers(lineage: Lineage, words: Sequence[str], *, example: str = "BERT → InstructGPT") -> tuple[str, str]:
    """The keys of the two papers that a question in one direction names.

    Raises
    ------
    InputError
        When the words do not name two papers in one direction.
    NameNotFound, AmbiguousName
        When a name cannot be resolved.

    Examples
    --------
    >>> from graph import load
    >>> parse_two_papers(load(), ["BERT to InstructGPT"])
    ('devlin2018', 'ouyang2022')
    """
    return two_papers(parse_query(lineage, words), example=example)
