"""What a service suggests, as text and as a JSON value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...analysis.recommendations import DescribedPaper, Recommendations
from ...model.lineage import Lineage
from ...utils.text import clipped
from ..wording import counted, lines_text, name_of, some_of

SERVICE = "Semantic Scholar"
NO_CITATIONS = "These are suggestions of the service, and no citations."


def recommendations_text(lineage: Lineage, found: Recommendations) -> str:
    """The suggestions in the order of the service, each with what the corpus knows of it."""
    unlike = f", and unlike {some_of(lineage, found.disliked)}" if found.disliked else ""
    lines = [f"{SERVICE} suggests, as of {found.asked or 'an unknown day'}, papers like"]
    lines += [f"{some_of(lineage, found.liked)}{unlike}.", NO_CITATIONS, ""]
    for number, each in enumerate(found.papers, start=1):
        lines += [
            f"{number:>3}. {described_line(each)}{_marks(each)}",
            *(f"     {line}" for line in _beside(lineage, each)),
        ]
    if not found.papers:
        lines.append("None that the list does not have already.")
    lines += ["", *_remarks(lineage, found)]
    return lines_text(lines).rstrip() + "\n"


def described_line(paper: DescribedPaper) -> str:
    """Year, title and first authors of a paper, as the service describes it."""
    authors = ", ".join(paper.authors[:3]) + (" and others" if len(paper.authors) > 3 else "")
    return f"{paper.year or 'n.d.'}  {clipped(paper.title or '[untitled]', 100)}{f' ({authors})' if authors else ''}"


def _marks(paper: DescribedPaper) -> str:
    """What the person has marked; where the corpus has the paper, its name says so."""
    return "" if paper.key is not None else "".join(f" [{kind}]" for kind in paper.marks)


def _beside(lineage: Lineage, paper: DescribedPaper) -> Iterator[str]:
    if paper.identifiers:
        yield str(_quoted_first(paper))
    if paper.key is None:
        yield "not in this corpus"
        return
    related = (("cites", lineage.cites(paper.key)), ("cited by", lineage.cited_by(paper.key)))
    yield f"in this corpus: {name_of(lineage, paper.key)}" + "".join(
        f"; {verb} {some_of(lineage, listed)}" for verb, keys in related if (listed := lineage.listed(keys))
    )


def _quoted_first(paper: DescribedPaper) -> object:
    """The identifier that a person would quote: not the service's own, where there is another."""
    others = [each for each in paper.identifiers if each.scheme not in ("s2", "corpusid")]
    return (others or paper.identifiers)[0]


def _remarks(lineage: Lineage, found: Recommendations) -> Iterator[str]:
    if found.listed:
        yield f"Also suggested, and in the list already: {some_of(lineage, found.listed)}."
    if found.left_out:
        yield f"Left out, because you marked them: {counted(found.left_out, 'suggestion')}."
    if found.not_known:
        yield f"{SERVICE} could not be asked about {some_of(lineage, found.not_known)}."
    if found.unreadable:
        yield f"{counted(found.unreadable, 'suggestion')} could not be read."


def recommendations_form(lineage: Lineage, found: Recommendations) -> dict[str, Any]:
    """The same as JSON values; `key` is null for a paper that the corpus does not have."""
    return {
        "source": SERVICE,
        "asked": found.asked or None,
        "meaning": NO_CITATIONS,
        "like": list(found.liked),
        "unlike": list(found.disliked),
        "papers": [
            described_form(each)
            | {
                "cites": [] if each.key is None else list(lineage.listed(lineage.cites(each.key))),
                "cited_by": [] if each.key is None else list(lineage.listed(lineage.cited_by(each.key))),
            }
            for each in found.papers
        ],
        "already_listed": list(found.listed),
        "not_known": list(found.not_known),
        "unreadable": found.unreadable,
        "left_out": found.left_out,
    }


def described_form(paper: DescribedPaper) -> dict[str, Any]:
    """A paper as a service describes it; null is unknown."""
    return {
        "key": paper.key,
        "title": paper.title,
        "authors": list(paper.authors),
        "year": paper.year,
        "venue": paper.venue,
        "identifiers": [str(each) for each in paper.identifiers],
        "citation_count": paper.citation_count,
        "marks": list(paper.marks),
    }
