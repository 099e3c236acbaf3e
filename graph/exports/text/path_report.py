"""What an answer about paths says, as sentences and steps, which the text and the HTML of it both show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...algorithms.budget import stop_if_abandoned
from ...analysis.no_path import NoPath
from ...analysis.path_answer import Hop, Path, PathAnswer
from ...analysis.path_options import PathOptions
from ...analysis.self_citations import shared_authors
from ...model.lineage import Lineage
from ...utils.text import clipped, for_terminal
from ..wording import (
    SHOWN,
    WITHOUT_SELF_CITATIONS,
    as_sentence,
    asserted,
    counted,
    name_of,
    some_of,
    themes_of,
    whole,
    year_of,
)
from .reason_text import short_reason

if TYPE_CHECKING:
    from ...analysis.ancestry import Relatives


@dataclass(frozen=True, slots=True)
class PathStep:
    """A paper of a path; `cites` is the name of the paper before it, and None for the first.

    `evidence` says who asserts that citation, `backwards` whether the cited paper is the later one, and `reason`
    why it is cited; that is empty where no citation of the corpus has a reason.
    """

    key: str
    year: str
    name: str
    themes: str
    cites: str | None = None
    evidence: str = ""
    backwards: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PathDescription:
    """A path with its length ("2 hops") and with notes on it ("within the list", "strength 0.812")."""

    steps: tuple[PathStep, ...]
    length: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PathReport:
    """An answer about paths in words.

    `heading` says which paths were looked for, and how many there are; `sentences` what else to know: how to read the
    paths, or why there is none and what relates the two papers. A long sentence is in several parts, which a terminal
    shows on a line each. `remaining` says how many paths are not shown, or nothing, and `stopped` that the search ended
    before as many were found as were asked for, or nothing.
    """

    heading: str
    sentences: tuple[tuple[str, ...], ...]
    paths: tuple[PathDescription, ...] = ()
    remaining: str = ""
    stopped: str = ""


def path_report(lineage: Lineage, answer: PathAnswer) -> PathReport:
    """Put an answer about paths into words, with nothing in them that a terminal would obey."""
    return _with_paths(lineage, answer) if answer.found else _without_path(lineage, answer)


def _with_paths(lineage: Lineage, answer: PathAnswer) -> PathReport:
    start, end = name_of(lineage, answer.start), name_of(lineage, answer.end)
    direct = "a direct citation" if lineage.has_citation(answer.start, answer.end) else "no direct citation"
    many = "more paths than can be counted" if answer.total is None else counted(answer.total, "path")
    within = answer.total_in_list
    if answer.options.list_only:
        many += f" {within_the_list(lineage, answer.options)}"
    elif within is not None:
        many += f", {_how_many(answer.total, within)}{within_the_list(lineage, answer.options)}"
    lineage.infer_together(key for path in answer.paths for key in path.keys)
    legend = "Arrows run from the cited paper to the one that cites it; ~ marks a theme that is inferred."
    return PathReport(
        heading=as_sentence(f"{start} → {end}: {direct}; {many}{conditions(lineage, answer.options)}"),
        sentences=((legend,),),
        paths=tuple(description(lineage, path, answer.options) for path in answer.paths),
        remaining=_remaining(answer),
        stopped=_stopped(answer),
    )


def within_the_list(lineage: Lineage, options: PathOptions) -> str:
    """How paths keep to the list that pass the papers of a question, which need not be in it."""
    passed = (*options.waypoints, *options.via)
    return "within the list" if all(map(lineage.entry_numbers, passed)) else "otherwise within the list"


def _how_many(total: int | None, some: int) -> str:
    """How many of all paths keep to something, before the words for that."""
    if total == 1:
        return "" if some else "not "
    return "all " if some == total else f"{some:,} of them " if some else "none of them "


_MARKED = {"read": "have read", "own": "own"}


def conditions(lineage: Lineage, options: PathOptions) -> str:
    """The conditions that every counted path meets."""
    first, last = options.years
    span = f"between {first or '...'} and {last or '...'}" if options.years != (None, None) else ""
    span = f"in {first}" if first is not None and first == last else span
    parts = [
        *(f"via {name_of(lineage, key)}" for key in (*options.waypoints, *options.via)),
        *(f"without {name_of(lineage, key)}" for key in options.avoid),
        *(f"without papers that you {_MARKED[kind]}" for kind in options.leave_out),
        f"through {options.theme}" if options.theme else "",
        span,
        f"of at most {counted(options.max_hops, 'hop')}" if options.max_hops else "",
        WITHOUT_SELF_CITATIONS if options.without_self_citations else "",
    ]
    return for_terminal("".join(f", {part}" for part in parts if part))


def description(lineage: Lineage, path: Path, options: PathOptions) -> PathDescription:
    """A path in words."""
    stop_if_abandoned()
    between = [bool(lineage.entry_numbers(key)) for key in path.keys[1:-1]]
    notes = []
    if between:
        notes.append("within the list" if all(between) else "through papers outside the list")
    if options.rank == "strongest":
        notes.append(f"strength {path.strength:.3f}")
    return PathDescription(tuple(_steps(lineage, path)), counted(len(path.hops), "hop"), tuple(notes))


def _steps(lineage: Lineage, path: Path) -> Iterator[PathStep]:
    for key, hop in zip(path.keys, (None, *path.hops), strict=True):
        step = PathStep(key, year_of(lineage, key), name_of(lineage, key), themes_of(lineage, key))
        if hop is None:
            yield step
        else:
            cites, evidence = name_of(lineage, hop.cited), asserted(lineage, hop.citation) + own(lineage, hop)
            reason = short_reason(lineage, hop.cited, hop.citing)
            yield PathStep(step.key, step.year, step.name, step.themes, cites, evidence, hop.backwards, reason)


def own(lineage: Lineage, hop: Hop) -> str:
    """Whose own paper is cited, where that is known; "" otherwise."""
    authors = shared_authors(lineage.paper(hop.cited), lineage.paper(hop.citing))
    others = f" and {len(authors) - 1} more" if len(authors) > 1 else ""
    return for_terminal(f"; self-citation, by {clipped(authors[0], 60)}{others}") if authors else ""


_ORDER = {
    "shortest": ", no shorter than the last",
    "strongest": ", no stronger than the last",
    "main": ", with a smaller sum of paths through their citations, or not forward in time",
    "diverse": "",
    "longest": ", no longer than the last",
}


def _remaining(answer: PathAnswer) -> str:
    if answer.total is not None and answer.total <= len(answer.paths):
        return ""
    rest = "more" if answer.total is None else f"{whole(answer.total - len(answer.paths))} more"
    return f"... and {rest}{_ORDER['longest' if answer.options.longest else answer.options.rank]}"


def _stopped(answer: PathAnswer) -> str:
    if answer.stopped_after is None:
        return ""
    return (
        f"The search stopped after {counted(answer.stopped_after, 'step')} with {counted(len(answer.paths), 'path')}; "
        "there may be more"
    )


def _without_path(lineage: Lineage, answer: PathAnswer) -> PathReport:
    start, end = name_of(lineage, answer.start), name_of(lineage, answer.end)
    if answer.start == answer.end or answer.no_path is None:
        return PathReport(f"{start} → {end}: one and the same paper.", ())
    where = f" {within_the_list(lineage, answer.options)}" if answer.options.list_only else ""
    heading = as_sentence(f"{start} → {end}: no path in this corpus{where}{conditions(lineage, answer.options)}")
    sentences = [(each,) for each in _relations(lineage, answer, answer.no_path, start, end)]
    return PathReport(heading, (*sentences, _hidden(lineage, answer.no_path, end)))


def _relations(lineage: Lineage, answer: PathAnswer, found: NoPath, start: str, end: str) -> Iterator[str]:
    if answer.options.list_only:
        yield "Papers outside the list, which were left out, may lie on the way."
    if found.reverse:
        yield f"The other direction exists: {end} → {start}, {counted(found.reverse, 'path')}."
    elif found.reverse is None:
        yield as_sentence(f"The other direction exists: {end} → {start}")
    else:
        yield as_sentence(f"Nor is there one in the other direction, {end} → {start}")
    if found.ancestors:
        yield as_sentence(f"Nearest common ancestors, from which both descend: {some_of(lineage, found.ancestors)}")
    if found.descendants:
        yield as_sentence(f"Nearest common descendants, which build on both: {some_of(lineage, found.descendants)}")
    if found.likeness:
        near = found.likeness
        nearer = f"{counted(near.nearer, 'paper')} of {near.compared:,} {'is' if near.nearer == 1 else 'are'} nearer"
        yield as_sentence(
            f"Near in content, but no citation known: cosine {near.cosine:.3f} by {near.model}; {nearer} to {start}"
        )
    if found.undirected and not found.reverse:
        chain = " - ".join(name_of(lineage, key) for key in found.undirected)
        yield as_sentence(f"The shortest chain of citations whichever way they point, which is no lineage: {chain}")


def _hidden(lineage: Lineage, found: NoPath, end: str) -> tuple[str, ...]:
    """How far the corpus proves that there is no path."""
    if not found.hidden_by:
        return ("Every paper that could lie on the way has fully known references.",)
    if len(found.hidden_by) == 1:
        one = f"{name_of(lineage, found.hidden_by[0])} ({year_of(lineage, found.hidden_by[0])})"
        return (f"That proves little: the references of {one} are not fully known, and could hide a path.",)
    dated = [key for key in found.hidden_by if lineage.paper(key).date]
    papers = counted(len(found.hidden_by), "paper")
    doubt = (
        f"That proves little: the references of {papers} before {end} are not fully known, "
        "and any of them could hide a path"
    )
    if not dated:
        return (f"{doubt}.",)
    some = ", ".join(f"{name_of(lineage, key)} ({year_of(lineage, key)})" for key in dated[:SHOWN])
    return f"{doubt},", f"among them {some}."


def may_have_relatives(lineage: Lineage, found: Relatives) -> Iterator[str]:
    """That a paper without ancestors or descendants may have some, where the corpus does not know them all."""
    before = found.kind == "ancestry"
    if found.total or lineage.corpus.coverage_of(found.key, "references" if before else "citations") == "complete":
        return
    yield f"{'Its references are' if before else 'Who cites it is'} not fully known, so there may be some."
