"""The folder ``reasons``: TOML files with the reasons of citations, which people edit and review by diff.

A file usually explains the citations of one paper, whose key or identifier stands at its top::

    citing = "ouyang2022"
    text_read = "arXiv:2203.02155v1, sections 1-4.1"
    confidence = "read"

    [[reasons]]
    cited = "arxiv:1707.06347"
    uses = "Optimises its policy with PPO."
    intents = ["methodology"]
    sections = ["3.5 Models"]

What stands at the top holds for every row that does not say otherwise.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from ..errors import InputError
from ..utils.files import differing, read_text, write_all
from ..utils.text import clipped
from .corpus import Corpus
from .identifiers import parse_identifier
from .reason_rows import REASON_INDEX, REMEDY, ReasonRow, index_of_reasons, indexed_reasons, rows_of_file
from .reasons import CONFIDENCES, INTENTS, MOST_WORDS, Reason, Reasons, faults_of_reason

log = logging.getLogger(__name__)

FOLDER = "reasons"
"""The name of the folder."""


def reason_folders(reading_list: Path, corpus: Path) -> list[Path]:
    """The folders of reasons that belong to a reading list and a corpus.

    That is ``reasons`` beside the corpus; and ``reasons`` beside the list, unless a corpus lies there, to which these
    reasons belong.
    """
    beside_corpus, beside_list = (
        Path(os.path.abspath(path)).parent / FOLDER  # noqa: PTH100  # resolve() would follow links
        for path in (corpus, reading_list)
    )
    folders = [beside_corpus]
    if beside_list != beside_corpus and os.path.isdir(beside_list) and not _has_corpus(beside_list.parent):  # noqa: PTH112
        folders.append(beside_list)
    return [folder for folder in folders if os.path.isdir(folder)]  # noqa: PTH112  # false also where one may not look


def _has_corpus(folder: Path) -> bool:
    try:
        return any(os.path.isfile(folder / each / "manifest.json") for each in os.listdir(folder))  # noqa: PTH113, PTH208
    except OSError:  # it may not be listed
        return False


def load_reasons(reading_list: Path, corpus_folder: Path, corpus: Corpus) -> Reasons:
    """The reasons of `reason_folders`, each checked.

    Raises `InputError` for all faults at once, as `read_reasons` finds them.
    """
    folders = reason_folders(reading_list, corpus_folder)
    return _placed_reasons((row for folder in folders for row in _rows_in(folder)), corpus)


def _rows_in(folder: Path) -> Iterable[ReasonRow | InputError]:
    """The rows of a folder, by its index where it has one that was made from these files."""
    files, index = _texts_of(files_of(folder)), folder / REASON_INDEX
    readable = {path: text for path, text in files.items() if isinstance(text, str)}
    if len(readable) == len(files) and index.is_file():  # to open a pipe is to wait for ever
        try:
            return indexed_reasons(index, readable)
        except (OSError, ValueError) as fault:
            log.info("%s: not read by the index (%s)", folder, fault)
    return _rows_of(files)


def write_reason_index(folder: Path) -> bool:
    """Write the index of a folder of reasons; False where the one that is there fits.

    Raises `InputError` for everything at once that cannot be read, and `OutputError` when the folder cannot be written
    to.
    """
    files = _texts_of(files_of(folder))
    rows = list(_rows_of(files))
    if faults := [row for row in rows if isinstance(row, InputError)]:
        raise InputError.collected(faults)
    texts = {path: text for path, text in files.items() if isinstance(text, str)}
    made = {REASON_INDEX: index_of_reasons(texts, [row for row in rows if isinstance(row, ReasonRow)])}
    if not differing(folder, made):
        return False
    write_all(folder, made)
    return True


def files_of(folder: Path) -> list[Path]:
    """The files of reasons in a folder.

    Raises `InputError` for a name of one that is a folder, a pipe or a device: to read a pipe is to wait for ever.
    """
    paths = sorted(folder.glob("*.toml"))
    for path in paths:
        if path.exists() and not path.is_file():
            raise InputError("this is no file of reasons", where=str(path), remedy="move it out of the folder")
    return paths


def read_reasons(files: list[Path], corpus: Corpus) -> Reasons:
    """The reasons of some files, by the arc that they explain, cited -> citing.

    Raises `InputError` for all faults of all files at once, with file and line: a paper that the corpus does not have,
    a citation that it does not have, one that has two reasons, and what `graph.model.reasons.faults_of_reason` finds.
    """
    return _placed_reasons(_rows_of(_texts_of(files)), corpus)


def _texts_of(files: Iterable[Path]) -> dict[Path, str | InputError]:
    """What each file holds, or why it cannot be read."""
    texts: dict[Path, str | InputError] = {}
    for path in files:
        try:
            texts[path] = read_text(path)
        except InputError as fault:
            texts[path] = fault
    return texts


def _rows_of(files: Mapping[Path, str | InputError]) -> Iterator[ReasonRow | InputError]:
    for path, text in files.items():
        yield from [text] if isinstance(text, InputError) else rows_of_file(path, text)


def _placed_reasons(rows: Iterable[ReasonRow | InputError], corpus: Corpus) -> Reasons:
    """The reasons of rows, checked, by the arc that they explain."""
    faults: list[InputError] = []
    reasons: dict[tuple[str, str], Reason] = {}
    places: dict[tuple[str, str], str] = {}
    for row in rows:
        if isinstance(row, InputError):
            faults.append(row)
            continue
        found, wrong = _placed(row.reason, corpus)
        arc = found.cited, found.citing
        if not wrong and arc in reasons:
            wrong.append(f"{found.citing} -> {found.cited} already has a reason in {places[arc]}")
        problems = (*wrong, *faults_of_reason(row.reason))
        faults += [InputError(what, where=row.where, remedy=REMEDY) for what in problems]
        if not wrong:
            reasons[arc], places[arc] = found, row.where
    if faults:
        raise InputError.collected(faults)
    return reasons


def _placed(reason: Reason, corpus: Corpus) -> tuple[Reason, list[str]]:
    """The reason with the keys of its papers, and what is wrong with these."""
    keys: dict[str, str] = {}
    wrong: list[str] = []
    for role, name in (("citing", reason.citing), ("cited", reason.cited)):
        try:
            keys[role] = _key(name, corpus)
        except ValueError as fault:
            wrong.append(str(fault))
    if wrong:
        return reason, wrong
    found = replace(reason, citing=keys["citing"], cited=keys["cited"])
    numbers = corpus.arrays.numbers
    if corpus.arrays.place(numbers[found.citing], numbers[found.cited]) is None:
        wrong.append(f"{found.citing} does not cite {found.cited} in this corpus")
    return found, wrong


def _key(name: str, corpus: Corpus) -> str:
    """The key of a paper that is named by its key, or by an identifier as people paste it."""
    if name in corpus.papers:
        return name
    found = parse_identifier(name)
    keys = corpus.identified(found) if found else ()
    if len(keys) == 1:
        return keys[0]
    shown = clipped(name, 80)
    if keys:
        raise ValueError(f"{shown!r} is the identifier of several papers; name it by its key")
    if found is None:
        raise ValueError(f"{shown!r} is neither the key of a paper of this corpus nor an identifier")
    raise ValueError(f"no paper {shown!r} in this corpus")


def template_of(rows: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """The lines of a file in which a person writes reasons.

    `rows` says what to say above each row, by its arc, cited -> citing; on one line.
    """
    yield "# Why each paper cites the other. Save this as a file in a folder 'reasons' beside your corpus or your list."
    yield f"# uses: in at most {MOST_WORDS} words of your own. intents: {', '.join(INTENTS)}."
    yield f"# confidence: {' or '.join(CONFIDENCES)}. text_read: which text you read, and how much of it."
    yield 'text_read = ""'
    yield 'confidence = "read"'
    for (cited, citing), remark in rows.items():
        yield from ("", f"# {remark}", "[[reasons]]", f'citing = "{citing}"', f'cited = "{cited}"', 'uses = ""')
        yield from ("intents = []", "sections = []")
