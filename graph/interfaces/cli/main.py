"""The command ``lineage``: answers go to standard output, everything else to standard error.

Exit codes: 0 answered; 1 answered, and the answer is no (no path; a stale snapshot); 2 the input cannot be used or the
output cannot be written, said in one message; 70 a fault of the program; 130 interrupted.
"""

from __future__ import annotations

import io
import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click
from click.core import ParameterSource

from ...errors import InputError, LineageError
from ...model.shipped_data import reading_list_path, snapshot_path
from ..backend import STORE_COMMANDS, not_on_a_store
from .common import BUG, INTERRUPTED, UNUSABLE, say
from .context import CommandContext
from .lazy_group import LazyGroup
from .options import GIVEN_FILE, PATH, with_verbosity
from .safe_stream import safe_streams
from .terminal import with_terminal_options
from .usage_hints import usage_hint

_COMMANDS = {
    "build": ("build", "Write pages, GraphML and tables of the reading list."),
    "open": ("build", "Open the pages in a browser."),
    "path": ("path", "Show the paths from one paper to a later one."),
    "show": ("show", "Describe a paper, an author, a venue, or the reading list."),
    "read": ("read", "Choose what to read between two papers, in order, and why."),
    "flow": ("flow", "Count all paths from one paper to another."),
    "main-path": ("main_path", "Show the main path: the citations on the most search paths."),
    "themes": ("themes", "Show which theme's ideas reach which, and by which bridges."),
    "measures": ("measures", "Measure papers, pairs and years, or list the measures."),
    "suggest": ("suggest", "Suggest papers that the list may be missing."),
    "similar": ("similar", "Show the papers nearest to one in content."),
    "reasons": ("reasons", "Count, check or begin to write reasons of citations."),
    "audit": ("audit", "Report what can be relied on, and what cannot."),
    "snowball": ("snowball", "Follow citations from seeds, and count them for PRISMA."),
    "export": ("export", "Write the lineage, or a part of it, for another program."),
    "agree": ("agree", "Say how far two coders agree: Cohen's kappa."),
    "serve": ("serve", "Serve pages about the whole corpus, and open them."),
    "mcp": ("mcp", "Serve the lineage to agents as tools."),
    "fetch": ("fetch", "Fetch a reading list and its citations into a corpus."),
    "bibliography": ("bibliography", "Read the printed bibliography of a paper into a corpus."),
    "retractions": ("retractions", "Mark papers that were retracted, corrected or put back."),
    "news": ("news", "Show what is new around the list since an earlier corpus."),
    "bulk": ("bulk", "Build a store from Semantic Scholar's bulk release."),
    "neighbourhood": ("neighbourhood", "Take the papers nearest to the named ones out of a store."),
    "diff": ("corpora", "Show what changed from one corpus to another."),
    "index": ("corpora", "Write the index of a corpus, which speeds up questions."),
    "snapshot": ("corpora", "Build the corpus from the facts of a data folder."),
    "completion": ("completion", "Print a script that completes commands and papers."),
}
"""The commands in the order in which a person needs them, with their modules and summaries; see `LazyGroup`."""


class _Commands(LazyGroup):
    """Refuses what a store cannot answer; prints through safe streams."""

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run a command."""
        with safe_streams():
            return super().main(*args, **settings)

    def hint(self, args: Sequence[str]) -> str:
        """That a question about papers begins with a command, where this may be one, and how help is asked for."""
        from ...analysis.query import has_arrow  # loads numpy

        if args[0] == "help":
            return f"; it is shown by: {shlex.join(['lineage', *args[1:], '--help'])}"
        words = [each for each in args if not each.startswith("-")]
        if len(words) == 1 and not has_arrow(words[0]):
            return ""
        return f"; paths are asked for with: {shlex.join(['lineage', 'path', *args])}"

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _COMMANDS and ctx.params.get("store") and cmd_name not in STORE_COMMANDS:
            raise not_on_a_store(cmd_name)
        return super().get_command(ctx, cmd_name)


@click.group(
    cls=_Commands, modules=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option("--list", "reading_list", type=GIVEN_FILE, help="A reading list (TOML) instead of the shipped one.")
@click.option("--corpus", type=PATH, help="The folder of a corpus instead of the shipped one.")
@click.option("--store", type=PATH, help="Ask a store of the whole literature, made by 'lineage bulk'.")
@click.option(
    "--read",
    type=GIVEN_FILE,
    multiple=True,
    envvar="LINEAGE_READ",
    metavar="FILE",
    help="Mark papers that you have read: an export of your library, or a page's saved copy.",
)
@click.option(
    "--own",
    type=GIVEN_FILE,
    multiple=True,
    envvar="LINEAGE_OWN",
    metavar="FILE",
    help="Mark papers that you own, likewise.",
)
@click.version_option(package_name="citation-lineage")
@click.pass_context
def cli(
    ctx: click.Context,
    /,
    reading_list: Path | None,
    corpus: Path | None,
    store: Path | None,
    read: tuple[Path, ...],
    own: tuple[Path, ...],
) -> None:
    """Ask how we got from one paper to another.

    \b
    lineage build                          pages, GraphML and tables of the reading list
    lineage path "BERT → InstructGPT"      how an idea got from the one to the other
    lineage show BERT                      one paper: ancestors, descendants, themes
    lineage audit                          what can be relied on, and what cannot

    Name a paper by its number in the list, a name, a title or part of one, an arXiv identifier, a
    DOI, a PubMed or Semantic Scholar id, "Devlin 2018", or its key.

    Exit codes: 0 answered; 1 answered, and the answer is no; 2 the input cannot be used, or the
    output cannot be written; 70 a fault of the program; 130 interrupted.
    """
    if store and corpus:
        raise InputError("a corpus and a store at once", remedy="give --corpus or --store")
    typed = [name for name in ("read", "own") if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    if store and typed:
        raise InputError("marks are on papers of a corpus, and this is a store", remedy=f"leave out --{typed[0]}")
    ctx.obj = CommandContext(reading_list or reading_list_path(), corpus or snapshot_path(), store, read, own)


with_terminal_options(with_verbosity(cli))


def main() -> NoReturn:
    """Run the command and end the process; a person never sees a traceback."""
    with safe_streams():
        sys.exit(_exit_code())


def _exit_code() -> int:
    """Run the command, say what is wrong, and return how the process ends."""
    code: int | None
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        say("interrupted; nothing was left half written")
        code = INTERRUPTED
    except click.ClickException as fault:
        message = io.StringIO()
        fault.show(message)
        say(message.getvalue().removesuffix("\n"))
        hint = usage_hint(fault) if isinstance(fault, click.UsageError) else ""
        if hint:
            say(f"lineage: {hint}")
        code = fault.exit_code
    except LineageError as fault:
        say(f"lineage: {fault}")
        code = UNUSABLE
    except BrokenPipeError:  # the reader, such as head, has seen enough
        code = 0
    except ModuleNotFoundError:  # `graph.__main__` says how to install it
        raise
    except Exception as fault:  # the last resort: a fault of the program is one line, too
        if os.environ.get("LINEAGE_DEBUG"):
            raise
        say(f"lineage: a fault of the program ({type(fault).__name__}: {fault}); please report it")
        say("LINEAGE_DEBUG=1 in the environment shows where it happened")
        code = BUG
    return code or 0
