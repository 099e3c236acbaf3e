"""The command ``lineage fetch``; `graph.sources.fetch` does the work."""

from __future__ import annotations

import datetime
import shlex
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ...errors import InputError, LineageError
from ...model.shipped_data import data_folder, reading_list_path
from ...sources.fetch import Fetched, FetchOptions, fetch
from ...sources.fetch.preview import file_lines
from ...sources.fetch.progress import RequestMeter
from ...sources.fetch.report import coverage_lines, remark_lines, title_match_lines, total_lines
from ...sources.fetch.target import Targets
from ...sources.semantic_scholar.service import PACE_WITH_KEY, PACE_WITHOUT_KEY
from ...sources.services import NAMES, SCHOLAR
from .common import UNUSABLE, first_given, interruptible, is_given, print_output, say
from .fetch_between import (
    OF_SEARCH,
    SearchedPapers,
    between_options,
    folder_of_search,
    report_search,
    search_in_store,
    search_of,
)
from .fetch_expectations import expectations, expected_of, say_what_would_be_asked
from .fetch_papers import remarks_on, targets_of
from .fetch_services import (
    AskedServices,
    add_vectors,
    asked_for_vectors,
    by_service,
    left_out,
    service_names,
    services_of,
)
from .options import FOLDER, option, with_verbosity
from .safe_stream import KEY_VARIABLE, safe, safe_streams

UNFINISHED = 1
"""The exit code when something failed that may succeed another time."""


@dataclass(frozen=True, slots=True)
class FetchContext:
    """The clock of a fetch; a test passes its own as click's `obj`, and need not wait."""

    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time


@click.command("fetch")
@click.argument("papers", nargs=-1, metavar="[FILE | IDENTIFIER]...")
@option(
    "--to", type=FOLDER, default=Path("corpus"), help="The folder of the corpus; an earlier fetch there is continued."
)
@option("--references/--no-references", default=True, help="Read what each paper cites.")
@option(
    "--depth",
    type=click.IntRange(1, 2),
    default=2,
    help="2 also reads the references of papers that two or more of the list cite.",
)
@option("--citations", is_flag=True, help="Read who cites each paper, the newest first.")
@option(
    "--max-citations",
    "most_citations",
    type=click.IntRange(1, 1_000_000),
    default=1000,
    help="The greatest number of citations of each paper.",
)
@option("--influential-only", is_flag=True, help="Read citations, those alone that Semantic Scholar calls influential.")
@option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Read citations from this day on.")
@option("--contexts", is_flag=True, help="Also fetch the citing sentences, which takes much longer.")
@option("--vectors", is_flag=True, help="Then also fetch vectors of all papers, for 'lineage similar': 500 a request.")
@option("--update", is_flag=True, help="Fetch everything again, for new citations and changed counts.")
@option("--reparse", is_flag=True, help="Send no request: build the corpus again from the stored answers.")
@option("--alone", is_flag=True, help="Without the printed bibliographies of the shipped list.")
@option("--dry-run", is_flag=True, help="Only report what was read, and how many requests it takes.")
@option("--json", "as_json", is_flag=True, help="With --dry-run or --between: the report as JSON.")
@between_options
@option(
    "--from",
    "services",
    callback=service_names,
    default=SCHOLAR,
    metavar="NAMES",
    help=f"Which services to ask, with commas between them: {', '.join(NAMES)}.",
)
@option(
    "--base-url",
    "base_urls",
    callback=by_service,
    multiple=True,
    metavar="[NAME=]URL",
    help="A mirror or a test service instead of Semantic Scholar, or of the named service.",
)
@option(
    "--key-file",
    "key_files",
    callback=by_service,
    multiple=True,
    metavar="[NAME=]FILE",
    help=f"A file with the API key; it takes precedence over {KEY_VARIABLE}. With NAME= for another service.",
)
@click.pass_context
def fetch_command(  # click passes every option by name
    ctx: click.Context,
    /,
    papers: tuple[str, ...],
    to: Path,
    citations: bool,
    influential_only: bool,
    since: datetime.datetime | None,
    vectors: bool,
    update: bool,
    reparse: bool,
    alone: bool,
    dry_run: bool,
    as_json: bool,
    services: tuple[str, ...],
    base_urls: Mapping[str, str],
    key_files: Mapping[str, str],
    **options: Any,
) -> None:
    """Fetch a reading list and its citations into a corpus.

    \b
    lineage fetch                            the shipped list
    lineage fetch my.toml --to mine          a reading list of yours
    lineage fetch ids.txt --citations        identifiers or titles, one a line
    lineage fetch zotero.bib                 an export, whatever its name: BibTeX, RIS, CSL-JSON,
                                             CSV, PubMed, Web of Science, EndNote
    lineage fetch 1810.04805 10.1162/neco.1992.4.1.131
    lineage fetch -                          any of these from standard input
    lineage fetch zotero.bib --dry-run       what was read, and what would be asked
    lineage fetch --from s2,crossref         also what publishers deposited
    lineage fetch --between "BERT" "InstructGPT" --budget 300
                                             how the one led to the other, into ./between

    Every answer is kept in the corpus's raw/ folder as it arrives, so that the same command, typed
    again, continues a fetch that was stopped. With a key in S2_API_KEY it is about three times as
    fast. The other services read CROSSREF_MAILTO (an e-mail address), OPENALEX_API_KEY and
    OPENCITATIONS_TOKEN, all of which they can do without.
    """
    search = search_of(ctx)
    _refuse_unused(ctx)
    to = folder_of_search(ctx, to) if search else to
    search_in_store(ctx, search, to, as_json=as_json)
    if as_json and not dry_run and not search:
        raise InputError("--json goes with --dry-run", remedy="leave it out, or add --dry-run")
    targets = search.targets if search else targets_of(papers)
    for remark in remarks_on(targets, services):
        say(remark)
    chosen = FetchOptions(
        citations=citations or influential_only or since is not None,
        influential_only=influential_only,
        since=since.date().isoformat() if since else None,
        **{name: value for name, value in options.items() if name not in OF_SEARCH},
    )
    asked = services_of(services, base_urls, key_files)
    vectors_from = asked_for_vectors(asked.scholar, wanted=vectors, reparse=reparse)
    facts = data_folder() if not papers and not alone and not search else None
    expected = expected_of(search, targets, to, chosen, asked, update=update)
    if dry_run:
        say_what_would_be_asked(targets, expected, as_json=as_json)
        return
    if papers:
        say("\n".join(file_lines(targets)))
    if not reparse:
        say("\n".join(expectations(*expected)))
    clock = ctx.obj if isinstance(ctx.obj, FetchContext) else FetchContext()
    meter = RequestMeter(
        safe(sys.stderr).rewriting(),
        time.monotonic,
        seconds_per_request=_least_interval(asked),
    )
    with interruptible(ctx, meter, f"stopped; every answer so far is kept. To go on:\n  {_same_command()}"):
        fetched = fetch(
            targets,
            to,
            chosen,
            service=asked.scholar,
            others=asked.others,
            scholar=asked.scholar is not None,
            growth=search.options if search else None,
            update=update,
            reparse=reparse,
            facts=facts,
            sleep=clock.sleep,
            clock=clock.clock,
            progress=meter,
            on_phase=meter.on_phase,
        )
    _report(fetched, to, search, targets, as_json=as_json)
    for line in left_out(to, services):
        say(line)
    add_vectors(fetched.corpus, to, vectors_from, sleep=clock.sleep, clock=clock.clock, update=update)
    if fetched.unfinished or (fetched.growth and not fetched.growth.found):
        ctx.exit(UNFINISHED)


