"""What every question has in common; `graph.interfaces.questions` has them all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Generic, TypeVar

from ..utils.arguments import check_fields

T_co = TypeVar("T_co", covariant=True)


class Question(Generic[T_co]):
    """A question whose answer has the type T; `command` is the command that asks it.

    `least` is what its numbers must be at least, by their names. Raises `InputError` for a field of another type, or a
    smaller number.
    """

    command: ClassVar[str] = "serve"
    least: ClassVar[Mapping[str, int]] = {"top": 1, "depth": 1, "rounds": 1, "budget": 0}

    def __post_init__(self) -> None:
        check_fields(self, self.least)
