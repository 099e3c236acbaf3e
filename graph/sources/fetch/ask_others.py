"""Asking other services about the papers of a fetch, and about those that lie between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...errors import InputError
from ...model.identifiers import closure
from ...model.reading_list import ReadingList
from ..citation_service import ReadList, Wanted
from ..http.client import FetchStopped
from ..records import Record
from ..verified import entry_records
from .bridges import bridges_between
from .crawl import CrawlResult, FetchOptions, Unresolved
from .others import Conversation, ServiceAnswers, references_alone, wanted_of
from .others_report import is_entry
from .target import Target
from .to_corpus import SaidByScholar

_BY_TITLE = "a title alone names no paper to these services; give an identifier, or add s2 to --from"


def ask_others(
    conversations: Sequence[Conversation], said: SaidByScholar | None, reading_list: ReadingList, options: FetchOptions
) -> tuple[ServiceAnswers, ...]:
    """Ask each service about the papers of the list, and then about the bridges that any of them shows.

    The papers are those that Semantic Scholar found, and the entries that it did not find and that have an identifier.
    Raises `InputError` when the options leave nothing to ask for.
    """
    if not conversations:
        return ()
    wanted = wanted_of(options)
    if said is None and not any(_lists(each, wanted) for each in conversations):
        labels = " and ".join(each.service.label for each in conversations)
        raise InputError(
            f"{labels} cannot be asked for anything with these options",
            remedy="ask for references, or add another service to --from",
        )
    listed = _listed(said, reading_list)
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
    return tuple(each.answers() for each in conversations)


def _lists(conversation: Conversation, wanted: Wanted) -> bool:
    """Whether a service has any list that is wanted."""
    has = conversation.service.directions
    return (wanted.references and "references" in has) or (wanted.citations and "citations" in has)


def _listed(said: SaidByScholar | None, reading_list: ReadingList) -> list[Record]:
    found = list({each.record_id: each for each in (said.resolved if said else ())}.values())
    known = closure(identifier for each in found for identifier in each.identifiers)
    return found + [
        each for each in entry_records(reading_list) if each.identifiers and known.isdisjoint(closure(each.identifiers))
    ]


def nobody_found(targets: Sequence[Target]) -> CrawlResult:
    """The result of not asking Semantic Scholar: nothing is found yet."""
    return CrawlResult((), tuple(Unresolved(target, _BY_TITLE) for target in targets))


def without_the_found(result: CrawlResult, heard: Sequence[ServiceAnswers]) -> CrawlResult:
    """The result without the missing papers that another service knows by their identifiers.

    One that Semantic Scholar failed to answer stays, because a later run may find it there.

    Raises `InputError` when nobody knows any paper, and `FetchStopped` when it was not answered.
    """
    asked = [(each.service.label, read) for each in heard for read in each.lists if is_entry(read.asked)]
    known = {each for _, read in asked if _is_known(read) for each in read.asked.identifiers}
    why = {each: f"{label}: {read.why}" for label, read in asked for each in read.asked.identifiers}
    unresolved = tuple(
        replace(each, why=next((why[name] for name in each.target.identifiers if name in why), each.why))
        if each.why == _BY_TITLE
        else each
        for each in result.unresolved
        if each.failed or known.isdisjoint(each.target.identifiers)
    )
    if not result.resolved and not known:
        for each in heard:
            if each.unfinished:
                raise FetchStopped(_silent(each, each.outage or next(read.why for read in each.lists if read.failed)))
        reasons = "\n  ".join(f"{each.target.label}: {each.why}" for each in unresolved[:20])
        raise InputError(f"none of the papers was found\n  {reasons}\n", remedy="check the identifiers")
    return replace(result, unresolved=unresolved)


def _is_known(read: ReadList) -> bool:
    return read.said.paper.record_id != read.asked.record_id


def check_outages(conversations: Sequence[Conversation], heard: Sequence[ServiceAnswers]) -> None:
    """Refuse to replace a corpus by a smaller one; raises `FetchStopped` when a service fell silent in an update."""
    for each, said in zip(conversations, heard, strict=True):
        if said.outage and each.cache.observations > 1 and not each.cache.finished:
            raise FetchStopped(_silent(said, said.outage))


def _silent(heard: ServiceAnswers, why: str) -> str:
    return (
        f"{heard.service.label} does not answer: {why}; type the same command again later: "
        "nothing that was answered is asked again"
    )
