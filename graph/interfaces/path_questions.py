"""Questions about paths as frozen values. They have a module of their own, because each question is slow to define."""
# ruff: noqa: F401  # types of answers stand in strings, which the linter does not read

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..analysis.path_options import PathOptions
from ..analysis.query import Query, parse_theme, parse_words, parse_years
from ..errors import InputError
from ..utils.arguments import refuse_other
from .question import Question

if TYPE_CHECKING:
    from ..analysis.ancestry import Relatives
    from ..analysis.grouped_paths import GroupedPaths
    from ..analysis.path_answer import PathAnswer
    from ..analysis.reason_condition import ReasonCondition
    from ..model.marks import MarkKind
    from .backend import Backend


@dataclass(frozen=True)
class PathQuestion(Question["PathAnswer | Relatives"]):
    """Asks for the paths from one paper to another, or for all papers before or after one."""

    command = "path"
    query: Query
    options: PathOptions = PathOptions()  # noqa: RUF009  # frozen

    @classmethod
    def parse(
        cls,
        backend: Backend,
        words: Sequence[str],
        *,
        example: str = "BERT → InstructGPT",
        via: Iterable[str] = (),
        avoid: Iterable[str] = (),
        theme: str | None = None,
        between: str | None = None,
        **options: Any,
    ) -> PathQuestion:
        """Parse a question about paths, with names and themes looked up in a backend.

        The words are "BERT → InstructGPT", "A → B → C", "A ↔ B", "* → A", "A → *", "BERT to GPT", as one text or as the
        words that a shell made of it. `via` and `avoid` are names of papers, `theme` is a theme by its id or a part of
        its name, and `between` a span of years such as "2018..2022"; the other options are fields of
        `graph.analysis.path_options.PathOptions`. Raises `InputError`, `NameNotFound` or `AmbiguousName` when something
        cannot be understood; a fault shows how to name two papers, as `example` does.
        """
        chosen = PathOptions(via=tuple(via), avoid=tuple(avoid), theme=theme, years=parse_years(between), **options)
        chosen = with_keys(backend, chosen)
        return cls(parse_words(backend.key_of, words, example=example), chosen)


def with_keys(backend: Backend, options: PathOptions) -> PathOptions:
    """The options with the keys of papers and the ids of themes, which may be named in other ways."""
    refuse_other("options", options, PathOptions, "write PathOptions(top=3), for example")
    refuse_unmarked(backend, options.leave_out)
    return replace(
        options,
        via=tuple(map(backend.key_of, options.via)),
        avoid=tuple(map(backend.key_of, options.avoid)),
        waypoints=tuple(map(backend.key_of, options.waypoints)),
        theme=parse_theme(backend.listed, options.theme),
    )


def refuse_unmarked(backend: Backend, kinds: Iterable[MarkKind], *, outside: bool = False) -> None:
    """Raise `InputError` for a mark that no paper has: to leave none out would look like an answer.

    With `outside` papers count that the corpus does not have.
    """
    marks = backend.listed.marks
    for kind in kinds:
        if not marks.keys(kind) and not (outside and marks.named(kind)):
            raise InputError(
                f"no paper is marked as {kind}",
                remedy=f"name a file of such papers: lineage --{kind} FILE ..., or load({kind}=[FILE]) in Python",
            )


@dataclass(frozen=True)
class GroupedPathsQuestion(Question["GroupedPaths | PathAnswer"]):
    """Asks for the paths from one paper to another by a condition on reasons."""

    command = "path with --intent or --about"
    paths: PathQuestion
    condition: ReasonCondition


def paths_question(
    backend: Backend, words: Sequence[str], *, intent: str | None = None, about: str | None = None, **options: Any
) -> PathQuestion | GroupedPathsQuestion:
    """Parse a question about paths, with a condition on reasons or without; see `PathQuestion.parse`."""
    return on_condition(PathQuestion.parse(backend, words, **options), intent=intent, about=about)


def on_condition(paths: PathQuestion, *, intent: str | None, about: str | None) -> PathQuestion | GroupedPathsQuestion:
    """The question, with a condition on reasons where one is given."""
    if intent is None and about is None:
        return paths
    if paths.query.kind in ("ancestry", "descent"):
        raise InputError("a condition on reasons is about paths from one paper to another", remedy="name both")
    from ..analysis.reason_condition import ReasonCondition

    return GroupedPathsQuestion(paths, ReasonCondition(intent, about))
