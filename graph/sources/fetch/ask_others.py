"""Asking other services about the papers of a fetch, and about those outside it that several of it cite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from networkx.utils import UnionFind

from ...errors import InputError
from ...model.identifiers import closure
from ...model.reading_list import ReadingList
from ..citation_service import Wanted
from ..http.client import FetchStopped
from ..records import Record
from ..verified import entry_records
from .crawl import MIN_BRIDGE_CITERS, CrawlResult, FetchOptions, Unresolved
from .others import Conversation, ServiceAnswers, is_entry, references_alone, wanted_of
from .target import Target
from .to_corpus import SaidByScholar


def bridges_between(
    lists: Iterable[tuple[str, Sequence[Record]]], known: Iterable[Record], *, oldest: int = 0
) -> list[Record]:
    """The cited papers that at least two papers cite, and that are not known yet, in the order of their identifiers.

    `lists` are the name of a citing paper and the records of what it cites, as one source lists them. Of each paper the
    record is given that has most identifiers. One that is older than `oldest` cannot lead from one paper to another.
    """
    cited = [(citing, record, closure(record.identifiers)) for citing, rows in lists for record in rows]
    cited = [each for each in cited if each[2]]
    joined: UnionFind[Hashable] = UnionFind()
    for _, _, identifiers in cited:
        joined.union(*identifiers)
    citers: defaultdict[Hashable, set[str]] = defaultdict(set)
    records: dict[Hashable, Record] = {}
    for citing, record, identifiers in cited:
        paper = joined[next(iter(identifiers))]
        citers[paper].add(citing)
        if paper not in records or len(record.identifiers) > len(records[paper].identifiers):
            records[paper] = record
    asked = {joined[each] for record in known for each in closure(record.identifiers)}
    found = [
        record
        for paper, record in records.items()
        if paper not in asked and len(citers[paper]) >= MIN_BRIDGE_CITERS and (record.year or oldest) >= oldest
    ]
    return sorted(found, key=lambda record: min(record.identifiers))


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
    known = {each for _, read in asked if read.is_known for each in read.asked.identifiers}
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
                refused = next(read.why for read in each.lists if read.failed)
                raise silent(each.service.label, each.outage or refused)
        raise none_found(unresolved)
    return replace(result, unresolved=unresolved)


def check_outages(conversations: Sequence[Conversation], heard: Sequence[ServiceAnswers]) -> None:
    """Refuse to replace a corpus by a smaller one; raises `FetchStopped` when a service fell silent in an update."""
    for each, said in zip(conversations, heard, strict=True):
        if said.outage and each.cache.observations > 1 and not each.cache.finished:
            raise silent(said.service.label, said.outage)


def silent(label: str, why: str | None) -> FetchStopped:
    """What to raise where a service does not answer, and a later run may get what this one did not."""
    later = "type the same command again later: nothing that was answered is asked again"
    return FetchStopped(f"{label} does not answer: {why}; {later}")


def none_found(unresolved: Sequence[Unresolved]) -> InputError:
    """What to raise where nobody knows any of the papers."""
    reasons = "\n  ".join(f"{each.target.label}: {each.why}" for each in unresolved[:20])
    return InputError(f"none of the papers was found\n  {reasons}\n", remedy="check the identifiers")
