r"""The ``.bbl`` of biber, which biblatex reads: data with one entry in several sorted lists.

The numbers that are printed are not in the file, unless it was made with ``labelnumber``: else they are positions in
the first list of a section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from ...model.identifiers import Identifier
from ..reference_formats.references import year_in
from .entries import Entry, Numbering, PrintedList, Work
from .identifiers_printed import announced, identifiers_of_links, of_one_work
from .tex_source import argument, braced, squeezed
from .tex_text import text_of_tex

_SECTION = re.compile(r"\\refsection\{(\d+)\}|\\(endrefsection)\b")
_LIST = re.compile(r"\\(?:datalist|sortlist)\s*(?:\[(\w+)\])?\{[^{}]*\}|\\(end(?:data|sort)list)\b")
_ENTRY = re.compile(r"\\entry\{")
_FIELD = re.compile(r"\\(?:field|strng)\{([a-z]+)\}\{")
_VERB = re.compile(r"\\verb\{(\w+)\}[ \t]*\n[ \t]*\\verb[ \t]?([^\n]*)\n[ \t]*\\endverb")
_NAME = re.compile(r"\\name\{(\w+)\}\{\d+\}\{[^{}]*\}")
_PART = re.compile(r"(?<![A-Za-z-])(family|given|prefix|suffix)=")
_PARTS_IN_ORDER = ("family", "given", "prefix", "suffix")
_MISSING = re.compile(r"\\missing\{([^{}]*)\}")
LONGEST_NAMES = 400_000
"""How many characters the names of an entry may take: a thousand authors with all their hashes."""
_SCHEMES = {"arxiv": "arxiv", "pubmed": "pmid", "pmid": "pmid", "pmcid": "pmcid"}


def has_biblatex(text: str) -> bool:
    """Whether a text is such a file."""
    return bool(re.search(r"biblatex auxiliary file|\\(?:datalist|sortlist|endentry)\b", text))


@dataclass(slots=True)
class _Found:
    """An entry of the file: its fields, and of which set it is a member."""

    kind: str
    options: str
    fields: dict[str, str]
    names: list[str]
    members: tuple[str, ...] = ()
    is_member: bool = False
    count: int | None = None

    @property
    def is_printed(self) -> bool:
        return not self.is_member and not re.search(r"\b(?:dataonly|skipbib)(?:=true)?\b(?!=false)", self.options)


@dataclass(slots=True)
class _Section:
    """The entries of a section by their keys, in the order of its first list."""

    entries: dict[str, _Found] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    is_closed: bool = True


def read_biblatex(text: str) -> tuple[PrintedList, ...]:
    """The list of every section."""
    text = re.sub(r"(?m)^[ \t]*%[^\n]*\n|\{%[ \t]*\n", lambda match: "{\n" if match[0].startswith("{") else "", text)
    return tuple(_printed(section) for section in _sections(text) if section.entries or section.missing)


def _sections(text: str) -> Iterator[_Section]:
    marks = list(_SECTION.finditer(text))
    begins = [mark for mark in marks if mark[1]]
    if not begins:
        yield _section(text, is_closed=True)  # files of old versions have no sections
    for begin in begins:
        following = next((mark for mark in marks if mark.start() > begin.start()), None)
        is_closed = following is not None and following[2] is not None
        yield _section(text[begin.end() : following.start() if following else len(text)], is_closed=is_closed)


def _section(text: str, *, is_closed: bool) -> _Section:
    section = _Section(missing=[key.strip() for key in _MISSING.findall(text)], is_closed=is_closed)
    kinds = list(_LIST.finditer(text))
    for place, mark in enumerate(kinds):
        if mark[2] or (mark[1] or "entry") != "entry":
            continue
        end = kinds[place + 1].start() if place + 1 < len(kinds) else len(text)
        for key, found in _entries(text[mark.end() : end]):
            section.entries.setdefault(key, found)
        section.is_closed &= place + 1 < len(kinds) and kinds[place + 1][2] is not None
    if not kinds:
        section.entries = dict(_entries(text))
        section.is_closed = False
    return section


def _entries(text: str) -> Iterator[tuple[str, _Found]]:
    starts = [match.start() for match in _ENTRY.finditer(text)]
    for begin, end in pairwise([*starts, len(text)]):
        key, place = argument(text, begin + len("\\entry"))
        kind, place = argument(text, place)
        options, place = argument(text, place)
        count = braced(text, place, most=20)
        body = text[place:end]
        stop = body.find("\\endentry")
        body = body if stop < 0 else body[:stop]
        number = count[0].strip() if count else ""
        members = re.search(r"\\set\{([^{}]*)\}", body)
        yield (
            key.strip(),
            _Found(
                kind,
                options,
                dict(_fields(body)),
                list(_names(body)),
                tuple(each.strip() for each in members[1].split(",")) if members else (),
                "\\inset{" in body,
                int(number) if number.isdecimal() and len(number) < 6 else None,
            ),
        )


def _fields(body: str) -> Iterator[tuple[str, str]]:
    for match in _FIELD.finditer(body):
        value = braced(body, match.end() - 1)
        if value:
            yield match[1], squeezed(value[0])
    for match in _VERB.finditer(body):
        yield match[1], match[2].strip()


def _names(body: str) -> Iterator[str]:
    """The authors, or else the editors, as "Family, Given"."""
    lists: dict[str, str] = {}
    for match in _NAME.finditer(body):
        group = braced(body, body.find("{", match.end()), most=LONGEST_NAMES)
        if group:
            lists.setdefault(match[1], group[0])
    text = lists.get("author") or lists.get("editor") or ""
    at = 0
    while (start := text.find("{", at)) >= 0:
        group = braced(text, start)
        if group is None:
            return
        at = group[1]
        parts = dict(_parts_of_name(group[0]))
        family = " ".join(filter(None, (parts.get("prefix"), parts.get("family"), parts.get("suffix"))))
        if family:
            yield ", ".join(filter(None, (family, parts.get("given"))))


def _parts_of_name(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a name, each once; before version 3 of the format they have no names and stand in one order."""
    named = list(_PART.finditer(text))
    for part in reversed(named):
        yield part[1], text_of_tex(argument(text, part.end())[0])
    place = argument(text, 0)[1]
    for part_name in _PARTS_IN_ORDER if not named else ():
        value, place = argument(text, place)
        _, place = argument(text, place)  # its initials
        yield part_name, text_of_tex(value)


