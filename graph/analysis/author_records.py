"""What a service says of authors: a value beside the papers of a corpus."""

from __future__ import annotations

from dataclasses import dataclass

from .people import AuthorPapers


@dataclass(frozen=True, slots=True)
class AuthorRecord:
    """One author as the service describes them; what it does not say is None or empty.

    Attributes
    ----------
    id : str
    name : str or None
    affiliations : tuple of str
    homepage : str or None
    papers, citations, h_index : int or None
        Counts of the service, over all papers that it has of this author.
    """

    id: str
    name: str | None = None
    affiliations: tuple[str, ...] = ()
    homepage: str | None = None
    papers: int | None = None
    citations: int | None = None
    h_index: int | None = None


@dataclass(frozen=True, slots=True)
class DescribedAuthors:
    """The papers of an author in a corpus, and what the service says of everybody with an id among them.

    `not_known` are ids that the service does not know, or of which its answer cannot be read; `asked` is the day of the
    answer.
    """

    here: AuthorPapers
    records: tuple[AuthorRecord, ...]
    not_known: tuple[str, ...] = ()
    asked: str = ""
