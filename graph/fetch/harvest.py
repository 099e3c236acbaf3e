"""From findings to a corpus: a pure function, so that equal answers are equal bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..assembly import assemble
from ..corpus import Corpus
from ..identifiers import Identifier
from ..overrides import Overrides, load_overrides
from ..reading_list import ReadingList
from ..sources.bibliographies import read_bibliographies
from ..sources.observed import read_observation
from ..sources.records import CitationList, Record
from ..sources.semantic_scholar.answers import PaperRow
from ..sources.semantic_scholar.rows import Records, alias_of, source_of
from ..sources.verified import entry_records, read_verified_papers
from .conversation import Findings


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known without the service: verified papers, lists of references, a person's decisions."""

    records: tuple[Record, ...] = ()
    lists: tuple[CitationList, ...] = ()
    overrides: Overrides = field(default_factory=Overrides)


def read_facts(data: Path) -> Facts:
    """The facts of a data folder; a folder without ``papers.toml`` has none.

    Raises
    ------
    InputError
        For whatever is wrong with them.
    """
    if not (data / "papers.toml").is_file():
        return Facts()
    verified = read_verified_papers(data / "papers.toml")
    printed = read_bibliographies(data / "bibliographies", {str(record.key): record for record in verified})
    for folder in sorted(data.glob("semantic_scholar_*")):
        printed += read_observation(folder)
    return Facts(tuple(verified), tuple(printed), load_overrides(data / "overrides.toml"))


def corpus_of(
    findings: Findings, reading_list: ReadingList, observed: str, *, facts: Facts | None = None, note: str | None = None
) -> Corpus:
    """The corpus that an observation makes, together with the facts that were there before it.

    Parameters
    ----------
    findings : Findings
    reading_list : ReadingList
    observed : str
        The day of the observation.
    facts : Facts, optional
        What it joins: one paper from both is one paper, and its citations show both sources.
    note : str, optional
        How it was obtained, for the source's note.

    Notes
    -----
    Linear in the rows, but for what `graph.identity` compares by likeness.
    """
    facts = facts or Facts()
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
