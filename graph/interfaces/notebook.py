"""Answers and pages as values that print themselves and show themselves in a notebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from ..analysis.ancestry import Relatives
from ..analysis.audit import Audit
from ..analysis.flow import Flow
from ..analysis.main_path import MainPath
from ..analysis.paper_summary import PaperSummary
from ..analysis.paths import PathAnswer
from ..analysis.reading_order import ReadingOrder
from ..analysis.suggestions import Suggestions
from ..exports.text.audit_text import audit_text
from ..exports.text.flow_text import flow_text
from ..exports.text.main_path_text import main_path_text
from ..exports.text.paper_text import paper_summary_text
from ..exports.text.path_text import path_text, relatives_text
from ..exports.text.themes_text import reading_text, suggestions_text
from ..model.lineage import Lineage
from ..model.reprs import HtmlRepr, html_of

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")


@dataclass(frozen=True, repr=False)
class Answer(HtmlRepr, Generic[T]):
    """An answer that prints as the command would print it, and shows itself in a notebook.

    Attributes
    ----------
    value : PathAnswer, Relatives, PaperSummary, Flow, MainPath, ReadingOrder, Suggestions or Audit
        The answer itself, with everything in it.
    text : str
        The same for people; what `print` shows.
    lineage : Lineage
        The lineage that was asked.
    """

    value: T
    text: str
    lineage: Lineage

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text

    def to_frame(self) -> pd.DataFrame:
        """The answer as a pandas table.

        Raises
        ------
        TypeError
            When an answer of this kind is no table.
        """
        make = getattr(self.value, "to_frame", None)
        if make is None:
            raise TypeError(f"a {type(self.value).__name__} is no table; its fields are plain values")
        return cast("Callable[[], pd.DataFrame]", make)()


@dataclass(frozen=True)
class Page(HtmlRepr):
    """An interactive page, which a notebook shows in a frame: no server, no widget, no network.

    Attributes
    ----------
    title : str
    html : str
        The whole document; write it to a file, and it is what `lineage build` writes.
    height : int
        Of the frame, in pixels.
    """

    title: str
    html: str
    height: int = 640

    def __repr__(self) -> str:
        return f"<Page {self.title!r}>"


def answered(lineage: Lineage, value: T) -> Answer[T]:
    """Any answer of this package, so that it prints and shows itself.

    Parameters
    ----------
    lineage : Lineage
        The lineage that was asked.
    value : PathAnswer, Relatives, PaperSummary, Audit, Flow, MainPath, ReadingOrder or Suggestions

    Raises
    ------
    TypeError
        For anything else.
    """
    return Answer(value, text_of(lineage, value), lineage)


def text_of(lineage: Lineage, answer: object) -> str:
    """Any answer as the command would print it.

    Parameters
    ----------
    lineage : Lineage
        The lineage that was asked.
    answer : PathAnswer, Relatives, PaperSummary, Audit, Flow, MainPath, ReadingOrder or Suggestions

    Raises
    ------
    TypeError
        For anything else.

    Examples
    --------
    >>> from graph.analysis.flow import flow
    >>> from graph import load
    >>> lineage = load()
    >>> print(text_of(lineage, flow(lineage, "devlin2018", "ouyang2022")).split(",")[0])
    BERT → InstructGPT: 687 paths
    """
    return _text(answer, lineage)


@singledispatch
def _text(answer: object, _: Lineage) -> str:
    raise TypeError(f"a {type(answer).__name__} is no answer of this package")


_text.register(PathAnswer)(lambda answer, lineage: path_text(lineage, answer))
_text.register(Relatives)(lambda answer, lineage: relatives_text(lineage, answer))
_text.register(PaperSummary)(lambda answer, lineage: paper_summary_text(lineage, answer))
_text.register(Audit)(lambda answer, lineage: audit_text(lineage, answer))
_text.register(Flow)(lambda answer, lineage: flow_text(lineage, answer))
_text.register(MainPath)(lambda answer, lineage: main_path_text(lineage, answer))
_text.register(Suggestions)(lambda answer, lineage: suggestions_text(lineage, answer))
_text.register(ReadingOrder)(
    lambda answer, lineage: reading_text(lineage, answer.steps[0].key, answer.steps[-1].key, answer)
)


@html_of.register(Page)
def _page_html(shown: Page) -> str:
    from ..pages.embed import framed

    return framed(shown.html, title=shown.title, height=shown.height)


@html_of.register(Answer)
def _answer_html(answer: Answer[object]) -> str:
    from ..pages.answer_html import paths_html, relatives_html, text_html

    value = answer.value
    if isinstance(value, PathAnswer):
        inside = paths_html(answer.lineage, value)
    elif isinstance(value, Relatives):
        inside = relatives_html(answer.lineage, value)
    else:
        inside = text_html(answer.text)
    # MathJax, which notebooks run over what they show, would take the dollars of a title for a formula.
    return f'<div class="tex2jax_ignore mathjax_ignore" style="overflow-x: auto">{inside}</div>'
