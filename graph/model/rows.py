"""From the rows of a corpus folder to a corpus: by tables, or slower row by row, where every fault says its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from ..errors import InputError
from ..utils.files import parse_json, read_lines
from .arrays import CorpusArrays, dated
from .corpus import ROW_ORDER, Corpus
from .corpus_manifest import REBUILD, SOMETIMES, TABLES, tables_of
from .entities import Citation, Paper, Source, is_key, partial_date
from .row_readers import CitationRows, HeldLines, line_starts
from .serialize import Row, decode_rows, parsed_identifier, values_of
from .tables import PaperTable, Table

_IN_ONE_SPELLING = re.compile(
    r"s2:[0-9a-f]{40}|arxiv:(?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})|doi:10\.[0-9]{4,9}/[!-@\[-~]+|corpusid:[1-9]\d{0,17}"
    r"|pmc?id:[1-9]\d{0,7}|openalex:W[1-9]\d{0,17}|omid:br/06\d{1,30}",
    re.ASCII,
)
"""Identifiers that need no second look."""
_PIECE = 1 << 22
"""So many bytes are decoded at once, and a line more."""


def corpus_of_rows(
    rows: Mapping[str, Sequence[Any]], citation_table: bytes, sources: Mapping[str, Source]
) -> Corpus | None:
    """A corpus of the rows of its tables.

    Linear; about a microsecond a row. A paper takes 1 kB, a citation its line and 16 bytes. `rows` has the structs of
    all tables but the citations, by the name of the table: see `graph.model.serialize.row_type`. The rows of
    `citation_table` are looked at once and forgotten: they take five times the memory. None when a row does not fit:
    what is wrong with which one is for a slower reader to say.
    """
    papers = _papers(rows["papers"])
    if papers is None:
        return None
    keys = [row.key for row in papers]
    numbers = {key: number for number, key in enumerate(keys)}
    citations = _citations(citation_table, numbers, sources)
    if citations is None or not _fit(rows, numbers, sources):
        return None
    ordered, citing, cited = citations
    beside: dict[str, Any] = {
        name: Table.of(kind, sorted(rows.get(name, ()), key=ROW_ORDER[name]))
        for name, kind in (TABLES | SOMETIMES).items()
        if name not in ("papers", "citations")
    }
    return Corpus.checked(
        CorpusArrays(keys, numbers, citing, cited, *dated(papers)),
        papers=PaperTable(keys, numbers, Table.of(Paper, papers)),
        citations=Table.of(Citation, ordered),
        sources=sources,
        **beside,
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
    table: bytes, numbers: Mapping[str, int], sources: Mapping[str, Source]
) -> tuple[Sequence[Any], Any, Any] | None:
    """The citations by their papers, with the papers' numbers; None when one of them does not fit."""
    parts = [np.empty((2, 0), np.int32)]
    for begin, end in _pieces(table):
        rows = decode_rows(Citation, table[begin:end])
        if rows is None or not all(row.assertions for row in rows):
            return None
        if not {each.source for row in rows for each in row.assertions} <= sources.keys():
            return None
        try:
            cells = ((numbers[row.citing] for row in rows), (numbers[row.cited] for row in rows))
            parts.append(np.stack([np.fromiter(column, np.int32, len(rows)) for column in cells]))
        except KeyError:
            return None
    citing, cited = np.concatenate(parts, axis=1)
    pairs = citing.astype(np.int64) * max(len(numbers), 1) + cited
    if (np.diff(pairs) > 0).all():
        starts = line_starts(table)
        if len(starts) == len(pairs) + 1 and starts[-1] == len(table):  # no blank lines
            first = np.searchsorted(citing, np.arange(len(numbers) + 1))
            return CitationRows(HeldLines(table), starts[first], first), citing, cited
    order = np.argsort(pairs, kind="stable")
    if not (np.diff(pairs[order]) > 0).all():
        return None
    rows = decode_rows(Citation, table) or []
    return [rows[place] for place in order.tolist()], citing[order], cited[order]


def _pieces(table: bytes) -> Iterator[tuple[int, int]]:
    """A table in pieces of whole lines, by where they begin and end."""
    begin = 0
    while begin < len(table):
        end = table.find(b"\n", begin + _PIECE) + 1 or len(table)
        yield begin, end
        begin = end


def _fit(rows: Mapping[str, Sequence[Any]], numbers: Mapping[str, int], sources: Mapping[str, Source]) -> bool:
    """Whether coverage, merges and doubts name papers and sources that there are."""
    named: Iterable[str] = (
        *(row.paper for row in rows["coverage"]),
        *(row.paper for row in rows["merges"]),
        *(key for row in rows["doubts"] for key in row.papers),
        *(row.paper for row in rows.get("notices", ())),
    )
    sourced = (*rows["coverage"], *rows.get("notices", ()))
    return all(key in numbers for key in named) and all(row.source in sources for row in sourced)


def read_row_by_row(folder: Path, manifest: Row) -> Corpus:
    """The corpus of a folder, each row read for itself.

    Raises `InputError` for every bad row, all at once.
    """
    faults: list[InputError] = []

    def table(name: str, kind: type) -> list[Any]:
        try:
            return list(values_of(kind, _parsed(read_lines(folder / f"{name}.jsonl"), faults), faults, remedy=REBUILD))
        except InputError as fault:
            faults.append(fault)
            return []

    tables = {name: table(name, kind) for name, kind in tables_of(manifest).items()}
    place = f"{folder / 'manifest.json'}, sources"
    sources = list(values_of(Source, ((place, row) for row in manifest["sources"]), faults, remedy=REBUILD))
    papers = tables.pop("papers")
    by_key = {paper.key: paper for paper in papers}
    if len(by_key) < len(papers):
        twice = sorted({paper.key for paper in papers if by_key[paper.key] is not paper})
        faults.append(
            InputError(f"more than one paper {', '.join(twice)}", where=str(folder / "papers.jsonl"), remedy=REBUILD)
        )
    if faults:
        raise InputError.collected(faults)
    try:
        return Corpus(papers=by_key, sources={source.id: source for source in sources}, **tables)
    except InputError as fault:
        raise InputError(fault.what, where=str(folder), remedy=REBUILD) from None


def _parsed(lines: Iterable[tuple[str, str]], faults: list[InputError]) -> Iterator[tuple[str, Row]]:
    for where, line in lines:
        try:
            yield where, parse_json(line, where=where, remedy=REBUILD)
        except InputError as fault:
            faults.append(fault)
