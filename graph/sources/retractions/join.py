"""Statements and a corpus: notices about its papers, by DOI or else by PubMed id, never by title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ...model.corpus import Corpus, Source
from ...model.identifiers import Identifier, closure
from ...model.notices import Notice
from .statements import Statement

_LABELS = {"retraction_watch": "Retraction Watch", "crossref": "Crossref's update notices"}


def source_of(statement: Statement) -> Source:
    """The source of a statement: what one of the two said on a day."""
    name = "rw" if statement.kind == "retraction_watch" else "crossref-updates"
    label = f"{_LABELS[statement.kind]}, as of {statement.observed}"
    return Source(f"{name}:{statement.observed}", statement.kind, label, statement.observed)


def with_notices(corpus: Corpus, statements: Sequence[Statement]) -> Corpus:
    """The corpus with the notices about its papers in place of those that it has, and the sources of all statements.

    A source without a notice about one of the papers is a source all the same: it says that none is reported.

    Notes
    -----
    Linear in papers and statements.
    """
    keys = _keys_by_identifier(corpus)
    notices = [notice for each in statements for notice in _notices(each, keys)]
    former = {each.source for each in corpus.notices}
    kept = {
        id_: source
        for id_, source in corpus.sources.items()
        if id_ not in former and source.kind != "retraction_watch" and not id_.startswith("crossref-updates:")
    }
    sources = {source.id: source for source in map(source_of, statements)}
    return replace(corpus, notices=tuple(dict.fromkeys(notices)), sources=dict(sorted((kept | sources).items())))


def _keys_by_identifier(corpus: Corpus) -> Mapping[Identifier, Sequence[str]]:
    found: dict[Identifier, list[str]] = {}
    for key, paper in corpus.papers.items():
        for each in closure(paper.identifiers):
            if each.scheme in ("doi", "pmid", "arxiv"):
                found.setdefault(each, []).append(key)
    return found


def _notices(statement: Statement, keys: Mapping[Identifier, Sequence[str]]) -> Iterable[Notice]:
    """The notices of a statement: about the papers with its DOI, or else those with its PubMed id."""
    implied = closure([statement.doi]) - {statement.doi} if statement.doi else ()  # a DOI of arXiv is its identifier
    for about in filter(None, (statement.doi, *sorted(implied), statement.pmid)):
        if about in keys:
            return [
                Notice(
                    key,
                    source_of(statement).id,
                    statement.nature,
                    str(about),
                    statement.date,
                    statement.record,
                    statement.notice,
                    statement.asserter,
                    statement.stated,
                )
                for key in keys[about]
            ]
    return ()