def _refuse_unused(ctx: click.Context) -> None:
    """Raise `InputError` for an option that would say nothing beside the others."""
    given = ctx.params
    of_scholar = first_given(ctx, "influential_only", "since", "contexts")
    if of_scholar and SCHOLAR not in given["services"]:
        raise InputError(f"{of_scholar} is for Semantic Scholar, which is not asked", remedy="add s2 to --from")
    if given["reparse"]:  # the other options are those of the fetch, whatever they were
        other = first_given(ctx, "update", "dry_run")
        if other:
            raise InputError(f"--reparse sends no request, and {other} is about some", remedy="give one of the two")
    elif is_given(ctx, "most_citations") and not (given["citations"] or given["influential_only"] or given["since"]):
        raise InputError("--max-citations is about citations", remedy="add --citations, or leave it out")
    elif is_given(ctx, "depth") and given["depth"] > 1 and not given["references"]:
        raise InputError(
            "--depth 2 is about references, and --no-references reads none", remedy="leave one of them out"
        )


def _report(fetched: Fetched, to: Path, search: SearchedPapers | None, targets: Targets, *, as_json: bool) -> None:
    if search and fetched.growth:
        report_search(fetched.growth, fetched.corpus, search.options, as_json=as_json)
    else:
        print_output("".join(f"{line}\n" for line in coverage_lines(fetched.result, fetched.heard)))
    for line in [*remark_lines(fetched), *title_match_lines(fetched), *total_lines(fetched)]:
        say(line)
    if fetched.unfinished:
        say(f"some of it failed; to try that again, and only that:\n  {_same_command()}")
    say(f"look at it with: lineage --corpus {shlex.quote(str(to))}{_list_option(to, targets)} build")


def _list_option(to: Path, targets: Targets) -> str:
    """Which list goes with the corpus: the one that was fetched, or the one that the fetch wrote."""
    if targets.reading_list:
        (name,) = (each.name for each in targets.files)
        own = None if Path(name) == reading_list_path() else name
    else:
        own = str(to / "reading_list.toml")
    return f" --list {shlex.quote(own)}" if own else ""


def _same_command() -> str:
    """The command line as it was typed; the key is in a file or the environment, and never in it."""
    program = click.get_current_context().find_root().info_name or "lineage"  # it may be: python -m graph
    return f"{program} {shlex.join(sys.argv[1:])}"


def _least_interval(asked: AskedServices) -> float:
    return (PACE_WITH_KEY if asked.scholar and asked.scholar.key else PACE_WITHOUT_KEY).interval


def main() -> None:
    """Run this command alone, as `scripts/fetch_metadata.py` does."""
    with safe_streams():
        try:
            with_verbosity(fetch_command)(standalone_mode=True)
        except LineageError as fault:
            say(str(fault))
            sys.exit(UNUSABLE)
