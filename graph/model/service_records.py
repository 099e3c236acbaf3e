"""What a service says of an author, and quotes of a paper: values that stand beside the papers of a corpus."""

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


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a paper.

    Attributes
    ----------
    text : str
        As the service quotes it.
    title : str or None
        Of the paper, as the service has it.
    corpus_id : str or None
        The service's own number of the paper.
    kind : str or None
        "title", "abstract" or "body".
    section : str or None
        The heading above it, in a body.
    span : (int, int) or None
        Where it begins and ends, in characters of the service's text of the paper.
    says_it : bool
        Whether the words that were asked for stand in it, one after the other; the service also finds what means the
        same.
    key : str or None
        The paper of the corpus; None when it is not there.
    """

    text: str
    title: str | None = None
    corpus_id: str | None = None
    kind: str | None = None
    section: str | None = None
    span: tuple[int, int] | None = None
    says_it: bool = False
    key: str | None = None
