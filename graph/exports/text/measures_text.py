"""Measures as text, as JSON values, and as the reference in the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...analysis.measures import MEASURES, Measure, MeasureParameter, Result
from ...analysis.measures.values import Detail, MeasureResults, Number, readable
from ...model.lineage import Lineage
from ..json_forms import Form
from ..wording import counted, lines_text, name_of, year_of

Answer = tuple[Measure, Result]

_ABOUT = {
    "paper": "Of every paper",
    "partner": "Of the papers around one (--of PAPER)",
    "year": "Of the corpus, by year",
}


def measures_text() -> str:
    """The list of all measures."""
    width = max(len(each.id) for each in MEASURES)
    lines: list[str] = []
    for about, heading in _ABOUT.items():
        lines += ["", heading] if lines else [heading]
        for each in MEASURES:
            if each.about == about:
                lines.append(f"  {each.id:<{width}}  {each.meaning}")
    return "\n".join([*lines, "", "'lineage measures NAME' computes one and says what it is based on."]) + "\n"


def results_text(lineage: Lineage, answer: MeasureResults, *, top: int = 10) -> str:
    """What some measures say: of one paper in a table, or the largest values of each measure."""
    parts, rest = [], list(answer.results)
    if answer.paper is not None:
        of_papers = [(measure, result) for measure, result in rest if measure.about == "paper"]
        rest = [(measure, result) for measure, result in rest if measure.about != "paper"]
        parts = [measures_of_paper_text(lineage, answer.paper, of_papers)] if of_papers else []
    return "\n".join([*parts, *(measure_text(lineage, *each, top=top) for each in rest)])


def results_form(lineage: Lineage, answer: MeasureResults, *, top: int = 10) -> Form:
    """The same for programs; see `measures_form`."""
    return measures_form(lineage, answer.results, top=top, paper=answer.paper)


def measure_text(lineage: Lineage, measure: Measure, result: Result, *, top: int = 10) -> str:
    """The largest values of one measure, why others are unknown, and what the measure is based on."""
    parameters = _parameters(lineage, result)
    lines = [f"{measure.label} [{measure.id}{f'; {parameters}' if parameters else ''}]", f"  {measure.meaning}"]
    best = result.top(top)
    shown = [readable(value) for _, value in best]
    width = max(map(len, shown), default=0)
    for rank, ((key, _), value) in enumerate(zip(best, shown, strict=True), start=1):
        details = _details(lineage, result, key)
        subject = key if measure.about == "year" else f"{year_of(lineage, key)}  {name_of(lineage, key)}"
        lines.append(f"  {rank:>3}  {value:>{width}}  {subject}{f'  ({details})' if details else ''}")
    known = sum(value is not None for value in result.values.values())
    if known > len(best):
        lines.append(f"  ... and {known - len(best):,} more; --top shows more of them.")
    if not known:
        lines.append("  No value is known." if result.refused else "  There is no value.")
    lines += [f"  Not known for {counted(len(each.keys), 'paper')}: {each.reason}." for each in result.refused]
    lines += [f"  Note: {note}." for note in result.notes]
    lines += [f"  See {each.text}. {each.url}" for each in measure.references]
    return lines_text(lines)


def measures_of_paper_text(lineage: Lineage, key: str, answers: Sequence[Answer]) -> str:
    """The values of several measures for one paper, each with its rank among the papers whose value is known."""
    rows = [
        (measure.label, *_value_and_rank(result, key), _details(lineage, result, key)) for measure, result in answers
    ]
    label_width = max((len(label) for label, *_ in rows), default=0)
    value_width = max((len(readable(value)) for _, value, *_ in rows if value is not None), default=0)
    lines = [f"{name_of(lineage, key)} ({key}), {year_of(lineage, key)}"]
    for label, value, rank, known, reason, details in rows:
        if value is None:
            lines.append(f"  {label:<{label_width}}  unknown: {reason}")
        else:
            more = f"  ({details})" if details else ""
            lines.append(
                f"  {label:<{label_width}}  {readable(value):>{value_width}}  rank {rank:,} of {known:,}{more}"
            )
    return lines_text(lines)


def registry_form() -> Form:
    """The list of all measures as a JSON value."""
    return {"measures": [_definition(each) for each in MEASURES]}


def measures_form(lineage: Lineage, answers: Sequence[Answer], *, top: int = 10, paper: str | None = None) -> Form:
    """Results as a JSON value: the largest values of each measure, or only those of one paper.

    Counts are exact whole numbers: a program must not read them as 64-bit floating point.
    """
    listed = set(lineage.list_keys)
    return {
        "paper": paper,
        "measures": [
            {
                **_definition(measure),
                "chosen": dict(result.parameters),
                "known": sum(value is not None for value in result.values.values()),
                "values": list(_value_forms(lineage, measure, result, top, paper)),
                "refused": [
                    {
                        "reason": each.reason,
                        "papers": len(each.keys),
                        "of_the_list": [key for key in each.keys if key in listed],
                    }
                    for each in result.refused
                ],
                "notes": list(result.notes),
            }
            for measure, result in answers
        ],
    }


def measures_markdown() -> str:
    """The reference of all measures, as `docs/measures.md` has it."""
    parts = []
    for about, heading in _ABOUT.items():
        parts.append(f"### {heading.replace('(--of PAPER)', '(`--of PAPER`)')}")
        parts += ["\n".join(_section(each)) for each in MEASURES if each.about == about]
    return "\n\n".join(parts) + "\n"


def _section(measure: Measure) -> Iterator[str]:
    yield f"#### `{measure.id}`: {measure.label}"
    yield ""
    yield measure.meaning
    yield ""
    yield f"- Direction: {measure.direction}."
    yield f"- Needs: {measure.needs}"
    yield from (f"- `{each.name}` ({_default(each)}): {each.meaning}." for each in measure.parameters)
    yield from (f"- See: {each.text}. [doi:{each.doi}]({each.url})" for each in measure.references)


def _default(parameter: MeasureParameter) -> str:
    return "must be given, as `--of`" if parameter.default is None else f"default {parameter.default}"


def _definition(measure: Measure) -> Form:
    return {
        "id": measure.id,
        "label": measure.label,
        "about": measure.about,
        "meaning": measure.meaning,
        "direction": measure.direction,
        "needs": measure.needs,
        "parameters": [
            {"name": each.name, "kind": each.kind, "default": each.default, "meaning": each.meaning}
            for each in measure.parameters
        ],
        "references": [{"text": each.text, "doi": each.doi} for each in measure.references],
    }


def _value_forms(lineage: Lineage, measure: Measure, result: Result, top: int, paper: str | None) -> Iterator[Form]:
    is_of_one = paper is not None and measure.about == "paper"
    for key in [paper] if is_of_one and paper is not None else [key for key, _ in result.top(top)]:
        value, rank, _, reason = _value_and_rank(result, key)
        subject: Form = (
            {"year": int(key)}
            if measure.about == "year"
            else {"key": key, "name": lineage.paper(key).name, "year": lineage.paper(key).year}
        )
        yield {**subject, "value": value, "rank": rank, "refused": reason, "details": dict(result.details.get(key, {}))}


def _value_and_rank(result: Result, key: str) -> tuple[Number | None, int | None, int, str | None]:
    """A value, its rank (equal values share one), how many values are known, and why this one is not."""
    value = result.values.get(key)
    known = [each for each in result.values.values() if each is not None]
    if value is None:
        reason = next((refusal.reason for refusal in result.refused if key in refusal.keys), None)
        return None, None, len(known), reason
    return value, 1 + sum(each > value for each in known), len(known), None


def _parameters(lineage: Lineage, result: Result) -> str:
    """The parameters of a result in words."""
    return ", ".join(
        f"of {name_of(lineage, str(value))}" if name == "paper" else f"{name} {readable(value)}"
        for name, value in result.parameters.items()
    )


def _details(lineage: Lineage, result: Result, key: str) -> str:
    def words(name: str, value: Detail) -> str:
        is_paper = isinstance(value, str) and value in lineage.corpus.papers
        # Years are not quantities: 2,017 would read as one.
        shown = name_of(lineage, str(value)) if is_paper else str(value) if name in _YEARS else readable(value)
        return f"{name.replace('_', ' ')} {shown}"

    return ", ".join(words(name, value) for name, value in result.details.get(key, {}).items())


_YEARS = {"first", "last"}
"""The details that are years."""
