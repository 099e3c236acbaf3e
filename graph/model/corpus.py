"""The corpus: papers, the citations between them, who asserts each citation, and what is not known.

A citation runs from the *citing* paper to the *cited* one. A corpus is a value: nothing in this
package changes one in place. `graph.model.storage` saves it and reads it back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..errors import InputError
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
from .identifiers import Identifier, closure

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "KINDS",
    "STATES",
    "Assertion",
    "Citation",
    "Corpus",
    "Coverage",
    "DateBasis",
    "Direction",
    "Doubt",
    "Kind",
    "Merge",
    "Paper",
    "Source",
    "State",
    "partial_date",
]

_ORDER: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "citations": lambda citation: (citation.citing, citation.cited),
    "coverage": lambda row: (row.paper, row.direction, row.source),
    "merges": lambda merge: (merge.paper, merge.record),
    "doubts": lambda doubt: (doubt.papers, doubt.reason),
}


@dataclass(frozen=True)
class Corpus:
    """Papers, citations, coverage and provenance. A corpus checks its consistency when it is made.

    Parameters
    ----------
    papers : mapping of str to Paper
        By key.
    citations : sequence of Citation
        Citing -> cited, each pair once.
    coverage : sequence of Coverage
    sources : mapping of str to Source
        By id; every assertion and coverage row names one of them.
    merges, doubts : sequence
        Which records were merged into papers and why, and which papers look alike and were not merged.

    Raises
    ------
    InputError
        When a citation, coverage row or merge names a paper or source that is not in the corpus, or
        there are two citations for one pair of papers; all faults at once.
    """

    papers: Mapping[str, Paper]
    citations: Sequence[Citation] = ()
    coverage: Sequence[Coverage] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    merges: Sequence[Merge] = ()
    doubts: Sequence[Doubt] = ()

    def __post_init__(self) -> None:
        for name, order in _ORDER.items():  # one order, so that equal corpora are equal values
            object.__setattr__(self, name, tuple(sorted(getattr(self, name), key=order)))
        faults = [InputError(what, remedy="rebuild the corpus from its sources") for what in self._faults()]
        if faults:
            raise InputError.collected(faults)

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
        return faults

    @cached_property
    def _coverage_by_paper(self) -> dict[tuple[str, Direction], list[Coverage]]:
        by_paper: dict[tuple[str, Direction], list[Coverage]] = {}
        for row in self.coverage:
            by_paper.setdefault((row.paper, row.direction), []).append(row)
        return by_paper

    def coverage_of(self, key: str, direction: Direction = "references") -> State:
        """How much the best source knows of a paper's references or citations.

        Returns
        -------
        str
            "not_fetched" when no source was asked: the references are unknown then, and may exist.
        """
        states = [row.state for row in self._coverage_by_paper.get((key, direction), [])]
        return min(states, key=STATES.index, default="not_fetched")

    def coverage_rows(self, key: str, direction: Direction = "references") -> Sequence[Coverage]:
        """How much each source knows of a paper's references or citations."""
        return self._coverage_by_paper.get((key, direction), [])

    def papers_by_identifier(self) -> dict[Identifier, tuple[str, ...]]:
        """The keys of the papers that have each identifier: nearly always one.

        Notes
        -----
        Computed with every call; linear in papers.
        """
        found: dict[Identifier, tuple[str, ...]] = {}
        for paper in self.papers.values():
            for each in closure(paper.identifiers):
                found[each] = (*found.get(each, ()), paper.key)
        return found

    def with_papers(self, papers: Mapping[str, Paper]) -> Corpus:
        """The same corpus with further papers by key, or with other facts about papers that it has.

        The rest need not be checked again, because everything that it names is still there.
        """
        changed = copy(self)
        object.__setattr__(changed, "papers", {**self.papers, **papers})
        return changed

    def papers_frame(self) -> pd.DataFrame:
        """The papers as a pandas table, one row a paper, indexed by key.

        `year` is a nullable integer, because a year may be unknown.
        """
        import pandas as pd

        rows = [
            {
                "key": p.key,
                "title": p.title,
                "year": p.year,
                "date": p.date,
                "date_basis": p.date_basis,
                "publication_date": p.publication_date,
                "authors": "; ".join(p.authors) or None,
                "authors_complete": p.authors_complete,
                "venue": p.venue,
                "names": "; ".join(p.names) or None,
                "identifiers": " ".join(str(i) for i in p.identifiers) or None,
                "references": self.coverage_of(p.key, "references"),
                "citations": self.coverage_of(p.key, "citations"),
            }
            for p in self.papers.values()
        ]
        return pd.DataFrame(rows).astype({"year": "Int64"}).set_index("key") if rows else pd.DataFrame()

    def citations_frame(self) -> pd.DataFrame:
        """The citations as a pandas table, one row a pair: citing, cited, sources, the number of sources."""
        import pandas as pd

        rows = [(c.citing, c.cited, " ".join(c.sources), len(c.assertions)) for c in self.citations]
        return pd.DataFrame(rows, columns=["citing", "cited", "sources", "asserted_by"])
