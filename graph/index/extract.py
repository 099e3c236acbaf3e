"""Some papers of a store as an ordinary corpus, with the store as its source and the coverage of each paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..algorithms.walks import itself
from ..model.arrays import CorpusArrays, dated
from ..model.citekeys import proposed_key
from ..model.corpus import Assertion, Citation, Corpus, Coverage, Paper, Source, State
from ..model.lineage import Lineage, build_lineage
from ..model.tables import Table
from ..utils.text import fingerprint
from .citation_index import INFLUENTIAL, INTENTS, Bytes
from .kernels.shape import induced_subgraph
from .paper_records import PaperRecord
from .store_data import StoreData


@dataclass(frozen=True)
class Extract:
    """Some papers of a store and the citations between them."""

    store: StoreData
    corpus: Corpus
    keys: dict[int, str]
    """The key of each vertex."""

    @cached_property
    def lineage(self) -> Lineage:
        """The lineage of the corpus with the store's reading list."""
        return build_lineage(self.corpus, self.store.reading_list)


def extract(store: StoreData, vertices: Iterable[int], *, standalone: bool = False) -> Extract:
    """Take some papers out of a store, together with those of the reading list.

    A `standalone` corpus is to be used without its store. Then the papers of the reading list are not added, coverage
    says how many of a paper's references the corpus itself has, and keys are as short as in any corpus. Otherwise
    coverage says how many the release has, and each key names one paper of the store (`PaperRecord.key`). Linear in the
    papers and everything that they cite. For most papers a batch of records is decompressed.
    """
    index, source = store.index, source_of(store)
    wanted = {int(vertex) for vertex in vertices} | (set() if standalone else set(store.list_numbers))
    members = np.array(sorted(wanted), np.int32)
    records = list(store.records.many(members.tolist()))
    papers = _papers_with_short_keys(records) if standalone else [record.paper(record.key) for record in records]
    keys = [paper.key for paper in papers]
    part_at, references, evidence = index.run(induced_subgraph, *index.references_with_evidence, members)
    known = np.diff(part_at) if standalone else index.references_at[members + 1] - index.references_at[members]
    by_key = sorted(range(len(keys)), key=keys.__getitem__)
    number = np.empty(len(keys), np.int32)
    number[by_key] = np.arange(len(keys), dtype=np.int32)
    citing, cited = number[np.repeat(np.arange(len(keys)), np.diff(part_at))], number[references]
    order = np.lexsort((cited, citing))
    papers_in_order = {keys[place]: papers[place] for place in by_key}
    arrays = CorpusArrays(
        list(papers_in_order),
        {key: number for number, key in enumerate(papers_in_order)},
        citing[order],
        cited[order],
        *dated(papers_in_order.values()),
    )
    corpus = Corpus.checked(
        arrays,
        papers=papers_in_order,
        citations=Table(_CitationRows(arrays, evidence[order], source), itself),
        coverage=tuple(sorted(_coverage(records, keys, known.tolist(), source), key=lambda row: row.paper)),
        sources={source.id: source},
        merges=(),
        doubts=(),
    )
    return Extract(store, corpus, dict(zip(members.tolist(), keys, strict=True)))


def source_of(store: StoreData) -> Source:
    """The source of a store's citations."""
    release = store.release
    return Source(
        id=f"s2-release:{release or 'unnamed'}",
        kind="semantic_scholar",
        label=f"Semantic Scholar's release {release}" if release else "a bulk release of Semantic Scholar",
        observed=release,
        note="a part of the release: citations between the chosen papers, those that it could match",
    )


def coverage_state(store: StoreData, vertex: int) -> State:
    """How many of a paper's references the store has."""
    record, known = store.records[vertex], store.index.reference_count(vertex)
    return _state(known, record.references) if record.recorded or known else "not_fetched"


def _papers_with_short_keys(records: Sequence[PaperRecord]) -> list[Paper]:
    """The papers with keys as a corpus gives them; a hash of the corpus id follows where several would have one key."""
    proposed = [record.paper(proposed_key(record.unkeyed)) for record in records]
    times = Counter(paper.key for paper in proposed)
    return [
        paper if times[paper.key] == 1 else record.paper(f"{paper.key}-{fingerprint(str(record.corpusid), digits=8)}")
        for record, paper in zip(records, proposed, strict=True)
    ]


class _CitationRows(Sequence[Citation]):
    """The citations of some papers, each made when it is asked for."""

    def __init__(self, arrays: CorpusArrays, evidence: Bytes, source: Source) -> None:
        self._arrays, self._evidence = arrays, evidence
        self._assertions = {
            byte: (Assertion(source.id, influential=bool(byte & INFLUENTIAL), intents=_intents(byte)),)
            for byte in np.unique(evidence).tolist()
        }

    def __len__(self) -> int:
        return len(self._evidence)

    def __getitem__(self, place: Any) -> Any:
        citing, cited = self._arrays.keys_of((self._arrays.citing[place], self._arrays.cited[place]))
        return Citation(citing, cited, self._assertions[int(self._evidence[place])])


def _intents(evidence: int) -> tuple[str, ...]:
    return tuple(sorted(intent for intent, bit in INTENTS.items() if evidence & bit))


def _coverage(
    records: Sequence[PaperRecord], keys: Sequence[str], reference_counts: Sequence[int], source: Source
) -> list[Coverage]:
    """What is known of each paper's references; papers without a record or references have no entry."""
    return [
        Coverage(key, "references", source.id, _state(known, record.references), record.references)
        for record, key, known in zip(records, keys, reference_counts, strict=True)
        if record.recorded or known
    ]


def _state(known: int, counted: int | None) -> State:
    """Complete when all references are known that the service counts, else partial.

    When none are known and the service counts none, the list is elided: a paper must have some.
    """
    if not known:
        return "partial" if counted else "elided"
    return "complete" if counted is not None and known >= counted else "partial"
