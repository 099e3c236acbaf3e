"""The update notices in records of Crossref: ``updated-by`` on a paper, ``update-to`` on a notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...model.notices import Nature
from ...utils.text import one_line
from ..stated_dates import date_of_parts
from .statements import Statement, doi_of

_NATURES: Mapping[str, Nature] = {
    **dict.fromkeys(("retraction", "withdrawal", "removal"), "retraction"),
    **dict.fromkeys(("correction", "corrigendum", "erratum", "addendum", "clarification"), "correction"),
    "expression_of_concern": "expression_of_concern",
    "reinstatement": "reinstatement",
}
_NO_NOTICES = frozenset({"new_version", "new_edition", "interim_revision"})
_DEEPEST = 8
_LONGEST = 300


def read_crossref_updates(value: Any, observed: str) -> list[Statement]:
    """The statements of an answer of Crossref, or of several: a work, a list of works, or what holds such.

    Each is read to its end, for a correction may stand before a retraction; a notice that stands twice counts once
    for each who told it. `observed` is the day as of which they hold.

    >>> work = {"DOI": "10.5555/A", "updated-by": [{"DOI": "10.5555/n", "type": "retraction", "source": "publisher"}]}
    >>> found = read_crossref_updates({"message": work}, "2026-11-30")[0]
    >>> found.nature, str(found.doi), found.notice, found.asserter
    ('retraction', 'doi:10.5555/a', '10.5555/n', 'publisher')
    """
    return list(dict.fromkeys(each for work in works_in(value) for each in statements_of(work, observed)))


def works_in(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The records of works in an answer, however it is wrapped."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from works_in(each, depth + 1)
    elif isinstance(value, dict):
        if isinstance(value.get("DOI"), str):
            yield value
        else:
            for name in ("message", "items", "body"):
                yield from works_in(value.get(name), depth + 1)


def statements_of(work: Mapping[str, Any], observed: str) -> Iterator[Statement]:
    """The statements of one work: about itself, and about the papers that it is a notice on."""
    own = doi_of(work["DOI"])
    for update in _updates(work, "updated-by"):
        yield from _statement(update, observed, about=own, notice=doi_of(_text(update, "DOI")))
    for update in _updates(work, "update-to"):
        yield from _statement(update, observed, about=doi_of(_text(update, "DOI")), notice=own)


def _updates(work: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    updates = work.get(name)
    return [each for each in updates if isinstance(each, dict)] if isinstance(updates, list) else []


def _statement(update: Mapping[str, Any], observed: str, *, about: Any, notice: Any) -> Iterator[Statement]:
    stated = one_line(_text(update, "type")).casefold().replace(" ", "_").replace("-", "_")
    if about is None or stated in _NO_NOTICES:
        return
    nature = _NATURES.get(stated, "notice")
    record = update.get("record-id")
    same_word = stated == nature
    yield Statement(
        "crossref",
        observed,
        nature,
        about,
        None,
        date_of_parts(update.get("updated")),
        one_line(str(record)) if isinstance(record, str | int) and str(record).strip() else None,
        notice.value if notice is not None else None,
        one_line(_text(update, "source")) or None,
        None if same_word else stated or None,
    )


def _text(update: Mapping[str, Any], name: str) -> str:
    value = update.get(name)
    return value[:_LONGEST] if isinstance(value, str) else ""
