"""The papers and citations that the service serves: a value, which a test builds and may replace.

Permanent defects of the data (an elided bibliography, a null paperId, a merged id, a repeated row)
belong here; what only goes wrong on the way is a fault (`tests.service.faults`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph.model.corpus import Corpus

from .dates import day_of
from .paper_ids import ids_of, normalised_id
from .records import CitationRecord, JsonObject, PaperRecord, made_up_number, made_up_sha, record_of

_INTENTS: tuple[tuple[str, ...] | None, ...] = (("background",), ("methodology",), ("background", "result"), None)


@dataclass(frozen=True)
class ScholarWorld:
    """Everything that the service knows.

    Attributes
    ----------
    papers : tuple of PaperRecord
        Unresolved records too.
    citations : tuple of CitationRecord
        Citing -> cited. A row that is repeated is served twice.
    merged : mapping of str to str
        Ids that no longer exist ("<sha>", "CorpusId:5", "ARXIV:...") to the id of the paper that they
        were merged into.
    elided : frozenset of str
        Ids of papers whose references the publisher had removed: their pages say ``"data": null``.
    """

    papers: tuple[PaperRecord, ...] = ()
    citations: tuple[CitationRecord, ...] = ()
    merged: Mapping[str, str] = field(default_factory=dict)
    elided: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if len(self._by_id) < len(self.papers):
            raise ValueError("two records have one id")
        unknown = {end for row in self.citations for end in (row.citing, row.cited)} - self._by_id.keys()
        unknown |= (set(self.merged.values()) | self.elided) - self._by_id.keys()
        if unknown:
            raise ValueError(f"no such paper: {', '.join(sorted(unknown)[:5])}")

    @classmethod
    def from_corpus(cls, corpus: Corpus, *, kinds: Collection[str] | None = None) -> ScholarWorld:
        """The world that a corpus describes.

        Parameters
        ----------
        corpus : Corpus
        kinds : collection of str, optional
            Only citations that a source of one of these kinds asserts. None: all of them.
        """
        ids: dict[str, str] = {}
        papers: list[PaperRecord] = []
        merged: dict[str, str] = {}
        for key, source in corpus.papers.items():
            record, aliases = record_of(source)
            ids[key] = record.id
            papers.append(record)
            merged |= dict.fromkeys(aliases, record.id)
        told = (c for c in corpus.citations if kinds is None or any(corpus.sources[s].kind in kinds for s in c.sources))
        rows = tuple(_made_up_row(ids[c.citing], ids[c.cited]) for c in told)
        return cls(tuple(papers), rows, merged)

    def adding(self, *papers: PaperRecord, citations: Iterable[CitationRecord] = ()) -> ScholarWorld:
        """The world with more papers and citations; a paper that is there already is replaced."""
        by_id = self._by_id | {record.id: record for record in papers}
        return dataclasses.replace(self, papers=tuple(by_id.values()), citations=(*self.citations, *citations))

    def merging(self, old: str, into: str) -> ScholarWorld:
        """The world after `old` was merged into another paper: its id stays, its record and rows move."""

        def moved(id_: str) -> str:
            return into if id_ == old else id_

        rows = (dataclasses.replace(r, citing=moved(r.citing), cited=moved(r.cited)) for r in self.citations)
        gone = {alias: moved(id_) for alias, id_ in self.merged.items()}
        gone |= dict.fromkeys(ids_of(self._by_id[old]), into)
        return ScholarWorld(
            papers=tuple(record for record in self.papers if record.id != old),
            citations=tuple(dict.fromkeys(row for row in rows if row.citing != row.cited)),
            merged=gone,
            elided=frozenset(moved(id_) for id_ in self.elided),
        )

    def eliding(self, *ids: str) -> ScholarWorld:
        """The world after publishers had the references of these papers removed."""
        return dataclasses.replace(self, elided=self.elided | set(ids))

    def crowding(self, cited: str, size: int, *, first_year: int = 2015, years: int = 10) -> ScholarWorld:
        """The world with more papers that cite one paper, spread over some years.

        Of every hundred, one has no date at all and one has a year only.
        """
        papers = []
        for n in range(size):
            year = first_year + n % years
            dated = {"year": year, "publicationDate": f"{year}-{1 + n // years % 12:02d}-{1 + n // 7 % 28:02d}"}
            if n % 100 == 1:
                dated = {"year": None, "publicationDate": None}
            elif n % 100 == 2:
                dated["publicationDate"] = None
            title = f"Citing paper {n} of {cited}"
            papers.append(PaperRecord(made_up_sha(title), {"title": title, **dated}))
        return self.adding(*papers, citations=(CitationRecord(each.id, cited) for each in papers))

    def find(self, asked: str) -> PaperRecord | None:
        """The paper with an id in any spelling, merged ids included."""
        return self._by_paper_id.get(normalised_id(asked) or "")

    def record(self, id_: str) -> PaperRecord:
        """The record with an id."""
        return self._by_id[id_]

    def references_of(self, id_: str) -> tuple[CitationRecord, ...]:
        """The rows of a references page, in an order that is not the one of the bibliography."""
        return self._references.get(id_, ())

    def citations_of(self, id_: str) -> tuple[CitationRecord, ...]:
        """The rows of a citations page, the newest citing paper first and the undated last."""
        return self._citations.get(id_, ())

    def to_json(self, record: PaperRecord) -> JsonObject:
        """Every field of a paper, the counts included, unless the record states others."""
        row = record.to_json()
        if record.resolved:
            citing = self.citations_of(record.id)
            counts = {
                "referenceCount": len(self.references_of(record.id)),
                "citationCount": len(citing),
                "influentialCitationCount": sum(each.influential for each in citing),
            }
            row |= {name: count for name, count in counts.items() if name not in record.fields}
        return row

    @cached_property
    def _by_id(self) -> dict[str, PaperRecord]:
        return {record.id: record for record in self.papers}

    @cached_property
    def _by_paper_id(self) -> dict[str, PaperRecord]:
        merged = {normalised_id(alias) or alias: self._by_id[id_] for alias, id_ in self.merged.items()}
        return merged | {each: record for record in self.papers for each in ids_of(record)}

    @cached_property
    def _references(self) -> dict[str, tuple[CitationRecord, ...]]:
        return _grouped(self.citations, "citing", lambda row: made_up_sha(row.citing + row.cited))

    @cached_property
    def _citations(self) -> dict[str, tuple[CitationRecord, ...]]:
        def age(row: CitationRecord) -> tuple[int, str]:
            day = day_of(self._by_id[row.citing])
            return (-day.toordinal() if day else 0, row.citing)

        return _grouped(self.citations, "cited", age)


def _grouped(
    rows: Iterable[CitationRecord], end: str, order: Callable[[CitationRecord], Any]
) -> dict[str, tuple[CitationRecord, ...]]:
    groups: dict[str, list[CitationRecord]] = {}
    for row in rows:
        groups.setdefault(getattr(row, end), []).append(row)
    return {id_: tuple(sorted(group, key=order)) for id_, group in groups.items()}


def _made_up_row(citing: str, cited: str) -> CitationRecord:
    """A citation with sentences and intents, always the same ones for one pair; a quarter has none."""
    die = made_up_number(citing + cited)
    contexts = tuple(
        (f"Sentence {n + 1} of {citing[:8]} cites {cited[:8]}.", _INTENTS[(die // 4 + n) % len(_INTENTS)])
        for n in range(die % 4)
    )
    return CitationRecord(citing, cited, contexts, influential=die % 8 == 3)
