"""What a printed list of references says, as values: entries with their numbers, and the works that they name."""

from __future__ import annotations

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
    """One entry of a list.

    Attributes
    ----------
    number : int
        As printed, or its position.
    raw : str
        What the file says, blanks squeezed.
    works : tuple of Work
        None for a remark, several where one entry names several.
    label : str or None
        What is printed in front of it, where that is not `number`: "31a", "Hoc97".
    key : str or None
        What the file calls it: a citation key, the id of an element.
    mentions : int or None
        How often the text cites it; None where the text is not known.
    sections : tuple of str
        In which sections, in their order.
    is_remark : bool
        Whether it is known to name no work: a footnote, "private communication".
    fault : str or None
        Why it could not be read as a whole.
    """

    number: int
    raw: str
    works: tuple[Work, ...] = ()
    label: str | None = None
    key: str | None = None
    mentions: int | None = None
    sections: tuple[str, ...] = ()
    is_remark: bool = False
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class PrintedList:
    """A list of references.

    Attributes
    ----------
    entries : tuple of Entry
    numbering : str
        One of `Numbering`.
    why_partial : tuple of str
        Why it may not be the whole list; empty when it is.
    remarks : tuple of str
        What a reader of the list must know, such as a work that the text cites and no list has.
    """

    entries: tuple[Entry, ...]
    numbering: Numbering = "printed"
    why_partial: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """The lists of one file.

    Attributes
    ----------
    format : str
        Its name for people.
    lists : tuple of PrintedList
    describes : tuple of Identifier
        By which the file names the paper that it is.
    """

    format: str
    lists: tuple[PrintedList, ...]
    describes: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Mentions:
    """Which entries a text cites, by their keys, and where.

    Attributes
    ----------
    counts : mapping of str to int
    sections : mapping of str to tuple of str
    """

    counts: Mapping[str, int]
    sections: Mapping[str, tuple[str, ...]]


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
