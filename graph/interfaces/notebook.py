"""What a notebook shows: answers as text that opens, lineages and pages in a frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from ..analysis.ancestry import Relatives
from ..analysis.path_answer import PathAnswer
from ..exports.answers import answer_text
from ..model.lineage import Lineage
from ..model.reprs import HtmlRepr, html_of
from .answer import Answer

T = TypeVar("T")


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
    """Make any answer of this package, about this lineage, print and show itself; `TypeError` for anything else."""
    answer = Answer(value, lineage)
    answer.text  # noqa: B018  # fails here, and not when it is shown
    return answer


def text_of(lineage: Lineage, answer: object) -> str:
    """Any answer of this package, about this lineage, as the command would print it; `TypeError` for anything else.

    >>> from graph.analysis.flow import flow
    >>> from graph import load
    >>> lineage = load()
    >>> print(text_of(lineage, flow(lineage, "devlin2018", "ouyang2022")).split(",")[0])
    BERT → InstructGPT: 760 paths
    """
    return answer_text(lineage, answer)


@html_of.register(Page)
def _page_html(page: Page) -> str:
    from ..pages.embed import framed

    return framed(page.html, title=page.title, height=page.height)


@html_of.register(Answer)
def _answer_html(answer: Answer[object]) -> str:
    from ..pages.answer_html import paths_html, relatives_html, text_html

    value = answer.value
    if isinstance(value, PathAnswer):
        content = paths_html(answer.lineage, value)
    elif isinstance(value, Relatives):
        content = relatives_html(answer.lineage, value)
    else:
        content = text_html(answer.text)
    # MathJax, which notebooks run over what they show, would take the dollars of a title for a formula.
    return f'<div class="tex2jax_ignore mathjax_ignore" style="overflow-x: auto">{content}</div>'
