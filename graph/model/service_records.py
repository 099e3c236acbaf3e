"""What a service says of an author, and quotes of a paper: values that stand beside the papers of a corpus."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuthorRecord:
    """One author as the service describes them; what it does not say is None or empty."""

    id: str
    name: str | None = None
    affiliations: tuple[str, ...] = ()
    homepage: str | None = None
    papers: int | None = None
    citations: int | None = None
    h_index: int | None = None
    """Counts of the service, over all papers that it has of this author."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a paper."""

    text: str
    """As the service quotes it."""
    title: str | None = None
    """Of the paper, as the service has it."""
    corpus_id: str | None = None
    """The service's own number of the paper."""
    kind: str | None = None
    """"title", "abstract" or "body"."""
    section: str | None = None
    """The heading above it, in a body."""
    span: tuple[int, int] | None = None
    """Where it begins and ends, in characters of the service's text of the paper."""
    says_it: bool = False
    """Whether the words that were asked for stand in it, one after the other; the service also finds what means the
    same."""
    key: str | None = None
    """The paper of the corpus; None when it is not there."""
