"""A question about paths, as a person types it, and its answer: what every door asks alike."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import InputError
from ..model.lineage import Lineage
from .ancestry import Relatives, find_relatives
from .path_options import PathOptions
from .paths import PathAnswer, find_paths
from .query import parse_query


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
    >>> answer_to(load(), ["GPT ↔ BERT"]).start
    'radford2018'
    """
    asked, wish = parse_query(lineage, words), wish or PathOptions()
    if asked.kind in ("ancestry", "descent"):
        return find_relatives(lineage, asked.papers[0], asked.kind, list_only=wish.list_only, max_hops=wish.max_hops)
    answer = find_paths(lineage, asked.papers[0], asked.papers[-1], wish.through(asked.papers[1:-1]))
    if asked.kind == "either" and not answer.found:
        turned = find_paths(lineage, asked.papers[-1], asked.papers[0], wish)
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
    >>> two_ends(load(), ["BERT to InstructGPT"])
    ('devlin2018', 'ouyang2022')
    """
    asked = parse_query(lineage, words)
    if asked.kind != "path" or len(asked.papers) != 2:
        raise InputError("two papers are needed", remedy=f"name them, as in: {example}")
    return asked.papers[0], asked.papers[1]
