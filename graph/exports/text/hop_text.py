"""Everything that is known about one citation, as text and as a JSON value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...analysis.hop_evidence import Fit, HopEvidence, Voice
from ...analysis.self_citations import shared_authors
from ...analysis.silence import WORDS, Silence
from ...model.corpus import Paper
from ...model.lineage import Lineage
from ...model.serialize import to_row
from ...utils.text import clipped, for_terminal
from ..json_forms import citation_form, paper_form, reason_form, self_citation
from ..wording import DATE_BASES, KIND_NAMES, as_sentence, counted, describe_assertion, name_of, year_of
from .reason_text import reason_lines

_FITS: Mapping[Fit, str] = {
    "fits": "the cited paper is dated before the citing one",
    "same": "both have the same date, as far as it is known",
    "backwards": "the cited paper is dated after the citing one",
    "unknown": "a date is not known, so nobody can tell whether they fit",
}
_ORIGINS = {**KIND_NAMES, "printed_bibliography": "print", "deposit": "the publisher's deposit"}


def hop_text(lineage: Lineage, found: HopEvidence) -> str:
    """Who asserts one citation, where and why, who was asked and does not, the dates, and the versions."""
    cited, citing = (f"{name_of(lineage, key)} ({year_of(lineage, key)})" for key in (found.cited, found.citing))
    lines = [f"{citing} cites {cited}: {_verdict(found)}"]
    if found.reverse and not found.found:
        lines.append(as_sentence(f"The other direction is asserted: {cited} cites {citing}"))
    lines += ["", "Who says so:" if found.found else "Who says so: nobody"]
    for voice in found.voices:
        lines += _voice_lines(lineage, voice)
    lines += ["", "Who was asked and does not say so:" if found.silent else "Who was asked and does not say so: nobody"]
    lines += [f"  {_silent_line(lineage, each)}" for each in found.silent]
    if found.not_asked:
        labels = "; ".join(lineage.corpus.sources[each].label for each in found.not_asked)
        lines.append(for_terminal(f"  not asked about these papers: {labels}"))
    reasons = list(reason_lines(lineage, found.cited, found.citing)) if found.found else []
    lines += ["", *reasons] if reasons else []
    authors = shared_authors(lineage.paper(found.cited), lineage.paper(found.citing))
    lines += ["", for_terminal(f"Authors of both: {clipped('; '.join(authors), 300)}")] if authors else []
    lines += ["", f"Dates: {_fit(found)}"]
    for role, key, number in zip(("cited", "citing"), (found.cited, found.citing), found.records, strict=True):
        lines += [f"  {role}: {line}" for line in _version_lines(lineage.paper(key), number)]
    return "\n".join(lines) + "\n"


def _verdict(found: HopEvidence) -> str:
    if not found.found:
        return "no source says so"
    origins = ", ".join(_ORIGINS.get(each, each) for each in found.origins)
    independent = f"{counted(len(found.origins), 'independent origin')} ({origins})"
    return f"{counted(len(found.voices), 'source')}, {independent}, strength {found.strength:.3g}"


def _fit(found: HopEvidence) -> str:
    """How the dates fit, and what it may mean where a citation runs against them."""
    explained = ": a later version cites it, or a date is wrong" if found.found and found.fit == "backwards" else ""
    return _FITS[found.fit] + explained


def _voice_lines(lineage: Lineage, voice: Voice) -> Iterator[str]:
    said = voice.assertion
    source = lineage.corpus.sources[said.source]
    yield for_terminal(f"  {describe_assertion(lineage, said)}")
    if source.note:
        yield for_terminal(f"    note: {source.note}")
    for each in voice.records:
        year = "" if each.year is None else f", {each.year}"
        printed = f", printed as {clipped(each.title, 100)!r}" if each.title else ""
        yield for_terminal(f"    {each.record}: found to be this paper by {each.rule}{printed}{year}")
    yield from (for_terminal(f"    it says: {clipped(sentence, 400)}") for sentence in said.contexts)


def _silent_line(lineage: Lineage, each: Silence) -> str:
    whose = "references of the citing paper" if each.direction == "references" else "citations of the cited paper"
    rows = "" if each.rows is None else f", {counted(each.rows, 'entry')}"
    label = lineage.corpus.sources[each.source].label
    return for_terminal(f"{label} ({whose}: {each.state.replace('_', ' ')}{rows}): {WORDS[each.why]}")


def _version_lines(paper: Paper, records: int) -> Iterator[str]:
    """What is known of the versions of a paper."""
    date = f"{paper.date}, {DATE_BASES[paper.date_basis]}" if paper.date else "date unknown"
    published = f"; published {paper.publication_date}" if paper.publication_date else ""
    venue = f", {paper.venue}" if paper.venue else ""
    yield for_terminal(f"{clipped(paper.title or paper.untitled, 100)} ({date}{published}{venue})")
    ids = "  ".join(map(str, paper.identifiers)) or "no identifier"
    more = f"; {counted(records, 'record')} merged into it" if records else ""
    yield for_terminal(f"  {ids}{more}")
    if paper.also_titled:
        yield for_terminal(f"  also titled {clipped('; '.join(paper.also_titled), 300)}")


def hop_form(lineage: Lineage, found: HopEvidence) -> dict[str, Any]:
    """The same as a JSON value; `citation` and `strength` are null where no source asserts the citation."""
    citation = lineage.corpus.citation(found.citing, found.cited) if found.found else None
    return {
        "cited": _paper_form(lineage, found.cited, found.records[0]),
        "citing": _paper_form(lineage, found.citing, found.records[1]),
        "asserted": found.found,
        "citation": citation and citation_form(lineage, citation),
        "records": {each.assertion.source: [to_row(merge) for merge in each.records] for each in found.voices},
        "origins": list(found.origins),
        "strength": None if found.strength is None else round(found.strength, 6),
        "reason": found.reason and reason_form(found.reason),
        "silent": [
            {
                "source": each.source,
                "label": lineage.corpus.sources[each.source].label,
                "direction": each.direction,
                "state": each.state,
                "rows": each.rows,
                "why": each.why,
                "in_words": WORDS[each.why],
            }
            for each in found.silent
        ],
        "not_asked": list(found.not_asked),
        "dates": {
            "fit": found.fit,
            "cited": lineage.paper(found.cited).date,
            "citing": lineage.paper(found.citing).date,
        },
        "self_citation": self_citation(lineage, found.cited, found.citing),
        "reverse": found.reverse and citation_form(lineage, found.reverse),
    }


def _paper_form(lineage: Lineage, key: str, records: int) -> dict[str, Any]:
    """A paper with what is known of its versions."""
    paper = lineage.paper(key)
    return paper_form(lineage, key) | {
        "date_basis": paper.date_basis,
        "publication_date": paper.publication_date,
        "venue": paper.venue,
        "also_titled": list(paper.also_titled),
        "records_merged": records,
    }
