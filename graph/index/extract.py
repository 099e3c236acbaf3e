"""Some papers of a store as an ordinary corpus, which says where it is from and what it leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..model.citekeys import proposed_key
from ..model.corpus import Assertion, Citation, Corpus, Coverage, Paper, Source, State
from ..model.lineage import Lineage, build_lineage
from ..utils.text import fingerprint
from .citation_index import INFLUENTIAL, INTENTS, Ints
from .kernels.shape import induced
from .paper_records import PaperRecord
from .store import Store

CITATIONS = 3_000_000
"""More citations than this make no ordinary corpus."""


@dataclass(frozen=True)
class Extract:
    """Some papers of a store with the citations between them.

    Attributes
    ----------
    store : Store
    corpus : Corpus
    keys : mapping of int to str
        The key of each vertex.
    """

    store: Store
    corpus: Corpus
    keys: dict[int, str]

    @cached_property
    def lineage(self) -> Lineage:
        """Seen from the store's reading list."""
        return build_lineage(self.corpus, self.store.reading_list)


def extract(store: Store, vertices: Iterable[int], *, alone: bool = False) -> Extract:
    """Take some papers out of a store, and those of the reading list with them.

    Parameters
    ----------
    store : Store
    vertices : iterable of int
    alone : bool
        Whether the corpus is to stand without its store. Coverage then says how much of a paper's
        references the corpus itself has, otherwise how much the release has; and keys are as short as
        in any corpus, where otherwise each names one paper of the store (`PaperRecord.key`).

    Returns
    -------
    Extract

    Notes
    -----
    Linear in the papers and all that they cite; a batch of records is decompressed for most papers.
    """
    wanted = {int(vertex) for vertex in vertices} | (set() if alone else set(store.listed))
    members = np.array(sorted(wanted), np.int32)
    cards = list(store.cards.many(members.tolist()))
    papers = _papers(cards) if alone else [card.paper(card.key) for card in cards]
    keys = [paper.key for paper in papers]
    source = source_of(store)
    at, to, said = induced(store.index.references_at, store.index.references, store.index.evidence, members)
    corpus = Corpus(
        papers={paper.key: paper for paper in sorted(papers, key=lambda paper: paper.key)},
        citations=_citations(keys, at, to, said, source),
        coverage=_coverage(store, members, cards, keys, np.diff(at) if alone else None, source),
        sources={source.id: source},
    )
    return Extract(store, corpus, dict(zip(members.tolist(), keys, strict=True)))


def source_of(store: Store) -> Source:
    """Who asserts the citations of a store."""
    release = store.release
    return Source(
        id=f"s2-release:{release or 'unnamed'}",
        kind="semantic_scholar",
        label=f"Semantic Scholar's release {release}" if release else "a bulk release of Semantic Scholar",
        observed=release,
        note="a part of the release: citations between the chosen papers, those that it could match",
    )


def coverage_state(store: Store, vertex: int) -> State:
    """How far the references of a paper are known to the store."""
    card, there = store.cards[vertex], store.index.cites(vertex)
    return _state(there, card.references) if card.recorded or there else "not_fetched"


def _papers(cards: Sequence[PaperRecord]) -> list[Paper]:
    """Papers with keys of their own; namesakes are told apart by their corpus id, whoever else is there."""
    proposed = [card.paper(proposed_key(card.paper("unkeyed"))) for card in cards]
    times = Counter(paper.key for paper in proposed)
    return [
        paper if times[paper.key] == 1 else card.paper(f"{paper.key}-{fingerprint(str(card.corpusid), digits=8)}")
        for card, paper in zip(cards, proposed, strict=True)
    ]


def _citations(keys: Sequence[str], at: Ints, to: Ints, said: Ints, source: Source) -> list[Citation]:
    known = {
        byte: Assertion(source.id, influential=bool(byte & INFLUENTIAL), intents=_intents(byte))
        for byte in np.unique(said).tolist()
    }
    citing = np.repeat(np.arange(len(keys)), np.diff(at)).tolist()
    return [
        Citation(keys[one], keys[other], (known[byte],))
        for one, other, byte in zip(citing, to.tolist(), said.tolist(), strict=True)
    ]


def _intents(byte: int) -> tuple[str, ...]:
    return tuple(sorted(intent for intent, bit in INTENTS.items() if byte & bit))


def _coverage(
    store: Store, members: Ints, cards: Sequence[PaperRecord], keys: Sequence[str], inside: Ints | None, source: Source
) -> list[Coverage]:
    """What is known of each paper's references: whole when there are as many as the service itself counts."""
    rows = []
    for n, (vertex, card, key) in enumerate(zip(members.tolist(), cards, keys, strict=True)):
        there = int(inside[n]) if inside is not None else store.index.cites(vertex)
        if card.recorded or there:
            rows.append(Coverage(key, "references", source.id, _state(there, card.references), card.references))
    return rows


def _state(there: int, counted: int | None) -> State:
    """Whole, in part, or with a list that is elided: the service counts no reference of a paper that must have some."""
    if not there:
        return "elided" if not counted else "partial"
    return "complete" if counted is not None and there >= counted else "partial"
