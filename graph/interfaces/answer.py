"""An answer with all that is needed to show it: as text, as a JSON value, in a notebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from ..errors import InputError
from ..exports.answers import Form, answer_form, answer_text, has_text
from ..model.lineage import Lineage
from ..model.reprs import HtmlRepr
from ..utils.text import harmless
from .question import as_parameters

if TYPE_CHECKING:
    import pandas as pd

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, repr=False)
class Answer(HtmlRepr, Generic[T_co]):
    """An answer that prints as the command would print it, and shows itself in a notebook.

    Attributes
    ----------
    value : PathAnswer, Relatives, PaperSummary, Flow, MainPath, ReadingOrder, Suggestions, Audit ...
        The answer itself, with everything in it: any type that `graph.exports.answers.RENDERERS` names.
    lineage : Lineage
        It holds at least the papers that the answer names and the citations among them: all of a corpus
        in memory, the part of a store that is needed.
    remarks : tuple of str
        What the answer leaves out, for people.
    """

    value: T_co
    lineage: Lineage
    remarks: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The answer for people; what `print` shows."""
        return harmless(answer_text(self.lineage, self.value))

    @property
    def form(self) -> Form:
        """The answer as the JSON value that the command prints with ``--json``."""
        return answer_form(self.lineage, self.value)

    @property
    def form_with_remarks(self) -> Form:
        """The same with the remarks, for a program that reads nothing else."""
        return self.form | ({"remarks": list(map(as_parameters, self.remarks))} if self.remarks else {})

    def __repr__(self) -> str:
        return self.text if has_text(self.value) else f"<Answer {type(self.value).__name__}>"

    def to_frame(self) -> pd.DataFrame:
        """The answer as a pandas table.

        Raises `InputError` when an answer of this type is no table.
        """
        make = getattr(self.value, "to_frame", None)
        if make is None:
            what = f"an answer of the type {type(self.value).__name__} is no table"
            raise InputError(what, remedy="its fields are plain values: read them from answer.value")
        return cast("Callable[[], pd.DataFrame]", make)()