def _printed(section: _Section) -> PrintedList:
    entries = []
    printed = {key: found for key, found in section.entries.items() if found.is_printed}
    for position, (key, found) in enumerate(printed.items(), start=1):
        members = [section.entries[each] for each in found.members if each in section.entries]
        works = tuple(work for each in members or [found] if (work := _work(each)))
        number = found.fields.get("labelnumber", "")
        label = found.fields.get("labelalpha")
        entries.append(
            Entry(
                int(number) if number.isdecimal() and len(number) < 6 else position,
                _raw(found, members),
                works,
                label=label + _letter(found.fields.get("extraalpha", "")) if label else None,
                key=key,
                mentions=found.count,
            )
        )
    numbered = bool(printed) and all("labelnumber" in found.fields for found in printed.values())
    numbering: Numbering = "printed" if numbered else "position"
    if numbered:
        entries.sort(key=lambda entry: entry.number)
    why = () if section.is_closed else ("the list is not closed",)
    remarks = tuple(f"the text cites {key!r}, which the list does not have" for key in section.missing)
    return PrintedList(tuple(entries), numbering, why, remarks)


def _letter(extra: str) -> str:
    return chr(ord("a") + int(extra) - 1) if extra.isdecimal() and 1 <= int(extra) <= 26 else ""


def _work(found: _Found) -> Work | None:
    fields: Mapping[str, str] = found.fields
    title = ": ".join(text_of_tex(fields[name]) for name in ("title", "subtitle") if fields.get(name)) or None
    year = year_in(fields.get("year", "") or fields.get("date", ""))
    work = Work(title, tuple(found.names), year, _identifiers(fields))
    return work if work.is_identified or (work.year and work.authors) else None


def _identifiers(fields: Mapping[str, str]) -> tuple[Identifier, ...]:
    """What the fields for identifiers hold, then what the others announce."""
    kind = fields.get("eprinttype", "").strip().lower()
    scheme = _SCHEMES.get(kind, "")
    stated = [f"{scheme}:{_verbatim(fields['eprint'])}"] if scheme and "eprint" in fields else []
    stated += [_verbatim(fields["doi"])] if "doi" in fields else []
    links = [_verbatim(fields[name]) for name in ("url", "urlraw") if name in fields]
    texts = [
        text_of_tex(fields[name])
        for name in ("journaltitle", "note", "howpublished", "eprint", "volume")
        if name in fields
    ]
    return of_one_work(
        identifiers_of_links(stated),
        [*identifiers_of_links(links), *(each for text in texts for each in announced(text))],
    )


def _verbatim(value: str) -> str:
    return re.sub(r"\\([%&#$_{}~])", r"\1", value)


def _raw(found: _Found, members: list[_Found]) -> str:
    parts = []
    for each in members or [found]:
        kept = {name: each.fields[name] for name in _SHOWN if name in each.fields}
        parts.append(
            "; ".join(
                [
                    *(["author = " + " and ".join(each.names)] if each.names else []),
                    *(f"{name} = {value}" for name, value in kept.items()),
                ]
            )
        )
    return squeezed(" | ".join(parts))


_SHOWN = (
    *("title", "subtitle", "journaltitle", "booktitle", "maintitle", "volume", "number", "pages", "year", "origyear"),
    *("howpublished", "note", "eprinttype", "eprint", "doi", "url"),
)
