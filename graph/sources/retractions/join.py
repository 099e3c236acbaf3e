"""Statements and a corpus: notices about its papers, by DOI or else by PubMed id, never by title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ...model.corpus import Corpus, Paper, Source
from ...model.identifiers import Identifier, closure
from ...model.notices import SEARCHED, SOME_PAPERS, Notice
from .statements import Statement

_LABELS = {"retraction_watch": "Retraction Watch", "crossref": "Crossref's update notices"}
_TABLE, _UPDATES = "rw", "crossref-updates"
_SCHEMES = (*SEARCHED, "arxiv")


@dataclass(frozen=True, slots=True)
class Search:
    """For which identifiers the table of Retraction Watch was searched, as of a day."""

    observed: str
    identifiers: frozenset[Identifier]


def source_of(statement: Statement) -> Source:
    """The source of a statement: what one of the two said on a day."""
    name = _TABLE if statement.kind == "retraction_watch" else _UPDATES
    label = f"{_LABELS[statement.kind]}, as of {statement.observed}"
    return Source(f"{name}:{statement.observed}", statement.kind, label, statement.observed)


def with_notices(corpus: Corpus, statements: Sequence[Statement], search: Search | None = None) -> Corpus:
    """The corpus with the notices of files, in place of those of earlier files, and the sources of all statements.

    What a service said in a fetch stays. A source without a notice about one of the papers is a source all the same: it
    says that none is reported; unless it was searched for some of the papers alone (`search`), as its name then says.
    Linear in papers and statements.
    """
    keys = _keys_by_identifier(corpus)
    table = [Statement("retraction_watch", search.observed, "notice")] if search else []  # it is about no paper
    in_part = search is not None and not _covers(search, corpus)
    sources = {(each.kind, each.observed): _source(each, in_part=in_part) for each in (*statements, *table)}
    notices = [each for each in corpus.notices if not _is_of_a_file(corpus.sources[each.source])]
    for each in statements:
        notices += _notices(each, sources[each.kind, each.observed], keys)
    kept = {id_: source for id_, source in corpus.sources.items() if not _is_of_a_file(source)}
    every = kept | {source.id: source for source in sources.values()}
    return replace(corpus, notices=_newest(notices, every), sources=dict(sorted(every.items())))


def with_heard_notices(corpus: Corpus, heard: Iterable[tuple[Source, Sequence[Statement]]]) -> Corpus:
    """The corpus with what services said of retractions beside their lists; the source is that of the lists."""
    every = list(heard)
    if not any(statements for _, statements in every):
        return corpus
    keys = _keys_by_identifier(corpus)
    notices = [notice for source, said in every for each in said for notice in _notices(each, source, keys)]
    return replace(corpus, notices=_newest([*corpus.notices, *notices], corpus.sources))


def searchable(corpus: Corpus) -> frozenset[Identifier]:
    """The identifiers of a corpus by which a table may name its papers."""
    return frozenset(each for paper in corpus.papers.values() for each in _names(paper))


def names_one_of(statement: Statement, searched: frozenset[Identifier]) -> bool:
    """Whether a statement is about one of these papers."""
    return not searched.isdisjoint(filter(None, (statement.doi, statement.pmid)))


def _names(paper: Paper) -> Iterator[Identifier]:
    return (each for each in closure(paper.identifiers) if each.scheme in SEARCHED)


def _covers(search: Search, corpus: Corpus) -> bool:
    return searchable(corpus) <= search.identifiers


def _source(statement: Statement, *, in_part: bool) -> Source:
    """The source of a statement; `in_part` says that papers came to the corpus after the table was searched."""
    whole = source_of(statement)
    if not (in_part and whole.kind == "retraction_watch"):
        return whole
    return replace(whole, id=f"{SOME_PAPERS}{statement.observed}", label=f"{whole.label}, for the papers of that day")


def _is_of_a_file(source: Source) -> bool:
    return source.kind == "retraction_watch" or source.id.startswith(f"{_UPDATES}:")


def _newest(notices: Iterable[Notice], sources: Mapping[str, Source]) -> tuple[Notice, ...]:
    """Each notice once; of several that differ in nothing but the day on which one service said so, the last."""
    by_day = sorted(notices, key=lambda each: sources[each.source].observed or "")
    return tuple({(replace(each, source="", about=""), sources[each.source].kind): each for each in by_day}.values())


def _keys_by_identifier(corpus: Corpus) -> Mapping[Identifier, Sequence[str]]:
    found: dict[Identifier, list[str]] = {}
    for key, paper in corpus.papers.items():
        for each in closure(paper.identifiers):
            if each.scheme in _SCHEMES:
                found.setdefault(each, []).append(key)
    return found


def _notices(statement: Statement, source: Source, keys: Mapping[Identifier, Sequence[str]]) -> Iterable[Notice]:
    """The notices of a statement: about the papers with its DOI, or else those with its PubMed id."""
    implied = closure([statement.doi]) - {statement.doi} if statement.doi else ()  # a DOI of arXiv is its identifier
    for about in filter(None, (statement.doi, *sorted(implied), statement.pmid)):
        if about in keys:
            return [
                Notice(
                    key,
                    source.id,
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
