"""What a person may want to see after an answer about paths, as links that carry its question along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from ...analysis.path_answer import PathAnswer

MOST_PATHS = 500
"""How many paths a page shows at most."""
FLAGS = {
    "list_only": ("Only within the list", "Also outside the list"),
    "without_self_citations": ("Without self-citations", "With self-citations"),
}
"""The parameters that leave out papers or citations, and what a link that turns one over says: on, and off again."""


def further_questions(question: str, found: PathAnswer, parameters: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    """Links to what a person may want to see after an answer about paths."""
    top, same = parameters["top"], {"q": question} | flags(parameters)
    limit = {} if parameters["max_hops"] is None else {"max_hops": str(parameters["max_hops"])}

    def link(path: str, text: str, **changes: str) -> Mapping[str, str]:
        return {"href": f"{path}?{urlencode(same | limit | changes)}", "text": text}

    yield link("/picture", "As a picture")
    if found.found:
        yield {"href": f"/flow?{urlencode(same)}", "text": "What all paths run through"}
        more = min(10 * top, MOST_PATHS)
        if more > top and (found.total is None or found.total > len(found.paths)):
            yield link("/paths", f"Up to {more} paths", top=str(more))
    if found.no_path and found.no_path.reverse != 0:
        yield link("/paths", "The other direction", q=f"{found.end} → {found.start}")
    for name, texts in FLAGS.items():
        yield link("/paths", texts[parameters[name]], **{name: str(int(not parameters[name]))})


def flags(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Which papers and citations an answer leaves out, as its links carry it along."""
    return {name: str(int(parameters[name])) for name in FLAGS}
