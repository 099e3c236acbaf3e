"""From findings to a corpus: a pure function, so that equal answers are equal bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from ...model.corpus import Corpus
from ...model.identifiers import Identifier
from ...model.reading_list import ReadingList
from ..assemble import assemble
from ..bibliographies import read_bibliographies
from ..observations import read_observation
from ..overrides import Overrides, load_overrides
from ..records import CitationList, Record
from ..semantic_scholar.responses import PaperRow
from ..semantic_scholar.to_records import Records, alias_of, source_of
from ..verified import entry_records, read_verified_papers
from .crawl import Findings


@dataclass(frozen=True, slots=True)
class ShippedFacts:
    """What is known without the service: verified papers, lists of references, a person's decisions."""

    records: tuple[Record, ...] = ()
    lists: tuple[CitationList, ...] = ()
    overrides: Overrides = field(default_factory=Overrides)


def read_facts(data: Path) -> ShippedFacts:
    """The facts of a data folder; a folder without ``papers.toml`` has none.

    Raises
    ------
    InputError
        For whatever is wrong with them.
    """
    if not (data / "papers.toml").is_file():
        return ShippedFacts()
    verified = read_verified_papers(data / "papers.toml")
    printed = read_bibliographies(data / "bibliographies", {str(record.key): record for record in verified})
    for folder in sorted(data.glob("semantic_scholar_*")):
        printed += read_observation(folder)
    return ShippedFacts(tuple(verified), tuple(printed), load_overrides(data / "overrides.toml"))


def corpus_of(
    findings: Findings,
    reading_list: ReadingList,
    observed: str,
    *,
    facts: ShippedFacts | None = None,
    note: str | None = None,
) -> Corpus:
    """The corpus that an observation makes, together with the facts that were there before it.

    Parameters
    ----------
    findings : Findings
    reading_list : ReadingList
    observed : str
        The day of the observation.
    facts : ShippedFacts, optional
        What it joins: one paper from both is one paper, and its citations show both sources.
    note : str, optional
        How it was obtained, for the source's note.

    Notes
    -----
    Linear in the rows, but for what `graph.sources.dedupe` compares by likeness.
    """
    facts = facts or ShippedFacts()
    source = replace(source_of(observed), note=note)
    records = Records(source, _rows(findings), _aliases(findings))
    own = [records.of(str(each.row.paper_id)) for each in findings.resolved]
    walks = [each.walk for each in findings.lists]
    fetched = (records.references(w) if w.direction == "references" else records.citations(w) for w in walks)
    everything = [*facts.records, *entry_records(reading_list), *own]
    corpus = assemble(everything, [*facts.lists, *fetched], facts.overrides)
    return replace(corpus, sources={**corpus.sources, source.id: source})


def _rows(findings: Findings) -> Iterable[PaperRow]:
    """Every paper, the fullest description first: a batch tells more than a row of a list."""
    yield from (each.row for each in findings.resolved)
    for each in findings.lists:
        yield from (row.paper for row in each.walk.rows)


def _aliases(findings: Findings) -> Iterable[tuple[str, Identifier]]:
    for each in findings.resolved:
        alias = alias_of(each.asked, each.row)
        if alias:
            yield str(each.row.paper_id), alias
