"""The papers that the arguments of ``lineage fetch`` name: files, identifiers, titles, standard input."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from ...errors import InputError
from ...exports.wording import counted
from ...model.identifiers import identifiers_in
from ...model.lineage import build_lineage
from ...model.mixed_entries import mixed_remark
from ...model.shipped_data import reading_list_path, snapshot_path
from ...model.storage import load_corpus
from ...sources.fetch.target import Targets, joined
from ...sources.fetch.targets import parse_targets, read_targets, targets_of_bytes
from ...sources.services import NAMES, SCHOLAR
from ...utils.files import LARGEST_TEXT, read_limited
from ...utils.text import clipped

# A word that ends like a file, a path, or any name with an ending that files of references have.
_FILE_NAME = re.compile(
    r"\S*\.[A-Za-z][A-Za-z0-9]{0,9}|[^\s:]*[/\\]\S*"
    r"|.*\.(?:bib|bibtex|bibtxt|biblatex|ciw|csl|csv|docx?|end|enl|enw|json|jsonl|nbib|medline|pdf|rdf|ris|tab|toml|tsv|txt"
    r"|xlsx?|xml|ya?ml)",
    re.IGNORECASE,
)


def targets_of(arguments: Sequence[str]) -> Targets:
    """What to fetch: the shipped list without arguments, else the papers of each file, and those that are named."""
    if not arguments:
        return read_targets(reading_list_path())
    parts: list[Targets] = []
    named_papers = list(filter(str.strip, arguments)) or arguments
    for service in filter(NAMES.__contains__, named_papers):
        remedy = f"write the names after --from with commas between them, such as s2,{service}"
        raise InputError(f"{service!r} is a service, and a paper is expected", where="the command line", remedy=remedy)
    for is_file, group in groupby(named_papers, _is_file):
        named = list(group)
        parts += map(_read, named) if is_file else [parse_targets(named, where="the command line")]
    return joined(parts)


def remarks_on(targets: Targets, services: Sequence[str]) -> Iterator[str]:
    """What is to be said of the papers before these services are asked for them.

    Of a reading list also what it mixes up, as far as the shipped corpus knows its papers: the services are asked for
    every identifier of an entry as for one paper.
    """
    yield from targets.notes
    nameless = [] if SCHOLAR in services else [each for each in targets.papers if not each.asked_by]
    if nameless:
        named = f"{counted(len(nameless), 'paper')} named by a title alone ({clipped(nameless[0].label, 80)}"
        more = ", ..." if len(nameless) > 1 else ""
        yield f"{named}{more}): only Semantic Scholar finds papers by titles; add s2 to --from, or give identifiers"
    if targets.reading_list:
        known = build_lineage(load_corpus(snapshot_path()), targets.reading_list)
        if remark := mixed_remark(known):
            yield f"{targets.files[0].name}: {remark}"


def _read(argument: str) -> Targets:
    if argument == "-":
        return targets_of_bytes(_standard_input(), "standard input")
    return read_targets(Path(argument))


def _standard_input() -> bytes:
    if sys.stdin is None:  # as Python has a closed one
        raise InputError("standard input is closed", remedy="name a file, or send the papers to it: cat FILE |")
    return read_limited(sys.stdin.buffer, LARGEST_TEXT, where="standard input")


def _is_file(argument: str) -> bool:
    """Whether an argument names a file rather than a paper; raises `InputError` for a file that is not there."""
    if argument == "-" or (argument.strip() and _exists(Path(argument))):
        return True
    if identifiers_in(argument) or re.match(r"(?:URL:)?https?://", argument, re.IGNORECASE):
        return False
    if _FILE_NAME.fullmatch(argument):
        raise InputError("no such file", where=argument, remedy="check the path")
    return False


def _exists(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()  # a link that leads nowhere is one too
    except (OSError, ValueError):  # a title can be too long for a name, or hold what no name can
        return False
