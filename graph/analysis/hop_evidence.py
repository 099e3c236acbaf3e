"""Everything that is known about one citation: who asserts it, who was asked and does not, and whether dates fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..model.corpus import Assertion, Citation, Corpus, Coverage, Direction, Merge
from ..model.lineage import Lineage
from ..model.origins import origins_of
from ..model.reasons import Reason
from .evidence import strength
from .silence import Silence, why_silent

Fit = Literal["fits", "same", "backwards", "unknown"]


@dataclass(frozen=True, slots=True)
class Voice:
    """What one source says of a citation."""

    assertion: Assertion
    """Its entries, intents, citing sentences, and whether it calls the citation influential."""
    records: tuple[Merge, ...]
    """The records of these entries, with the rule by which each was found to be the cited paper, as far as they were
    merged into it."""


@dataclass(frozen=True, slots=True)
class HopEvidence:
    """One citation, or that nobody asserts it."""

    cited: str
    citing: str
    """Keys: the arc runs cited -> citing."""
    voices: tuple[Voice, ...]
    """Who asserts it; empty when nobody does."""
    origins: tuple[str, ...]
    """The independent origins of these sources; see `graph.model.origins`."""
    strength: float | None
    """The strength of the evidence; None when nobody asserts it."""
    reason: Reason | None
    """Why the paper is cited, as a person read it."""
    silent: tuple[Silence, ...]
    """Which sources were asked for a list in which it would stand, and do not assert it, and why."""
    not_asked: tuple[str, ...]
    """The services of the corpus that were asked for neither list."""
    fit: Fit
    """"fits": the cited paper is dated before the citing one; "same": on the same date, as far as both are known;
    "backwards": it is dated later; "unknown": a date is not known."""
    reverse: Citation | None
    """The citation in the other direction, where there is one."""
    records: tuple[int, int]
    """How many records were merged into the cited paper, and into the citing one."""

    @property
    def found(self) -> bool:
        """Whether any source asserts the citation."""
        return bool(self.voices)


def hop_evidence(lineage: Lineage, cited: str, citing: str) -> HopEvidence:
    """Collect everything that is known about one citation.

    Linear in the merged records, beside the sources of the corpus.

    >>> from graph import load
    >>> found = hop_evidence(load(), "radford2018", "devlin2018")
    >>> [voice.assertion.entries for voice in found.voices], [(each.source, each.why) for each in found.silent]
    ([(38,)], [('s2:2023-06-27', 'other_version')])
    """
    corpus = lineage.corpus
    citation = corpus.citation(citing, cited)
    assertions = citation.assertions if citation else ()
    merges = [each for each in corpus.merges if each.paper == cited]
    asked = list(_asked(corpus, cited, citing))
    said = {each.source for each in assertions}
    known = said | {row.source for row in asked}
    return HopEvidence(
        cited=cited,
        citing=citing,
        voices=tuple(Voice(each, tuple(_records(merges, each, citing))) for each in assertions),
        origins=tuple(sorted(origins_of(corpus.sources, assertions))),
        strength=strength(corpus, citation, lineage.reasons) if citation else None,
        reason=lineage.reason(cited, citing),
        silent=tuple(_silence(corpus, row, cited, citing) for row in asked if row.source not in said),
        not_asked=tuple(
            each.id for each in corpus.sources.values() if each.kind != "printed_bibliography" and each.id not in known
        ),
        fit=_fit(lineage, cited, citing),
        reverse=corpus.citation(cited, citing) if cited != citing else None,
        records=(len(merges), sum(each.paper == citing for each in corpus.merges)),
    )


def _asked(corpus: Corpus, cited: str, citing: str) -> Iterator[Coverage]:
    """What each source knows of the lists in which the citation would stand."""
    yield from corpus.coverage_rows(citing, "references")
    yield from corpus.coverage_rows(cited, "citations")


def _silence(corpus: Corpus, row: Coverage, cited: str, citing: str) -> Silence:
    number = _listed(corpus, row.source, row.paper, row.direction)
    unidentified = None if row.rows is None else max(0, row.rows - number)
    why = why_silent(corpus, corpus.sources[row.source], row, citing, cited, unidentified=unidentified)
    return Silence(row.source, row.direction, row.state, row.rows, why)


def _listed(corpus: Corpus, source: str, key: str, direction: Direction) -> int:
    """How many entries of a source's list name papers of the corpus."""
    citations = corpus.citations_of(key) if direction == "references" else corpus.citations_to(key)
    return sum(each.times for citation in citations for each in citation.assertions if each.source == source)


def _records(merges: list[Merge], said: Assertion, citing: str) -> Iterator[Merge]:
    """The merged records of the entries of an assertion."""
    names = {f"{place}#{entry}" for entry in said.entries for place in (said.source, f"{said.source}/{citing}")}
    yield from (each for each in merges if each.record in names)


def _fit(lineage: Lineage, cited: str, citing: str) -> Fit:
    one, other = lineage.paper(cited).date, lineage.paper(citing).date
    if one is None or other is None:
        return "unknown"
    if lineage.is_backwards(cited, citing):
        return "backwards"
    precision = min(len(one), len(other))
    return "same" if one[:precision] == other[:precision] else "fits"
