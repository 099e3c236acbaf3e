"""Semantic Scholar's own reference lists as somebody observed them on a day, by paper id alone.

A folder with ``manifest.toml`` (observed, note), ``papers.csv`` (the citing papers) and
``references.csv`` (one row a citation, citing -> cited, both as Semantic Scholar paper ids).
"""

from __future__ import annotations

from pathlib import Path

from ..errors import InputError
from ..model.corpus import Source
from ..model.identifiers import identifier
from ..model.serialize import from_row, scheme_fields_joined
from ..utils.files import read_csv, read_toml
from .records import CitationList, Mention, Record

PAPER_COLUMNS = ("s2", "corpusid", "arxiv", "title", "references")
REFERENCE_COLUMNS = ("citing", "cited")


def read_observation(folder: Path) -> list[CitationList]:
    """One reference list for every paper that was observed.

    Raises
    ------
    InputError
        For every bad row, for a row that cites from an unknown paper, and for a list whose length
        is not the one stated, all at once.
    """
    about = read_toml(folder / "manifest.toml")
    observed, note = str(about.get("observed", "")), about.get("note")
    source = Source(f"s2:{observed}", "semantic_scholar", f"Semantic Scholar, observed {observed}", observed, note)
    faults: list[InputError] = []
    citing: dict[str, Record] = {}
    stated: dict[str, str | None] = {}
    cited: dict[str, list[Record]] = {}
    for where, cells in read_csv(folder / "papers.csv", PAPER_COLUMNS):
        try:
            row = scheme_fields_joined({name: cells[name] for name in ("s2", "corpusid", "arxiv", "title")})
            paper = str(identifier("s2", cells["s2"] or ""))
            citing[paper] = from_row(Record, row | {"place": f"{source.id}/{paper}"})
            stated[paper] = cells["references"]
        except ValueError as fault:
            faults.append(InputError(str(fault), where=where, remedy="mend the row"))
    for where, cells in read_csv(folder / "references.csv", REFERENCE_COLUMNS):
        try:
            paper, target = str(identifier("s2", cells["citing"] or "")), identifier("s2", cells["cited"] or "")
            if paper not in citing:
                raise ValueError(f"papers.csv has no {paper}")
            cited.setdefault(paper, []).append(Record(f"{source.id}/{paper}/{target}", (target,)))
        except ValueError as fault:
            faults.append(InputError(str(fault), where=where, remedy="mend the row"))
    for paper, count in stated.items():
        if str(len(cited.get(paper, []))) != count:
            faults.append(
                InputError(
                    f"{len(cited.get(paper, []))} references of {paper} where papers.csv states {count}",
                    where=str(folder / "references.csv"),
                    remedy="restore the file",
                )
            )
    if faults:
        raise InputError.collected(faults)
    return [
        CitationList(source, record, "complete", tuple(map(Mention, cited.get(paper, []))))
        for paper, record in citing.items()
    ]
