"""``lineage fetch --between A B``: the options of a search, its papers, and what is printed of it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...analysis.query import parse_years
from ...errors import AmbiguousName, InputError, NameNotFound
from ...model.identifiers import identifiers_in
from ...model.shipped_data import reading_list_path, snapshot_path
from ...sources.fetch.between.frontier import Years
from ...sources.fetch.between.grow import GrowthOptions, Stop, check_way
from ...sources.fetch.between.report import growth_form, growth_text
from ...sources.fetch.target import FileOfPapers, Target, Targets, api_ids_of
from ...sources.fetch.targets import parse_targets
from ...sources.services import SCHOLAR
from ...utils.text import normalised_title
from .common import NO, first_given, is_given, print_output, say
from .context import CommandContext
from .options import option, with_options

if TYPE_CHECKING:
    from ...model.corpus import Corpus
    from ...model.lineage import Lineage
    from ...sources.fetch.between.findings import Growth

FOLDER_OF_SEARCH = Path("between")
"""Where the corpus of a search goes, unless --to says otherwise."""
OF_SEARCH = ("between", "budget", "via", "years", "top")
_OF_LISTS = (
    "papers", "references", "depth", "citations", "most_citations", "influential_only", "since", "contexts", "alone"
)  # fmt: skip
_OF_A_SERVICE = ("vectors", "update", "reparse", "dry_run", "base_urls", "key_files")
_LONGEST_NAME = 2
"""A name of so many words is looked up in the corpus even where it is but a part of a title."""


def years_option(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Years:
    """The years of an option, written as those of every question."""
    try:
        return Years(*parse_years(value))
    except InputError as fault:
        raise click.BadParameter(str(fault)) from None


def _two_papers(_ctx: click.Context, _param: click.Parameter, value: tuple[str, str] | None) -> tuple[str, str] | None:
    """The papers of --between; an option in the place of the second one was meant as an option."""
    for name in value or ():
        if name.startswith("--") and name[2:3].isalpha():
            raise click.BadParameter(f"{name} stands in the place of a paper; write --between A B, with two papers")
    return value


between_options = with_options(
    option(
        "--between",
        nargs=2,
        callback=_two_papers,
        metavar="A B",
        help="Search for paths from A to the later paper B: the corpus grows from both towards each other, "
        "in ./between unless --to says otherwise.",
    ),
    option(
        "--budget",
        type=click.IntRange(0, 1_000_000),
        default=300,
        help="With --between: the greatest number of requests.",
    ),
    option("--via", multiple=True, metavar="PAPER", help="With --between: a paper that the paths go through."),
    option(
        "--years",
        callback=years_option,
        metavar="YEARS",
        help="With --between: only papers of these years lie between: 2015-2022.",
    ),
    option("--top", type=click.IntRange(1, 10_000), default=10, help="With --between: stop at so many paths."),
)


@dataclass(frozen=True, slots=True)
class SearchedPapers:
    """What a search is about: its papers, A first and B last, and how far it may go."""

    targets: Targets
    options: GrowthOptions


def search_of(ctx: click.Context) -> SearchedPapers | None:
    """The search that a command asks for, if it asks for one.

    Raises `InputError` for options that do not go together, for a text that names no paper, or several, and for papers
    between which no path can be by the years that the corpus knows.
    """
    between = ctx.params["between"]
    _refuse_others(ctx, _OF_LISTS if between else OF_SEARCH, is_search=bool(between))
    if not between:
        return None
    options = GrowthOptions(ctx.params["budget"], ctx.params["top"], ctx.params["years"])
    if ctx.params["services"] != (SCHOLAR,):
        raise InputError("--between asks Semantic Scholar alone", remedy="leave --from out")
    if options.budget == 0:
        raise InputError(
            "a budget of 0 requests finds nothing", where="--budget", remedy="100 are a beginning; the default is 300"
        )
    start, end = between
    targets = _targets_of(ctx, (start, *ctx.params["via"], end))
    check_way([Stop(each.label, each.year) for each in targets.papers], options.years)
    return SearchedPapers(targets, options)


def _refuse_others(ctx: click.Context, names: Sequence[str], *, is_search: bool) -> None:
    """Refuse options that say nothing for this kind of fetch."""
    wrong = first_given(ctx, *names)
    if wrong == "papers":
        raise InputError("papers to fetch, and --between", remedy="name them with --via, or leave them out")
    if wrong and is_search:
        raise InputError(f"{wrong} does not go with --between", remedy="leave it out")
    if wrong:
        raise InputError(f"{wrong} goes with --between", remedy="add --between A B, or leave it out")


def folder_of_search(ctx: click.Context, to: Path) -> Path:
    """The folder of a search: a corpus of lists, which has the usual name, is not overwritten."""
    return to if is_given(ctx, "to") else FOLDER_OF_SEARCH


def _targets_of(ctx: click.Context, texts: Sequence[str]) -> Targets:
    context = ctx.obj if isinstance(ctx.obj, CommandContext) else CommandContext(reading_list_path(), snapshot_path())
    for text in texts:
        if not any(map(str.isalnum, text)):
            raise InputError(f"{text!r} names no paper", remedy="give a title, a name or an identifier")
    if context.store:
        return Targets(tuple(Target(text, names=(text,)) for text in texts))
    papers = tuple(
        replace(_target(text.strip(), context), place=f"paper {number}") for number, text in enumerate(texts, start=1)
    )
    for one, other in combinations(papers, 2):
        if one.api_ids and one.api_ids == other.api_ids:
            raise InputError(f"{one.label} and {other.label} are the same paper", remedy="name different papers")
    notes = tuple(_unknown(each.label, context.lineage) for each in papers if not each.asked_by)
    return Targets(papers, notes=notes, files=(FileOfPapers("the command line", "papers", len(papers)),))


def _target(text: str, context: CommandContext) -> Target:
    if not identifiers_in(text) and not re.match(r"(?:URL:)?https?://", text, re.IGNORECASE):
        known = _known(text, context.lineage)
        if known:
            return known
    found = parse_targets([text], where="the command line").papers
    if len(found) > 1:
        raise InputError(f"{text!r} names several papers", remedy="give one identifier each")
    target = found[0]
    return Target(text, target.api_ids, target.title, identifiers=target.identifiers, file=target.file)


def _unknown(text: str, lineage: Lineage) -> str:
    """What is known of a text without a request where it names no paper of the corpus for certain."""
    from ...analysis.resolve import resolve

    near = ""
    try:
        resolve(lineage, text)
    except NameNotFound as fault:
        near = f" (did you mean {', '.join(fault.suggestions)}?)" if fault.suggestions else ""
    except AmbiguousName:
        near = " (several have it as a part)"
    return f"{text!r} names no paper of this corpus for certain{near}; the service is asked for a paper of this title"


def _known(text: str, lineage: Lineage) -> Target | None:
    """The paper of the corpus that a name means; None where a title may mean another that the corpus does not have."""
    from ...analysis.resolve import resolve

    try:
        paper = lineage.paper(resolve(lineage, text))
    except (NameNotFound, AmbiguousName):  # the service may have a paper of exactly this title
        return None
    is_title = normalised_title(paper.title or "") == normalised_title(text)
    if not paper.identifiers or (len(text.split()) > _LONGEST_NAME and not is_title and text not in paper.names):
        return None
    author = paper.authors[0] if paper.authors else None
    names = () if is_title or text.isdigit() else (text,)
    return Target(
        text, api_ids_of(paper.identifiers), paper.title, author, paper.year, identifiers=paper.identifiers, names=names
    )


def search_in_store(ctx: click.Context, search: SearchedPapers | None, to: Path, *, as_json: bool) -> None:
    """Where the command is about a store, search that instead of asking a service, and end.

    Raises `InputError` when it is no search, for an option about a service, and when the folder is not empty.
    """
    context = ctx.obj
    if not isinstance(context, CommandContext) or context.store is None:
        return
    from ...model.storage import save_corpus
    from ...sources.fetch.fetched_list import reading_list_of, reading_list_text
    from ..backend import not_on_a_store
    from ..store_backend import StoreBackend
    from ..store_search import search_store

    if search is None:
        raise not_on_a_store("fetch")
    wrong = first_given(ctx, *_OF_A_SERVICE)
    if wrong:
        raise InputError(f"{wrong} is about a service, and a store asks none", remedy="leave it out")
    if to.exists() and any(to.iterdir()):
        raise InputError("this folder is not empty", where=str(to), remedy="choose another folder with --to")
    backend = context.backend
    assert isinstance(backend, StoreBackend)
    growth, corpus = search_store(backend.store, [each.label for each in search.targets.papers], search.options)
    text = reading_list_text(reading_list_of(search.targets, growth.crawl))
    save_corpus(corpus, to, beside={"reading_list.toml": text})
    report_search(growth, corpus, search.options, as_json=as_json)
    listed = shlex.quote(str(to / "reading_list.toml"))
    say(f"look at it with: lineage --corpus {shlex.quote(str(to))} --list {listed} build")
    ctx.exit(0 if growth.found else NO)


def report_search(growth: Growth, corpus: Corpus, options: GrowthOptions, *, as_json: bool) -> None:
    """Print what a search came to: the answer on standard output, the rest on standard error."""
    from ...exports.wording import counted

    names = {str(each.row.paper_id): each.target.label for each in growth.crawl.resolved}
    for each in growth.crawl.resolved:
        author = f"{each.row.authors[0]}, " if each.row.authors else ""
        say(f"{each.target.label}: {each.row.title} ({author}{each.row.year or 'no year'})")
    print_output(growth_form(growth, options.budget) if as_json else growth_text(growth, options.budget, names))
    say(f"the corpus has {counted(len(corpus.papers), 'paper')} and {counted(len(corpus.citations), 'citation')}")
