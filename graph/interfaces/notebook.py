"""What a notebook shows: answers as text that opens, lineages and pages in a frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..analysis.ancestry import Relatives
from ..analysis.path_answer import PathAnswer
from ..errors import InputError
from ..exports.answers import answer_text, has_text
from ..model.lineage import Lineage
from ..model.reprs import HtmlRepr, html_of
from ..utils.arguments import refuse_less, refuse_other
from .answer import Answer
from .corpus_backend import CorpusBackend

_PARTS = "say 'list' or 'neighbourhood', or give a list such as ['BERT'], or an answer of ask()"


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
    """Any answer of this package, about this lineage, as the command would print it.

    `answer` may be what `ask` and the others return, or the value in it; raises `InputError` for anything else.

    >>> from graph.analysis.flow import flow
    >>> from graph import load
    >>> lineage = load()
    >>> print(text_of(lineage, flow(lineage, "devlin2018", "ouyang2022")).split(",")[0])
    BERT → InstructGPT: 760 paths
    """
    refuse_other("the first argument", lineage, Lineage, "'load()' gives one")
    value = answer.value if isinstance(answer, Answer) else answer
    if not has_text(value):
        what = f"the second argument is of the type {type(value).__name__}, which is no answer that has a text"
        raise InputError(what, remedy="give what ask() and the others return")
    return answer_text(lineage, value)


def page(
    lineage: Lineage, part: str | Iterable[str] | PathAnswer | Answer[PathAnswer] = "list", *, height: int = 640
) -> Page:
    """An interactive page to show in a notebook, or to write to a file.

    Raises `InputError` when `part` is something else, and `NameNotFound` or `AmbiguousName` when a name does not mean
    one paper.

    Parameters
    ----------
    part : str, iterable of str, PathAnswer or Answer
        "list"; "neighbourhood"; papers by their keys or other names; or an answer about paths, which the page opens
        with.
    height : int
        Of the frame in a notebook, in pixels.

    Examples
    --------
    >>> from graph import load
    >>> page(load()).title
    'Understanding Large Language Models'
    """
    from ..analysis.neighbourhood import neighbourhood
    from ..pages.page import render_page
    from ..pages.views import path_page

    backend = CorpusBackend(lineage)
    refuse_less("height", height, 1, "say how many pixels the frame is high")
    part = part.value if isinstance(part, Answer) else part
    refuse_other("part", part, str | Iterable[str] | PathAnswer, _PARTS)
    title = lineage.reading_list.title
    if isinstance(part, PathAnswer):
        names = [lineage.paper(key).name for key in (part.start, part.end)]
        return Page(" → ".join(names), path_page(lineage, part), height)
    if isinstance(part, str) and part not in ("list", "neighbourhood"):
        raise InputError(f"there is no part {part!r}", remedy=_PARTS)
    keys: Iterable[str]
    if part == "list":
        keys = lineage.list_keys
    elif part == "neighbourhood":
        keys = neighbourhood(lineage)
    else:
        keys = dict.fromkeys(backend.key_of(name) for name in part)
        if not keys:
            raise InputError("part names no paper", remedy=_PARTS)
    return Page(title, render_page(lineage, list(keys), title=title), height)


def export(lineage: Lineage, format_: str, of: str = "list", *, top: int = 10) -> str | bytes:
    """The lineage, or a part of it, in a format for another program, as `lineage export` writes it.

    Raises `InputError` when there is no such format, nothing of that name, or no such path.

    Parameters
    ----------
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

    Examples
    --------
    >>> from graph import load
    >>> print(export(load(), "bibtex", "BERT").splitlines()[3])
    @inproceedings{devlin2018,
    """
    from ..exports.registry import find_format
    from .select import select

    backend = CorpusBackend(lineage)
    refuse_other("format_", format_, str, "say 'graphml', for example")
    refuse_other("of", of, str, "say 'list', 'neighbourhood' or 'BERT → InstructGPT', for example")
    refuse_less("top", top, 1, "say how many paths")
    chosen, selection = find_format(format_), select(backend, of, top=top)
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
        content = text_html(repr(answer))
    # MathJax, which notebooks run over what they show, would take the dollars of a title for a formula.
    return f'<div class="tex2jax_ignore mathjax_ignore" style="overflow-x: auto">{content}</div>'
