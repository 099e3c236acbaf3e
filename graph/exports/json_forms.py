"""Answers as plain JSON values for programs: what ``--json`` prints, with one shape for each kind of answer.

A field that is null is unknown or does not apply. Papers have the same keys as everywhere else.
"""

from __future__ import annotations

from typing import Any

from ..analysis.ancestry import Relatives
from ..analysis.audit import Audit
from ..analysis.neighbourhood import NearbyPapers
from ..analysis.no_path import NoPath
from ..analysis.paper_summary import PaperSummary, RelatedPapers
from ..analysis.path_answer import Path, PathAnswer
from ..analysis.reason_counts import ReasonCounts
from ..analysis.retraction_status import retraction_status
from ..analysis.search import SearchResult
from ..analysis.self_citations import is_self_citation
from ..analysis.witnesses import Witness
from ..model.corpus import Citation
from ..model.lineage import Lineage
from ..model.origins import origins_of
from ..model.reading_list import ReadingList
from ..model.reasons import READING, Reason
from ..model.serialize import to_row
from .retraction_wording import counts_form, status_form
from .wording import writable

Form = dict[str, Any]
"""A JSON object."""


def paper_form(lineage: Lineage, key: str) -> Form:
    """A paper: its names, dates and identifiers, and its role and themes in the lineage."""
    paper, themes = lineage.paper(key), lineage.themes(key)
    return {
        "key": key,
        "name": paper.name,
        "title": paper.title,
        "year": paper.year,
        "date": paper.date,
        "role": lineage.role(key),
        "list_numbers": list(lineage.entry_numbers(key)),
        "themes": list(themes),
        "inferred_themes": {} if themes else {theme: round(s, 4) for theme, s in lineage.shares(key).items()},
        "identifiers": [str(each) for each in paper.identifiers],
        "references": lineage.corpus.coverage_of(key),
        **({"marks": list(lineage.marks.of(key))} if lineage.marks else {}),
    } | status_form(lineage.corpus, retraction_status(lineage.corpus, paper))


def citation_form(lineage: Lineage, citation: Citation) -> Form:
    """A citation, citing -> cited, with every source that asserts it."""
    return {
        "citing": citation.citing,
        "cited": citation.cited,
        "sources": [
            {
                "id": a.source,
                "label": lineage.corpus.sources[a.source].label,
                "entries": list(a.entries),
                "influential": a.influential,
                "intents": list(a.intents),
                "contexts": list(a.contexts),
                "mentions": a.mentions,
                "sections": list(a.sections),
            }
            for a in citation.assertions
        ],
        "origins": len(origins_of(lineage.corpus.sources, citation.assertions)),
    } | _reason_of(lineage, citation.cited, citation.citing)


def self_citation(lineage: Lineage, cited: str, citing: str) -> bool | None:
    """Whether a citation is one by the cited paper's own authors; null where that is not known."""
    return is_self_citation(lineage.paper(cited), lineage.paper(citing))


def reason_form(reason: Reason) -> Form:
    """A reason: what it says, where it was seen, and how it is known. Empty lists are unknown."""
    return {
        "source": READING,
        "uses": reason.uses,
        "intents": list(reason.intents),
        "sections": list(reason.sections),
        "confidence": reason.confidence,
        "text_read": reason.text_read,
    }


def _reason_of(lineage: Lineage, cited: str, citing: str) -> Form:
    """The field `reason`, null where none is recorded; no field where no citation has a reason."""
    reason = lineage.reason(cited, citing)
    return {"reason": reason and reason_form(reason)} if lineage.reasons else {}


def path_form(lineage: Lineage, answer: PathAnswer) -> Form:
    """The answer to a question about paths."""
    lineage.infer_together(key for path in answer.paths for key in path.keys)
    return {
        "from": paper_form(lineage, answer.start),
        "to": paper_form(lineage, answer.end),
        "wish": to_row(answer.options),
        "total": writable(answer.total),
        "total_in_list": writable(answer.total_in_list),
        "longest": answer.longest,
        "stopped_after": answer.stopped_after,
        "paths": [one_path_form(lineage, path, weighed=answer.options.by_main_path) for path in answer.paths],
        "nothing": _no_path_form(answer.no_path) if answer.no_path else None,
    }


def _no_path_form(found: NoPath) -> Form:
    return to_row(found) | {"reverse": writable(found.reverse)}


def nearby_form(lineage: Lineage, found: NearbyPapers) -> Form:
    """The papers around one, with the number of hops to each, and the citations among them."""
    arcs = lineage.arcs_among(lineage.by_age(found.hops))
    return {
        "of": found.key,
        "depth": found.depth,
        "total": found.total,
        "papers": [paper_form(lineage, key) | {"hops": hops} for key, hops in found.hops.items()],
        "citations": [citation_form(lineage, lineage.citation(cited, citing)) for cited, citing in arcs],
    }


def search_form(lineage: Lineage, found: SearchResult) -> Form:
    """The papers that a search found, the best first, and how many there are."""
    papers = [paper_form(lineage, key) | {"authors": list(lineage.paper(key).authors[:3])} for key in found.keys]
    return {"total": found.total, "papers": papers}


def relatives_form(lineage: Lineage, found: Relatives) -> Form:
    """The ancestors or descendants of a paper."""
    return {
        "paper": paper_form(lineage, found.key),
        "kind": found.kind,
        "total": found.total,
        "generations": [list(generation) for generation in found.generations],
    }


