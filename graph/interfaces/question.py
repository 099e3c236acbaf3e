"""What every question has in common; `graph.interfaces.questions` has them all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar, Generic, TypeVar

from ..utils.arguments import check_fields

T_co = TypeVar("T_co", covariant=True)


PARAMETERS = frozenset(
    {"about", "avoid", "between", "cycles", "every_end", "intent", "leave_out", "list_only", "longest", "max_hops"}
    | {"rank", "rounds", "routes", "search", "theme", "tolerance", "top", "uncited", "via", "way", "weight", "within"}
    | {"without_self_citations"}
)
"""What a server and the tools of agents call what commands have as an option."""
_OPTION = re.compile(r"(?<![\w-])--([a-z]+(?:-[a-z]+)*+)")


def as_parameters(text: str) -> str:
    """A text that was written for the command line, with the names that options have elsewhere.

    >>> as_parameters("too many; set a lower --max-hops, or start with another --list")
    'too many; set a lower max_hops, or start with another --list'
    """

    def name(option: re.Match[str]) -> str:
        parameter = option[1].replace("-", "_")
        return parameter if parameter in PARAMETERS else option[0]

    return _OPTION.sub(name, text)


class Question(Generic[T_co]):
    """A question whose answer has the type T; `command` is the command that asks it.

    `least` is what its numbers must be at least, by their names. Raises `InputError` for a field of another type, or a
    smaller number.
    """

    command: ClassVar[str] = "serve"
    least: ClassVar[Mapping[str, int]] = {"top": 1, "depth": 1, "rounds": 1, "budget": 0}

    def __post_init__(self) -> None:
        check_fields(self, self.least)
