"""The commands as ``lineage --store STORE`` answers them: the same words, options and forms, on all literature."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import InputError
from .common import NO, print_answer

if TYPE_CHECKING:
    from ..query import Query
    from ..scale.store import Store

_WHOLE = {
    "within": "corpus",
    "theme": None,
    "weight": "SPC",
    "search": "global",
    "routes": 1,
    "tolerance": 0.0,
    "every_end": False,
    "cycles": "date",
}
"""The options of the main path that are all that can be had where too many papers take part."""


def store_command(name: str, ordinary: click.Command) -> click.Command:
    """The command of this name for stores: its options and its help are those of the ordinary one.

    Raises
    ------
    InputError
        When stores have no such command.
    """
    answer = _ANSWERS.get(name)
    if answer is None:
        raise InputError(
            f"'lineage {name}' does not work on a store",
            remedy=f"on a store there are {', '.join(_ANSWERS)}; 'neighbourhood' makes a corpus, and --corpus takes it",
        )
    return click.Command(
        name,
        params=ordinary.params,
        help=ordinary.help,
        context_settings=ordinary.context_settings,
        callback=click.pass_context(answer),
    )


def _opened(ctx: click.Context) -> Store:
    """The store that was given, with the reading list that was given."""
    from ..bulk.engine import require

    require("bulk", "duckdb", "numba", "numpy", "pyarrow")
    from ..reading_list import load_reading_list
    from ..scale.store import open_store

    return open_store(ctx.find_root().params["store"], load_reading_list(ctx.obj.reading_list))


def _found(store: Store) -> Callable[[str], str]:
    """What makes a vertex, as text, of a name."""
    return lambda name: str(store.names.resolve(name))


def _asked(store: Store, query: Sequence[str]) -> Query:
    from ..query import parse_words

    if query[-1] in ("-", "--", "="):
        raise InputError(
            "the shell took '>' for a redirection and wrote this output to a file named like the second paper",
            remedy="delete that file, and quote the query: 'BERT -> InstructGPT'",
        )
    return parse_words(_found(store), query)


def _two(store: Store, query: Sequence[str], command: str) -> tuple[int, int]:
    asked = _asked(store, query)
    if asked.kind != "path" or len(asked.papers) != 2:
        raise InputError("two papers are needed", remedy=f"name them, as in: {command} 'BERT → InstructGPT'")
    return int(asked.papers[0]), int(asked.papers[1])


def _say(line: str) -> None:
    click.echo(f"{line}", err=True)


def path(
    ctx: click.Context,
    /,
    query: tuple[str, ...],
    via: tuple[str, ...],
    avoid: tuple[str, ...],
    theme: str | None,
    between: str | None,
    explain: bool,
    html: Path | None,
    as_json: bool,
    **wished: Any,
) -> None:
    """Answer 'path'."""
    from ..exports.forms import kinship_form, path_form
    from ..exports.path_text import kinship_text, path_text, trail_text
    from ..query import parse_years
    from ..wish import Wish

    store = _opened(ctx)
    from ..scale.extract import extract
    from ..scale.path_answers import Asked, kinship_answer, path_answer

    asked = _asked(store, query)
    make, index = partial(extract, store), store.index
    stops = tuple(map(int, asked.papers))
    if asked.kind in ("ancestry", "descent"):
        limits = {name: wished[name] for name in ("list_only", "max_hops")}
        lineage, kin = kinship_answer(make, index, stops[0], asked.kind, **limits)
        print_answer(kinship_form(lineage, kin) if as_json else kinship_text(lineage, kin))
        return
    question = Asked(
        stops,
        via=tuple(map(store.names.resolve, via)),
        avoid=tuple(map(store.names.resolve, avoid)),
        theme=theme,
        wish=Wish(years=parse_years(between), **wished),
    )
    lineage, answer = path_answer(make, index, question, _say)
    if asked.kind == "either" and not answer.found:
        turned = path_answer(make, index, Asked(stops[::-1], *_rest(question)), _say)
        lineage, answer = turned if turned[1].found else (lineage, answer)
    if html:
        from ..files import write_all
        from ..views.pages import path_page

        write_all(html.parent, {html.name: path_page(lineage, answer)})
        click.echo(f"{html}: written", err=True)
    print_answer(path_form(lineage, answer) if as_json else (trail_text if explain else path_text)(lineage, answer))
    if not answer.found:
        sys.exit(NO)


def _rest(question: Any) -> tuple[Any, ...]:
    return question.via, question.avoid, question.theme, question.wish


def show(ctx: click.Context, /, name: tuple[str, ...], as_json: bool) -> None:
    """Answer 'show'."""
    from ..exports.answers import list_text, portrait_text
    from ..exports.forms import list_form, portrait_form

    store = _opened(ctx)
    from ..scale.extract import extract
    from ..scale.portraits import portrait_answer

    if not name:
        lineage = extract(store, ()).lineage
        print_answer(list_form(lineage) if as_json else list_text(lineage))
        return
    lineage, found = portrait_answer(store, store.names.resolve(" ".join(name)))
    print_answer(portrait_form(lineage, found) if as_json else portrait_text(lineage, found))


def flow(ctx: click.Context, /, query: tuple[str, ...], list_only: bool, cycles: Any, top: int, as_json: bool) -> None:
    """Answer 'flow'."""
    from ..exports import flow_text as ordinary

    store = _opened(ctx)
    from ..scale import telling
    from ..scale.extract import extract
    from ..scale.large import LargeFlow, flow_answer

    start, end = _two(store, query, "lineage flow")
    lineage, answer = flow_answer(partial(extract, store), store.index, start, end, list_only=list_only, cycles=cycles)
    if isinstance(answer, LargeFlow):
        form, text = telling.flow_form, telling.flow_text
        print_answer(form(lineage, answer) if as_json else text(lineage, answer, top=top))
        return
    print_answer(ordinary.flow_form(lineage, answer) if as_json else ordinary.flow_text(lineage, answer, top=top))
    if not answer.found:
        sys.exit(NO)


def main_path(ctx: click.Context, /, query: tuple[str, ...], top: int, as_json: bool, **wished: Any) -> None:
    """Answer 'main-path'."""
    from fractions import Fraction

    from ..algorithms.searches import Search
    from ..exports import main_path_text as ordinary
    from ..main_path import Scope, main_path

    store = _opened(ctx)
    from ..scale import telling
    from ..scale.extract import extract
    from ..scale.large import main_answer

    if wished["within"] == "neighbourhood":
        raise InputError("a store has no neighbourhood of the list", remedy="make it with 'lineage ... neighbourhood'")
    ends = _two(store, query, "lineage main-path") if query else None
    answer: Any = (
        ()
        if wished["within"] == "list"
        else main_answer(partial(extract, store), store.index, ends, lambda: _refuse_choices(wished))
    )
    if isinstance(answer, tuple) and answer:
        lineage, large = answer
        form, text = telling.main_path_form, telling.main_path_text
        print_answer(form(lineage, large) if as_json else text(lineage, large, top=top))
        if not large.found:
            sys.exit(NO)
        return
    part = extract(store, [*answer, *(ends or ())])
    lineage = part.lineage
    keys = (part.keys[ends[0]], part.keys[ends[1]]) if ends else None
    by = Search(wished["search"], wished["routes"], Fraction(str(wished["tolerance"])), wished["every_end"])
    scope = Scope(wished["within"], wished["theme"], keys)
    found = main_path(lineage, scope, weight=wished["weight"], by=by, cycles=wished["cycles"])
    print_answer(
        ordinary.main_path_form(lineage, found) if as_json else ordinary.main_path_text(lineage, found, top=top)
    )
    if not found.found.arcs:
        sys.exit(NO)


def _refuse_choices(wished: dict[str, Any]) -> None:
    """Refuse what cannot be had where too many papers take part."""
    for name, value in _WHOLE.items():
        if wished[name] != value:
            raise InputError(
                f"--{name.replace('_', '-')} is not to be had among so many papers",
                remedy="ask between two papers that are nearer, or take a part out with 'neighbourhood'",
            )


def neighbourhood(ctx: click.Context, /, names: tuple[str, ...], depth: int, top: int, output: Path) -> None:
    """Answer 'neighbourhood'."""
    from ..store import save_corpus

    store = _opened(ctx)
    from ..scale.neighbourhood import neighbourhood as taken

    part = taken(store, [store.names.resolve(name) for name in names], depth=depth, top=top)
    save_corpus(part.corpus, output)
    corpus = part.corpus
    click.echo(f"{len(corpus.papers):,} papers, {len(corpus.citations):,} citations", err=True)
    click.echo(str(output))


_ANSWERS: dict[str, Callable[..., None]] = {
    "path": path,
    "show": show,
    "flow": flow,
    "main-path": main_path,
    "neighbourhood": neighbourhood,
}
