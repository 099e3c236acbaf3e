"""Papers as reference managers know them: types, names, dates and places of publication.

The corpus holds a venue as people write it ("NeurIPS 2022", "Neural Computation 4(1)"). The type of publication, the
volume and the issue are read from it; nothing else is guessed, and what is unknown is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...model.corpus import Paper
from ...model.lineage import Lineage
from ...utils.person_names import named_author
from ...utils.text import one_line
from ..selection import Selection
from ..style import Look, looks_of
from ..wording import DATE_BASES

PREPRINT, ARTICLE, CONFERENCE, REPORT, UNKNOWN = "preprint", "article", "conference", "report", "unknown"
_MEETING = re.compile(
    r"\b(conference|meeting|proceedings|workshop|symposium|neural information processing systems)\b", re.I
)
_JOURNALS = "CACM|JACM|JAIR|JASIST|JMLR|PAMI|PNAS|TACL|TKDD|TMLR|TNNLS|TOIS|TPAMI"  # like conferences
_ACRONYM_AND_YEAR = re.compile(
    rf"(?!(?:\w+ )?(?:{_JOURNALS})\b)(?P<name>(?:\w+[ /-])?(?=[^\WA-Z]*[A-Z][^\WA-Z]*[A-Z])\w+),?"
    r" (?P<year>(?:19|20)\d\d)\b"
)
_YEAR = r"(?:19|20)\d\d"
_VOLUME = re.compile(
    rf"(?P<name>\D+?)(?:(?<![\s,])[\s,]+(?P<volume>(?!{_YEAR}\b)\d{{1,4}})\s*(?:\((?P<issue>(?!{_YEAR}\))\d{{1,5}})\))?)?"
    rf"(?:(?<![\s,])[\s,]+\(?(?P<year>{_YEAR})\)?)?"
)
# Words that a group's name has and no person's: as its last word, or anywhere in it.
_GROUP_ENDS = frozenset(
    {"agency", "alliance", "association", "authors", "board", "bureau", "center", "centre", "commission", "community"}
    | {"company", "contributors", "corporation", "council", "deepmind", "department", "developers", "federation"}
    | {"forum", "foundation", "group", "groups", "inc", "institute", "institution", "investigators", "laboratories"}
    | {"laboratory", "labs", "ltd", "llc", "members", "ministry", "network", "organisation", "organization", "panel"}
    | {"partnership", "programme", "program", "project", "research", "researchers", "society", "survey", "technologies"}
    | {"trust", "union", "workgroup", "workshop"}
)
_GROUP_WORDS = frozenset(
    {"behalf", "collaboration", "committee", "consortium", "for", "initiative", "of", "team", "teams", "university"}
)
_PLAIN_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .'\u2019\u2010\u0300-\u036f-])*")


@dataclass(frozen=True, slots=True)
class Name:
    """An author; `given` is empty for a single name, and for a name that may not be a person's."""

    family: str
    given: str = ""

    @property
    def inverted(self) -> str:
        """The family name first, then a comma and the others."""
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True, slots=True)
class BibliographyItem:
    """A paper as an item of a bibliography."""

    look: Look
    """The paper, and what the reading list says of it."""
    title: str | None
    """On one line."""
    names: Sequence[Name]
    """The authors, without "et al."."""
    others: bool
    """Whether there are more authors than `names`."""
    type: str
    """"preprint", "article", "conference", "report" or "unknown", as far as the venue says."""
    container: str | None
    """The journal, the proceedings or the institution."""
    volume: str | None
    issue: str | None
    """As the venue states them."""
    issued: str | None
    """When it was published at its venue, as precisely as that is known, else its date."""
    arxiv: str | None
    doi: str | None
    """The publisher's if there is one, else arXiv's."""
    pmid: str | None
    pmcid: str | None
    """Its numbers in PubMed and PubMed Central; the second begins with PMC, as programs expect it."""
    url: str | None
    keywords: Sequence[str]
    """The themes that a person chose, without the characters that separate keywords."""
    note: str
    """What is known here and a bibliography has no field for."""

    @property
    def paper(self) -> Paper:
        """The paper."""
        return self.look.paper


def bibliography_of(selection: Selection) -> list[BibliographyItem]:
    """The papers of a selection as items, oldest first."""
    return list(items_of(selection.lineage, [each.paper.key for each in selection.papers]))


def item_of(lineage: Lineage, key: str) -> BibliographyItem:
    """The paper with this key as an item."""
    return next(items_of(lineage, (key,)))


def items_of(lineage: Lineage, keys: Sequence[str]) -> Iterator[BibliographyItem]:
    """The papers with these keys as items."""
    keywords = {theme.id: _keyword(theme.name) for theme in lineage.reading_list.themes}
    for look in looks_of(lineage, keys):
        yield _item(look, keywords)


