"""The corpus: papers, the citations between them, who asserts each citation, and what is not known.

A citation runs from the *citing* paper to the *cited* one. A corpus is a value: nothing in this
package changes one in place. `graph.model.storage` saves it and reads it back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from .arrays import MANY, CorpusArrays, arrays_of
from .entities import (
    KINDS,
    STATES,
    Assertion,
    Citation,
    Coverage,
    DateBasis,
    Direction,
    Doubt,
    Kind,
    Merge,
    Paper,
    Source,
    State,
    partial_date,
)
from .evidence_codes import Codes, codes_at
from .identifiers import Identifier, closure, twins
from .name_index import IdentifierIndex, NameIndex
from .notices import Notice, by_paper, notice_order
from .pandas_tables import InPandas
from .tables import ChangedPapers, rows_of, rows_with

__all__ = [
    "KINDS", "STATES", "Assertion", "Citation", "Corpus", "Coverage", "DateBasis", "Direction", "Doubt", "Kind",
    "Merge", "Notice", "Paper", "Source", "State", "partial_date",
]  # fmt: skip

ROW_ORDER: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "citations": lambda citation: (citation.citing, citation.cited),
    "coverage": lambda row: (row.paper, row.direction, row.source),
    "merges": lambda merge: (merge.paper, merge.record),
    "doubts": lambda doubt: (doubt.papers, doubt.reason),
    "notices": notice_order,
}
"""The order of the rows of each table, so that equal corpora are equal values."""
_BESIDE = ("coverage", "sources", "merges", "doubts", "notices")

_NO_ARXIV = "~"
"""Comes behind all arXiv identifiers."""


@dataclass(frozen=True)
class Corpus(InPandas):
    """Papers, citations, coverage and provenance. A corpus checks its consistency when it is made.

    Raises `InputError` when a citation, coverage row or merge names a paper or source that is not in the corpus, or
    there are two citations for one pair of papers; all faults at once.
    """

    papers: Mapping[str, Paper]
    """By key."""
    citations: Sequence[Citation] = ()
    """Citing -> cited, each pair once."""
    coverage: Sequence[Coverage] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    """By id; every assertion and coverage row names one of them."""
    merges: Sequence[Merge] = ()
    """Which records were merged into papers, and why."""
    doubts: Sequence[Doubt] = ()
    """Which papers look alike and were not merged."""
    notices: Sequence[Notice] = ()
    """Retractions and the like; empty where none were looked for."""

    def __post_init__(self) -> None:
        for name, order in ROW_ORDER.items():
            object.__setattr__(self, name, tuple(sorted(getattr(self, name), key=order)))
        faults = [InputError(what, remedy="rebuild the corpus from its sources") for what in self._faults()]
        if faults:
            raise InputError.collected(faults)

    @classmethod
    def checked(
        cls, arrays: CorpusArrays, *, kept: Mapping[str, Callable[[], Any]] | None = None, **tables: Any
    ) -> Self:
        """A corpus of tables that are known to be in order and to fit together: nothing is looked at again.

        `arrays` are those of these papers and citations, and `tables` has every field of a corpus by name. `kept` gives
        the "names", the "identifiers" and the "evidence" from an index, or None where it cannot.
        """
        corpus = object.__new__(cls)
        for name, table in tables.items():
            object.__setattr__(corpus, name, table)
        corpus.__dict__["arrays"] = arrays
        corpus.__dict__["kept"] = kept or {}
        return corpus

    def __reduce__(self) -> tuple[Any, ...]:
        """A corpus for another process: all of its rows, since it may be read from open files that are not there."""
        tables = {each: tuple(getattr(self, each)) for each in ("citations", *_BESIDE) if each != "sources"}
        return _of_values, (dict(self.papers), dict(self.sources), tables)

    def __copy__(self) -> Self:
        return self  # a value: nobody can tell a copy from it

    def __deepcopy__(self, memo: object) -> Self:
        return self

    @cached_property
    def arrays(self) -> CorpusArrays:
        """The papers as numbers and the citations as a network; made when first asked for."""
        return arrays_of(self.papers, self.citations)

    def with_papers(self, changed: Mapping[str, Paper]) -> Corpus:
        """The same corpus with some papers changed or added; everything else is shared."""
        made = Corpus.checked(
            self.arrays.with_papers(changed),
            papers=ChangedPapers(self.papers, changed),
            **{each: getattr(self, each) for each in ("citations", *_BESIDE)},
        )
        made.__dict__["changed"] = self, changed
        return made

    def with_citations(self, changed: Mapping[tuple[str, str], Citation]) -> Corpus:
        """The same corpus with other evidence for some citations, by their citing and cited paper."""
        citations = tuple(changed.get((each.citing, each.cited), each) for each in self.citations)
        tables = {each: getattr(self, each) for each in ("papers", *_BESIDE)}
        return Corpus.checked(self.arrays, citations=citations, **tables)

    def citation(self, citing: str, cited: str) -> Citation | None:
        """The citation from one paper to another; None where there is none."""
        numbers = self.arrays.numbers
        place = self.arrays.place(numbers[citing], numbers[cited])
        return None if place is None else self.citations[place]

    def citations_of(self, citing: str) -> Sequence[Citation]:
        """The citations by one paper."""
        return [self.citations[place] for place in self.arrays.places_of(self.arrays.numbers[citing])]

    def citations_to(self, cited: str) -> Sequence[Citation]:
        """The citations of one paper by others."""
        citers = self.arrays.keys_of(self.arrays.network.citers_of(self.arrays.numbers[cited]).tolist())
        return [each for citing in citers if (each := self.citation(citing, cited))]

    @cached_property
    def names(self) -> NameIndex:
        """What the papers are called, folded and ready to be searched; made when first asked for."""
        numbers = self.arrays.numbers
        return self._kept("names") or NameIndex.of((numbers[row.key], row) for row in rows_of(self.papers))

    def keys_by_name(self, find: Callable[[NameIndex], list[int]]) -> list[str]:
        """The keys of the papers that a look-up of names finds."""
        if self._changed is None:
            return self.arrays.keys_of(find(self.names))
        corpus, changed = self._changed
        numbered = list(enumerate(changed.values()))
        found = {numbered[number][1].key for number in find(NameIndex.of(numbered))}
        return sorted(found | (set(corpus.keys_by_name(find)) - changed.keys()))

    def evidence_codes(self, places: NDArray[np.int64]) -> Codes:
        """The evidence of the citations at some places as bytes: see `graph.model.evidence_codes`."""
        if self._changed is not None:  # in papers, not in citations
            return self._changed[0].evidence_codes(places)
        kept = self._kept("evidence")
        return codes_at(self.sources, self.citations, places) if kept is None else kept[places]

    @property
    def unchanged(self) -> Corpus:
        """The corpus before papers of it were changed or added; it has its index, where there is one."""
        return self if self._changed is None else self._changed[0]

    @property
    def _changed(self) -> tuple[Corpus, Mapping[str, Paper]] | None:
        """The corpus of which this one is a change, and the papers that differ."""
        found: tuple[Corpus, Mapping[str, Paper]] | None = self.__dict__.get("changed")
        return found

    def _kept(self, name: str) -> Any:
        """What the index of the folder keeps of this name; None where there is no index, or it is damaged."""
        kept = self.__dict__.get("kept", {}).get(name)
        return kept() if kept else None

    def identified(self, identifier: Identifier) -> tuple[str, ...]:
        """The keys of the papers with an identifier, or with one that implies the same."""
        if self._changed is not None:
            corpus, changed = self._changed
            found = set(corpus.identified(identifier)) - changed.keys()
            same = closure([identifier])
            return tuple(sorted(found | {key for key, each in changed.items() if same & closure(each.identifiers)}))
        wanted = {str(each) for each in closure([identifier])}
        keys = {self.arrays.keys[number] for text in wanted for number in self.identifiers.candidates(text)}
        return tuple(sorted(key for key in keys if wanted & _implied(self.papers[key].identifiers)))

    def arxiv_identifiers(self, numbers: Sequence[int]) -> list[str]:
        """The first arXiv identifier of papers by their numbers, or what comes behind all of them."""
        keys = self.arrays.keys_of(numbers)
        if len(numbers) * MANY < len(self.papers):
            return [_arxiv(self.papers[key].identifiers) for key in keys]
        return [self._all_arxiv.get(key, _NO_ARXIV) for key in keys]

    @cached_property
    def _all_arxiv(self) -> Mapping[str, str]:  # the pages of a site ask one after the other
        found = ((row.key, _arxiv(row.identifiers)) for row in rows_with(self.papers, '"arxiv:'))
        return {key: identifier for key, identifier in found if identifier != _NO_ARXIV}

    @cached_property
    def identifiers(self) -> IdentifierIndex:
        """Which papers may have an identifier; made when first asked for."""
        numbers = self.arrays.numbers
        return self._kept("identifiers") or IdentifierIndex.of(
            (text, numbers[row.key]) for row in rows_of(self.papers) for text in _implied(row.identifiers)
        )

    def _faults(self) -> list[str]:
        faults = [f"paper {p.key!r} is listed under the key {key!r}" for key, p in self.papers.items() if p.key != key]
        for citation in self.citations:
            pair = f"citation {citation.citing} -> {citation.cited}"
            faults += [
                f"{pair}: no paper {key!r}" for key in (citation.citing, citation.cited) if key not in self.papers
            ]
            faults += [f"{pair}: no source {source!r}" for source in citation.sources if source not in self.sources]
            if not citation.assertions:
                faults.append(f"{pair}: no source asserts it")
        pairs = Counter((citation.citing, citation.cited) for citation in self.citations)
        faults += [f"citation {a} -> {b} is there {n} times" for (a, b), n in pairs.items() if n > 1]
        for row in self.coverage:
            if row.paper not in self.papers:
                faults.append(f"coverage: no paper {row.paper!r}")
            if row.source not in self.sources:
                faults.append(f"coverage of {row.paper}: no source {row.source!r}")
        faults += [f"merge of {m.record!r}: no paper {m.paper!r}" for m in self.merges if m.paper not in self.papers]
        faults += [f"doubt: no paper {key!r}" for d in self.doubts for key in d.papers if key not in self.papers]
        faults += [f"notice: no paper {n.paper!r}" for n in self.notices if n.paper not in self.papers]
        faults += [f"notice: no source {n.source!r}" for n in self.notices if n.source not in self.sources]
        return faults

    @property
    def observed_until(self) -> str | None:
        """The last day on which a source was observed, "YYYY-MM-DD"; None when none says."""
        return max((each.observed for each in self.sources.values() if each.observed), default=None)

    @cached_property
    def retraction_tables(self) -> Sequence[Source]:
        """The sources that were looked through for retractions."""
        return [source for source in self.sources.values() if source.kind == "retraction_watch"]

    @cached_property
    def notices_by_paper(self) -> Mapping[str, Sequence[Notice]]:
        """The notices about each paper that has one."""
        return by_paper(self.notices)

    @cached_property
    def _coverage_by_paper(self) -> dict[tuple[str, Direction], list[Coverage]]:
        by_paper: dict[tuple[str, Direction], list[Coverage]] = {}
        for row in self.coverage:
            by_paper.setdefault((row.paper, row.direction), []).append(row)
        return by_paper

    def coverage_of(self, key: str, direction: Direction = "references") -> State:
        """How much the best source knows of a paper's references or citations.

        "not_fetched" when no source was asked: the references are unknown then, and may exist.
        """
        rows = self._coverage_by_paper.get((key, direction))
        return min((row.state for row in rows), key=STATES.index) if rows else "not_fetched"

    def coverage_rows(self, key: str, direction: Direction = "references") -> Sequence[Coverage]:
        """How much each source knows of a paper's references or citations."""
        return self._coverage_by_paper.get((key, direction), [])


def _of_values(papers: Mapping[str, Paper], sources: Mapping[str, Source], tables: Mapping[str, Any]) -> Corpus:
    """A corpus that another process sent, which was checked when it was made."""
    arrays = arrays_of(papers, tables["citations"])
    return Corpus.checked(arrays, papers=papers, sources=sources, **tables)


def _arxiv(identifiers: Iterable[Any]) -> str:
    return min(
        (text.removeprefix("arxiv:") for each in identifiers if (text := str(each)).startswith("arxiv:")),
        default=_NO_ARXIV,
    )


def _implied(identifiers: Iterable[Any]) -> set[str]:
    """Identifiers as texts, with those that they imply."""
    return {text for each in identifiers for text in twins(str(each))}
