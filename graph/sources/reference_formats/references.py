"""What a record of any format becomes: a title, a first author, a year and identifiers.

A format only says which of its fields hold what, as `Roles`. An identifier is taken from the field that is made for it;
else from a text that announces it, such as "arXiv preprint arXiv:2101.90001" in the field of the journal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...model.identifiers import Identifier, closure, identifier, identifiers_in
from ...utils.markup import without_markup
from ...utils.person_names import named_author
from ...utils.text import one_line

Fields = Mapping[str, Sequence[str]]
"""The texts of a record, by the name of their field, in the order of the file."""

ATTACHED = frozenset({"attachment", "note", "annotation"})
"""The types of what Zotero lists beside the items to which it belongs."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One record of a file."""

    place: str
    """Where it begins: "line 7", or "entry 3" in a format whose lines mean nothing."""
    key: str | None = None
    """What the file calls it: a citation key, an accession number."""
    title: str | None = None
    first_author: str | None = None
    """As they are shown, without markup."""
    year: int | None = None
    identifiers: tuple[Identifier, ...] = ()
    """With schemes of `REQUEST_SCHEMES`, the stated ones first."""
    printed: str | None = None
    """The reference as papers print it, for a record that has no title."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What could not be read: where, what is wrong, and what to do."""

    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """The references of a file, and what could not be read."""

    references: tuple[Reference, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Roles:
    """Which fields of a format hold what, in the order in which they are asked."""

    titles: tuple[str, ...]
    authors: tuple[str, ...]
    years: tuple[str, ...]
    keys: tuple[str, ...] = ()
    """The first one that is not empty counts."""
    stated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For each scheme the fields that are made for it."""
    mentioned: tuple[str, ...] = ()
    """Fields with texts or links that may announce an identifier of this paper. Never an abstract."""
    printed: tuple[str, ...] = ()
    """Fields with a whole reference, as papers print it."""


def reference_of(fields: Fields, roles: Roles, place: str) -> Reference:
    """Make a reference of the fields of a record."""
    stated = [(scheme, text) for scheme, names in roles.stated.items() for text in _texts(fields, names)]
    return Reference(
        place,
        key=_first(fields, roles.keys),
        title=shown_title(_first(fields, roles.titles)),
        first_author=named_author(_shown(_first(fields, roles.authors)) or "") or None,
        year=next(filter(None, map(year_in, _texts(fields, roles.years))), None),
        identifiers=identifiers_of(stated, _texts(fields, roles.mentioned)),
        printed=_first(fields, roles.printed),
    )


_QUOTES = (("\u00ab", "\u00bb"), ("\u201e", "\u201c"), ("\u300c", "\u300d"), ("\u300a", "\u300b"))


def shown_title(text: str | None) -> str | None:
    """A title as it is shown: without markup, quotes around it, and the full stop of a database.

    >>> shown_title("{Effects} of CO<sub>2</sub> on <i>E. coli</i>."), shown_title(" "), shown_title("[Titel].")
    ('Effects of CO2 on E. coli', None, 'Titel')
    """
    title = _shown(text)
    if title is None:
        return None
    if len(title) > 1 and title.endswith(".") and not title.endswith(".."):
        title = title[:-1]
    pair = (title[0], title[-1])
    inner = title[1:-1]
    if pair in {('"', '"'), ("\u201c", "\u201d"), ("[", "]"), *_QUOTES} and not set(pair) & set(inner):
        title = inner.strip()
    return title or None


def year_in(text: str) -> int | None:
    """The first year in a date, whatever its order.

    >>> year_in("2021-05-01"), year_in("May 1, 2021"), year_in("{to appear}"), year_in("2014a")
    (2021, 2021, None, 2014)
    """
    found = re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", text)
    return int(found[0]) if found else None


_ANOTHER_PAPER = re.compile(
    r"\b(?:(?:comments?|reply|response|answer) (?:on|to)|errat(?:um|a)|corrigend(?:um|a)|correction|retract\w*|addendum"
    r"|supplement\w*|extends?|extension|see also|based on|builds? on|cit(?:es|ing)|companion|review of|related to"
    r"|supersed\w*|replac\w*|follow-?up)\b",
    re.IGNORECASE,
)


def identifiers_of(stated: Iterable[tuple[str, str]], mentioned: Iterable[str]) -> tuple[Identifier, ...]:
    """The identifiers of one paper: at most one of each scheme, the stated before those that a text announces.

    A text that announces two of one scheme, or another paper ("Comment on ..."), says nothing of them.

    >>> stated = [("doi", "https://doi.org/10.5555/TIDAL.9.")]
    >>> [str(each) for each in identifiers_of(stated, ["arXiv preprint arXiv:2101.90001", "doi:10.5555/other"])]
    ['doi:10.5555/tidal.9', 'arxiv:2101.90001']
    >>> identifiers_of([], ["Comment on arXiv:2101.90001", "arXiv:2101.90001 and arXiv:2101.90002"])
    ()
    """
    found: dict[str, Identifier] = {}
    for scheme, text in stated:
        for each in _stated(scheme, text):
            found.setdefault(each.scheme, each)
    taken = {each.scheme for each in closure(found.values())}
    for text in mentioned:
        announced = list(_mentioned(text))
        for each in announced:
            if each.scheme not in taken:
                found.setdefault(each.scheme, each)
        taken |= {each.scheme for each in closure(announced)}
    return tuple(found.values())


def _stated(scheme: str, text: str) -> Iterator[Identifier]:
    """What the field of a scheme says; some programs put other identifiers into it."""
    announced = identifiers_in(text)
    yield from (each for each in announced if each.scheme == scheme)
    try:
        yield identifier(scheme, text.strip(" {}()[]<>.,;"))
    except ValueError:
        yield from announced


def _mentioned(text: str) -> Iterator[Identifier]:
    announced = [
        each for each in identifiers_in(text) if each.scheme != "acl" or "acl" in text.lower()
    ]  # else a report
    if not announced or _ANOTHER_PAPER.search(text):
        return
    every = closure(announced)
    for each in sorted(every, key=lambda one: announced.index(one) if one in announced else len(announced)):
        if sum(one.scheme == each.scheme for one in every) == 1:
            yield each


def _texts(fields: Fields, names: Iterable[str]) -> list[str]:
    return [text for name in names for text in fields.get(name, ()) if text.strip()]


def _first(fields: Fields, names: Iterable[str]) -> str | None:
    return next(map(one_line, _texts(fields, names)), None)


def _shown(text: str | None) -> str | None:
    return one_line(without_markup(text)) or None if text else None
