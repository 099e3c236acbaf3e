"""What ``lineage path --about WORDS --ask`` adds: passages of full texts of the papers on the paths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...errors import InputError
from .ask_scholar import asked_scholar
from .common import print_output
from .context import CommandContext

if TYPE_CHECKING:
    from ...analysis.passages import Passages
    from ..answer import Answer


def check_asking(asking: Mapping[str, Any], about: str | None) -> None:
    """Raise `InputError` for --ask without something to ask about."""
    if asking["ask"] and about is None:
        raise InputError("--ask asks for passages about something", remedy="add --about WORDS")


def ask_for_passages(
    context: CommandContext, answer: Answer[Any], about: str, asking: Mapping[str, Any]
) -> Answer[Passages]:
    """The passages of the papers on the paths of an answer, or of the two papers where it has none."""
    from ..scholar_passages import passages

    with asked_scholar(context, asking) as scholar:
        return passages(answer.lineage, scholar, about, papers_on_paths(answer.value))


def papers_on_paths(found: Any) -> list[str]:
    """The two papers that were asked about, then those on the shown paths, each once."""
    groups = getattr(found, "groups", (found,))
    keys = [key for group in groups for path in group.paths for key in path.keys]
    return list(dict.fromkeys([found.start, found.end, *keys]))


def print_passages(answer: Answer[Any], found: Answer[Passages], *, as_json: bool) -> None:
    """Print passages below an answer that was printed, or as JSON in one object with it."""
    if as_json:
        print_output(answer.form | {"passages": found.form})
    else:
        print_output("\n" + found.text)
