"""The papers to fetch as values: what each is called, and what the service is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ...model.identifiers import Identifier, closure
from ...model.reading_list import ReadingList
from ..reference_formats.references import Fault
from ..semantic_scholar.endpoints import MOST_RELIABLE_FIRST, api_id


@dataclass(frozen=True, slots=True)
class Target:
    """One paper to fetch. `api_ids` are tried in their order, then the title.

    Attributes
    ----------
    label : str
        What to call it in messages.
    api_ids : tuple of str
        As Semantic Scholar takes them: "ARXIV:1706.03762", "DOI:10.5555/x".
    title, first_author : str or None
    year : int or None
        As the file states it.
    file, place : str
        Where it stands: "refs.bib" and "line 7"; "" where it is not from a file.
    key : str or None
        What the file calls it.
    identifiers : tuple of Identifier
        All that the file states, also those that Semantic Scholar does not know.
    names : tuple of str
        What a person calls the paper.
    """

    label: str
    api_ids: tuple[str, ...] = ()
    title: str | None = None
    first_author: str | None = None
    year: int | None = None
    file: str = field(default="", compare=False)
    place: str = field(default="", compare=False)
    key: str | None = field(default=None, compare=False)
    identifiers: tuple[Identifier, ...] = field(default=(), compare=False)
    names: tuple[str, ...] = field(default=(), compare=False)

    @property
    def asked_by(self) -> tuple[str, ...]:
        """What it is asked by: as Semantic Scholar takes it, or else by identifiers that only other services know."""
        return self.api_ids or tuple(map(str, self.identifiers))


@dataclass(frozen=True, slots=True)
class FileOfPapers:
    """A file that was read: its format for people, how many papers it names, and what could not be read."""

    name: str
    format: str
    papers: int
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Targets:
    """All papers to fetch, the reading list that they are from, if any, what was left out, and the files."""

    papers: tuple[Target, ...]
    reading_list: ReadingList | None = None
    notes: tuple[str, ...] = ()
    files: tuple[FileOfPapers, ...] = field(default=(), compare=False)


def api_ids_of(identifiers: Iterable[Identifier]) -> tuple[str, ...]:
    """What to ask Semantic Scholar for: these identifiers and those that they imply, the most reliable first.

    Without those of OpenAlex and OpenCitations, which it does not know.
    """
    known = [each for each in closure(identifiers) if each.scheme in MOST_RELIABLE_FIRST]
    return tuple(map(api_id, sorted(known, key=lambda each: (MOST_RELIABLE_FIRST.index(each.scheme), each.value))))


def joined(parts: Iterable[Targets]) -> Targets:
    """The papers of several files and lines, in their order; of one reading list alone with that list."""
    every = list(parts)
    if len(every) == 1:
        return every[0]
    return Targets(
        tuple(paper for each in every for paper in each.papers),
        notes=tuple(note for each in every for note in each.notes),
        files=tuple(file for each in every for file in each.files),
    )
