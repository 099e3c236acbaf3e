"""The command ``lineage show``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from ...errors import InputError, NameNotFound
from .ask_scholar import ASK_OPTIONS, asked_scholar, taken
from .common import print_answer
from .completion import complete_paper
from .context import CommandContext
from .options import option, with_options

if TYPE_CHECKING:
    from ..answer import Answer
    from ..backend import Backend


@click.command("show")
@click.argument("name", nargs=-1, shell_complete=complete_paper)
@option("--author", metavar="NAME", help="The papers of an author, by a name or an id of Semantic Scholar.")
@option("--venue", metavar="WORDS", help="The papers of a venue, by words of its name.")
@with_options(*ASK_OPTIONS)
@option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.pass_obj
def show_command(
    context: CommandContext,
    /,
    name: tuple[str, ...],
    author: str | None,
    venue: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Describe a paper, an author, a venue, or the reading list.

    \b
    lineage show
    lineage show BERT
    lineage show "layer normalization" --json
    lineage show "Jacob Devlin"            his papers, where no paper is called so
    lineage show --author Devlin
    lineage show --author Devlin --ask     and what Semantic Scholar says of the author
    lineage show --venue NAACL
    """
    given = [each for each in (" ".join(name) or None, author, venue) if each is not None]
    if len(given) > 1:
        raise InputError("a paper, an author and a venue are three questions", remedy="ask one after the other")
    asking = taken(options)
    if asking["ask"]:
        print_answer(_asked(context, author, asking), as_json=as_json)
        return
    print_answer(_answer(context.backend, " ".join(name), author, venue), as_json=as_json)


def _answer(backend: Backend, name: str, author: str | None, venue: str | None) -> Answer[Any]:
    from ..questions import PaperQuestion, ReadingListQuestion

    if author is not None or venue is not None:
        from ..source_questions import AuthorQuestion, VenueQuestion

        return backend.answer(AuthorQuestion(author) if author is not None else VenueQuestion(venue or ""))
    if not name:
        return backend.answer(ReadingListQuestion())
    try:
        return backend.answer(PaperQuestion(backend.key_of(name)))
    except NameNotFound:
        found = _as_author(backend, name)
        if found is None:
            raise
        return found


def _as_author(backend: Backend, name: str) -> Answer[Any] | None:
    """The papers of an author of this name; None where nobody is called so."""
    from ..source_questions import AuthorQuestion

    try:
        return backend.answer(AuthorQuestion(name))
    except InputError:
        return None


def _asked(context: CommandContext, author: str | None, asking: Mapping[str, Any]) -> Answer[Any]:
    """What Semantic Scholar says of an author, beside the papers here."""
    if author is None:
        raise InputError("--ask asks about an author", remedy="name one with --author")
    from ..scholar import described_authors
    from ..source_questions import AuthorQuestion

    here = context.backend.answer(AuthorQuestion(author))
    with asked_scholar(context, asking) as scholar:
        return described_authors(here, scholar)
