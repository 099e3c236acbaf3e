"""Pairs of papers: those that are cited together, and those that build on the same papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from math import sqrt

from ...errors import NameNotFound
from ...model.lineage import Lineage
from .counts import UNKNOWN_REFERENCES
from .values import Refusal, Result, incomplete, noted, oldest_first, unreferenced


def cocitation(lineage: Lineage, *, paper: str) -> Result:
    """Measure how often other papers are cited together with one, by Salton's cosine.

    If C(i) are the papers that cite i::

        cosine(i, j) = |C(i) & C(j)| / sqrt(|C(i)| * |C(j)|)

    Raises `NameNotFound` when no paper has this key.

    Parameters
    ----------
    lineage : Lineage
        C(i) are the papers to which the arcs from i lead, cited -> citing.
    paper : str
        The key of the paper with which others are compared.

    Returns
    -------
    Result
        A number in (0, 1] for every paper that is cited together with it at least once, and for no
        other paper. The detail `shared` says how often.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> cocitation(example(), paper="b").details
    {'a': {'shared': 1}}

    Notes
    -----
    Linear in the references of the papers that cite it. Only the known reference lists of the corpus
    count; other papers may also cite the two.

    References
    ----------
    Small (1973), doi:10.1002/asi.4630240406; for the cosine Hamers et al. (1989),
    doi:10.1016/0306-4573(89)90048-4.
    """
    _require_paper(lineage, paper)
    graph = lineage.citation_graph()
    notes = noted(len(incomplete(lineage)), "the references of {:,} papers are not fully known, and not counted")
    return _partners(lineage, "cocitation", paper, graph.successors, graph.predecessors, notes)


def coupling(lineage: Lineage, *, paper: str) -> Result:
    """Measure how far other papers build on the same papers as one, by Salton's cosine.

    If R(i) are the references of i::

        cosine(i, j) = |R(i) & R(j)| / sqrt(|R(i)| * |R(j)|)

    Raises `NameNotFound` when no paper has this key.

    Parameters
    ----------
    lineage : Lineage
        R(i) are the papers from which arcs lead to i, cited -> citing.
    paper : str
        The key of the paper with which others are compared.

    Returns
    -------
    Result
        A number in (0, 1] for every paper that shares at least one reference with it, and for no
        other paper. The detail `shared` says how many. Without values, and with the reason, when
        nothing is known of the references of `paper`.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> coupling(example(), paper="b").values == {"c": 1 / 2**0.5, "d": 1.0}
    True

    Notes
    -----
    Linear in the citations of its references. A paper whose references are known in part is
    compared by the known ones; a note says how many such papers there are.

    References
    ----------
    Kessler (1963), doi:10.1002/asi.5090140103; for the cosine Hamers et al. (1989),
    doi:10.1016/0306-4573(89)90048-4.
    """
    _require_paper(lineage, paper)
    if paper in unreferenced(lineage):
        return Result("coupling", {}, (Refusal(UNKNOWN_REFERENCES, (paper,)),), parameters={"paper": paper})
    graph = lineage.citation_graph()
    found = _partners(lineage, "coupling", paper, graph.predecessors, graph.successors, ())
    partly = incomplete(lineage)
    notes = noted(paper in partly, "its own references are known only in part")
    notes += noted(
        len(partly & set(found.values)), "papers here that are compared by references known only in part: {:,}"
    )
    return replace(found, notes=notes)


def _partners(
    lineage: Lineage,
    measure: str,
    paper: str,
    links: Callable[[str], Iterable[str]],
    back: Callable[[str], Iterable[str]],
    notes: tuple[str, ...],
) -> Result:
    """Every paper that shares a link with this one, oldest first; `back` gives the papers that have a link."""
    shared = Counter(other for link in links(paper) for other in back(link) if other != paper)
    own = sum(1 for _ in links(paper))
    keys = [key for key in oldest_first(lineage) if key in shared]
    values = {key: shared[key] / sqrt(own * sum(1 for _ in links(key))) for key in keys}
    details = {key: {"shared": shared[key]} for key in keys}
    return Result(measure, values, (), notes, {"paper": paper}, details)


def _require_paper(lineage: Lineage, paper: str) -> None:
    if paper not in lineage.corpus.papers:
        raise NameNotFound(paper, ())
