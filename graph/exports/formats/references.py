"""Papers as reference managers know them: types, names, dates and places of publication.

The corpus holds a venue as people write it ("NeurIPS 2022", "Neural Computation 4(1)"). The type of publication, the
volume and the issue are read from it; nothing else is guessed, and what is unknown is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ...model.corpus import Paper
from ...model.lineage import Lineage
from ...utils.text import one_line
from ..selection import Selection
from ..text.wording import DATE_BASES

PREPRINT, ARTICLE, CONFERENCE, REPORT, UNKNOWN = "preprint", "article", "conference", "report", "unknown"
_MEETING = re.compile(
    r"\b(conference|meeting|proceedings|workshop|symposium|neural information processing systems)\b", re.I
)
_JOURNALS = "CACM|JACM|JAIR|JASIST|JMLR|PAMI|PNAS|TACL|TKDD|TMLR|TNNLS|TOIS|TPAMI"  # like conferences
_ACRONYM_AND_YEAR = re.compile(
    rf"(?!(?:\w+ )?(?:{_JOURNALS})\b)(?P<name>(?:\w+[ /-])?\w*[A-Z]\w*[A-Z]\w*),? (?P<year>(?:19|20)\d\d)\b"
)
_YEAR = r"(?:19|20)\d\d"
_VOLUME = re.compile(
    rf"(?P<name>\D+?)(?:[\s,]+(?P<volume>(?!{_YEAR}\b)\d{{1,4}})\s*(?:\((?P<issue>(?!{_YEAR}\))\d{{1,5}})\))?)?"
    rf"(?:[\s,]+\(?(?P<year>{_YEAR})\)?)?"
)
_OTHERS = re.compile(r"(and )?(et\.? al\b|others\b).*", re.IGNORECASE)
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


@dataclass(frozen=True)
class BibliographyItem:
    """A paper as an item of a bibliography.

    `type` is "preprint", "article", "conference", "report" or "unknown". `container` is the journal,
    the proceedings or the institution. `issued` is when it was published there, else its date.
    """

    lineage: Lineage
    paper: Paper

    @cached_property
    def title(self) -> str | None:
        """The title on one line."""
        return one_line(self.paper.title) or None if self.paper.title else None

    @cached_property
    def names(self) -> Sequence[Name]:
        """The authors, without "et al."."""
        return [parse_name(text) for text in map(one_line, self.paper.authors) if text and not _OTHERS.fullmatch(text)]

    @property
    def others(self) -> bool:
        """Whether there are more authors than `names`."""
        return bool(self.paper.authors) and not self.paper.authors_complete

    def identifier(self, scheme: str) -> str | None:
        """The first identifier in a scheme."""
        return next((each.value for each in self.paper.identifiers if each.scheme == scheme), None)

    @property
    def doi(self) -> str | None:
        """The DOI: the publisher's if there is one, else arXiv's."""
        dois = [each.value for each in self.paper.identifiers if each.scheme == "doi"]
        return next((doi for doi in dois if not doi.startswith("10.48550/")), dois[0] if dois else None)

    @cached_property
    def _place(self) -> tuple[str, str | None, re.Match[str] | None]:
        """The type, the container, and the match whose groups hold a year, a volume and an issue."""
        venue = one_line(self.paper.venue or "")
        if not venue or re.match(r"(arxiv|corr)\b", venue, re.IGNORECASE):
            return (PREPRINT if venue or self.identifier("arxiv") else UNKNOWN), None, None
        if re.search(r"\breport\b", venue, re.IGNORECASE):
            return REPORT, re.sub(r"\s*\b(technical )?report\b.*", "", venue, flags=re.IGNORECASE) or None, None
        named = _ACRONYM_AND_YEAR.match(venue)
        if named or _MEETING.search(venue):
            return CONFERENCE, venue, named
        counted = _VOLUME.fullmatch(venue)
        return ARTICLE, counted["name"].strip() if counted else venue, counted

    @property
    def type(self) -> str:
        """The kind of publication, as far as the venue says."""
        return self._place[0]

    @property
    def container(self) -> str | None:
        """The journal, the proceedings or the institution."""
        return self._place[1]

    def part(self, name: str) -> str | None:
        """The "volume" or the "issue" that the venue states."""
        match = self._place[2]
        return match.groupdict().get(name) if match else None

    @property
    def issued(self) -> str | None:
        """When it was published at its venue, as precisely as that is known."""
        return self.paper.publication_date or self.part("year") or self.paper.date

    @property
    def keywords(self) -> Sequence[str]:
        """The themes that a person chose, without the characters that separate keywords."""
        themes = self.lineage.themes(self.paper.key)
        named = (one_line(self.lineage.reading_list.theme(theme).name) for theme in themes)
        return [re.sub(r"\s*[,;]\s*", " / ", name).strip(" /") for name in named]

    @property
    def note(self) -> str:
        """What is known here and a bibliography has no field for."""
        paper, of_entries = self.paper, self.lineage.entry_numbers(self.paper.key)
        numbers = " and ".join(map(str, of_entries))
        entries = f"{'entries' if len(of_entries) > 1 else 'entry'} {numbers} of the reading list"
        parts = [
            entries if numbers else f"role in the lineage: {self.lineage.role(paper.key)}",
            f"called {', '.join(map(one_line, paper.names))}" if paper.names else "",
            f"public since {paper.date}, {DATE_BASES[paper.date_basis]}" if paper.date else "",
            f"known as {' '.join(map(str, paper.identifiers))}" if paper.identifiers else "",
            "not all of its authors are known here" if self.others else "",
        ]
        return "; ".join(filter(None, parts))


def bibliography_of(selection: Selection) -> list[BibliographyItem]:
    """The papers of a selection as items, oldest first."""
    return [BibliographyItem(selection.lineage, each.paper) for each in selection.papers]


def item_of(lineage: Lineage, key: str) -> BibliographyItem:
    """The paper with this key as an item."""
    return BibliographyItem(lineage, lineage.paper(key))


def parse_name(text: str) -> Name:
    """Split a printed name into family and given names; a text that is not a plain name stays whole.

    A family name begins at a particle: "de", "van den", "d'Autume" after "de Masson".

    Examples
    --------
    >>> parse_name("Aidan N. Gomez"), parse_name("George van den Driessche")
    (Name(family='Gomez', given='Aidan N.'), Name(family='van den Driessche', given='George'))
    >>> parse_name("Cho, K."), parse_name("OpenAI"), parse_name("Barnes & Noble")
    (Name(family='Cho', given='K.'), Name(family='OpenAI', given=''), Name(family='Barnes & Noble', given=''))
    """
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma:
        return Name(family, given) if _is_plain(family) and _is_plain(given) else Name(text)
    parts = text.split()
    if len(parts) == 1 or not _is_plain(text):
        return Name(text)
    begins = next((n for n, part in enumerate(parts) if n and part[0].islower()), len(parts) - 1)
    return Name(" ".join(parts[begins:]), " ".join(parts[:begins]))


def _is_plain(name: str) -> bool:
    """Whether it consists of letters alone, without "and", which would split it into two names."""
    return bool(_PLAIN_NAME.fullmatch(name)) and "and" not in name.split()
