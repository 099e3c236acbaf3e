"""Citing sentences for the hops of one answer about a store."""

from __future__ import annotations

from dataclasses import replace

from ..index.store import Store
from ..model.corpus import Citation
from ..model.lineage import Lineage
from .paths import PathAnswer


def quoted(store: Store, lineage: Lineage, answer: PathAnswer) -> tuple[Lineage, PathAnswer]:
    """An answer about paths of a store whose hops carry their citing sentences.

    Parameters
    ----------
    store : Store
        Without the table of sentences the answer stays as it is.
    lineage : Lineage
        The part of the store that the answer is about.
    answer : PathAnswer

    Returns
    -------
    (Lineage, PathAnswer)
        Of each citation at most `graph.index.contexts.MAX_SENTENCES` sentences. They change neither the order
        nor the strength of paths.
    """
    hops = {(hop.cited, hop.citing) for path in answer.paths for hop in path.hops}
    if store.sentences is None or not hops:
        return lineage, answer
    number = {key: _corpusid(lineage, key) for hop in hops for key in hop}
    found = store.sentences.of((number[citing], number[cited]) for cited, citing in hops)
    said = {hop: _saying(lineage.citation(*hop), found.get((number[hop[1]], number[hop[0]]), ())) for hop in hops}
    corpus = lineage.corpus.with_citations({(each.citing, each.cited): each for each in said.values()})
    paths = tuple(
        replace(path, hops=tuple(replace(hop, citation=said[hop.cited, hop.citing]) for hop in path.hops))
        for path in answer.paths
    )
    return replace(lineage, corpus=corpus), replace(answer, paths=paths)


def _saying(citation: Citation, sentences: tuple[str, ...]) -> Citation:
    """The citation with what its one source quotes."""
    return replace(citation, assertions=tuple(replace(each, contexts=sentences) for each in citation.assertions))


def _corpusid(lineage: Lineage, key: str) -> int:
    return next(int(each.value) for each in lineage.paper(key).identifiers if each.scheme == "corpusid")
