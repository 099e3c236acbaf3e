r"""BibTeX and BibLaTeX, as people and programs write them: with faults.

An entry is read part by part, and a fault in one part costs no other: a key that is missing or has a comma, a field
that is given twice, a macro that is not defined, a comma or a brace that is missing. bibtexparser and pybtex leave out
the whole entry then. Values are kept as they are written; titles and names lose their TeX in `references`, where a
bare "%" is a character, as BibTeX and every database take it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .bibtex_entries import eprint_of, first_person, names_of_wholes, with_inherited
from .references import Fault, Fields, ParsedFile, Reference, Roles, reference_of

_ENTRY = re.compile(r"@[ \t]*([A-Za-z][\w-]*)[ \t\n]*([{(])")
_ENTRY_LINE = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][\w-]*[ \t]*[{(]", re.MULTILINE)
_FIELD = re.compile(r"[\s,]*([A-Za-z][\w:.+/-]*)\s*=\s*")
# Where a value cannot be told from the next field by its braces: a name, an equals sign, and what begins a value.
_FIELD_BEGINS = re.compile(
    r"(?:^|(?<=[,{}\"\n])|(?<=[,}\"\n] ))[ \t]*([A-Za-z][\w-]*)[ \t]*=[ \t]*(?=[{\"\w])", re.MULTILINE
)
_NEXT_WORD = {closing: re.compile(rf"[\s,]*[^\s,{{}}\"{closing}]*") for closing in "})"}
_BARE = re.compile(r"[^,#{}\"\n]+")
_LONGEST_MACRO, _MOST_PARTS = 1000, 100  # macros of macros could fill the memory
_NO_REFERENCES = frozenset({"comment", "preamble", "control", "set", "bibnote"})
_VOLUMES = frozenset({"proceedings", "mvproceedings", "collection", "mvcollection"})
_MONTHS = dict(
    zip(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        map(str, range(1, 13)),
        strict=True,
    )
)
_ROLES = Roles(
    titles=("title", "booktitle", "maintitle"),
    authors=("author", "editor"),
    years=("year", "date", "origdate", "eventdate", "publicsince"),
    keys=("=key",),
    stated={
        "doi": ("doi", "=doi"),
        "arxiv": ("arxiv", "arxivid", "=arxiv", "arxiv-id", "arxiv_id"),
        "acl": ("acl", "aclid", "acl-id"),
        "s2": ("s2id", "s2", "paperid"),
        "corpusid": ("corpusid",),
        "pmid": ("pmid", "pubmed", "pubmedid", "pubmed-id", "=pmid"),
        "pmcid": ("pmcid", "pmc", "=pmcid"),
        "openalex": ("openalex", "openalexid", "openalex-id"),
        "omid": ("omid",),
    },
    mentioned=(
        *("eprint", "url", "link", "ee", "howpublished", "journal", "journaltitle", "volume", "number", "eid", "pages"),
        *("note", "annote", "annotation", "addendum", "archive", "archiveprefix", "type", "series", "booktitle"),
        *("publisher", "institution", "school", "organization", "comment", "comments", "misc", "issue", "pubmedurl"),
        *("adsurl", "biburl", "bdsk-url-1", "bdsk-url-2", "bdsk-url-3", "urlraw", "file_url", "pdf", "html", "extra"),
        *("elocation-id", "article-number", "unique-id", "isbn", "issn", "version", "versiontype", "usera", "userb"),
        "=key",
    ),
)


def read_bibtex(text: str) -> ParsedFile:
    """Read all entries; linear in the length of the text, but for entries whose braces do not balance.

    >>> read = read_bibtex("@misc{a,b, title = {One}, title = {Two}} @misc{, title = {50% of}}")
    >>> [each.title for each in read.references]
    ['One', '50% of']
    """
    return _Reader(text).read()


class _Unbalanced(Exception):
    """A value or an entry does not end before the next entry begins."""


class _Entry(NamedTuple):
    """An entry as it is written: where it ends, its key and fields."""

    end: int
    key: str
    fields: Fields


@dataclass
class _Reader:
    """A text while it is read; one use."""

    text: str
    macros: dict[str, str] = field(default_factory=lambda: dict(_MONTHS))
    faults: list[Fault] = field(default_factory=list)

    def read(self) -> ParsedFile:
        self.line_ends = [match.start() for match in re.finditer("\n", self.text)]
        self.entry_lines = [match.start() for match in _ENTRY_LINE.finditer(self.text)]
        return ParsedFile(tuple(self._references()), tuple(self.faults))

    def _references(self) -> Iterator[Reference]:
        entries = list(self._entries())
        by_key: dict[str, Fields] = {}
        for _, entry, _ in entries:
            by_key.setdefault(entry.key.casefold(), entry.fields)
        wholes = {name for _, entry, _ in entries for name in names_of_wholes(entry.fields)}
        for kind, entry, line in entries:
            is_volume = kind in _VOLUMES and entry.key.casefold() in wholes  # its papers are in the list
            if kind != "xdata" and not is_volume:
                yield reference_of(
                    _adapted(entry._replace(fields=with_inherited(entry.key, entry.fields, by_key))), _ROLES, line
                )

    def _entries(self) -> Iterator[tuple[str, _Entry, str]]:
        """Every entry with its kind and its place."""
        place, switched_off = 0, []
        while match := _ENTRY.search(self.text, place):
            kind, place = match[1].lower(), match.end()
            if kind in _NO_REFERENCES:
                place = self._after_group(match.end() - 1)
                continue
            if self._is_switched_off(match.start()):
                switched_off.append(self._line(match.start()))
                continue
            entry = self._entry(match)
            place = entry.end
            if kind == "string":
                self.macros |= {name: " ".join(values)[:_LONGEST_MACRO] for name, values in entry.fields.items()}
            else:
                yield kind, entry, self._line(match.start())
        if switched_off:
            many = "one entry begins" if len(switched_off) == 1 else f"{len(switched_off)} entries begin"
            self.faults.append(Fault(switched_off[0], f"{many} with %, left out", "remove the % where it is meant"))

    def _is_switched_off(self, place: int) -> bool:
        """Whether a % stands before an entry on its line: BibTeX reads it all the same, people do not mean it."""
        before = self.text[self.text.rfind("\n", 0, place) + 1 : place].split()
        return bool(before) and all(each.strip("%") == "" for each in before)

    def _line(self, place: int) -> str:
        return f"line {bisect_right(self.line_ends, place - 1) + 1}"

    def _limit(self, place: int) -> int:
        """Where the next entry begins, at the start of a line."""
        following = bisect_right(self.entry_lines, place)
        return self.entry_lines[following] if following < len(self.entry_lines) else len(self.text)

    def _after_group(self, place: int) -> int:
        """Behind the closing brace, or behind the opening one when it is not closed before the next entry begins."""
        try:
            return self._braced(place, len(self.text))[1]
        except _Unbalanced:
            return place + 1

    def _entry(self, match: re.Match[str]) -> _Entry:
        limit = self._limit(match.start())
        closing = "}" if match[2] == "{" else ")"
        try:
            entry = self._balanced_entry(match.end(), limit, closing)
            if not self._goes_on(entry.end, limit):
                return entry
        except _Unbalanced:
            pass
        entry = self._broken_entry(match.end(), limit)
        name = f"entry {entry.key!r}" if entry.key else "an entry without a key"
        self.faults.append(
            Fault(
                self._line(match.start()),
                f"the braces or quotes of {name} do not balance; its fields were read as far as they can be told apart",
                "check it there",
            )
        )
        return entry

    def _goes_on(self, end: int, limit: int) -> bool:
        """Whether fields follow the end of an entry: a brace too many closed it early."""
        rest = self.text[end:limit].lstrip(" \t\n")
        return rest.startswith((",", "}", '"')) and bool(_FIELD.match(rest.lstrip(',}" \t\n')))

    def _balanced_entry(self, place: int, limit: int, closing: str) -> _Entry:
        key, place = self._key(place, limit, closing)
        fields: dict[str, list[str]] = {}
        while True:
            match = _FIELD.match(self.text, place, limit)
            if match:
                value, place = self._value(match.end(), limit, closing)
                fields.setdefault(match[1].lower(), []).append(value)
                continue
            rest = re.compile(r"[\s,]*").match(self.text, place, limit)
            place = rest.end() if rest else place
            if place >= limit:
                raise _Unbalanced
            if self.text[place] == closing:
                return _Entry(place + 1, key, fields)
            if self.text[place] == "{":
                place = self._braced(place, limit)[1]  # a group that belongs to no field
                continue
            if self.text[place] in '}"':
                raise _Unbalanced
            stray = re.compile(r"[^,\n{}\")]+|.").match(self.text, place, limit)  # words that are no field
            place = stray.end() if stray else limit

    def _key(self, place: int, limit: int, closing: str) -> tuple[str, int]:
        """All up to the first field or the end, and where that is; a key may have commas and blanks, or be missing."""
        begins = place
        while place < limit and not _FIELD.match(self.text, place, limit):
            sign = self.text[place]
            if sign == closing or sign in '{}"':
                break
            word = _NEXT_WORD[closing].match(self.text, place, limit)
            place = word.end() if word else limit
        return self.text[begins:place].strip(" \t\n,"), place

    def _value(self, place: int, limit: int, closing: str) -> tuple[str, int]:
        """A value and where it ends: groups, quoted texts, numbers and macros, joined by #."""
        parts: list[str] = []
        while True:
            sign = self.text[place : place + 1]
            if sign == "{":
                part, place = self._braced(place, limit)
            elif sign == '"':
                part, place = self._quoted(place, limit)
            else:
                match = _BARE.match(self.text, place, limit)
                word = match[0].rstrip() if match else ""
                if closing == ")" and word.endswith(")") and "(" not in word:
                    word = word[:-1]
                place += len(word)
                part = self.macros.get(word.strip().lower(), word.strip())
            if len(parts) < _MOST_PARTS:
                parts.append(part)
            joint = re.compile(r"\s*#\s*").match(self.text, place, limit)
            if not joint:
                return "".join(parts), place
            place = joint.end()

    def _braced(self, place: int, limit: int) -> tuple[str, int]:
        depth = 0
        for brace in re.compile(r"\\[\\{}]|[{}]").finditer(self.text, place, limit):
            # BibTeX counts \{ as an opening brace; people who write it mean a sign, mostly in pairs.
            if brace[0] == "{":
                depth += 1
            elif brace[0] == "}":
                depth -= 1
                if depth == 0:
                    return self.text[place + 1 : brace.start()], brace.end()
        raise _Unbalanced

    def _quoted(self, place: int, limit: int) -> tuple[str, int]:
        depth = 0
        for sign in re.compile(r"\\[\\\"{}]|[{}\"]").finditer(self.text, place + 1, limit):
            if sign[0] in "{}":
                depth += 1 if sign[0] == "{" else -1
            elif depth <= 0 and (sign[0] == '"' or self._ends_behind(sign.end())):
                return self.text[place + 1 : sign.end() - 1], sign.end()
        raise _Unbalanced

    def _ends_behind(self, place: int) -> bool:
        return False if place >= len(self.text) else bool(re.compile(r"\s*[,}]\s*(?:\n|$)").match(self.text, place))

    def _broken_entry(self, place: int, limit: int) -> _Entry:
        """The fields of an entry whose braces do not balance: each goes on to where the next seems to begin."""
        begins = list(_FIELD_BEGINS.finditer(self.text, place, limit))
        key = self.text[place : begins[0].start() if begins else limit].strip(' \t\n,{}"')
        fields: dict[str, list[str]] = {}
        ends = [*(match.start() for match in begins[1:]), limit]
        for match, end in zip(begins, ends, strict=False):
            value = self.text[match.end() : end]
            fields.setdefault(match[1].lower(), []).append(value.strip(' \t\n,{}"'))
        return _Entry(limit, "" if "\n" in key else key, fields)


def _adapted(entry: _Entry) -> Fields:
    """The fields with the key, the first author and the whole title, and an eprint by the name of its archive."""
    fields: dict[str, Sequence[str]] = dict(entry.fields)
    fields["=key"] = [entry.key]
    for name in ("author", "editor"):
        if name in fields:
            fields[name] = [first_person(text) for text in fields[name]]
    title, subtitle = (
        next((text for text in fields.get(name, ()) if text.strip()), "") for name in ("title", "subtitle")
    )
    if title and subtitle:
        fields["title"] = [f"{title}: {subtitle}"]
    scheme, eprints = eprint_of(fields)
    if scheme:
        fields[f"={scheme}"] = eprints
        fields.pop("eprint", None)
    return fields
