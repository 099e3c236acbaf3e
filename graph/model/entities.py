"""The parts of a corpus: papers, citations, who asserts them, how much is known, and which records were merged.

A citation runs from the *citing* paper to the *cited* one. All parts are values: nothing in this package changes one
in place. `graph.model.corpus` holds them together. Dates are as precise as they are known.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal, get_args

from ..utils.title_names import name_in_title
from .identifiers import Identifier

_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


def partial_date(text: str) -> str:
    """Check that a text is a date as this package writes them, YYYY, YYYY-MM or YYYY-MM-DD, and return it.

    Raises `ValueError` when it has another form, or there is no such day.

    >>> partial_date("2018-10-11"), partial_date("1992")
    ('2018-10-11', '1992')
    """
    if not _PARTIAL_DATE.fullmatch(text):
        raise ValueError(f"{text!r} is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    datetime.date(year, month, day)
    return text


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
    """Who asserts facts: one version's printed bibliography, or one observation of a service."""

    id: str
    """Short, since every citation names it ("print:rae2021")."""
    kind: Kind
    """One of `KINDS`."""
    label: str
    """For people: "printed bibliography of arXiv:2112.11446v2"."""
    observed: str | None = None
    """The day on which a service was asked."""
    note: str | None = None
    """A warning to readers; None when there is none."""


def _year_of_venue(venue: str | None) -> str | None:
    """The first year in the name of a venue.

    >>> _year_of_venue("ICML 2019, PMLR 97:2790-2799"), _year_of_venue("Neural Computation 4(1)")
    ('2019', None)
    """
    found = _YEAR.search(venue or "")
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Paper:
    """One work, however many records, titles or identifiers it has."""

    key: str
    """The stable key, in ASCII, safe in a URL and a file name."""
    title: str | None = None
    """None when a source names the paper by identifier alone."""
    authors: tuple[str, ...] = ()
    """As printed, in order; empty when unknown."""
    authors_complete: bool = False
    """False when `authors` may be incomplete."""
    date: str | None = None
    """When the paper became public: "YYYY", "YYYY-MM" or "YYYY-MM-DD"."""
    date_basis: DateBasis | None = None
    """Where `date` comes from; "stated_year" is a year that a bibliography printed."""
    publication_date: str | None = None
    """When its venue published it."""
    venue: str | None = None
    """Where it was published."""
    identifiers: tuple[Identifier, ...] = ()
    """In the order in which a person would quote them."""
    names: tuple[str, ...] = ()
    """What people call it; the first is its usual name."""
    also_titled: tuple[str, ...] = ()
    """Other titles under which it is cited."""
    unverified: tuple[str, ...] = ()
    """Facts that nobody has checked in print."""
    contribution: str | None = None
    """What it brought, in a reader's own words; None when nobody has said so."""
    author_ids: tuple[str | None, ...] = ()
    """The ids that Semantic Scholar gives `authors`, in their order; None for one whose id is not known, and empty when
    none is."""

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
    """The statement of one source that one paper cites another."""

    source: str
    """The id of the source."""
    entries: tuple[int, ...] = ()
    """The numbers of the entries in its list that name the cited paper, if it numbers them."""
    influential: bool | None = None
    """Whether the source calls the citation influential; None when it does not say."""
    intents: tuple[str, ...] = ()
    """The purposes of the citation according to the source: "background", "methodology", "result"."""
    contexts: tuple[str, ...] = ()
    """The citing sentences that the source quotes."""
    mentions: int | None = None
    """How often the text of the citing paper cites the entries; None when the text is not known."""
    sections: tuple[str, ...] = ()
    """In which of its sections, in their order."""

    @property
    def times(self) -> int:
        """How many entries of the source's list it is: 1 where they have no numbers."""
        return max(1, len(self.entries))


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation `citing` -> `cited`, with every source that asserts it."""

    citing: str
    cited: str
    """The keys of the two papers."""
    assertions: tuple[Assertion, ...]
    """At least one."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources that assert it."""
        return tuple(assertion.source for assertion in self.assertions)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much one source knows of a paper's references, or of its citations."""

    paper: str
    """The key of the paper."""
    direction: Direction
    """"references": what the paper cites; "citations": who cites it."""
    source: str
    """The id of the source."""
    state: State
    """One of `STATES`."""
    rows: int | None = None
    """How many entries the source lists, where two entries that name one paper count as two; None when it does not
    say."""


@dataclass(frozen=True, slots=True)
class Merge:
    """One record of a paper, and the rule by which it was found to be a record of that paper."""

    paper: str
    """The key of the paper."""
    rule: str
    """"same arxiv:1810.04805", or "same title and first author, near year"."""
    record: str
    """Its place: "print:rae2021#57" is entry 57 of that bibliography."""
    title: str | None = None
    """The title of the record, where it is not that of the paper."""
    year: int | None = None
    """The year of the record, where it is not that of the paper."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Papers that look alike and were not merged, or one that looks like no paper, for a person to decide."""

    papers: tuple[str, ...]
    """Their keys."""
    reason: str
    """Why they look alike, and why they were not merged; or why it looks like no paper."""
