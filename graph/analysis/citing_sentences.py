"""The citing sentences of a store on the hops of an answer."""

from __future__ import annotations

from dataclasses import replace

from ..index.store import Store
from ..model.corpus import Citation
from ..model.lineage import Lineage
from .path_answer import PathAnswer


def with_contexts(store: Store, lineage: Lineage, answer: PathAnswer) -> tuple[Lineage, PathAnswer]:
    """Add the citing sentences to the hops of an answer about the paths of a store.

    The lineage is the part of the store that the answer is about. Each citation gets at most
    `graph.index.contexts.MAX_SENTENCES` sentences, which change neither the order nor the strength of paths. When the
    store keeps no sentences, the answer stays as it is.
    """
    hops = {(hop.cited, hop.citing) for path in answer.paths for hop in path.hops}
    if store.sentences is None or not hops:
        return lineage, answer
    number = {key: _corpusid(lineage, key) for hop in hops for key in hop}
    found = store.sentences.of((number[citing], number[cited]) for cited, citing in hops)
    changed = {
        (cited, citing): _with_sentences(
            lineage.citation(cited, citing), found.get((number[citing], number[cited]), ())
        )
        for cited, citing in hops
    }
    paths = tuple(
        replace(path, hops=tuple(replace(hop, citation=changed[hop.cited, hop.citing]) for hop in path.hops))
        for path in answer.paths
    )
    corpus = lineage.corpus.with_citations({(each.citing, each.cited): each for each in changed.values()})
    return replace(lineage, corpus=corpus), replace(answer, paths=paths)


def _with_sentences(citation: Citation, sentences: tuple[str, ...]) -> Citation:
    """The citation with the sentences that its one source quotes."""
    return replace(citation, assertions=tuple(replace(each, contexts=sentences) for each in citation.assertions))


def _corpusid(lineage: Lineage, key: str) -> int:
    return next(int(each.value) for each in lineage.paper(key).identifiers if each.scheme == "corpusid")