def one_path_form(lineage: Lineage, path: Path, *, weighed: bool = False) -> Form:
    """A path with its papers and hops, and with the weights of both where paths are ordered by these."""
    return {
        "length": len(path.hops),
        "strength": round(path.strength, 6),
        **({"weight": writable(path.weight)} if weighed else {}),
        "papers": [paper_form(lineage, key) for key in path.keys],
        "hops": [
            citation_form(lineage, hop.citation)
            | {"backwards": hop.backwards, "self_citation": self_citation(lineage, hop.cited, hop.citing)}
            | ({"weight": writable(hop.weight)} if weighed else {})
            for hop in path.hops
        ],
    }


def paper_summary_form(lineage: Lineage, found: PaperSummary) -> Form:
    """Everything about one paper."""
    paper = found.paper
    return (
        paper_form(lineage, paper.key)
        | {
            "names": list(paper.names),
            "also_titled": list(paper.also_titled),
            "authors": list(paper.authors),
            "authors_complete": paper.authors_complete,
            "author_ids": list(paper.author_ids),
            "venue": paper.venue,
            "date_basis": paper.date_basis,
            "publication_date": paper.publication_date,
            "unverified": list(paper.unverified),
            "coverage": [to_row(row) for row in found.references],
            "cites": _related(found.cites),
            "cited_by": _related(found.cited_by),
            "ancestors": _related(found.ancestors),
            "descendants": _related(found.descendants),
        }
        | _what_it_takes_and_gives(lineage, found)
        | ({"counted": [citation_form(lineage, each) for each in found.counted]} if found.counted else {})
    )


def _what_it_takes_and_gives(lineage: Lineage, found: PaperSummary) -> Form:
    """What the paper brought, and the reasons of its citations; no field where nobody has said so of any paper."""
    brought = {} if found.paper.contribution is None else {"contribution": found.paper.contribution}
    if not lineage.reasons:
        return brought
    takes = [{"cited": each.cited} | reason_form(each) for each in found.takes]
    gives = [{"citing": each.citing} | reason_form(each) for each in found.gives]
    return brought | {"takes": takes, "gives": gives}


def _related(related: RelatedPapers) -> Form:
    return {"total": related.total, "list": list(related.list), "bridges": list(related.bridges)}


def list_form(lineage: Lineage, reading_list: ReadingList) -> Form:
    """The reading list, with the paper that each entry names."""
    key_of = {entry.number: key for key, entries in lineage.entries.items() for entry in entries}
    return {
        "title": reading_list.title,
        "themes": [{"id": theme.id, "name": theme.name} for theme in reading_list.themes],
        "entries": [
            {"number": entry.number, "themes": list(entry.themes), "listed_year": entry.listed_year}
            | {"paper": paper_form(lineage, key_of[entry.number])}
            for entry in reading_list.entries
        ],
    }


def audit_form(lineage: Lineage, found: Audit) -> Form:
    """All findings of an audit."""
    return (
        {
            "papers": len(lineage.corpus.papers),
            "untitled": found.untitled,
            "citations": len(lineage.corpus.citations),
            "sources": [to_row(source) for source in lineage.corpus.sources.values()],
            "coverage": [
                {
                    "key": row.key,
                    "state": row.state,
                    "sources": [to_row(each) for each in lineage.corpus.coverage_rows(row.key)],
                }
                for row in found.coverage
            ],
            "disagreements": [
                {
                    "citing": each.citing,
                    "only": {source: list(keys) for source, keys in each.only.items()},
                    "not_compared": each.not_compared,
                }
                for each in found.disagreements
            ],
            "isolated": list(found.isolated),
            "absent": list(found.absent),
            "cycles": [list(cycle) for cycle in found.cycles],
            "backwards": [citation_form(lineage, each) for each in found.backwards],
            "self_citations": [citation_form(lineage, each) for each in found.self_citations],
            "repeated": [
                {"citing": c.citing, "cited": c.cited, "source": source, "entries": list(entries)}
                for c, source, entries in found.repeated
            ],
            "merges": [to_row(merge) for merge in lineage.corpus.merges],
            "odd_merges": [to_row(merge) for merge in found.odd_merges],
            "decided_merges": [to_row(merge) for merge in found.decided_merges],
            "doubts": [to_row(doubt) for doubt in found.doubts],
            "unverified": {key: list(what) for key, what in found.unverified},
            "noted_sources": dict(found.noted_sources),
            "years_apart": [{"key": key, "record": record, "year": year} for key, record, year in found.years_apart],
            "incomplete": [to_row(row) for row in found.incomplete],
            "several_records": {key: list(ids) for key, ids in found.several_records},
            "other_years": [
                {"key": key, "number": number, "listed_year": year} for key, number, year in found.other_years
            ],
            "short": [{"key": key} | witness_form(each) for key, each in found.short],
        }
        | ({"mixed": [to_row(each) for each in found.mixed]} if found.mixed else {})
        | _reason_counts(found.reasons)
        | counts_form(found.retractions)
    )


def reasons_form(lineage: Lineage, found: ReasonCounts) -> Form:
    """Every reason with its citation, citing -> cited, and how many citations have one."""
    rows = [{"citing": each.citing, "cited": each.cited} | reason_form(each) for each in lineage.reasons.values()]
    return {"counts": _reason_counts(found)["reasons"], "reasons": rows}


def witness_form(each: Witness) -> Form:
    """One source of the references of a paper: how much its list has, and whether it is short."""
    return {
        "source": each.source,
        "state": each.state,
        "rows": each.rows,
        "entries": each.entries,
        "expected": each.expected,
        "short": each.is_short,
    }


def _reason_counts(found: ReasonCounts | None) -> Form:
    if found is None:
        return {}
    missing = [{"citing": citing, "cited": cited} for cited, citing in found.missing_in_list]
    counts = {"total": found.total, **found.by_confidence, "citations": found.citations, "in_list": found.in_list}
    return {"reasons": counts | {"missing_in_list": missing}}
