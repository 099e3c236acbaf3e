"""The papers of an author, in a corpus or a store, and those of a venue, in a corpus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import InputError, NotHere
from ..model.lineage import Lineage
from ..model.service_records import AuthorRecord
from ..model.tables import rows_of
from ..utils.person_names import family_names, is_author_id, is_spelling, surname, without_others
from ..utils.text import fold, for_terminal, words
from .no_path import Report, silent

if TYPE_CHECKING:
    from ..index.store import Store


_SEVERAL = re.compile(r"[;&]|\band\b", re.IGNORECASE)
_MOST_NEAR = 3
_ALIKE = 0.8
"""Of family names that are less alike nobody would say that one is the other, mistyped."""
MOST_NAMED = 500
"""So many papers of a store, the most cited by authors of a family name, are looked at for a name."""


@dataclass(frozen=True, slots=True)
class Person:
    """One author as the ids tell authors apart."""

    id: str | None
    """The id that Semantic Scholar gives; None where none is known, and several people may be meant."""
    names: tuple[str, ...]
    """As the papers print them, the most frequent first."""
    papers: tuple[str, ...]
    """Keys, the oldest first."""
    cites_own: int
    """How many citations lead from one of these papers to another."""


@dataclass(frozen=True, slots=True)
class AuthorPapers:
    """Who a name or an id means, with the papers of each; those with an id first, then by the number of papers."""

    asked: str
    people: tuple[Person, ...]


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


@dataclass(frozen=True, slots=True)
class VenuePapers:
    """The papers whose venue has every word that was asked for, the oldest first, by the name of the venue."""

    asked: str
    venues: tuple[tuple[str, tuple[str, ...]], ...]


def papers_by_author(lineage: Lineage, author: str) -> AuthorPapers:
    """Find the papers of an author, by a name or by an id of Semantic Scholar.

    A name means every author with the same family name whose given names, or their initials, do not differ; see
    `graph.utils.person_names.is_spelling`. Several ids are several people; what has no id may be of any of them. Raises
    `InputError` when nobody in the corpus is called so. Linear in the authors of all papers.

    >>> from graph import load
    >>> "devlin2018" in papers_by_author(load(), "J. Devlin").people[0].papers
    True
    """
    wanted = author.strip()
    by_id = is_author_id(wanted)
    families = family_names(wanted)
    found: dict[str | None, dict[str, str]] = {}  # by id: the name in each paper
    for key, paper in lineage.corpus.papers.items():
        ids = paper.author_ids or (None,) * len(paper.authors)
        for name, id_ in zip(paper.authors, ids, strict=False):
            if id_ == wanted if by_id else _may_have(families, name) and is_spelling(wanted, name):
                found.setdefault(id_, {})[key] = name
    if not found:
        raise _nobody(lineage, author)
    people = [_person(lineage, id_, names) for id_, names in found.items()]
    people.sort(key=lambda each: (each.id is None, -len(each.papers), each.id or ""))
    return AuthorPapers(author, tuple(people))


def papers_by_author_in_store(store: Store, author: str, report: Report = silent) -> tuple[Lineage, AuthorPapers]:
    """The same in a store, among the most cited papers by authors of the family name.

    Whoever has an id is found with all papers, as far as a part of the store may hold so many. Raises `InputError` when
    nobody is found, and for a store that was made before stores had authors. Returns a lineage that has the papers of
    the answer, and the answer; `report` takes a remark on what it leaves out. A look-up for the name and one for each
    id, and the records of the papers that they find.
    """
    wanted = author.strip()
    by_id = is_author_id(wanted)
    named = store.names.by_author(wanted, store.most_papers if by_id else MOST_NAMED)
    lineage = store.part(named.first)
    if not by_id:
        ids = [each.id for each in papers_by_author(lineage, author).people if each.id]
        lineage = store.part(_with_own(store, named.first, ids, report))
    if named.papers > len(named.first):
        whose = "of this author" if by_id else f"by authors with the family name {' or '.join(family_names(wanted))}"
        report(
            f"of {named.papers:,} papers {whose} only the {len(named.first):,} most cited were looked at"
            + ("" if by_id else "; an id finds all of one author")
        )
    return lineage, papers_by_author(lineage, author)


def _with_own(store: Store, named: Sequence[int], ids: Sequence[str], report: Report) -> set[int]:
    """Some papers, and all of the authors with these ids, author by author, as long as they are not too many."""
    found = set(named)
    for done, id_ in enumerate(ids):
        with_own = found.union(store.names.by_author(id_, store.most_papers).first)
        if len(with_own) > store.most_papers:
            report(
                f"all papers were looked up of {done:,} of {len(ids):,} authors alone; write more of the name, or an id"
            )
            break
        found = with_own
    return found


def _may_have(families: Sequence[str], name: str) -> bool:
    """Whether one of these family names is in a name: that is quick to tell, and seldom so."""
    folded = fold(name)
    return any(family in folded for family in families)


def _nobody(lineage: Lineage, asked: str) -> InputError:
    """The fault of a name or an id that no author has."""
    parts = words(without_others(asked))
    if not parts:
        return InputError(f"{asked!r} names no author", remedy="write a name, or an id of Semantic Scholar")
    if all(part.isdecimal() for part in parts):
        return NotHere(
            f"no paper here has an author with the id {asked!r}",
            remedy="write the name, for not every paper here may have ids of its authors",
        )
    return NotHere(f"no author here is called {asked!r}", remedy=_what_to_write(lineage, asked, parts))


def _what_to_write(lineage: Lineage, asked: str, parts: Sequence[str]) -> str:
    """What to write in the place of a name that no author has."""
    if any(part.isdecimal() for part in parts):
        return "write the name without numbers"
    if _SEVERAL.search(asked):
        return "write one author"
    near = _near(lineage, asked, parts)
    if near:
        return f"did you mean {' or '.join(near)}?"
    if len(asked.split()) > 1:
        return "write the last word of the family name alone"
    return "write the family name as papers print it"


def _near(lineage: Lineage, asked: str, parts: Sequence[str]) -> list[str]:
    """Authors with these words in their names, those of most papers first, or else of family names that look alike."""
    from difflib import get_close_matches  # most names are known

    printed = Counter(name for row in rows_of(lineage.corpus.papers) for name in row.authors)
    having = [name for name, _ in printed.most_common() if _may_have(parts, name) and {*parts} <= {*words(name)}]
    families = {surname(name): name for name, _ in reversed(printed.most_common())}
    alike = [] if having else get_close_matches(surname(asked), families, n=_MOST_NEAR, cutoff=_ALIKE)
    return [for_terminal(name) for name in having[:_MOST_NEAR] or [families[each] for each in alike]]


def _person(lineage: Lineage, id_: str | None, names: dict[str, str]) -> Person:
    own = sum(len(names.keys() & set(lineage.cites(key))) for key in names)
    spelt = Counter(names.values())
    most_frequent_first = tuple(sorted(spelt, key=lambda each: (-spelt[each], each)))
    return Person(id_, most_frequent_first, tuple(sorted(names, key=lineage.age)), own)


def papers_of_venue(lineage: Lineage, venue: str) -> VenuePapers:
    """Find the papers whose venue has every word of a text.

    Raises `NotHere` when no venue of the corpus has them.

    >>> from graph import load
    >>> papers_of_venue(load(), "NAACL").venues[0][0][:5]
    'NAACL'
    """
    wanted = set(words(venue))
    if not wanted:
        raise InputError(f"{venue!r} names no venue", remedy="write one word of its name")
    found: dict[str, list[str]] = {}
    for key, paper in lineage.corpus.papers.items():
        if paper.venue and wanted <= set(words(paper.venue)):
            found.setdefault(paper.venue, []).append(key)
    if not found:
        raise NotHere(f"no venue in this corpus has the words {venue!r}", remedy="write one word of its name")
    most_papers_first = sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
    return VenuePapers(venue, tuple((name, tuple(sorted(keys, key=lineage.age))) for name, keys in most_papers_first))
