"""Years and titles that sources give otherwise than the paper of their record has them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from ..model.corpus import Corpus
from ..model.tables import rows_of
from ..utils.text import normalised_title


@dataclass(frozen=True, slots=True)
class Dispute:
    """A record that gives another year or another title than its paper has."""

    key: str
    """The paper."""
    record: str
    """The record: "print:rae2021#57" is entry 57 of that bibliography."""
    source: str | None
    """The id of the source whose record it is; None for a record of no source, such as an entry of a reading list."""
    field: Literal["year", "title"]
    """"year" or "title"."""
    said: str
    held: str
    """What the record says, and what the paper has."""
    distance: float
    """By how many years they differ; or how unlike the titles are, from 0 for the same letters to 1."""


def disputes(corpus: Corpus, keys: Collection[str]) -> Iterator[Dispute]:
    """The records of some papers whose year or title differs from that of the paper, by paper and record.

    The year of a preprint is often one less than that of its venue, so a distance of 1 is as a rule no fault. Linear in
    the merged records, beside the comparison of those titles that differ.
    """
    for merge in rows_of(corpus.merges):
        if merge.paper not in keys or (merge.year is None and merge.title is None):
            continue
        paper = corpus.papers[merge.paper]
        source = source_of(merge.record, corpus.sources)
        if merge.year is not None and paper.year is not None:
            apart = abs(merge.year - paper.year)
            yield Dispute(merge.paper, merge.record, source, "year", str(merge.year), str(paper.year), apart)
        if merge.title is not None and paper.title is not None:
            one, other = normalised_title(merge.title), normalised_title(paper.title)
            unlike = round(1 - SequenceMatcher(None, one, other).ratio(), 3)
            yield Dispute(merge.paper, merge.record, source, "title", merge.title, paper.title, unlike)


def source_of(record: str, sources: Collection[str]) -> str | None:
    """The source whose record this is: the longest id that it begins with, up to a "#" or a "/".

    >>> source_of("print:rae2021#57", {"print:rae2021", "print"}), source_of("list#3", {"print:rae2021"})
    ('print:rae2021', None)
    """
    while record and record not in sources:
        record = record[: max(record.rfind("#"), record.rfind("/"), 0)]
    return record or None
