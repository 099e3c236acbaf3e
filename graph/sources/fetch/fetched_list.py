"""The reading list that goes with a fetch, so that a lineage can be built from what was fetched."""

from __future__ import annotations

import json
import logging
from itertools import count
from pathlib import Path

from ...model.identifiers import SCHEMES, Identifier
from ...model.reading_list import Entry, ReadingList, Theme
from ...utils.files import read_bytes, read_text
from ...utils.generations import sha256
from .crawl import CrawlResult
from .targets import Target, Targets

log = logging.getLogger(__name__)

_HASH = "raw/reading_list.sha256"
"""What the last fetch wrote as the list: another one is a person's."""


def reading_list_of(targets: Targets, result: CrawlResult, *, by_identifier: bool = False) -> ReadingList:
    """The reading list that was fetched, or else one of the papers that were found, under one theme.

    `by_identifier` adds those that were not found and have an identifier by which other services can be asked.
    """
    if targets.reading_list:
        return targets.reading_list
    theme = Theme("list", "Reading list")
    found = {each.row.paper_id: each for each in result.resolved}
    entries = [
        Entry(
            number,
            (theme.id,),
            each.row.title or each.target.title,
            names=each.target.names,
            first_author=each.row.authors[0] if each.row.authors else None,
            identifiers=each.row.identifiers,
        )
        for number, each in enumerate(found.values(), start=1)
    ]
    lost = [each.target for each in result.unresolved if _kept(each.target)] if by_identifier else []
    entries += [
        Entry(number, (theme.id,), target.title, first_author=target.first_author, identifiers=_kept(target))
        for number, target in enumerate(lost, start=len(entries) + 1)
    ]
    return ReadingList("Reading list", (theme,), tuple(entries))


def _kept(target: Target) -> tuple[Identifier, ...]:
    """The identifiers of a target that a list can have."""
    return tuple(each for each in target.identifiers if each.scheme in SCHEMES)


def reading_list_text(reading_list: ReadingList) -> str:
    """A reading list as the TOML that `graph.model.reading_list` reads."""
    lines = [f"title = {_quoted(reading_list.title)}"]
    for theme in reading_list.themes:
        lines += ["", "[[themes]]", f"id = {_quoted(theme.id)}", f"name = {_quoted(theme.name)}"]
    for entry in reading_list.entries:
        themes = ", ".join(_quoted(theme) for theme in entry.themes)
        lines += [
            "",
            "[[entries]]",
            f"number = {entry.number}",
            f"themes = [{themes}]",
        ]
        if entry.title:
            lines.append(f"title = {_quoted(entry.title)}")
        if entry.names:
            lines.append(f"names = [{', '.join(map(_quoted, entry.names))}]")
        if entry.first_author:
            lines.append(f"first_author = {_quoted(entry.first_author)}")
        first_of_scheme = {each.scheme: each.value for each in reversed(entry.identifiers)}
        lines += [f"{scheme} = {_quoted(value)}" for scheme, value in sorted(first_of_scheme.items())]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    r"""A TOML string: JSON writes it in the same way, except for DEL.

    >>> print(_quoted('a "b" \\ c'))
    "a \"b\" \\ c"
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def written_list(to: Path, text: str) -> dict[str, str | bytes]:
    """The files that a fetch writes beside a corpus for its list, by their names in the folder.

    A list there that a person wrote, or changed since a fetch wrote it, is kept under another name.
    """
    path, hash_of_last = to / "reading_list.toml", to / _HASH
    files: dict[str, str | bytes] = {path.name: text, _HASH: f"{sha256(text)}\n"}
    if path.is_file():
        former = read_bytes(path, most=None)
        last = read_text(hash_of_last).strip() if hash_of_last.is_file() else None
        if sha256(former) not in (sha256(text), last):
            kept = next(name for name in map(_kept_name, count(1)) if not (to / name).exists())
            files[kept] = former
            log.warning("%s: written anew; what it had is in %s", path, kept)
    return files


def _kept_name(number: int) -> str:
    return f"reading_list-before{f'-{number}' if number > 1 else ''}.toml"
