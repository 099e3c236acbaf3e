"""The files of one paper, whatever they are: its lists, what it cites, and what a database adds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from ...errors import InputError
from ...model.identifiers import Identifier
from ...utils.encodings import decoded
from ..reference_formats.references import Reference
from .bib_database import cited_list, looks_like_database, read_database, with_identifiers
from .biblatex_bbl import has_biblatex, read_biblatex
from .entries import Numbering, PrintedFile, PrintedList, judged, with_missing
from .grobid_tei import read_tei
from .jats_xml import read_jats
from .latexml_html import read_latexml
from .numbered_text import read_numbered_text
from .pasted_references import read_pasted_references
from .same_authors import with_same_authors
from .tex_citations import CitingText, read_citations
from .thebibliography import has_thebibliography, read_thebibliography

_ORDER = ("JATS", ".bbl", "LaTeXML's HTML", ".bib with .tex", "numbered text", "text", "GROBID's TEI")
"""Where several files hold the list, the one that is nearest to what was printed counts."""
_READABLE = (
    "a .bbl (or a .tex with the list in it), a .bib with the .tex that cites, arXiv's HTML, JATS, GROBID's TEI, or "
    "the list as text"
)


_MARKUP = (
    (re.compile(r"<(?:\w+:)?(?:TEI|listBibl)\b"), read_tei),
    (re.compile(r"<html\b|<!DOCTYPE html|\bltx_bib(?:list|item)\b", re.IGNORECASE), read_latexml),
    (re.compile(r"<(?:\w+:)?(?:article|ref-list|back|ref|pmc-articleset|book|book-part)\b"), read_jats),
)
_DOCUMENT = re.compile(r"\\begin\s*\{document\}")
_CITING = re.compile(r"\\(?:documentclass|begin\s*\{document\}|[A-Za-z]*cite[A-Za-z]*\s*[\[{]|section\s*\{)")


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The printed references of a paper."""

    format: str
    """Of the file that it is from, for people."""
    file: str
    """The name of that file."""
    lists: tuple[PrintedList, ...]
    """The main one first."""
    describes: tuple[Identifier, ...] = ()
    """By which the files name the paper that they are."""
    remarks: tuple[str, ...] = ()
    """What was found in other files."""

    @property
    def why_partial(self) -> tuple[str, ...]:
        """Why it may not be the whole bibliography; empty when it is."""
        return tuple(dict.fromkeys(why for each in self.lists for why in each.why_partial))


