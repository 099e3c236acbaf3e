"""Semantic Scholar's own reference lists as they were on a day, with paper ids only.

A folder with ``manifest.toml`` (observed, note), ``papers.csv`` (the citing papers) and
``references.csv`` (one row for each citation, citing -> cited, both as Semantic Scholar paper ids).
"""

from __future__ import annotations

from pathlib import Path

from ..errors import InputError
from ..model.identifiers import identifier
from ..model.serialize import from_row, scheme_fields_joined
from ..utils.csv_files import read_csv
from ..utils.files import read_toml
from .records import CitationList, ListRow, Record, semantic_scholar_source

PAPER_COLUMNS = ("s2", "corpusid", "arxiv", "title", "references")
REFERENCE_COLUMNS = ("citing", "cited")


def read_observation(folder: Path) -> list[CitationList]:
    """The reference list of every paper that was observed.

    Raises `InputError` for every bad row, for a citing paper that is unknown, and for a list of another length than
    stated, all at once.
    """
    manifest = read_toml(folder / "manifest.toml")
    source = semantic_scholar_source(str(manifest.get("observed", "")), manifest.get("note"))
    faults: list[InputError] = []
    citing: dict[str, Record] = {}
    stated: dict[str, str | None] = {}
    references: dict[str, list[Record]] = {}
    for where, cells in read_csv(folder / "papers.csv", PAPER_COLUMNS):
        try:
            row = scheme_fields_joined({name: cells[name] for name in ("s2", "corpusid", "arxiv", "title")})
            paper = str(identifier("s2", cells["s2"] or ""))
            citing[paper] = from_row(Record, row | {"record_id": f"{source.id}/{paper}"})
            stated[paper], references[paper] = cells["references"], []
        except ValueError as fault:
            faults.append(InputError(str(fault), where=where, remedy="fix this row"))
    for where, cells in read_csv(folder / "references.csv", REFERENCE_COLUMNS):
        try:
            paper, cited = str(identifier("s2", cells["citing"] or "")), identifier("s2", cells["cited"] or "")
            if paper not in citing:
                raise ValueError(f"{paper} is not in papers.csv")
            references[paper].append(Record(f"{source.id}/{paper}/{cited}", (cited,)))
        except ValueError as fault:
            faults.append(InputError(str(fault), where=where, remedy="fix this row"))
    for paper, count in stated.items():
        if str(len(references[paper])) != count:
            faults.append(
                InputError(
                    f"{len(references[paper])} references of {paper}, but papers.csv states {count}",
                    where=str(folder / "references.csv"),
                    remedy="restore the file",
                )
            )
    if faults:
        raise InputError.collected(faults)
    return [
        CitationList(source, record, "complete", tuple(map(ListRow, references[paper])))
        for paper, record in citing.items()
    ]
