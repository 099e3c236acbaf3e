"""The parts of a corpus: papers, citations, who asserts them, how much is known, and which records were merged.

A citation runs from the *citing* paper to the *cited* one. All parts are values: nothing in this package changes one
in place. `graph.model.corpus` holds them together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from ..utils.title_names import name_in_title
from .identifiers import Identifier
from .partial_dates import partial_date

Kind = Literal[
    "printed_bibliography", "semantic_scholar", "openalex", "opencitations", "crossref", "user", "retraction_watch"
]
Direction = Literal["references", "citations"]
State = Literal["complete", "partial", "elided", "capped", "failed", "not_fetched"]
DateBasis = Literal["first_version", "arxiv_identifier", "stated_year", "corrected"]

KINDS: tuple[str, ...] = get_args(Kind)
STATES: tuple[str, ...] = get_args(State)  # from the most known to the least

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)


def is_key(text: str) -> bool:
    """Whether a text can be the key of a paper: letters, digits, '-', '_' and '.', at most 80 of them."""
    return _KEY.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Source:
    """Who asserts facts: one version's printed bibliography, or one observation of a service.

    Attributes
    ----------
    id : str
        Short, since every citation names it ("print:rae2021").
    kind : str
        One of `KINDS`.
    label : str
        For people: "printed bibliography of arXiv:2112.11446v2".
    observed : str or None
        The day on which a service was asked.
    note : str or None
        A warning to readers; None when there is none.
    """

    id: str
    kind: Kind
    label: str
    observed: str | None = None
    note: str | None = None


def _year_of_venue(venue: str | None) -> str | None:
    """The first year in the name of a venue.

    >>> _year_of_venue("ICML 2019, PMLR 97:2790-2799"), _year_of_venue("Neural Computation 4(1)")
    ('2019', None)
    """
    found = _YEAR.search(venue or "")
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Paper:
    """One work, however many records, titles or identifiers it has.

    Attributes
    ----------
    key : str
        The stable key, in ASCII, safe in a URL and a file name.
    title : str or None
        None when a source names the paper by identifier alone.
    authors : tuple of str
        As printed, in order; empty when unknown.
    authors_complete : bool
        False when `authors` may be incomplete.
    author_ids : tuple of (str or None)
        The ids that Semantic Scholar gives `authors`, in their order; None for one whose id is not known, and empty
        when none is.
    date : str or None
        When the paper became public: "YYYY", "YYYY-MM" or "YYYY-MM-DD".
    date_basis : str or None
        Where `date` comes from; "stated_year" is a year that a bibliography printed.
    publication_date : str or None
        When its venue published it.
    venue : str or None
        Where it was published.
    identifiers : tuple of Identifier
        In the order in which a person would quote them.
    names : tuple of str
        What people call it; the first is its usual name.
    also_titled : tuple of str
        Other titles under which it is cited.
    unverified : tuple of str
        Facts that nobody has checked in print.
    contribution : str or None
        What it brought, in a reader's own words; None when nobody has said so.
    """

    key: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    authors_complete: bool = False
    date: str | None = None
    date_basis: DateBasis | None = None
    publication_date: str | None = None
    venue: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    names: tuple[str, ...] = ()
    also_titled: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    contribution: str | None = None
    author_ids: tuple[str | None, ...] = ()

    def __post_init__(self) -> None:
        if not is_key(self.key):
            raise ValueError(f"{self.key!r} is not a key: use letters, digits, '-', '_' and '.', at most 80 of them")
        for date in (self.date, self.publication_date):
            if date is not None:
                partial_date(date)

    @property
    def year(self) -> int | None:
        """The year of `date`."""
        return int(self.date[:4]) if self.date else None

    @property
    def years(self) -> tuple[int, ...]:
        """The years by which people cite it: of `date`, of its publication, and of its venue's name, "NAACL 2019"."""
        texts = (self.date, self.publication_date, None if self.publication_date else _year_of_venue(self.venue))
        return tuple(sorted({int(text[:4]) for text in texts if text}))

    @property
    def name(self) -> str:
        """What to call it in a line: its first name, else its title, else its first identifier."""
        if self.names:
            return self.names[0]
        return self.title or self.untitled

    @property
    def untitled(self) -> str:
        """What to show in place of a missing title, so that nobody takes an identifier for a title."""
        return f"[untitled {self.identifiers[0]}]" if self.identifiers else f"[untitled {self.key}]"

    @property
    def label(self) -> str:
        """Its one short name, for pictures and lists: what people call it, else the name that its title begins with.

        Else it is "Author Year", the title, or that it has none.

        >>> Paper("a", title="TensorFlow: A system", authors=("Martin Abadi",), date="2016").label
        'TensorFlow'
        >>> Paper("a", title="Layer normalization", authors=("Jimmy Ba",), date="2016").label
        'Ba 2016'
        """
        if self.names:
            return self.names[0]
        name = name_in_title(self.title)
        if name:
            return name
        author = self.authors[0].strip(" ,") if self.authors else ""
        if author:
            family = author.split(",")[0] if "," in author else author.split()[-1]
            return f"{family} {self.year}" if self.year else family
        return self.title or self.untitled

    @property
    def url(self) -> str | None:
        """The address of its page, or None when it has no identifier."""
        return self.identifiers[0].url if self.identifiers else None


@dataclass(frozen=True, slots=True)
class Assertion:
    """The statement of one source that one paper cites another.

    Attributes
    ----------
    source : str
        The id of the source.
    entries : tuple of int
        The numbers of the entries in its list that name the cited paper, if it numbers them.
    influential : bool or None
        Whether the source calls the citation influential; None when it does not say.
    intents : tuple of str
        The purposes of the citation according to the source: "background", "methodology", "result".
    contexts : tuple of str
        The citing sentences that the source quotes.
    mentions : int or None
        How often the text of the citing paper cites the entries; None when the text is not known.
    sections : tuple of str
        In which of its sections, in their order.
    """

    source: str
    entries: tuple[int, ...] = ()
    influential: bool | None = None
    intents: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    mentions: int | None = None
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation `citing` -> `cited`, with every source that asserts it.

    Attributes
    ----------
    citing, cited : str
        The keys of the two papers.
    assertions : tuple of Assertion
        At least one.
    """

    citing: str
    cited: str
    assertions: tuple[Assertion, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources that assert it."""
        return tuple(assertion.source for assertion in self.assertions)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much one source knows of a paper's references, or of its citations.

    Attributes
    ----------
    paper : str
        The key of the paper.
    direction : str
        "references": what the paper cites; "citations": who cites it.
    source : str
        The id of the source.
    state : str
        One of `STATES`.
    rows : int or None
        How many entries the source lists, where two entries that name one paper count as two; None when it does
        not say.
    """

    paper: str
    direction: Direction
    source: str
    state: State
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """One record of a paper, and the rule by which it was found to be a record of that paper.

    Attributes
    ----------
    paper : str
        The key of the paper.
    rule : str
        "same arxiv:1810.04805", or "same title and first author, near year".
    record : str
        Its place: "print:rae2021#57" is entry 57 of that bibliography.
    title : str or None
        The title of the record, where it is not that of the paper.
    year : int or None
        The year of the record, where it is not that of the paper.
    """

    paper: str
    rule: str
    record: str
    title: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Papers that look alike and were not merged, or one that looks like no paper, for a person to decide.

    Attributes
    ----------
    papers : tuple of str
        Their keys.
    reason : str
        Why they look alike, and why they were not merged; or why it looks like no paper.
    """

    papers: tuple[str, ...]
    reason: str
