"""The command ``lineage bibliography``; `graph.sources.printed_lists` does the work."""

from __future__ import annotations

import re
import shlex
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...errors import InputError
from ...utils.display_width import beginning
from ...utils.text import for_terminal, plural
from .common import interruptible, print_output, say, semantic_scholar
from .completion import complete_paper
from .context import CommandContext
from .options import FOLDER, GIVEN_FILE, base_url_option, key_file_option, option
from .safe_stream import safe

if TYPE_CHECKING:
    from ...model.identifiers import Identifier
    from ...sources.printed_lists.read import Bibliography

LARGEST = 64 << 20
"""How many bytes a file may have."""


@click.command("bibliography")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=GIVEN_FILE)
@option(
    "--of", "paper", required=True, metavar="PAPER", help="Whose bibliography it is.", shell_complete=complete_paper
)
@option("--version", "version", metavar="TEXT", help="Of which version it is, such as arXiv:1409.0473v7.")
@option("--to", type=FOLDER, default=Path("corpus"), help="The folder of the corpus that it is for.")
@option("--resolve", is_flag=True, help="Ask Semantic Scholar for works that have a title and no identifier.")
@option("--replace", is_flag=True, help="Replace the bibliography that is there for this paper.")
@option("--dry-run", is_flag=True, help="Only show what was read, entry by entry.")
@option("--json", "as_json", is_flag=True, help="What was read as JSON.")
@base_url_option
@key_file_option
@click.pass_context
def bibliography_command(
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    paper: str,
    version: str | None,
    to: Path,
    resolve: bool,
    replace: bool,
    dry_run: bool,
    as_json: bool,
    base_url: str | None,
    key_file: Path | None,
) -> None:
    """Read the printed bibliography of a paper into a corpus.

    \b
    lineage bibliography paper.bbl --of 1409.0473 --to mine
    lineage bibliography main.bbl main.tex refs.bib --of 1409.0473v7 --to mine
    lineage bibliography article.xml --of 10.1371/journal.pntd.0002065 --to mine
    lineage bibliography paper.html --of BERT --dry-run

    It reads .bbl (BibTeX, biblatex), .bib with the .tex that cites, arXiv's HTML, JATS, GROBID's TEI, and
    the list as text. Of several files the one counts that is nearest to print; a .tex adds where each entry is
    cited, a .bib identifiers that are not printed. 'lineage fetch' joins what lies in the folder with what it
    fetches; 'lineage fetch ... --reparse' does so without a request.
    """
    from ...sources.printed_lists.read import read_bibliography
    from ...sources.printed_lists.report import bibliography_form, entry_lines, summary_lines
    from ...utils.files import read_bytes

    assert isinstance(ctx.obj, CommandContext)
    citing = _identifier_of(ctx.obj, paper)
    version = _version(version, paper, citing)
    found = read_bibliography({str(path): read_bytes(path, most=LARGEST) for path in dict.fromkeys(files)})
    for line in _contradictions(found, citing):
        say(line)
    if resolve and not dry_run:
        found = _resolved(ctx, found, to, base_url, key_file)
    if as_json:
        print_output(bibliography_form(found, str(citing), version))
    else:
        print_output("\n".join([*summary_lines(found), *(entry_lines(found) if dry_run else ())]) + "\n")
    if resolve and dry_run:
        from ...sources.fetch.resolve_titles import targets_of

        works = len(targets_of(found))
        say(f"--resolve would send a request for each of {works} {plural(works, 'work')}, or two")
    if not dry_run:
        _save(found, str(citing), version, to, replace=replace)


