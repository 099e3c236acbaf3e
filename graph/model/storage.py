"""A corpus on disk: one folder of plain files that diff well.

``papers.jsonl``, ``citations.jsonl``, ``coverage.jsonl``, ``merges.jsonl`` and ``doubts.jsonl`` hold
one object a line, sorted, without the fields that have their default; ``manifest.json`` holds the
format, the sources, the counts and the hash of every file. Equal corpora are equal bytes. JSON
lines rather than CSV, because None, 0 and "" are three things here and a CSV cell knows only two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from ..errors import InputError
from ..utils.files import json_lines, json_text, parse_json, read_lines, read_text, write_all
from .corpus import Citation, Corpus, Coverage, Doubt, Merge, Paper, Source
from .serialize import Row, to_row, values_of

FORMAT = 1
_REBUILD = "rebuild the corpus, or restore the file"
T = TypeVar("T")


def corpus_files(corpus: Corpus, *, built_from: Mapping[str, str] | None = None) -> dict[str, str]:
    """The files of a corpus by name, ready to be written or compared.

    Parameters
    ----------
    corpus : Corpus
    built_from : mapping, optional
        SHA-256 of every file that the corpus was built from, by name.

    Returns
    -------
    dict of str to str
        Equal corpora give equal texts.
    """
    tables: dict[str, list[Row]] = {
        "papers": _rows(corpus.papers[key] for key in sorted(corpus.papers)),
        "citations": _rows(corpus.citations),
        "coverage": _rows(corpus.coverage),
        "merges": _rows(corpus.merges),
        "doubts": _rows(corpus.doubts),
    }
    files = {f"{name}.jsonl": json_lines(rows) for name, rows in tables.items()}
    files["manifest.json"] = json_text(
        {
            "format": FORMAT,
            "counts": {name: len(rows) for name, rows in tables.items()},
            "sources": _rows(corpus.sources[id_] for id_ in sorted(corpus.sources)),
            "sha256": {name: sha256(text) for name, text in files.items()},
            "built_from": dict(sorted((built_from or {}).items())),
        }
    )
    return files


def save_corpus(corpus: Corpus, folder: Path, *, built_from: Mapping[str, str] | None = None) -> None:
    """Write a corpus into a folder, all of its files or none."""
    write_all(folder, corpus_files(corpus, built_from=built_from))


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def load_corpus(folder: Path) -> Corpus:
    """Read a corpus back from its folder.

    Raises
    ------
    InputError
        For a folder that holds no corpus, a format that this version does not read, and for every
        bad row, all at once with file and line.

    Notes
    -----
    Linear in the size of the files.
    """
    faults: list[InputError] = []
    manifest = _read_manifest(folder)

    def table(name: str, kind: type[T]) -> list[T]:
        path = folder / f"{name}.jsonl"
        try:
            return list(values_of(kind, _parsed(read_lines(path), faults), faults, remedy=_REBUILD))
        except InputError as fault:
            faults.append(fault)
            return []

    papers = table("papers", Paper)
    corpus_parts = {
        "citations": table("citations", Citation),
        "coverage": table("coverage", Coverage),
        "merges": table("merges", Merge),
        "doubts": table("doubts", Doubt),
    }
    place = f"{folder / 'manifest.json'}, sources"
    sources = list(values_of(Source, ((place, row) for row in manifest["sources"]), faults, remedy=_REBUILD))
    by_key = {paper.key: paper for paper in papers}
    if len(by_key) < len(papers):
        twice = sorted({paper.key for paper in papers if by_key[paper.key] is not paper})
        faults.append(
            InputError(f"more than one paper {', '.join(twice)}", where=str(folder / "papers.jsonl"), remedy=_REBUILD)
        )
    if faults:
        raise InputError.collected(faults)
    try:
        return Corpus(papers=by_key, sources={s.id: s for s in sources}, **corpus_parts)  # type: ignore[arg-type]  # by name
    except InputError as fault:
        raise InputError(fault.what, where=str(folder), remedy=_REBUILD) from None


def _read_manifest(folder: Path) -> Row:
    path = folder / "manifest.json"
    if not path.is_file():
        raise InputError(
            "no corpus here (manifest.json is missing)",
            where=str(folder),
            remedy="name the folder of a corpus, or build one with 'lineage snapshot'",
        )
    manifest = parse_json(read_text(path), where=str(path), remedy=_REBUILD)
    if not isinstance(manifest.get("sources"), list):
        raise InputError("not the manifest of a corpus", where=str(path), remedy=_REBUILD)
    if manifest.get("format") != FORMAT:
        raise InputError(
            f"format {manifest.get('format')!r}, and this version reads {FORMAT}",
            where=str(path),
            remedy="use the version of citation-lineage that wrote it, or rebuild the corpus",
        )
    return manifest


def _rows(values: Iterable[Any]) -> list[Row]:
    return [to_row(value) for value in values]


def _parsed(lines: Iterable[tuple[str, str]], faults: list[InputError]) -> Iterator[tuple[str, Row]]:
    for where, line in lines:
        try:
            yield where, parse_json(line, where=where, remedy=_REBUILD)
        except InputError as fault:
            faults.append(fault)
