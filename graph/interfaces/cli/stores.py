"""The commands as ``lineage --store STORE`` answers them: the same words, options and forms, on all literature."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...errors import InputError
from .common import NO, print_answer, refuse_redirection

if TYPE_CHECKING:
    from ...exports.selection import Selection
    from ...index.store import Store
    from ..backend import Backend


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
    from ...bulk.engine import require

    require("bulk", "duckdb", "numba", "numpy", "pyarrow")
    from ...index.store import open_store
    from ...model.reading_list import load_reading_list
    from .bulk_common import refuse_url

    store: Path = ctx.find_root().params["store"]
    if not store.exists():
        refuse_url(str(store))
    return open_store(store, load_reading_list(ctx.obj.reading_list))


def _two(store: Store, query: Sequence[str], command: str) -> tuple[int, int]:
    from ...analysis.store_ask import two_vertices

    refuse_redirection(query, command)
    return two_vertices(store, query, example=f"{command} 'BERT → InstructGPT'")


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
    from ...analysis.path_options import PathOptions
    from ...analysis.paths import PathAnswer
    from ...analysis.query import parse_years
    from .path import print_paths, refuse_lost_words

    refuse_lost_words(query)
    store = _opened(ctx)
    from ...analysis.store_ask import answer_to
    from ...analysis.store_paths import StoreQuestion
    from ...index.contexts import NO_SENTENCES

    wanted = StoreQuestion(
        (),
        via=tuple(map(store.names.resolve, via)),
        avoid=tuple(map(store.names.resolve, avoid)),
        theme=theme,
        wish=PathOptions(years=parse_years(between), **wished),
    )
    lineage, answer = answer_to(store, query, wanted, _say)
    if isinstance(answer, PathAnswer) and answer.found and (explain or as_json) and store.sentences is None:
        _say(NO_SENTENCES)
    print_paths(lineage, answer, explain=explain, html=html, as_json=as_json)


def show(ctx: click.Context, /, name: tuple[str, ...], as_json: bool) -> None:
    """Answer 'show'."""
    from ...exports.json_forms import list_form, paper_summary_form
    from ...exports.text.paper_text import list_text, paper_summary_text

    store = _opened(ctx)
    from ...analysis.store_summary import portrait_answer
    from ...index.extract import extract

    if not name:
        lineage = extract(store, ()).lineage
        print_answer(list_form(lineage) if as_json else list_text(lineage))
        return
    lineage, found = portrait_answer(store, store.names.resolve(" ".join(name)))
    print_answer(paper_summary_form(lineage, found) if as_json else paper_summary_text(lineage, found))


def flow(ctx: click.Context, /, query: tuple[str, ...], list_only: bool, cycles: Any, top: int, as_json: bool) -> None:
    """Answer 'flow'."""
    from ...exports.text import flow_text as ordinary

    store = _opened(ctx)
    from ...analysis.store_flow import LargeFlow, flow_answer
    from ...exports.text import store_text as telling
    from ...index.extract import extract

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

    from ...algorithms.main_path_search import Search
    from ...analysis.main_path import MainPath, Scope
    from ...exports.text import main_path_text as ordinary

    store = _opened(ctx)
    from ...analysis.store_ask import main_path_of, refuse_choices
    from ...exports.text import store_text as telling

    ends = _two(store, query, "lineage main-path") if query else None
    lineage, found = main_path_of(
        store,
        ends,
        Scope(wished["within"], wished["theme"]),
        partial(refuse_choices, wished),
        weight=wished["weight"],
        by=Search(wished["search"], wished["routes"], Fraction(str(wished["tolerance"])), wished["every_end"]),
        cycles=wished["cycles"],
    )
    if isinstance(found, MainPath):
        form, text = ordinary.main_path_form(lineage, found), ordinary.main_path_text(lineage, found, top=top)
        some = bool(found.found.arcs)
    else:
        form, text = telling.main_path_form(lineage, found), telling.main_path_text(lineage, found, top=top)
        some = found.found
    print_answer(form if as_json else text)
    if not some:
        sys.exit(NO)


def neighbourhood(ctx: click.Context, /, names: tuple[str, ...], depth: int, top: int, output: Path) -> None:
    """Answer 'neighbourhood'."""
    from ...model.storage import save_corpus

    store = _opened(ctx)
    from ...analysis.nearest import neighbourhood as taken

    part = taken(store, [store.names.resolve(name) for name in names], depth=depth, top=top)
    save_corpus(part.corpus, output)
    corpus = part.corpus
    click.echo(f"{len(corpus.papers):,} papers, {len(corpus.citations):,} citations", err=True)
    click.echo(str(output))


def export(ctx: click.Context, /, name: str | None, query: str, top: int, output: str) -> None:
    """Answer 'export'."""
    from .export import export_selected

    def chosen(query: str, top: int) -> Selection:
        store = _opened(ctx)
        from ..store_backend import StoreBackend

        return StoreBackend(store).selection(query, top)

    export_selected(chosen, name, query, top, output)


def serve(ctx: click.Context, /, port: int, no_browser: bool) -> None:
    """Answer 'serve'."""
    from .serve import serve_behind

    store = _opened(ctx)
    from ..store_backend import StoreBackend

    entries = store.reading_list.entries
    there = sum(store.names.vertex_of_entry(entry) is not None for entry in entries)
    _say(f"{there:,} of the {len(entries):,} entries of the reading list are in this store")
    serve_behind(StoreBackend(store), port, no_browser=no_browser)


def mcp(ctx: click.Context, /, folder: Path | None, limit: int, allow_fetch: bool, base_url: str | None) -> None:
    """Answer 'mcp'."""
    from .mcp import McpOptions, serve_agents

    def opened() -> Backend:
        store = _opened(ctx)
        from ..store_backend import StoreBackend

        return StoreBackend(store)

    serve_agents(opened, McpOptions(folder, limit, allow_fetch, base_url))


_ANSWERS: dict[str, Callable[..., None]] = {
    "path": path,
    "show": show,
    "flow": flow,
    "main-path": main_path,
    "neighbourhood": neighbourhood,
    "export": export,
    "serve": serve,
    "mcp": mcp,
}
