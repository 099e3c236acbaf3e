"""The command ``lineage neighbourhood``, which works on stores."""

from __future__ import annotations

from pathlib import Path

import click

from .common import say
from .context import CommandContext
from .options import FOLDER, option


@click.command("neighbourhood")
@click.argument("names", nargs=-1, required=True)
@option("--depth", type=click.IntRange(1, 10), default=2, help="The greatest number of hops.")
@option("--top", type=click.IntRange(1, 100_000), default=2000, help="How many papers.")
@option("--output", "-o", type=FOLDER, required=True, help="The folder of the corpus.")
@click.pass_obj
def neighbourhood_command(context: CommandContext, names: tuple[str, ...], depth: int, top: int, output: Path) -> None:
    """Take the papers nearest to the named ones out of a store.

    \b
    lineage --store STORE neighbourhood BERT InstructGPT -o part
    lineage --store STORE neighbourhood 6 17 --depth 2 --top 2000 -o part
    lineage --corpus part build

    A random walk starts at the named papers, follows citations in either direction, and now and
    then starts again. The nearest papers are those where it is most often. Quote names of several
    words. The coverage of the corpus says how many of each paper's references it holds.
    """
    from ...exports.wording import counted
    from ...model.storage import save_corpus
    from ..backend import only_from_a_store

    if context.store is None:
        raise only_from_a_store()
    backend = context.backend
    corpus = backend.extract(list(map(backend.key_of, names)), depth=depth, top=top)
    save_corpus(corpus, output)
    say(f"{counted(len(corpus.papers), 'paper')}, {counted(len(corpus.citations), 'citation')}")
    click.echo(str(output))
