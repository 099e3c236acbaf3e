"""Which program made a file, and from what: every format that has a place for it says so."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from ..model.lineage import Lineage
from ..utils.text import for_xml
from .wording import counted


@cache
def made_by() -> str:
    """Name and version of this program: "citation-lineage 0.1.0"."""
    return f"citation-lineage {version('citation-lineage')}"


def provenance_line(lineage: Lineage, title: str) -> str:
    """One line on where a file comes from: program, selection, reading list, corpus, latest observation."""
    corpus = lineage.corpus
    until = f", observed until {corpus.observed_until}" if corpus.observed_until else ""
    line = (
        f"{made_by()}: {title}. Reading list “{lineage.reading_list.title}”; corpus of "
        f"{counted(len(corpus.papers), 'paper')}, {counted(len(corpus.citations), 'citation')} and "
        f"{counted(len(corpus.sources), 'source')}{until}"
    )
    return " ".join(for_xml(line).split())
