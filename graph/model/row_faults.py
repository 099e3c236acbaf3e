"""A corpus folder read row by row: slower than by tables, and every fault says its file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..utils.files import parse_json, read_lines
from .corpus import Corpus, Source
from .corpus_manifest import REBUILD, tables_of
from .serialize import Row, values_of


def read_row_by_row(folder: Path, manifest: Row) -> Corpus:
    """The corpus of a folder, each row read for itself.

    Raises
    ------
    InputError
        For every bad row, all at once.
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
