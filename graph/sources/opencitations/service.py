"""OpenCitations as a service: the lists of each paper, and whether it knows those of which it lists nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...model.corpus import Direction, Source
from ...model.identifiers import Identifier
from ..citation_service import Call, CitationService, Crawl, ReadList, SecretHeader, Wanted
from ..http.outcomes import Accept, GiveUp, why_unanswered
from ..http.rate_limit import Pace
from ..http.replies import Asking, asked
from ..records import CitationList, Record
from .calls import (
    KNOWN,
    LABEL,
    LIST,
    MAX_NAMED,
    KnownWorks,
    after_refusal,
    asked_by,
    can_be_named_together,
    known_request,
    list_request,
    looked_up_by,
    read,
    rows_in,
)
from .rows import Answer, Works, read_list

Known = Mapping[Identifier, tuple[Identifier, ...]]
"""All identifiers of the works that Meta knows, by each of them."""
_NOTHING = "OpenCitations lists nothing, which is not the same as none"


@dataclass
class _Read:
    """What was answered about one list of a paper; one use."""

    paper: Record
    direction: Direction
    answers: dict[Identifier, Answer] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    failed: bool = False


@dataclass(frozen=True)
class _LookedUp:
    """What Meta said of papers that the index cannot be asked for by what is known of them.

    `known` has the works that it knows; `why` says of an identifier why it gave no answer.
    """

    known: Known
    why: Mapping[Identifier, str]


def _empty(read: _Read) -> bool:
    """Whether it was answered, and with no row."""
    return bool(read.answers) and not any(each.listed for each in read.answers.values())


def crawl(papers: Sequence[Record], wanted: Wanted, source: Source) -> Crawl:
    """Read what OpenCitations has of the references and citations of some papers."""
    directions: list[Direction] = []
    directions += ["references"] if wanted.references else []
    directions += ["citations"] if wanted.citations else []
    looked_up = yield from _look_up([each for paper in papers for each in looked_up_by(paper.identifiers)])
    lists: list[_Read] = []
    for direction in directions:
        for paper in papers:
            lists.append((yield from _read(paper, direction, looked_up)))
    known = yield from _which_are_known(lists)
    if known is not None:
        for each in filter(_empty, lists):
            yield from _ask_by_omid(each, known)
    rows = (row for each in lists for answer in each.answers.values() for row in answer.rows)
    works = Works.of(rows, [*(known or {}).values(), *looked_up.known.values()])
    return tuple(_list(each, works, known, source, wanted) for each in lists)


def _look_up(names: Sequence[Identifier]) -> Asking[_LookedUp]:
    """Ask Meta for the identifiers by which the index can be asked."""
    found: dict[Identifier, tuple[Identifier, ...]] = {}
    why: dict[Identifier, str] = {}
    every = list(dict.fromkeys(names))
    for begin in range(0, len(every), MAX_NAMED):
        some = every[begin : begin + MAX_NAMED]
        known = yield from _known_among(some)
        if isinstance(known, str):
            why |= dict.fromkeys(some, known)
        else:
            found |= known
    return _LookedUp(found, why)


def _known_among(some: Sequence[Identifier]) -> Asking[Known | str]:
    """The works that Meta knows by some identifiers, or why it did not answer."""
    outcome = yield from asked(known_request(some))
    if isinstance(outcome, Accept) and isinstance(outcome.value, KnownWorks):
        return {each: work for work in outcome.value.works for each in work}
    return why_unanswered(outcome)


def _read(paper: Record, direction: Direction, looked_up: _LookedUp) -> Asking[_Read]:
    """Ask by all identifiers of one kind; by the next kind if nothing was listed."""
    read = _Read(paper, direction)
    names = looked_up_by(paper.identifiers)
    for each in names:
        if each not in looked_up.known:
            read.failures.append(looked_up.why.get(each, f"OpenCitations does not know {each}"))
            read.failed |= each in looked_up.why
    also = [each for name in names for each in looked_up.known.get(name, ())]
    for group in asked_by([*paper.identifiers, *also]):
        for each in group:
            yield from _ask(read, each)
        if any(answer.rows for answer in read.answers.values()):
            break
    return read


def _ask(read: _Read, identifier: Identifier) -> Asking[None]:
    outcome = yield from asked(list_request(identifier, read.direction))
    if isinstance(outcome, Accept) and isinstance(outcome.value, Answer):
        read.answers[identifier] = outcome.value
    else:
        read.failures.append(why_unanswered(outcome))
        read.failed |= not (isinstance(outcome, GiveUp) and outcome.lasting)


def _ask_by_omid(read: _Read, known: Known) -> Asking[None]:
    """Ask again by the id of its own: an answer is empty, too, when the service could not look that up in time."""
    omids = {each for asked_for in read.answers for each in known.get(asked_for, ()) if each.scheme == "omid"}
    for each in sorted(omids - read.answers.keys()):
        yield from _ask(read, each)


def _which_are_known(lists: Sequence[_Read]) -> Asking[Known | None]:
    """What Meta knows of the works that nothing is listed of; None where it did not answer."""
    asked_for = dict.fromkeys(each for read in filter(_empty, lists) for each in read.answers)
    names = [each for each in asked_for if can_be_named_together(each)]
    found: dict[Identifier, tuple[Identifier, ...]] = {}
    for begin in range(0, len(names), MAX_NAMED):
        known = yield from _known_among(names[begin : begin + MAX_NAMED])
        if isinstance(known, str):
            return None
        found |= known
    return found


def _list(read: _Read, works: Works, known: Known | None, source: Source, wanted: Wanted) -> ReadList:
    if not read.answers:
        why = "; ".join(dict.fromkeys(read.failures)) or "no identifier to ask OpenCitations by"
        state = CitationList(source, read.paper, "failed" if read.failures else "not_fetched", (), read.direction)
        return ReadList(read.paper, state, why, read.failed)
    why = "; ".join(dict.fromkeys(read.failures))
    if _empty(read) and not why:
        why = f"{_NOTHING}; {_said_of(read, known)}"
    most = wanted.most_citations if read.direction == "citations" else None
    said = read_list(read.paper, read.direction, read.answers, works, source, why=why, most=most)
    return replace(said, failed=read.failed)


def _said_of(read: _Read, known: Known | None) -> str:
    if known is None:
        return "whether it knows the paper could not be asked"
    return "it knows the paper" if known.keys() & read.answers.keys() else "it does not know the paper either"


_PACE = Pace(0.4, 0.34)
"""It serves 180 requests a minute."""


def expected(papers: int, wanted: Wanted) -> Mapping[str, int]:
    """How many requests of each kind so many papers take, about: it lists nothing of half of them."""
    lists = papers * (wanted.references + wanted.citations)
    return {LIST: lists, KNOWN: -(-lists // (2 * MAX_NAMED))}


OPENCITATIONS = CitationService(
    kind="opencitations",
    label=LABEL,
    home="https://api.opencitations.net",
    credit="Data from OpenCitations, https://opencitations.net (Peroni and Shotton 2020, doi:10.1162/qss_a_00023)",
    directions=frozenset({"references", "citations"}),
    calls={LIST: Call(_PACE, _PACE), KNOWN: Call(_PACE, _PACE)},
    crawl=crawl,
    expected=expected,
    read=read,
    after_refusal=after_refusal,
    secret=SecretHeader("OPENCITATIONS_TOKEN", "a token", "Authorization"),
    rows_in=rows_in,
    read_seconds=200.0,  # its own time-outs are 60 and 180 seconds
)
