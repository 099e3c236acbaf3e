"""The papers to fetch as values: what each is called, what the service is asked for, and whether it found the paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ...model.identifiers import Identifier, closure
from ...model.reading_list import ReadingList
from ...utils.person_names import may_be_first_author
from ...utils.text import normalised_title
from ..reference_formats.references import Fault
from ..semantic_scholar.endpoints import MOST_RELIABLE_FIRST, api_id
from ..semantic_scholar.paper_rows import PaperRow


@dataclass(frozen=True, slots=True)
class Target:
    """One paper to fetch. `api_ids` are tried in their order, then the title."""

    label: str
    """What to call it in messages."""
    api_ids: tuple[str, ...] = ()
    """As Semantic Scholar takes them: "ARXIV:1706.03762", "DOI:10.5555/x"."""
    title: str | None = None
    first_author: str | None = None
    year: int | None = None
    """As the file states it."""
    file: str = field(default="", compare=False)
    place: str = field(default="", compare=False)
    """Where it stands: "refs.bib" and "line 7"; "" where it is not from a file."""
    key: str | None = field(default=None, compare=False)
    """What the file calls it."""
    identifiers: tuple[Identifier, ...] = field(default=(), compare=False)
    """All that the file states, also those that Semantic Scholar does not know."""
    names: tuple[str, ...] = field(default=(), compare=False)
    """What a person calls the paper."""

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


def distinct_papers(targets: Iterable[Target]) -> int:
    """How many papers these are, as far as that can be told before a service is asked.

    Those with an identifier in common are one, and those of one title that state no identifier.

    >>> distinct_papers([Target("a", ("PMID:7",)), Target("b", ("PMID:7",)), Target("c", title="C")])
    2
    """
    known: set[str] = set()
    papers = 0
    for each in targets:
        names = set(each.asked_by) or {normalised_title(each.title or each.label)}
        papers += known.isdisjoint(names)
        known |= names
    return papers


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


def is_same_paper(target: Target, row: PaperRow) -> bool:
    """Whether the titles are the same, and the first authors can be one person."""
    return has_same_title(target, row) and may_be_first_author(target.first_author, row.authors)


def has_same_title(target: Target, row: PaperRow) -> bool:
    """Whether both have the same title, letters and digits compared."""
    return normalised_title(row.title or "") == normalised_title(target.title or "")


def why_not(target: Target, matches: Sequence[PaperRow]) -> str:
    """Why none of the papers that a title finds is the target."""
    unknown = f"Semantic Scholar knows none of {', '.join(target.api_ids)}, and " if target.api_ids else ""
    titled = [row for row in matches if has_same_title(target, row)]
    if not titled:
        return f"{unknown}no paper there has the same title"
    year = f", {titled[0].year}" if titled[0].year else ""
    return (
        f"{unknown}the same title is there, by another first author ({titled[0].authors[0]}{year}) "
        f"than {target.first_author}; if it is the paper, give its identifier"
    )


def description_of(row: PaperRow) -> str:
    """The title with its first author and year, for a person to choose from."""
    year = f", {row.year}" if row.year else ""
    return f"{row.title} ({row.authors[0]}{year})" if row.authors else f"{row.title}"
