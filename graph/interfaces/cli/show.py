"""``lineage show`` and ``lineage audit``: one paper, and what can be relied on."""

from __future__ import annotations

import click

from .common import Given, print_answer
from .completion import complete_paper


@click.command("show")
@click.argument("name", nargs=-1, shell_complete=complete_paper)
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.pass_obj
def show_command(given: Given, name: tuple[str, ...], as_json: bool) -> None:
    """Describe one paper, or without a name the reading list.

    \b
    lineage show
    lineage show BERT
    lineage show "layer normalization" --json
    """
    from ...analysis.paper_summary import summarize_paper
    from ...analysis.resolve import resolve
    from ...exports.json_forms import list_form, paper_summary_form
    from ...exports.text.paper_text import list_text, paper_summary_text

    if not name:
        print_answer(list_form(given.lineage) if as_json else list_text(given.lineage))
        return
    found = summarize_paper(given.lineage, resolve(given.lineage, " ".join(name)))
    print_answer(paper_summary_form(given.lineage, found) if as_json else paper_summary_text(given.lineage, found))


@click.command("audit")
@click.option("--merges", is_flag=True, help="Every merged record with the rule that merged it.")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON, merges included.")
@click.pass_obj
def audit_command(given: Given, merges: bool, as_json: bool) -> None:
    """Say what can be relied on, and what cannot.

    \b
    lineage audit
    lineage audit --merges
    lineage audit --json

    Coverage, disagreement of sources, circles, merges, and what was not verified.
    """
    from ...analysis.audit import audit as examine
    from ...exports.json_forms import audit_form
    from ...exports.text.audit_text import audit_text

    found = examine(given.lineage)
    print_answer(audit_form(given.lineage, found) if as_json else audit_text(given.lineage, found, all_merges=merges))
