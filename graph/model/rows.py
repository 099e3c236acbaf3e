"""From decoded rows to a corpus: what has to hold is checked for whole tables at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from .arrays import CorpusArrays, dated
from .corpus import Corpus
from .entities import Citation, Coverage, Doubt, Merge, Paper, Source, is_key, partial_date
from .serialize import parsed_identifier
from .tables import PaperTable, Table

_IN_ONE_SPELLING = re.compile(
    r"s2:[0-9a-f]{40}|arxiv:(?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})|doi:10\.[0-9]{4,9}/[!-@\[-~]+|corpusid:[1-9]\d{0,17}",
    re.ASCII,
)
"""Identifiers that need no second look."""


def corpus_of_rows(rows: Mapping[str, Sequence[Any]], sources: Mapping[str, Source]) -> Corpus | None:
    """A corpus of the rows of its tables: structs by the name of the table, see `graph.model.serialize.row_type`.

    None when a row does not fit: what is wrong with which one is for a slower reader to say. Linear; about a
    microsecond a row.
    """
    papers = _papers(rows["papers"])
    if papers is None:
        return None
    keys = [row.key for row in papers]
    numbers = {key: number for number, key in enumerate(keys)}
    citations = _citations(rows["citations"], numbers, sources)
    if citations is None or not _fit(rows, numbers, sources):
        return None
    ordered, citing, cited = citations
    return Corpus.checked(
        CorpusArrays(keys, numbers, citing, cited, *dated(papers)),
        papers=PaperTable(keys, numbers, Table.of(Paper, papers)),
        citations=Table.of(Citation, ordered),
        coverage=Table.of(Coverage, sorted(rows["coverage"], key=lambda row: (row.paper, row.direction, row.source))),
        sources=sources,
        merges=Table.of(Merge, sorted(rows["merges"], key=lambda row: (row.paper, row.record))),
        doubts=Table.of(Doubt, sorted(rows["doubts"], key=lambda row: (row.papers, row.reason))),
    )


def _papers(rows: Sequence[Any]) -> Sequence[Any] | None:
    """The papers by their keys; None when one of them cannot be a paper."""
    if not all(is_key(row.key) for row in rows) or len({row.key for row in rows}) < len(rows):
        return None
    dates = {row.date for row in rows} | {row.publication_date for row in rows}
    try:
        for date in dates - {None}:
            partial_date(date)
        spelt = [_spelt(row) for row in rows]
    except ValueError:
        return None
    return sorted(spelt, key=lambda row: row.key)


def _spelt(row: Any) -> Any:
    """The row with every identifier in its one spelling."""
    if all(map(_IN_ONE_SPELLING.fullmatch, row.identifiers)):
        return row
    return msgspec.structs.replace(row, identifiers=tuple(str(parsed_identifier(text)) for text in row.identifiers))


def _citations(
    rows: Sequence[Any], numbers: Mapping[str, int], sources: Mapping[str, Source]
) -> tuple[Sequence[Any], Any, Any] | None:
    """The citations by their papers, with the papers' numbers; None when one of them does not fit."""
    try:
        citing = np.fromiter((numbers[row.citing] for row in rows), np.int32, len(rows))
        cited = np.fromiter((numbers[row.cited] for row in rows), np.int32, len(rows))
    except KeyError:
        return None
    if not all(row.assertions for row in rows):
        return None
    if not {each.source for row in rows for each in row.assertions} <= sources.keys():
        return None
    pairs = citing.astype(np.int64) * max(len(numbers), 1) + cited
    if not (np.diff(pairs) > 0).all():
        order = np.argsort(pairs, kind="stable")
        pairs = pairs[order]
        if not (np.diff(pairs) > 0).all():
            return None
        rows, citing, cited = [rows[place] for place in order.tolist()], citing[order], cited[order]
    return rows, citing, cited


def _fit(rows: Mapping[str, Sequence[Any]], numbers: Mapping[str, int], sources: Mapping[str, Source]) -> bool:
    """Whether coverage and merges name papers and sources that there are."""
    named: Iterable[str] = (*(row.paper for row in rows["coverage"]), *(row.paper for row in rows["merges"]))
    return all(key in numbers for key in named) and all(row.source in sources for row in rows["coverage"])
