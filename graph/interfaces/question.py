"""What every question has in common; `graph.interfaces.questions` has them all."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Question(Generic[T_co]):
    """A question whose answer has the type T; `command` is the command that asks it."""

    command: ClassVar[str] = "serve"
