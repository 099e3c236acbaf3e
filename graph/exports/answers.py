"""Every answer as text and as a JSON value: one table by the type of the answer, which every interface uses.

A new kind of answer needs one line here. What renders it is loaded when the first such answer is shown, so that a
command does not load the modules of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pkgutil import resolve_name
from typing import Any

from ..model.lineage import Lineage

Form = dict[str, Any]
"""A JSON object."""

RENDERERS: Mapping[str, tuple[str, str]] = {
    "Audit": ("text.audit_text:audit_text", "json_forms:audit_form"),
    "AuthorPapers": ("text.people_text:author_text", "text.people_text:author_form"),
    "DescribedAuthors": (
        "text.people_text:described_authors_text",
        "text.people_text:described_authors_form",
    ),
    "Flow": ("text.flow_text:flow_text", "text.flow_text:flow_form"),
    "GroupedPaths": ("text.grouped_paths_text:grouped_paths_text", "text.grouped_paths_text:grouped_paths_form"),
    "HopEvidence": ("text.hop_text:hop_text", "text.hop_text:hop_form"),
    "MainPath": ("text.main_path_text:main_path_text", "text.main_path_text:main_path_form"),
    "MeasureResults": ("text.measures_text:results_text", "text.measures_text:results_form"),
    "NearbyPapers": ("", "json_forms:nearby_form"),
    "News": ("text.news_text:news_text", "text.news_text:news_form"),
    "NoReadingOrder": ("text.reading_order_text:no_reading_text", "text.reading_order_text:no_reading_form"),
    "PaperSummary": ("text.paper_text:paper_summary_text", "json_forms:paper_summary_form"),
    "Passages": ("text.scholar_text:passages_text", "text.scholar_text:passages_form"),
    "PathAnswer": ("text.path_text:path_text", "json_forms:path_form"),
    "ReadingList": ("text.paper_text:list_text", "json_forms:list_form"),
    "ReadingOrder": ("text.reading_order_text:reading_text", "text.reading_order_text:reading_form"),
    "Recommendations": (
        "text.scholar_text:recommendations_text",
        "text.scholar_text:recommendations_form",
    ),
    "Relatives": ("text.path_text:relatives_text", "json_forms:relatives_form"),
    "SearchResult": ("", "json_forms:search_form"),
    "SimilarPapers": ("text.similar_text:similar_text", "text.similar_text:similar_form"),
    "Snowball": ("text.snowball_text:snowball_text", "text.snowball_text:snowball_form"),
    "Suggestions": ("text.suggestions_text:suggestions_text", "text.suggestions_text:suggestions_form"),
    "ThemeReport": ("text.themes_text:themes_text", "text.themes_text:themes_form"),
    "VenuePapers": ("text.people_text:venue_text", "text.people_text:venue_form"),
    "Witnesses": ("text.witnesses_text:witnesses_text", "text.witnesses_text:witnesses_form"),
}
"""For each type of answer the functions below `graph.exports` that make its text and its JSON value; "": none does.

Both take the lineage and the answer, and options of their own such as `top`.
"""


def has_text(answer: object) -> bool:
    """Whether an answer is of a type that can be shown as text.

    >>> has_text(5)
    False
    """
    return bool(_name_of_renderer(answer, 0))


def answer_text(lineage: Lineage, answer: object, **options: Any) -> str:
    """Show any answer of a type in `RENDERERS` as the command prints it; raises `TypeError` for anything else.

    The lineage holds the papers of the answer. The options are what the text of this kind of answer can vary, such as
    how much is shown.
    """
    text: str = _renderer(answer, 0)(lineage, answer, **options)
    return text


def answer_form(lineage: Lineage, answer: object, **options: Any) -> Form:
    """Show any answer as the value that the command prints with ``--json``; see `answer_text`."""
    form: Form = _renderer(answer, 1)(lineage, answer, **options)
    return form


def _renderer(answer: object, which: int) -> Callable[..., Any]:
    name = _name_of_renderer(answer, which)
    if not name:
        raise TypeError(f"a {type(answer).__name__} is no answer of this package")
    found: Callable[..., Any] = resolve_name(f"{__package__}.{name}")
    return found


def _name_of_renderer(answer: object, which: int) -> str:
    return RENDERERS.get(type(answer).__name__, ("", ""))[which]
