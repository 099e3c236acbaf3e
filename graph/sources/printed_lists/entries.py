"""What a printed list of references says, as values: its entries and the works that they name, and whether it is whole.

It is whole when it is closed, numbered through, and every entry can be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ...model.identifiers import Identifier

Numbering = Literal["printed", "position"]
"""Whether the numbers of a list are those that its readers see, or only count its entries."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work as an entry names it; what is not printed is None or empty.

    `elsewhere` says of identifiers that are not printed where they are from, by scheme: {"doi": "refs.bib"}.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    identifiers: tuple[Identifier, ...] = ()
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_identified(self) -> bool:
        """Whether it has a title or an identifier, by which it can be found elsewhere."""
        return bool(self.title or self.identifiers)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list."""

    number: int
    """As printed, or its position."""
    raw: str
    """What the file says, blanks squeezed."""
    works: tuple[Work, ...] = ()
    """None for a remark, several where one entry names several."""
    label: str | None = None
    """What is printed in front of it, where that is not `number`: "31a", "Hoc97"."""
    key: str | None = None
    """What the file calls it: a citation key, the id of an element."""
    mentions: int | None = None
    """How often the text cites it; None where the text is not known."""
    sections: tuple[str, ...] = ()
    """In which sections, in their order."""
    is_remark: bool = False
    """Whether it is known to name no work: a footnote, "private communication"."""
    fault: str | None = None
    """Why it could not be read as a whole."""

    @property
    def is_unidentified(self) -> bool:
        """Whether it names a work by neither a title nor an identifier."""
        return not self.is_remark and not any(work.is_identified for work in self.works)


@dataclass(frozen=True, slots=True)
class PrintedList:
    """A list of references."""

    entries: tuple[Entry, ...]
    numbering: Numbering = "printed"
    """One of `Numbering`."""
    why_partial: tuple[str, ...] = ()
    """Why it may not be the whole list; empty when it is."""
    remarks: tuple[str, ...] = ()
    """What a reader of the list must know, such as a work that the text cites and no list has."""


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """The lists of one file."""

    format: str
    """Its name for people."""
    lists: tuple[PrintedList, ...]
    describes: tuple[Identifier, ...] = ()
    """By which the file names the paper that it is."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Which entries a text cites, by their keys, and where."""

    counts: Mapping[str, int]
    sections: Mapping[str, tuple[str, ...]]

    def noted_on(self, entry: Entry) -> Entry:
        """The entry with how often the text cites it, and where."""
        key = entry.key or ""
        return replace(entry, mentions=self.counts.get(key, 0), sections=self.sections.get(key, ()))


def with_missing(lists: Sequence[PrintedList], cited: Iterable[str], *, is_part: bool) -> tuple[PrintedList, ...]:
    """The lists, the first with a word on each key that the text cites and none of them has.

    Where keys are links of the file itself, an entry is missing, and the list `is_part`. A citation of TeX that nothing
    answers is printed as a question mark: then the list is whole, and the paper has a hole.
    """
    known = {entry.key for printed in lists for entry in printed.entries}
    missing = [repr(key) for key in cited if key not in known]
    if not missing or not lists:
        return tuple(lists)
    more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
    word = f"the text cites {', '.join(missing[:5])}{more}, which the list does not have"
    first = lists[0]
    if is_part:
        first = replace(first, why_partial=(*first.why_partial, word))
    else:
        first = replace(first, remarks=(*first.remarks, word))
    return (first, *lists[1:])


def mentions_of(places: list[tuple[str, str | None]]) -> Mentions:
    """Count citations, each a key and the section in which it stands."""
    counts: dict[str, int] = {}
    sections: dict[str, dict[str, None]] = {}
    for key, section in places:
        counts[key] = counts.get(key, 0) + 1
        if section:
            sections.setdefault(key, {})[section] = None
    return Mentions(counts, {key: tuple(found) for key, found in sections.items()})


FEW = 5
"""A research paper with fewer entries deserves a second look."""


def judged(printed: PrintedList) -> PrintedList:
    """The list with every reason why it may be a part, and with what a reader must know of it.

    A repeated number is a fault, unless its label tells the entries apart ("31", "31a").
    """
    entries = printed.entries
    why = list(printed.why_partial)
    if not entries:
        why.append("it has no entries, which is not the same as no references")
    if printed.numbering == "printed" and entries:
        why += _number_faults(printed)
    unreadable = [str(entry.number) for entry in entries if entry.fault]
    if unreadable:
        why.append(f"of {named('entry', 'entries', unreadable)} a part could not be read ({_first_fault(printed)})")
    remarks = list(printed.remarks)
    if printed.numbering == "position" and entries:
        remarks.append("no numbers are printed; entries are numbered by position")
    keys = Counter(entry.key for entry in entries if entry.key)
    twice = sorted(key for key, count in keys.items() if count > 1)
    if twice:
        remarks.append(f"{named('key', 'keys', list(map(repr, twice)))} stands at several entries")
    if 0 < len(entries) < FEW:
        remarks.append("fewer than five entries, few for a paper; check that this is its list")
    return replace(printed, why_partial=tuple(dict.fromkeys(why)), remarks=tuple(dict.fromkeys(remarks)))


def _number_faults(printed: PrintedList) -> list[str]:
    entries = printed.entries
    numbers = Counter(entry.number for entry in entries if not (entry.label and any(map(str.isalpha, entry.label))))
    every = {entry.number for entry in entries}
    gaps = [str(number) for number in range(1, min(max(every), len(entries) * 3 + 10) + 1) if number not in every]
    repeated = [str(number) for number, count in sorted(numbers.items()) if count > 1]
    faults = []
    if gaps:
        faults.append(f"{named('number', 'numbers', gaps)} missing")
    if repeated:
        faults.append(f"{named('number', 'numbers', repeated)} repeated")
    return faults


def _first_fault(printed: PrintedList) -> str:
    return next(entry.fault for entry in printed.entries if entry.fault)


def named(one: str, several: str, names: Sequence[str]) -> str:
    """The first of several names or numbers, as a remark shows them, and how many more there are.

    >>> named("entry", "entries", ["3"]), named("entry", "entries", list("1234567"))
    ('entry 3', 'entries 1, 2, 3, 4, 5 and 2 more')
    """
    shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    return f"{one if len(names) == 1 else several} {shown}"