def _identifier_of(context: CommandContext, paper: str) -> Identifier:
    """The identifier of the paper: the one that was typed, or the first of the paper that was named."""
    from ...analysis.resolve import resolve
    from ...model.identifiers import SCHEMES, identifiers_in

    typed = [each for each in identifiers_in(paper) if each.scheme in SCHEMES]
    if len(typed) == 1:
        return typed[0]
    if context.store is not None:
        raise InputError("a name with --store", where=paper, remedy="give an identifier of the paper: --of 1409.0473")
    lineage = context.lineage
    known = lineage.paper(resolve(lineage, paper))
    if not known.identifiers:
        raise InputError(
            f"{known.key} has no identifier in this corpus", where=paper, remedy="give one: --of 10.1162/neco..."
        )
    return known.identifiers[0]


def _version(version: str | None, paper: str, citing: Identifier) -> str:
    """What the printed bibliography is of, as it is shown."""
    if version is not None and version.strip():
        return beginning(" ".join(version.split()), 200)
    shown = {"arxiv": "arXiv", "pmid": "PubMed", "s2": "Semantic Scholar"}.get(citing.scheme, citing.scheme)
    typed = re.search(r"v\d+(?!\w)", paper) if citing.scheme == "arxiv" else None
    return f"{shown}:{citing.value}{typed[0] if typed else ''}"


def _contradictions(found: Bibliography, citing: Identifier) -> list[str]:
    """A line where a file says that it is another paper."""
    others = [each for each in found.describes if each.scheme == citing.scheme and each != citing]
    return [f"{found.file} says that it is {each}, and not {citing}; check --of" for each in others]


def _resolved(
    ctx: click.Context, found: Bibliography, to: Path, base_url: str | None, key_file: Path | None
) -> Bibliography:
    from ...sources.facts import OWN_LISTS
    from ...sources.fetch.progress import RequestMeter
    from ...sources.fetch.resolve_titles import resolve_titles, targets_of
    from ...sources.semantic_scholar.service import PACE_WITH_KEY, PACE_WITHOUT_KEY
    from ...utils.progress import duration_text

    service = semantic_scholar(base_url, key_file)
    interval = (PACE_WITH_KEY if service.key else PACE_WITHOUT_KEY).interval
    works = len(targets_of(found))
    duration = duration_text(works * interval)
    say(f"about {works} {plural(works, 'request')} to {service.base_url}, {duration} or more")
    meter = RequestMeter(safe(sys.stderr).rewriting(), time.monotonic, seconds_per_request=interval)
    with interruptible(ctx, meter, "stopped; every answer so far is kept, and the same command goes on"):
        done = resolve_titles(found, to / OWN_LISTS / "raw", service=service, progress=meter)
    for each in done.missing:
        say(for_terminal(f"not found: {each.target.label}: {each.why}"))
    say(f"{len(done.found)} of {works} works found by their titles")
    if done.outage:
        say(f"{done.outage}; the same command asks for the rest later, with --replace")
    return done.bibliography


def _save(found: Bibliography, citing: str, version: str, to: Path, *, replace: bool) -> None:
    """Write the list and its row in the index, both or none."""
    from ...sources.bibliographies import INDEX_COLUMNS, file_of
    from ...sources.facts import OWN_LISTS
    from ...sources.printed_lists.report import index_row, index_text, list_text
    from ...utils.csv_files import read_csv
    from ...utils.files import write_all
    from ...utils.locks import edited

    folder = to / OWN_LISTS
    index = folder / "index.csv"
    name = file_of(citing)
    with edited(folder):
        known = [cells for _, cells in read_csv(index, INDEX_COLUMNS)] if index.exists() else []
        if not replace and ((folder / name).exists() or any(cells["citing"] == citing for cells in known)):
            raise InputError(
                f"there is a bibliography of {citing} already",
                where=str(folder / name),
                remedy="add --replace to replace it",
            )
        write_all(folder, {name: list_text(found), "index.csv": index_text(known, index_row(citing, version, found))})
    say(f"{folder / name}: written")
    command = f"lineage fetch ... --to {shlex.quote(str(to))}"
    if any((to / "raw").glob("**/answers.jsonl")):
        say(f"to join it with what was fetched: {command} --reparse")
    else:
        say(f"to join it with what is fetched: {command}")
