"""What a service suggests, and the passages that it quotes, as text and as JSON values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...analysis.passages import Passages
from ...analysis.recommendations import DescribedPaper, Recommendations
from ...model.lineage import Lineage
from ...model.service_records import Passage
from ...utils.text import clipped
from ..wording import as_sentence, counted, lines_text, name_of, some_of, year_of

SERVICE = "Semantic Scholar"
NO_CITATIONS = "These are suggestions of the service, and no citations."


def recommendations_text(lineage: Lineage, found: Recommendations) -> str:
    """The suggestions in the order of the service, each with what the corpus knows of it."""
    unlike = f", and unlike {some_of(lineage, found.disliked)}" if found.disliked else ""
    lines = [f"{SERVICE} suggests, as of {found.asked or 'an unknown day'}, papers like"]
    lines += [as_sentence(f"{some_of(lineage, found.liked)}{unlike}"), NO_CITATIONS, ""]
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
        yield as_sentence(f"Also suggested, and in the list already: {some_of(lineage, found.listed)}")
    if found.left_out:
        yield f"Left out, because you marked them: {counted(found.left_out, 'suggestion')}."
    if found.not_known:
        yield as_sentence(f"{SERVICE} could not be asked about {some_of(lineage, found.not_known)}")
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


_WIDTH = 600
"""How much of a passage is shown; JSON has all of it."""


def passages_text(lineage: Lineage, found: Passages) -> str:
    """The passages in the order of the service."""
    of = f"{counted(len(found.asked_of), 'paper')}, as of {found.asked or 'an unknown day'}"
    lines = [f"Passages that speak of {found.about!r}, as {SERVICE} quotes them from full texts of {of}:"]
    for each in found.passages:
        lines += ["", *_passage_lines(lineage, each)]
    if not found.passages:
        lines += ["", "none; it has the full text of some papers alone"]
    if found.not_known:
        lines += ["", as_sentence(f"{SERVICE} could not be asked about {some_of(lineage, found.not_known)}")]
    if found.unreadable:
        lines += ["", f"{counted(found.unreadable, 'passage')} could not be read."]
    return lines_text(lines)


def _passage_lines(lineage: Lineage, passage: Passage) -> Iterator[str]:
    known = passage.key is not None
    paper = f"{year_of(lineage, passage.key)}  {name_of(lineage, passage.key)}" if passage.key is not None else ""
    place = [passage.kind or "", f"section {clipped(passage.section, 80)!r}" if passage.section else ""]
    place += [f"characters {passage.span[0]:,} to {passage.span[1]:,}"] if passage.span else []
    place += [] if passage.says_it else ["without these very words"]
    head = paper if known else clipped(passage.title or "[untitled]", 80)
    yield f"  {head}  ({', '.join(filter(None, place)) or 'place unknown'})"
    yield f"     > {clipped(passage.text, _WIDTH)}"


def passages_form(_: Lineage, found: Passages) -> dict[str, Any]:
    """The same as JSON values; null is unknown."""
    return {
        "source": SERVICE,
        "asked": found.asked or None,
        "about": found.about,
        "asked_of": list(found.asked_of),
        "passages": [
            {
                "key": each.key,
                "title": each.title,
                "text": each.text,
                "kind": each.kind,
                "section": each.section,
                "start": each.span[0] if each.span else None,
                "end": each.span[1] if each.span else None,
                "says_it": each.says_it,
            }
            for each in found.passages
        ],
        "not_known": list(found.not_known),
        "unreadable": found.unreadable,
    }
