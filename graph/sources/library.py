"""Which papers of a corpus a person's library names: an export of it, or the copy of a page with their marks."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs

from ..errors import InputError
from ..model.corpus import Corpus
from ..model.lineage import Lineage
from ..model.marks import MarkKind, Marks, NamedPaper
from ..utils.files import read_bytes
from ..utils.person_names import may_be_first_author
from ..utils.text import normalised_title
from .fetch.target import Target
from .fetch.targets import targets_of_bytes

log = logging.getLogger(__name__)

_SAVED = re.compile(rb'<script[^>]*\bid="saved"[^>]*>(.*?)</script>', re.DOTALL)
_PARAMETERS: dict[MarkKind, str] = {"read": "read", "own": "own"}


@dataclass(frozen=True, slots=True)
class Library:
    """The papers of a corpus that a library names."""

    keys: frozenset[str]
    named: int
    """How many papers the library names, those included that the corpus does not have."""
    papers: tuple[NamedPaper, ...] = ()
    """These, as the library names them; a page's copy names the keys of a corpus alone."""


def with_marks(
    lineage: Lineage,
    *,
    read: Iterable[Path] = (),
    own: Iterable[Path] = (),
    report: Callable[[str], None] = log.warning,
) -> Lineage:
    """The lineage with the papers marked that these files name; see `read_library`.

    `report` takes a remark about each file that names none of its papers.
    """

    def marked(paths: Iterable[Path], kind: MarkKind) -> tuple[frozenset[str], tuple[NamedPaper, ...]]:
        found: set[str] = set()
        papers: list[NamedPaper] = []
        for path in paths:
            library = read_library(path, kind, lineage.corpus)
            log.info("%s: %d of %d papers are here", path, len(library.keys), library.named)
            if not library.keys:
                report(f"{path}: no paper of it is in this corpus")
            found |= library.keys
            papers += library.papers
        return frozenset(found), tuple(papers)

    (keys_read, named_read), (keys_own, named_own) = marked(read, "read"), marked(own, "own")
    return replace(lineage, marks=Marks(keys_read, keys_own, named_read, named_own))


def read_library(path: Path, kind: MarkKind, corpus: Corpus) -> Library:
    """Find the papers of a library in a corpus.

    The file is whatever `lineage fetch` reads (BibTeX, RIS, CSL-JSON and other exports, a reading list, lines of
    identifiers and titles), or a copy of a page that was saved with marks, of which those of one `kind` count. A record
    is a paper of the corpus when they share an identifier; one that shares none, when the titles are the same, letters
    and digits compared, and the first authors can be one person. Raises `InputError` when the file cannot be read, or
    names no paper. A look-up for every record with an identifier. A title alone is searched among the folded names of
    all papers, two gigabytes a second: see `graph.model.name_index`.
    """
    data = read_bytes(path)
    saved = _SAVED.search(data)
    if saved:
        marked = frozenset(_marked_on_page(saved[1], kind, str(path)))
        return Library(frozenset(key for key in marked if key in corpus.papers), len(marked))
    targets = targets_of_bytes(data, str(path)).papers
    named = (NamedPaper(each.identifiers, each.title, each.first_author, each.year) for each in targets)
    return Library(frozenset(keys_named(corpus, targets)), len(targets), tuple(named))


def keys_named(corpus: Corpus, targets: Iterable[Target]) -> Iterator[str]:
    """The keys of the papers of a corpus that records name; see `read_library`."""
    for target in targets:
        identified = {key for each in target.identifiers for key in corpus.identified(each)}
        yield from identified or _titled(corpus, target)


def _titled(corpus: Corpus, target: Target) -> set[str]:
    title = normalised_title(target.title or "")
    if not title:
        return set()
    found = corpus.keys_by_name(lambda names: names.titled(title))
    return {key for key in found if may_be_first_author(target.first_author, corpus.papers[key].authors)}


def _marked_on_page(saved: bytes, kind: MarkKind, where: str) -> Iterator[str]:
    """The keys with a mark in what a copy of a page opens with."""
    try:
        view = json.loads(saved)
        address = "" if view is None else view["address"]
        marked = parse_qs(address).get(_PARAMETERS[kind], [])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise InputError("this page has no marks that can be read", where=where, remedy="save the copy again") from None
    if not marked:
        raise InputError(
            f"no paper of this page is marked as {kind}",
            where=where,
            remedy="mark some there, and save a copy under 'Marks'",
        )
    for each in marked:
        yield from filter(None, each.split(","))
