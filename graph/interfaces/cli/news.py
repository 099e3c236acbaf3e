"""The command ``lineage news``; `graph.analysis.news` does the work."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...errors import InputError
from ..answer import Answer
from .common import NO, print_answer, say
from .context import CommandContext
from .options import NEW_FILE, PATH, option

if TYPE_CHECKING:
    from ...analysis.news import News


@click.command("news")
@option("--since", type=PATH, help="An earlier corpus; without it the one before the last update.")
@option("--top", type=click.IntRange(1), default=20, help="How much to show of each kind.")
@option("--markdown", is_flag=True, help="The news as Markdown.")
@option("--atom", "feed", type=NEW_FILE, help="Also write the news into an Atom feed; what is in it already stays.")
@option("--json", "as_json", is_flag=True, help="All news as JSON.")
@click.pass_obj
def news_command(
    context: CommandContext, /, since: Path | None, top: int, markdown: bool, feed: Path | None, as_json: bool
) -> None:
    """Show what is new around the list since an earlier corpus.

    \b
    lineage --corpus mine --list my.toml news
    lineage --corpus mine --list my.toml news --atom news.xml
    lineage --corpus corpus-2026 news --since corpus-2025 --markdown

    New are papers that cite the list, paths between two papers of it, bridges on such paths, and
    retractions and other notices. 'lineage fetch ... --update' keeps the corpus of before in the
    folder "before" of the corpus. Exits with 1 when nothing is new.
    """
    from ...analysis.news import news
    from ...exports.text.news_text import news_markdown
    from ...model.load_lineage import load_lineage

    if markdown and as_json:
        raise InputError("--markdown and --json at once", remedy="leave one of them out")
    if since and re.fullmatch(r"\d{4}(?:[-/.]\d+)*", str(since)) and not since.exists():
        raise InputError(f"--since {since} is a day", remedy="name the folder of an earlier corpus")
    former = since or _former_of(context.corpus)
    lineage = context.lineage
    found = news(load_lineage(context.reading_list, former), lineage)
    answer = Answer(found, lineage)
    if feed:
        _write_feed(answer, feed)
    print_answer(answer, as_json=as_json, text=news_markdown if markdown else None, top=top)
    if found.is_empty:
        sys.exit(NO)


def _former_of(corpus: Path) -> Path:
    """The corpus as it was before the last update; `InputError` when there is none."""
    from ...sources.fetch.observation import FORMER

    former = corpus / FORMER
    if not (former / "manifest.json").is_file():
        raise InputError(
            "no earlier corpus to compare this one with",
            where=str(corpus),
            remedy="'lineage fetch ... --update' keeps it from now on; or name one with --since FOLDER",
        )
    return former


def _write_feed(answer: Answer[News], path: Path) -> None:
    from ...exports.news_feed import LARGEST_FEED, news_feed
    from ...utils.files import read_text, write_all
    from ...utils.locks import edited

    with edited(path.parent):
        earlier = read_text(path, most=LARGEST_FEED) if path.is_file() else None
        write_all(path.parent, {path.name: news_feed(answer.lineage, answer.value, earlier=earlier, where=str(path))})
    say(f"{path}: written")
