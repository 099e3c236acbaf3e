"""Every answer as text and as a JSON value: one table by the type of the answer, which every interface uses.

A new kind of answer needs one line here. What renders it is loaded when the first such answer is shown, so that a
command does not load the modules of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any

from ..model.lineage import Lineage

Form = dict[str, Any]
"""A JSON object."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """What shows a kind of answer: names of functions below `graph.exports`, each as "module:function".

    Both are called with the lineage and the answer, and with options of their own such as `top`.
    """

    text_name: str
    form_name: str

    @property
    def text(self) -> Callable[..., str]:
        """Makes the text that the command prints."""
        text: Callable[..., str] = resolve_name(f"{__package__}.{self.text_name}")
        return text

    @property
    def form(self) -> Callable[..., Form]:
        """Makes the value that the command prints with ``--json``."""
        form: Callable[..., Form] = resolve_name(f"{__package__}.{self.form_name}")
        return form


RENDERERS: Mapping[str, Renderer] = {
    "Audit": Renderer("text.audit_text:audit_text", "json_forms:audit_form"),
    "Flow": Renderer("text.flow_text:flow_text", "text.flow_text:flow_form"),
    "LargeFlow": Renderer("text.large_text:large_flow_text", "text.large_text:large_flow_form"),
    "LargeMainPath": Renderer("text.large_text:large_main_path_text", "text.large_text:large_main_path_form"),
    "MainPath": Renderer("text.main_path_text:main_path_text", "text.main_path_text:main_path_form"),
    "MeasureResults": Renderer("text.measures_text:results_text", "text.measures_text:results_form"),
    "NearbyPapers": Renderer("", "json_forms:nearby_form"),
    "NoReadingOrder": Renderer("text.themes_text:no_reading_text", "text.themes_text:no_reading_form"),
    "PaperSummary": Renderer("text.paper_text:paper_summary_text", "json_forms:paper_summary_form"),
    "PathAnswer": Renderer("text.path_text:path_text", "json_forms:path_form"),
    "ReadingList": Renderer("text.paper_text:list_text", "json_forms:list_form"),
    "ReadingOrder": Renderer("text.themes_text:reading_text", "text.themes_text:reading_form"),
    "Relatives": Renderer("text.path_text:relatives_text", "json_forms:relatives_form"),
    "SearchResult": Renderer("", "json_forms:search_form"),
    "Suggestions": Renderer("text.themes_text:suggestions_text", "text.themes_text:suggestions_form"),
    "ThemeReport": Renderer("text.themes_text:themes_text", "text.themes_text:themes_form"),
}
"""What shows an answer, by the name of its type."""


def answer_text(lineage: Lineage, answer: object, **options: Any) -> str:
    """Show any answer as the command prints it.

    Parameters
    ----------
    lineage : Lineage
        The lineage that holds the papers of the answer.
    answer : object
        An answer of a type in `RENDERERS`.
    **options
        What the text of this kind of answer can vary, such as how much is shown.

    Raises
    ------
    TypeError
        For anything else.
    """
    return _renderer(answer).text(lineage, answer, **options)


def answer_form(lineage: Lineage, answer: object, **options: Any) -> Form:
    """Show any answer as the value that the command prints with ``--json``; see `answer_text`."""
    return _renderer(answer).form(lineage, answer, **options)


def _renderer(answer: object) -> Renderer:
    found = RENDERERS.get(type(answer).__name__)
    if found is None:
        raise TypeError(f"a {type(answer).__name__} is no answer of this package")
    return found
