"""The papers of an author and of a venue, as text and as JSON values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from ...analysis.people import AuthorPapers, DescribedAuthors, Person, VenuePapers
from ...model.lineage import Lineage
from ...utils.text import clipped
from ..json_forms import paper_form
from ..wording import counted, lines_text, name_of, year_of
from .scholar_text import SERVICE

MOST = 50
"""How many papers of an author or a venue are shown."""


def author_text(lineage: Lineage, found: AuthorPapers) -> str:
    """The papers of everybody that a name means."""
    several = [f"{found.asked}: {len(found.people)} authors here, told apart by their ids"]
    lines = several if len(found.people) > 1 else []
    for each in found.people:
        lines += ["", *_person_lines(lineage, each)]
    return lines_text(lines).lstrip("\n")


def _person_lines(lineage: Lineage, person: Person) -> Iterator[str]:
    known = f"Semantic Scholar author {person.id}" if person.id else "without an id: perhaps several people"
    among = counted(person.cites_own, "citation")
    papers = f"{counted(len(person.papers), 'paper')}, {among} among them"
    yield f"{clipped('; '.join(person.names), 200)} ({known}): {papers}"
    yield from _papers(lineage, person.papers)


def _papers(lineage: Lineage, keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys[:MOST]:
        numbers = "".join(f" [{number}]" for number in lineage.entry_numbers(key))
        yield f"  {year_of(lineage, key)}  {name_of(lineage, key)}{numbers}"
    if len(keys) > MOST:
        yield f"  and {len(keys) - MOST:,} more; --json has them"


def author_form(lineage: Lineage, found: AuthorPapers) -> dict[str, Any]:
    """The same as JSON values; `id` is null where none is known."""
    return {
        "author": found.asked,
        "people": [
            {
                "id": each.id,
                "names": list(each.names),
                "papers": [paper_form(lineage, key) for key in each.papers],
                "citations_among_them": each.cites_own,
            }
            for each in found.people
        ],
    }


def described_authors_text(lineage: Lineage, found: DescribedAuthors) -> str:
    """The same with what the service says of everybody who has an id."""
    lines = ["", f"{SERVICE}, as of {found.asked or 'an unknown day'}, over all that it has of them:"]
    for each in found.records:
        counts = ((each.papers, "paper"), (each.citations, "citation"))
        known = [counted(count, noun) for count, noun in counts if count is not None]
        known += [f"h-index {each.h_index}"] if each.h_index is not None else []
        lines.append(f"  {each.name or 'unnamed'} (author {each.id}): {', '.join(known) or 'no counts'}")
        lines += [f"    {clipped('; '.join(each.affiliations), 200)}"] if each.affiliations else []
        lines += [f"    {clipped(each.homepage, 200)}"] if each.homepage else []
    if found.not_known:
        lines.append(f"  not known there: {', '.join(found.not_known)}")
    return author_text(lineage, found.here) + lines_text(lines)


def described_authors_form(lineage: Lineage, found: DescribedAuthors) -> dict[str, Any]:
    """The same as JSON values; null is unknown."""
    return author_form(lineage, found.here) | {
        "source": SERVICE,
        "asked": found.asked or None,
        "records": msgspec.to_builtins(found.records),
        "not_known": list(found.not_known),
    }


def venue_text(lineage: Lineage, found: VenuePapers) -> str:
    """The papers of a venue, under every name that it has."""
    lines: list[str] = []
    for venue, keys in found.venues:
        lines += ["", f"{clipped(venue, 200)}: {counted(len(keys), 'paper')}", *_papers(lineage, keys)]
    return lines_text(lines).lstrip("\n")


def venue_form(lineage: Lineage, found: VenuePapers) -> dict[str, Any]:
    """The same as JSON values."""
    return {
        "venue": found.asked,
        "venues": [
            {"name": venue, "papers": [paper_form(lineage, key) for key in keys]} for venue, keys in found.venues
        ],
    }
