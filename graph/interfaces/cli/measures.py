"""The command ``lineage measures``: options in, `graph.analysis.measures` computes, text or JSON out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from ...analysis.measures import Measure
from ...analysis.measures.values import Detail
from ...errors import InputError
from .common import Given, print_answer
from .completion import complete_paper


@click.command("measures")
@click.argument("names", nargs=-1, metavar="[NAME ...]")
@click.option(
    "--of",
    "paper",
    metavar="PAPER",
    shell_complete=complete_paper,
    help="Only this paper, with its rank; or its partners.",
)
@click.option("--top", type=click.IntRange(1, 1_000_000), default=10, show_default=True, help="How many to show.")
@click.option("--set", "settings", metavar="NAME=VALUE", multiple=True, help="A parameter of the measure.")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.pass_obj
def measures_command(
    given: Given, names: tuple[str, ...], paper: str | None, top: int, settings: tuple[str, ...], as_json: bool
) -> None:
    """Measure papers, pairs and years, or list the measures.

    \b
    lineage measures
    lineage measures pagerank --top 5
    lineage measures --of BERT
    lineage measures coupling --of BERT
    lineage measures betweenness --set sample=50 --set seed=1

    What is not known is said to be unknown, with the reason, and never counted as zero.
    """
    from ...analysis.measures import MEASURES, find_measure
    from ...analysis.resolve import resolve
    from ...exports.text.measures_text import (
        measure_text,
        measures_form,
        measures_of_paper_text,
        measures_text,
        registry_form,
    )

    chosen = [find_measure(name) for name in dict.fromkeys(names)]
    if not chosen and paper is None:
        _refuse_leftovers(settings, ())
        print_answer(registry_form() if as_json else measures_text())
        return
    chosen = chosen or [each for each in MEASURES if each.about == "paper"]
    _refuse_leftovers(settings, chosen)
    _require_fit(chosen, paper)
    key = None if paper is None else resolve(given.lineage, paper)
    answers = [(each, each.function(given.lineage, **_parameters(each, settings, key))) for each in chosen]
    if as_json:
        print_answer(measures_form(given.lineage, answers, top=top, paper=key))
        return
    alone = [(measure, result) for measure, result in answers if key is not None and measure.about == "paper"]
    parts = [measures_of_paper_text(given.lineage, key, alone)] if key is not None and alone else []
    parts += [measure_text(given.lineage, *answer, top=top) for answer in answers if answer not in alone]
    print_answer("\n".join(parts))


def _require_fit(chosen: Sequence[Measure], paper: str | None) -> None:
    for each in chosen:
        if each.about == "partner" and paper is None:
            raise InputError(f"{each.id} is about one paper and its partners", remedy="name the paper with --of")
        if each.about == "year" and paper is not None:
            raise InputError(f"{each.id} is about the corpus, not about one paper", remedy="leave out --of")


def _parameters(measure: Measure, settings: Sequence[str], paper: str | None) -> Mapping[str, Detail]:
    """The parameters that a measure takes, of those that were set."""
    given: dict[str, Detail] = {}
    for each in measure.parameters:
        if each.name == "paper":
            given["paper"] = paper
        for setting in settings:
            name, _, text = setting.partition("=")
            if name == each.name:
                given[name] = each.read(text)
    return given


def _refuse_leftovers(settings: Sequence[str], chosen: Sequence[Measure]) -> None:
    """Refuse settings that no measure takes: a mistyped one would silently change nothing."""
    known = {each.name: measure for measure in chosen for each in measure.parameters if each.name != "paper"}
    for setting in settings:
        name, equals, _ = setting.partition("=")
        if not equals:
            raise InputError(f"--set {setting} gives no value", remedy=f"write it as --set {setting}=VALUE")
        if name not in known:
            takes = ", ".join(dict.fromkeys(known)) or "none of these takes any"
            raise InputError(f"--set {name}: no measure here has that parameter", remedy=f"there are: {takes}")
