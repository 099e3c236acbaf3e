"""What a service says of an author."""

from __future__ import annotations

from dataclasses import dataclass


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
