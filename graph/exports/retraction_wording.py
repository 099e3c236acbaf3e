"""Retractions in words: who says so, as of which day, and what is unknown."""

from __future__ import annotations

from typing import Any

from ..analysis.retraction_status import RetractionCounts, RetractionStatus
from ..model.corpus import Corpus, Notice
from ..model.lineage import Lineage
from ..model.serialize import to_row
from ..utils.text import clipped, for_terminal
from .wording import counted, name_of, some_of

_STATES = {
    "retracted": "RETRACTED",
    "concern": "expression of concern",
    "corrected": "corrected",
    "reinstated": "retracted, and reinstated since",
    "noticed": "a notice of another kind",
    "none_reported": "none reported",
    "unknown": "unknown",
}
_NATURES = {"expression_of_concern": "expression of concern"}


def status_text(corpus: Corpus, status: RetractionStatus) -> str:
    """What is known of one paper, in a line.

    >>> from graph.model.corpus import Corpus
    >>> status_text(Corpus({}), RetractionStatus("none_reported", (), ("Retraction Watch, as of 2026-11-30",)))
    'none reported (Retraction Watch, as of 2026-11-30)'
    """
    state = _STATES[status.state]
    if status.notices:
        return for_terminal(f"{state}: {'; '.join(notice_text(corpus, each) for each in status.notices)}")
    if status.state == "none_reported":
        return for_terminal(f"{state} ({'; '.join(status.asked)})")
    return f"{state}: {'it has neither a DOI nor a PubMed id' if status.asked else why_unknown(corpus)}"


def why_unknown(corpus: Corpus) -> str:
    """Why nothing is known of papers that could be looked for."""
    if corpus.retraction_tables:
        return "papers came after the table was searched; 'lineage retractions --fetch' searches it anew"
    return "no table of all retractions was read"


def notice_text(corpus: Corpus, notice: Notice) -> str:
    """A notice with who states it: "retraction of 2023-07-12 (Retraction Watch, as of 2026-11-30, record 90001)"."""
    nature = notice.stated.replace("_", " ") if notice.stated else _NATURES.get(notice.nature, notice.nature)
    by = [corpus.sources[notice.source].label]
    by += [f"told by {notice.asserter}"] if notice.asserter else []
    by += [f"record {notice.record}"] if notice.record else []
    by += [f"notice doi:{notice.notice}"] if notice.notice else []
    return clipped(f"{nature}{f' of {notice.date}' if notice.date else ''} ({', '.join(by)})", 300)


def status_form(corpus: Corpus, status: RetractionStatus | None) -> dict[str, Any]:
    """The field ``retraction`` of a paper; no field where nobody has looked."""
    if status is None:
        return {}
    notices = [
        {name: value for name, value in to_row(each).items() if name != "paper"}
        | {"label": corpus.sources[each.source].label}
        for each in status.notices
    ]
    return {"retraction": {"state": status.state, "notices": notices, "asked": list(status.asked)}}


def retraction_lines(lineage: Lineage, found: RetractionCounts) -> list[str]:
    """The section of an audit: every notice, and of how many papers nothing is known."""
    lines = [f"{name_of(lineage, key)} [{key}]: {status_text(lineage.corpus, status)}" for key, status in found.noticed]
    asked = "; ".join(found.asked)
    if asked:
        lines.append(for_terminal(f"none reported of {counted(found.none_reported, 'paper')} ({asked})"))
    if found.unknown:
        why = "without a DOI or PubMed id" if asked else why_unknown(lineage.corpus)
        of_list = f"; of the list: {some_of(lineage, found.listed_unknown)}" if found.listed_unknown else ""
        lines.append(f"unknown of {counted(found.unknown, 'paper')}, {why}{of_list}")
    return lines


def counts_form(found: RetractionCounts | None) -> dict[str, Any]:
    """The field ``retractions`` of an audit; no field where nobody has looked."""
    if found is None:
        return {}
    noticed = {key: status.state for key, status in found.noticed}
    return {
        "retractions": {
            "noticed": noticed,
            "none_reported": found.none_reported,
            "unknown": found.unknown,
            "listed_unknown": list(found.listed_unknown),
            "asked": list(found.asked),
        }
    }
