"""The command ``lineage``: a thin door. Answers go to stdout, talk to stderr.

Exit codes: 0 answered; 1 answered, and the answer is no (no path; a stale snapshot); 2 the input or
the output needs mending, said in one message; 70 a fault of the program; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from .commands.common import NO, print_answer
from .commands.completion import complete_paper, complete_theme
from .errors import InputError, LineageError
from .shipped import data_folder, reading_list_path, snapshot_path
from .text import for_terminal
from .wish import RANKS, Wish

if TYPE_CHECKING:
    from .lineage import Lineage

MEND = 2
FAULT = 70
INTERRUPTED = 130


@dataclass(frozen=True)
class Given:
    """Which reading list and corpus the commands work on; loaded when the first one asks."""

    reading_list: Path
    corpus: Path

    @cached_property
    def lineage(self) -> Lineage:
        """The lineage of the two."""
        from .lineage import build_lineage
        from .reading_list import load_reading_list
        from .store import load_corpus

        return build_lineage(load_corpus(self.corpus), load_reading_list(self.reading_list))

    @property
    def files(self) -> dict[str, Path]:
        """The files that stand for what was read."""
        return {self.reading_list.name: self.reading_list, "corpus/manifest.json": self.corpus / "manifest.json"}


_ELSEWHERE = {
    "bulk": "bulk",
    "completion": "completion",
    "export": "export",
    "fetch": "fetch",
    "flow": "flow",
    "main-path": "main_path",
    "mcp": "mcp",
    "measures": "measures",
    "neighbourhood": "neighbourhood",
    "read": "themes",
    "serve": "serve",
    "suggest": "themes",
    "themes": "themes",
}
"""Commands that live in a module of their own, which is loaded when one of them is asked for."""
_SUMMARIES = {
    "bulk": "Take the whole literature from Semantic Scholar's bulk release.",
    "completion": "Print the script with which a shell completes commands, options and papers.",
    "export": "Write the lineage, or a part of it, for another program.",
    "fetch": "Fetch a reading list from Semantic Scholar into a corpus.",
    "flow": "Count all paths from one paper to another, and show what they run through.",
    "main-path": "Show the citations that most of all search runs through.",
    "mcp": "Serve the lineage to agents, by the Model Context Protocol over standard input and output.",
    "measures": "Measure papers, pairs and years; without a name, list the measures.",
    "neighbourhood": "Take the papers nearest to some out of a store, as a corpus.",
    "read": "Say what to read between two papers, in order, with why each.",
    "serve": "Open the pages with the whole corpus behind them, on this machine alone.",
    "suggest": "Say what the list may be missing: papers it leans on, and what would join lone entries.",
    "themes": "Say which theme's ideas reach which, when, and by which bridges.",
}
"""What `lineage --help` says of them, so that it loads none: a test compares it with their own help."""
_ORDER = (
    "build",
    "open",
    "path",
    "show",
    "read",
    "flow",
    "main-path",
    "themes",
    "measures",
    "suggest",
    "audit",
    "export",
    "serve",
    "mcp",
    "fetch",
    "bulk",
    "neighbourhood",
    "diff",
    "snapshot",
    "completion",
)


class _Commands(click.Group):
    """Shows commands in the order in which a person needs them, and loads each when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_ORDER)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands; one whose summary stands here is not loaded for it."""
        width = formatter.width - 6 - max(map(len, _ORDER))
        shown = []
        for name in _ORDER:
            command = click.Command(name, help=_SUMMARIES[name]) if name in _SUMMARIES else self.get_command(ctx, name)
            if command is not None and not command.hidden:
                shown.append((name, command.get_short_help_str(width)))
        with formatter.section("Commands"):
            formatter.write_dl(shown)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = self._on_a_corpus(ctx, cmd_name)
        if found is not None and ctx.params.get("store"):
            from .commands.stores import store_command

            return store_command(cmd_name, found)
        return found

    def _on_a_corpus(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _ELSEWHERE.get(cmd_name)
        if module is None:
            return super().get_command(ctx, cmd_name)
        found: click.Command = getattr(
            import_module(f".commands.{module}", __package__), f"{cmd_name.replace('-', '_')}_command"
        )
        return found


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--list", "reading_list", type=click.Path(path_type=Path), help="A reading list (TOML) instead of the shipped one."
)
@click.option("--corpus", type=click.Path(path_type=Path), help="The folder of a corpus instead of the shipped one.")
@click.option(
    "--store", type=click.Path(path_type=Path), help="Ask a store of the whole literature, made by 'lineage bulk'."
)
@click.version_option(package_name="citation-lineage")
@click.pass_context
def cli(ctx: click.Context, reading_list: Path | None, corpus: Path | None, store: Path | None) -> None:
    """Ask how we got from one paper to another.

    \b
    lineage build                          pages, GraphML and tables of the reading list
    lineage path "BERT → InstructGPT"      how an idea got from the one to the other
    lineage show BERT                      one paper: ancestors, descendants, themes
    lineage audit                          what can be relied on, and what cannot

    A paper goes by its number in the list, a name, a title or part of one, an arXiv identifier, a
    DOI, a Semantic Scholar id, "Devlin 2018", or its key.

    Exit codes: 0 answered; 1 answered, and the answer is no; 2 the input or the output needs
    mending; 70 a fault of the program; 130 interrupted.
    """
    if store and corpus:
        raise InputError("a corpus and a store at once", remedy="give --corpus or --store")
    ctx.obj = Given(reading_list or reading_list_path(), corpus or snapshot_path())


@cli.command()
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="The folder to write to; it is made when it is not there.",
)
@click.pass_obj
def build(given: Given, output: Path) -> None:
    """Write the pages, the GraphML files and the tables of the reading list.

    \b
    lineage build
    lineage build -o pages

    \b
    index.html                                   links the pages
    lineage.html, lineage.graphml                the list
    neighbourhood.html, neighbourhood.graphml    the list, its bridges and shared ancestors
    theme-....html                               each theme with what it touches
    papers.csv, citations.csv                    the neighbourhood as tables
    manifest.json                                versions, hashes, counts

    Every file is replaced whole or not at all, and the same input gives the same bytes.
    """
    from .build import build_into

    given.lineage  # noqa: B018  # bad input is told before anything is said to be made
    paths = build_into(output, given.lineage, given.files, lambda line: click.echo(for_terminal(line), err=True))
    click.echo(f"{len(paths)} files written. Open the page in a browser:", err=True)
    click.echo(str(paths[0]))


@cli.command("open")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="The folder that 'lineage build' wrote to.",
)
def open_command(output: Path) -> None:
    """Open the pages in a browser.

    \b
    lineage open
    lineage open -o elsewhere
    """
    page = output / "index.html"
    if not page.is_file():
        raise InputError("no pages here", where=str(output), remedy="make them with 'lineage build'")
    click.echo(str(page))
    click.launch(page.resolve().as_uri())


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True, shell_complete=complete_paper)
@click.option("--list-only", is_flag=True, help="Keep to papers of the reading list.")
@click.option(
    "--via",
    multiple=True,
    metavar="PAPER",
    shell_complete=complete_paper,
    help="Pass this paper; may be given several times.",
)
@click.option(
    "--avoid",
    multiple=True,
    metavar="PAPER",
    shell_complete=complete_paper,
    help="Leave this paper aside; may be given several times.",
)
@click.option(
    "--theme", metavar="ID", shell_complete=complete_theme, help="Between the ends, keep to papers of this theme."
)
@click.option(
    "--between",
    metavar="YEAR..YEAR",
    help="Between the ends, keep to papers of these years: 2018..2022, 2018.., ..2022.",
)
@click.option("--max-hops", type=click.IntRange(1), help="Leave longer paths aside.")
@click.option("--rank", type=click.Choice(RANKS), default="shortest", show_default=True, help="Which paths come first.")
@click.option("--longest", is_flag=True, help="The longest paths first.")
@click.option("--top", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many paths to show.")
@click.option("--explain", is_flag=True, help="The first path as a reading trail.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write the answer as a page, too.")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.pass_obj
def path(
    given: Given,
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
    """Show the ways from one paper to a later one.

    \b
    lineage path "BERT → InstructGPT"              the directed paths, shortest first
    lineage path BERT to InstructGPT
    lineage path 6 17 --list-only
    lineage path "BERT → GPT-3 → InstructGPT"      through GPT-3
    lineage path "InstructGPT ↔ BERT"              in whichever direction there is one
    lineage path "* → InstructGPT"                 all that led to it
    lineage path "BERT → *"                        all that it led to
    lineage path "BERT → InstructGPT" --html way.html
    lineage path 6 17 --avoid GPT-3 --between 2019..2021 --rank strongest

    Every hop says who asserts its citation. Exits with 1 when there is no path.
    """
    from .exports.forms import kinship_form, path_form
    from .exports.path_text import kinship_text, path_text, trail_text
    from .kinship import Kinship
    from .names import resolve
    from .query import parse_theme, parse_years
    from .questions import answer_to

    _refuse_lost_words(query)
    lineage = given.lineage
    wish = Wish(
        via=tuple(resolve(lineage, name) for name in via),
        avoid=tuple(resolve(lineage, name) for name in avoid),
        theme=parse_theme(lineage, theme),
        years=parse_years(between),
        **wished,
    )
    answer = answer_to(lineage, query, wish)
    if isinstance(answer, Kinship):
        print_answer(kinship_form(lineage, answer) if as_json else kinship_text(lineage, answer))
        return
    if html:
        from .files import write_all
        from .views.pages import path_page

        write_all(html.parent, {html.name: path_page(lineage, answer)})
        click.echo(f"{html}: written", err=True)
    print_answer(path_form(lineage, answer) if as_json else (trail_text if explain else path_text)(lineage, answer))
    if not answer.found:
        sys.exit(NO)


def _refuse_lost_words(query: tuple[str, ...]) -> None:
    """Catch a mistyped option, and an arrow whose `>` the shell took for a redirection."""
    for word in query:
        if word.startswith("-") and word.strip("-=>"):
            raise InputError(f"no such option {word!r}", remedy="'lineage path --help' lists the options")
    if query[-1] in ("-", "--", "="):
        raise InputError(
            "the shell took '>' for a redirection and wrote this output to a file named like the second paper",
            remedy="delete that file, and quote the query: lineage path 'BERT -> InstructGPT'",
        )


@cli.command()
@click.argument("name", nargs=-1, shell_complete=complete_paper)
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.pass_obj
def show(given: Given, name: tuple[str, ...], as_json: bool) -> None:
    """Describe one paper, or the reading list when no name is given.

    \b
    lineage show
    lineage show BERT
    lineage show "layer normalization" --json
    """
    from .exports.answers import list_text, portrait_text
    from .exports.forms import list_form, portrait_form
    from .names import resolve
    from .portrait import portrait

    if not name:
        print_answer(list_form(given.lineage) if as_json else list_text(given.lineage))
        return
    found = portrait(given.lineage, resolve(given.lineage, " ".join(name)))
    print_answer(portrait_form(given.lineage, found) if as_json else portrait_text(given.lineage, found))


@cli.command()
@click.option("--merges", is_flag=True, help="Every merged record with the rule that merged it.")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON, merges included.")
@click.pass_obj
def audit(given: Given, merges: bool, as_json: bool) -> None:
    """Say what can be relied on: coverage, disagreement, circles, merges, what was not verified.

    \b
    lineage audit
    lineage audit --merges
    lineage audit --json
    """
    from .audit import audit as examine
    from .exports.findings import audit_text
    from .exports.forms import audit_form

    found = examine(given.lineage)
    print_answer(audit_form(given.lineage, found) if as_json else audit_text(given.lineage, found, all_merges=merges))


@cli.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="All changes as JSON.")
def diff(old: Path, new: Path, as_json: bool) -> None:
    """Say what changed from one corpus to another.

    \b
    lineage diff corpus-2025 corpus-2026
    lineage diff corpus-2025 corpus-2026 --json

    Papers and citations that were added or removed, papers that were merged or split, what was
    corrected, which sources came or went, and what is known by now. Exits with 1 when there is a
    difference.
    """
    from .comparison import compare
    from .exports.comparison_text import comparison_form, comparison_text
    from .store import load_corpus

    found = compare(load_corpus(old), load_corpus(new))
    print_answer(comparison_form(found) if as_json else comparison_text(found))
    if not found.same:
        sys.exit(NO)


@cli.command()
@click.option("--check", is_flag=True, help="Only compare: is the snapshot what the facts make?")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="A data folder instead of the project's."
)
def snapshot(check: bool, data: Path | None) -> None:
    """Build the corpus from the facts of a data folder: the same facts give the same bytes.

    \b
    lineage snapshot
    lineage snapshot --check
    lineage snapshot --data my-data

    Exits with 1 when --check finds a difference.
    """
    from .snapshot import stale_files, write_snapshot

    folder = data or data_folder()
    if not (folder / "papers.toml").exists():
        raise InputError(
            "no facts to build from here (papers.toml is missing)",
            where=str(folder),
            remedy="run it in a checkout, or name a data folder with --data",
        )
    if not check:
        write_snapshot(folder)
        click.echo(f"{folder / 'snapshot'}: written", err=True)
        return
    wrong = stale_files(folder)
    for name, what in wrong.items():
        click.echo(f"{folder / 'snapshot' / name}: {what}; 'lineage snapshot' builds it anew", err=True)
    if wrong:
        sys.exit(NO)
    click.echo(f"{folder / 'snapshot'}: is what the facts make", err=True)


def main() -> NoReturn:
    """Run the command and end the process; a person never sees a traceback."""
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted; nothing was left half written", err=True)
        code = INTERRUPTED
    except click.ClickException as fault:
        fault.show()
        code = fault.exit_code
    except LineageError as fault:
        click.echo(f"lineage: {for_terminal_lines(str(fault))}", err=True)
        code = MEND
    except BrokenPipeError:  # the reader, such as head, has seen enough; nothing is left to flush
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as fault:  # the last door: a fault of ours is one line, too
        if os.environ.get("LINEAGE_DEBUG"):
            raise
        click.echo(f"lineage: a fault of the program ({type(fault).__name__}: {fault}); please report it", err=True)
        click.echo("LINEAGE_DEBUG=1 in the environment shows where it happened", err=True)
        code = FAULT
    sys.exit(code or 0)


def for_terminal_lines(text: str) -> str:
    """A message of several lines with nothing in them that a terminal would obey."""
    return "\n".join(map(for_terminal, text.split("\n")))
