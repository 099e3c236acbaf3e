"""The command ``lineage agree``."""

from __future__ import annotations

from pathlib import Path

import click

from ...errors import InputError
from .common import print_output
from .options import FILE, option


@click.command("agree")
@click.argument("sheets", nargs=-1, type=FILE, required=True)
@option("--top", type=click.IntRange(0), default=20, help="How many of the differences to show.")
@option("--json", "as_json", is_flag=True, help="The answer as JSON.")
def agree_command(sheets: tuple[Path, ...], top: int, as_json: bool) -> None:
    """Say how far two coders agree: Cohen's kappa.

    \b
    lineage agree sheet1.csv sheet2.csv
    lineage agree sheet.csv

    'lineage export coding' writes a sheet. Two coders fill in a copy each, the first the column coder_1 and the
    second coder_2; or both columns of one sheet. Rows that only one of them has coded do not count.
    """
    from ...exports.formats.coding import compared_sheets, sheets_form, sheets_text

    if len(sheets) > 2:
        raise InputError(f"{len(sheets)} sheets", remedy="name one sheet with both columns, or one of each coder")
    found = compared_sheets(sheets)
    print_output(sheets_form(found) if as_json else sheets_text(found, top=top))
