"""What a notebook shows: answers as text that opens, lineages and pages in a frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..analysis.ancestry import Relatives
from ..analysis.path_answer import PathAnswer
from ..errors import InputError
from ..exports.answers import answer_text
from ..model.lineage import Lineage
from ..model.reprs import HtmlRepr, html_of
from .answer import Answer
from .corpus_backend import CorpusBackend


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


def text_of(lineage: Lineage, answer: object) -> str:
    """Any answer of this package, about this lineage, as the command would print it; `TypeError` for anything else.

    >>> from graph.analysis.flow import flow
    >>> from graph import load
    >>> lineage = load()
    >>> print(text_of(lineage, flow(lineage, "devlin2018", "ouyang2022")).split(",")[0])
    BERT → InstructGPT: 760 paths
    """
    return answer_text(lineage, answer)


def page(lineage: Lineage, part: str | Sequence[str] | PathAnswer = "list", *, height: int = 640) -> Page:
    """An interactive page to show in a notebook, or to write to a file.

    Parameters
    ----------
    lineage : Lineage
    part : str, sequence of str or PathAnswer
        "list"; "neighbourhood"; keys of papers; or an answer about paths, which the page opens with.
    height : int
        Of the frame in a notebook, in pixels.

    Raises
    ------
    InputError
        When `part` is another word.

    Examples
    --------
    >>> from graph import load
    >>> page(load()).title
    'Understanding Large Language Models'
    """
    from ..analysis.neighbourhood import neighbourhood
    from ..pages.page import render_page
    from ..pages.views import path_page

    title = lineage.reading_list.title
    if isinstance(part, PathAnswer):
        names = [lineage.paper(key).name for key in (part.start, part.end)]
        return Page(" → ".join(names), path_page(lineage, part), height)
    if isinstance(part, str) and part not in ("list", "neighbourhood"):
        raise InputError(f"there is no part {part!r}", remedy="say 'list' or 'neighbourhood', or give keys of papers")
    keys = lineage.list_keys if part == "list" else neighbourhood(lineage) if part == "neighbourhood" else part
    return Page(title, render_page(lineage, list(keys), title=title), height)


def export(lineage: Lineage, format_: str, of: str = "list", *, top: int = 10) -> str | bytes:
    """The lineage, or a part of it, in a format for another program, as `lineage export` writes it.

    Parameters
    ----------
    lineage : Lineage
    format_ : str
        "graphml", "bibtex", "svg" and so on: see `graph.exports.registry.FORMATS`.
    of : str
        What: "list", "neighbourhood", "theme rlhf", "BERT → InstructGPT", "main-path" and so on.
    top : int
        How many paths, where paths are asked for.

    Returns
    -------
    str or bytes
        The main file, where a format has several; "parquet" gives bytes.

    Raises
    ------
    InputError
        When there is no such format, nothing of that name, or no such path.

    Examples
    --------
    >>> from graph import load
    >>> print(export(load(), "bibtex", "BERT").splitlines()[3])
    @inproceedings{devlin2018,
    """
    from ..exports.registry import find_format
    from .select import select

    chosen, selection = find_format(format_), select(CorpusBackend(lineage), of, top=top)
    if not selection.keys:
        raise InputError(f"{selection.title}: no path", remedy="ask() says why")
    return chosen.write(selection)[chosen.endings[0]]


@html_of.register(Lineage)
def _lineage_html(lineage: Lineage) -> str:
    return page(lineage)._repr_html_() or ""


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
