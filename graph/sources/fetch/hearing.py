"""Asking other services about the papers of a fetch, and about those that lie between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...errors import InputError
from ...model.reading_list import ReadingList
from ..http.client import FetchStopped
from ..verified import entry_records
from .bridges import bridges_between
from .crawl import CrawlResult, FetchOptions, Unresolved
from .others import Conversation, Heard, references_alone, wanted_of
from .targets import Targets
from .to_corpus import SaidByScholar


def hear(
    conversations: Sequence[Conversation], said: SaidByScholar | None, reading_list: ReadingList, options: FetchOptions
) -> tuple[Heard, ...]:
    """Ask each service about the papers of the list, and then about the bridges that any of them shows.

    Without Semantic Scholar the papers are the entries of the list that have an identifier.
    """
    if not conversations:
        return ()
    listed = said.resolved if said else [each for each in entry_records(reading_list) if each.identifiers]
    listed = list({each.record_id: each for each in listed}.values())
    wanted = wanted_of(options)
    first = [(each, each.ask(listed, wanted)) for each in conversations]
    if options.references and options.depth > 1:
        bridges = said.bridges if said else []
        names = {each.record_id for each in listed}
        lists = [(each.paper.record_id, each) for each in (said.lists if said else ())]
        lists += [(each.asked.record_id, each.said) for _, found in first for each in found]
        cited = [
            (name, [row.record for row in each.rows])
            for name, each in lists
            if name in names and each.direction == "references"
        ]
        oldest = min((each.year for each in listed if each.year), default=0)
        more = [*bridges, *bridges_between(cited, [*listed, *bridges], oldest=oldest)]
        for each in conversations:
            each.ask(more, references_alone(wanted))
    return tuple(each.heard() for each in conversations)


def heard_alone(targets: Targets, heard: Sequence[Heard]) -> CrawlResult:
    """Which papers were not found, where Semantic Scholar was not asked.

    Raises `InputError` when no service knows any paper.
    """
    names = [f"list#{number}" for number in range(1, len(targets.papers) + 1)]
    if targets.reading_list:
        names = [record.record_id for record in entry_records(targets.reading_list)]
    why = dict(_failures(heard))
    known = {name for each in heard for name in _known_to(each)}
    unresolved = [
        Unresolved(target, why.get(name, _BY_TITLE))
        for target, name in zip(targets.papers, names, strict=True)
        if name not in known
    ]
    if not known:
        reasons = "\n  ".join(f"{each.target.label}: {each.why}" for each in unresolved[:20])
        raise InputError(f"none of the papers was found\n  {reasons}\n", remedy="check the identifiers")
    return CrawlResult((), tuple(unresolved))


def check_heard(conversations: Sequence[Conversation], heard: Sequence[Heard]) -> None:
    """Refuse to replace a corpus by a smaller one; raises `FetchStopped` when a service fell silent in an update."""
    for each, said in zip(conversations, heard, strict=True):
        if said.outage and each.cache.observations > 1 and not each.cache.finished:
            raise FetchStopped(
                f"{said.service.label} does not answer: {said.outage}; type the same command again later: "
                "nothing that was answered is asked again"
            )


_BY_TITLE = "a title alone names no paper to these services; give an identifier, or add s2 to --from"


def _known_to(heard: Heard) -> Iterator[str]:
    return (read.asked.record_id for read in heard.lists if read.said.paper.record_id != read.asked.record_id)


def _failures(heard: Sequence[Heard]) -> Iterator[tuple[str, str]]:
    for each in heard:
        for read in each.lists:
            if read.said.paper.record_id == read.asked.record_id:
                yield read.asked.record_id, f"{each.service.label}: {read.why}"
