"""The command ``lineage export``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from ...errors import InputError
from ...exports.registry import FORMATS, SELECTIONS, Content, find_format
from ...utils.csv_files import for_spreadsheets
from ...utils.files import write_all
from .common import NO, is_given, print_file, print_output, say
from .context import CommandContext
from .options import option, refuse_missing_folder


def _rows(pairs: Iterable[tuple[str, ...]]) -> str:
    """A table of two or three columns, as lines that click leaves alone."""
    table = list(pairs)
    widths = [max(len(row[n]) for row in table) + 2 for n in range(len(table[0]))]
    return "".join(
        "  " + "".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"
        for row in table
    )


def _complete(_: click.Context, __: click.Parameter, typed: str) -> list[str]:
    return [each.id for each in FORMATS if each.id.startswith(typed)]


_FORMATS = _rows((each.id, " ".join(each.endings), each.purpose) for each in FORMATS)
_OF_OTHERS = {
    ".docx",
    ".jpg",
    ".pdf",
    ".png",
    ".xlsx",
    *(Path("x" + end).suffix for each in FORMATS for end in each.endings),
}
"""What the name of a file may end with that holds another format."""
_EPILOG = f"""\b
WHAT can be
{_rows(SELECTIONS.items())}
\b
FORMAT, the files it makes, and who opens them
{_FORMATS}"""


@click.command("export", epilog=_EPILOG)
@click.argument("name", metavar="[FORMAT]", required=False, shell_complete=_complete)
@option("--of", "query", default="list", metavar="WHAT", help="What to export: see below.")
@option("--top", type=click.IntRange(1, 10_000), default=10, help="How many paths.")
@option("-o", "--output", default="-", metavar="FILE", help="The file; - prints it.")
@click.pass_obj
def export_command(context: CommandContext, /, name: str | None, query: str, top: int, output: str) -> None:
    """Write the lineage, or a part of it, for another program. Without FORMAT: list the formats.

    \b
    lineage export                                               what there is, and what for
    lineage export gexf -o list.gexf                             the reading list, for Gephi
    lineage export bibtex --of neighbourhood -o lineage.bib      with bridges and shared ancestors
    lineage export svg --of "BERT → InstructGPT" -o figure.svg   the paths, as a figure
    lineage export csl --of "theme rlhf"                         one theme, printed
    lineage export pajek --of main-path -o main.net              also main.clu, main.vec ...
    lineage export csv --of "flow BERT → InstructGPT" -o flow.csv
    lineage --store STORE export gexf --of "BERT → InstructGPT" -o way.gexf

    Existing files are replaced. Exits with 1 when there is no such path.
    """
    from ..select import select

    if name is None:
        print_output(f"{_FORMATS}\nlineage export FORMAT --of WHAT -o FILE; 'lineage export --help' says more.\n")
        return
    chosen = find_format(name)
    refuse_missing_folder(Path(output))
    if output == "-" and len(chosen.endings) > 1:
        raise InputError(
            f"{chosen.label} is {len(chosen.endings)} files, which cannot be printed as one",
            remedy=f"name the first with -o lineage{chosen.endings[0]}; the others are written beside it",
        )
    selection = select(context.backend, query, top=top)
    if selection.keys and not selection.paths and is_given(click.get_current_context(), "top"):
        raise InputError(f"--top says how many paths, and {selection.title} has none", remedy="leave it out")
    if not selection.keys:
        say(f"{selection.title}: no path, so nothing was written; 'lineage path' says why")
        sys.exit(NO)
    for remark in selection.remarks:
        say(remark)
    files = chosen.write(selection)
    if output == "-":
        content = files[chosen.endings[0]]
        print_file(content if isinstance(content, str) else content.decode())
        return
    _save(context, Path(output), chosen.endings, files)


def _save(context: CommandContext, file: Path, endings: Sequence[str], files: Mapping[str, Content]) -> None:
    """Write the files of a format, all or none, and report where they are."""
    stem = file.name[: -len(endings[0])] if file.name.casefold().endswith(endings[0]) else file.stem
    named = {(file.name if ending == endings[0] else stem + ending): files[ending] for ending in endings}
    for name in named:
        context.refuse_to_replace(file.parent / name)
    write_all(file.parent, for_spreadsheets(named))
    for name in named:
        say(f"{file.parent / name}: written")
    if file.suffix.casefold() in _OF_OTHERS and not any(end.endswith(file.suffix.casefold()) for end in endings):
        say(f"its name says {file.suffix}, and programs look for {endings[0]} in it")