def _item(look: Look, keywords: Mapping[str, str]) -> BibliographyItem:
    paper = look.paper
    ids = {each.scheme: each.value for each in reversed(paper.identifiers)}
    arxiv, pmcid = ids.get("arxiv"), ids.get("pmcid")
    type_, container, stated = _place(one_line(paper.venue or ""), has_preprint=arxiv is not None)
    others = bool(paper.authors) and not paper.authors_complete
    return BibliographyItem(
        look=look,
        title=one_line(paper.title) or None if paper.title else None,
        names=[parse_name(name) for text in paper.authors if (name := named_author(one_line(text)))],
        others=others,
        type=type_,
        container=container,
        volume=stated.get("volume"),
        issue=stated.get("issue"),
        issued=paper.publication_date or stated.get("year") or paper.date,
        arxiv=arxiv,
        doi=_doi([each.value for each in paper.identifiers if each.scheme == "doi"]),
        pmid=ids.get("pmid"),
        pmcid=f"PMC{pmcid}" if pmcid else None,
        url=paper.url,
        keywords=[keywords[theme] for theme in look.chosen],
        note=_note(look, others=others),
    )


def _keyword(name: str) -> str:
    """The name of a theme without the characters that separate keywords."""
    return re.sub(r" ?[,;] ?", " / ", one_line(name)).strip(" /")


def _place(venue: str, *, has_preprint: bool) -> tuple[str, str | None, Mapping[str, str | None]]:
    """The type and the container that a venue names, and the year, the volume and the issue that it states."""
    if not venue or re.match(r"(arxiv|corr)\b", venue, re.IGNORECASE):
        return (PREPRINT if venue or has_preprint else UNKNOWN), None, {}
    if re.search(r"\breport\b", venue, re.IGNORECASE):
        return REPORT, re.sub(r" ?\b(technical )?report\b.*", "", venue, flags=re.IGNORECASE) or None, {}
    named = _ACRONYM_AND_YEAR.match(venue)
    if named or _MEETING.search(venue):
        return CONFERENCE, venue, named.groupdict() if named else {}
    counted = _VOLUME.fullmatch(venue)
    return (ARTICLE, counted["name"].strip(), counted.groupdict()) if counted else (ARTICLE, venue, {})


def _doi(values: Sequence[str]) -> str | None:
    return next((doi for doi in values if not doi.startswith("10.48550/")), values[0] if values else None)


def _note(look: Look, *, others: bool) -> str:
    paper, numbers = look.paper, " and ".join(map(str, look.numbers))
    entries = f"{'entries' if len(look.numbers) > 1 else 'entry'} {numbers} of the reading list"
    parts = [
        f"{look.mark.strip(' ()')}; do not cite it without its notice" if look.mark else "",
        entries if numbers else f"role in the lineage: {look.role}",
        f"called {', '.join(map(one_line, paper.names))}" if paper.names else "",
        f"public since {paper.date}, {DATE_BASES[paper.date_basis]}" if paper.date else "",
        f"known as {' '.join(map(str, paper.identifiers))}" if paper.identifiers else "",
        "not all of its authors are known here" if others else "",
    ]
    return "; ".join(filter(None, parts))


@lru_cache(maxsize=1 << 14)  # the same people write many papers
def parse_name(text: str) -> Name:
    """Split a printed name into family and given names; a group, and a text that is not a plain name, stay whole.

    A family name begins at a particle: "de", "van den", "d'Autume" after "de Masson".

    >>> parse_name("Aidan N. Gomez"), parse_name("George van den Driessche")
    (Name(family='Gomez', given='Aidan N.'), Name(family='van den Driessche', given='George'))
    >>> parse_name("Cho, K."), parse_name("OpenAI"), parse_name("Barnes & Noble")
    (Name(family='Cho', given='K.'), Name(family='OpenAI', given=''), Name(family='Barnes & Noble', given=''))
    >>> parse_name("Trident Team"), parse_name("World Health Organization")
    (Name(family='Trident Team', given=''), Name(family='World Health Organization', given=''))
    """
    if is_group(text):
        return Name(text.strip("{} "))
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma:
        return Name(family, given) if _is_plain(family) and _is_plain(given) else Name(text)
    parts = text.split()
    if len(parts) == 1 or not _is_plain(text):
        return Name(text)
    begins = next((n for n, part in enumerate(parts) if n and part[0].islower()), len(parts) - 1)
    return Name(" ".join(parts[begins:]), " ".join(parts[:begins]))


def is_group(name: str) -> bool:
    """Whether a name is that of a group of people, or of one person for a group.

    >>> is_group("The Harbour Consortium"), is_group("Ada Quill for the Open Sea Collaboration"), is_group("Ada Quill")
    (True, True, False)
    """
    parts = [part.strip(".,;()") for part in name.casefold().split()]
    if name.startswith("{") and name.endswith("}"):
        return True
    return len(parts) > 1 and (
        parts[0] == "the" or parts[-1] in _GROUP_ENDS or name.endswith(" AI") or not _GROUP_WORDS.isdisjoint(parts)
    )


def _is_plain(name: str) -> bool:
    """Whether it consists of letters alone, without "and", which would split it into two names."""
    return bool(_PLAIN_NAME.fullmatch(name)) and "and" not in name.split()