@dataclass(slots=True)
class _Files:
    """What was found in the files, by their names."""

    lists: dict[str, PrintedFile] = field(default_factory=dict)
    texts: list[tuple[str, str]] = field(default_factory=list)
    databases: dict[str, dict[str, Reference]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_bibliography(files: Mapping[str, bytes]) -> Bibliography:
    """The bibliography that the files of one paper hold.

    Of several lists the one counts that is nearest to print; a .tex adds where each entry is cited, and a .bib
    identifiers that are not printed, marked as such. Raises `InputError` for a file in no format that is read, for a
    .bib or a .tex alone, and for XML that defines entities.

    >>> found = read_bibliography({"a.bbl": b"\\\\begin{thebibliography}{1}\\\\bibitem{a} A. Ono, ``Tides.''"})
    >>> found.format, found.lists[0].entries[0].works[0].title, found.why_partial
    ('.bbl', 'Tides', ('the list is not closed',))
    """
    found = _Files()
    for name, data in files.items():
        _sort(found, name, data)
    citing = read_citations(found.texts) if found.texts else None
    databases = {key: reference for each in reversed(found.databases.values()) for key, reference in each.items()}
    name, printed = _chosen(found, citing, databases, list(files))
    lists = printed.lists
    if citing is not None and printed.format == ".bbl":
        lists = with_missing([_cited(each, citing) for each in lists], citing.mentions.counts, is_part=False)
    if databases and printed.format == ".bbl":
        named = ", ".join(PurePath(each).name for each in found.databases)
        lists = tuple(with_identifiers(each, databases, named) for each in lists)
    describes = tuple(dict.fromkeys(each for one in found.lists.values() for each in one.describes))
    remarks = (*found.faults, *_other_lists(found, name, lists))
    return Bibliography(
        printed.format, name, tuple(judged(with_same_authors(each)) for each in lists), describes, remarks
    )


def _sort(found: _Files, name: str, data: bytes) -> None:
    """Read one file, and put it to its kind."""
    text, _ = decoded(data, name)
    if not text.strip():
        raise InputError("the file is empty", where=name, remedy="name a file with a list of references")
    if text.lstrip().startswith("<"):
        found.lists[name] = _read_markup(text, name)
    elif has_biblatex(text):
        found.lists[name] = PrintedFile(".bbl", read_biblatex(text) or (PrintedList(()),))
    elif has_thebibliography(text):
        found.lists[name] = PrintedFile(".bbl", read_thebibliography(text))
        if _DOCUMENT.search(text):
            found.texts.append((name, text))
    elif looks_like_database(text) and not _DOCUMENT.search(text):
        found.databases[name], faults = read_database(text)
        found.faults += (f"{PurePath(name).name}, {each}" for each in faults)
    elif _CITING.search(text):
        found.texts.append((name, text))
    else:
        printed = read_numbered_text(text) or read_pasted_references(text)
        if printed is None:
            raise InputError("no list of references was found", where=name, remedy=f"give {_READABLE}")
        found.lists[name] = printed


def _read_markup(text: str, name: str) -> PrintedFile:
    """The lists of XML or HTML. Raises `InputError` for another kind of it, and where it has no list."""
    head = text[:20_000]
    for mark, read in _MARKUP:
        if mark.search(head):
            return _with_lists(read(text, name), name)
    raise InputError("XML or HTML of another kind", where=name, remedy=f"give {_READABLE}")


def _with_lists(printed: PrintedFile, name: str) -> PrintedFile:
    if not any(each.entries for each in printed.lists):
        raise InputError(
            f"{printed.format} without a list of references; that does not mean that the paper has none",
            where=name, remedy="give another file of the paper",
        )  # fmt: skip
    return printed


def _chosen(
    found: _Files, citing: CitingText | None, databases: dict[str, Reference], names: Sequence[str]
) -> tuple[str, PrintedFile]:
    """The file whose list counts; further files of its kind add their lists."""
    ranked = sorted(found.lists, key=lambda name: _ORDER.index(found.lists[name].format))
    best = found.lists[ranked[0]].format if ranked else None
    if databases and citing and (best is None or _ORDER.index(best) > _ORDER.index(".bib with .tex")):
        return next(iter(found.databases)), PrintedFile(".bib with .tex", (cited_list(databases, citing),))
    if best is None:
        lacking = "the .tex that cites" if databases else "its .bbl or .bib"
        raise InputError(
            "a database, not a bibliography: it does not say which of its entries are printed"
            if databases
            else "this text has no list of references in it",
            where=names[0] if names else "", remedy=f"give {lacking} too",
        )  # fmt: skip
    same = [name for name in ranked if found.lists[name].format == best]
    whole = found.lists[same[0]]
    if best == ".bbl":
        whole = replace(whole, lists=tuple(each for name in same for each in found.lists[name].lists))
    return same[0], whole


def _cited(printed: PrintedList, citing: CitingText) -> PrintedList:
    """The list with what the text cites of it."""
    counts = citing.mentions.counts
    known: set[str] = set()
    entries = []
    for entry in printed.entries:
        is_first = entry.key not in known
        if not counts or entry.key is None:
            entries.append(entry)
        elif is_first:
            entries.append(citing.mentions.noted_on(entry))
        else:  # TeX takes all citations of a key for one entry
            entries.append(replace(entry, mentions=0))
        known |= {entry.key} if entry.key else set()
    numbering: Numbering = "printed" if citing.numbers and printed.entries else printed.numbering
    return replace(printed, entries=tuple(entries), numbering=numbering)


def _other_lists(found: _Files, chosen: str, lists: Sequence[PrintedList]) -> list[str]:
    """What the lists that do not count say otherwise."""
    taken = sum(len(each.entries) for each in lists)
    remarks = []
    for name, printed in found.lists.items():
        count = sum(len(each.entries) for each in printed.lists)
        if name != chosen and printed.format != found.lists.get(chosen, printed).format:
            one, other = PurePath(name).name, PurePath(chosen).name
            remarks.append(f"{one} ({printed.format}) lists {count}, and {other} {taken}, which counts")
    return remarks
