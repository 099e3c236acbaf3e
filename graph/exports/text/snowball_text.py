"""A search by citations as text and as a JSON value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ...analysis.snowball import Found, Snowball
from ...model.lineage import Lineage
from ...model.serialize import to_row
from ...utils.text import for_terminal
from ..json_forms import paper_form
from ..snowball_flow import by_seed, flow_of
from ..wording import counted, name_of, some_of, year_of

_STAGES = {
    "identification": "Identified",
    "removed": "Removed before screening",
    "screening": "Screening",
    "retrieval": "Retrieval",
    "eligibility": "Eligibility",
    "included": "Included",
}


def snowball_text(lineage: Lineage, found: Snowball, *, top: int = 20) -> str:
    """The flow, what came from which seed, and the papers that came from most seeds."""
    ways = " and ".join(found.ways)
    lines = [f"Search by citations from {counted(len(found.seeds), 'seed')}, {ways}, {counted(found.rounds, 'round')}"]
    stage = ""
    for box in flow_of(lineage, found):
        if box.stage != stage:
            lines += ["", _STAGES[box.stage]]
        stage = box.stage
        number = "to be counted by you" if box.n is None else f"{box.n:,}"
        indent = "    " if box.box.startswith("identified_") else "  "
        lines.append(f"{indent}{box.description}: {number}")
    lines += _unsearched_lines(lineage, found)
    lines += ["", f"From which seed: {len(found.seeds) or 'none'}", *_seed_lines(lineage, found)]
    new = sorted((each for each in found.found if each.round), key=lambda each: (each.round, -len(each.seeds)))
    lines += ["", f"Papers found: {len(new):,}", *(f"  {_paper_line(lineage, each)}" for each in new[:top])]
    if len(new) > top:
        lines.append(f"  and {len(new) - top:,} more; --top shows more of them, --csv and --json have all")
    if found.merged:
        rules = "; ".join(f"{number:,} by {rule}" for rule, number in found.merged)
        lines += ["", for_terminal(f"Records that were merged into the papers found, by rule: {rules}")]
    return "\n".join(lines) + "\n"


def _unsearched_lines(lineage: Lineage, found: Snowball) -> Iterator[str]:
    for way in found.ways:
        keys = [key for its, key in found.not_searched if its == way]
        if keys:
            what = "what they cite" if way == "backward" else "who cites them"
            yield ""
            yield (
                f"Not searched {way}: {counted(len(keys), 'paper')} of which no source was asked, or could say, {what} "
                f"({some_of(lineage, keys, 4)}). There may be more than was found."
            )


def _seed_lines(lineage: Lineage, found: Snowball) -> Iterator[str]:
    for each in by_seed(found):
        in_all = f", {each.papers:,} in all rounds" if found.rounds > 1 else ""
        yield (
            f"  {name_of(lineage, each.seed)} ({year_of(lineage, each.seed)}): {each.backward:,} backward, "
            f"{each.forward:,} forward{in_all}; {each.alone:,} from it alone"
        )


def _paper_line(lineage: Lineage, each: Found) -> str:
    ways = "; ".join(
        f"{way} from {some_of(lineage, keys, 3)}"
        for way, keys in (("backward", each.backward), ("forward", each.forward))
        if keys
    )
    later = f", round {each.round}" if each.round > 1 else ""
    name = f"{year_of(lineage, each.key)}  {name_of(lineage, each.key)}{later}"
    return f"{name}: {counted(each.records, 'record')}, {ways}"


def snowball_form(lineage: Lineage, found: Snowball) -> dict[str, Any]:
    """The same as a JSON value; a number of the flow that a person has to count is null."""
    return {
        "seeds": list(found.seeds),
        "ways": list(found.ways),
        "rounds": found.rounds,
        "flow": [
            {"stage": box.stage, "box": box.box, "description": box.description, "n": box.n}
            for box in flow_of(lineage, found)
        ],
        "searched": [to_row(each) for each in found.searched],
        "not_searched": [{"way": way, "key": key} for way, key in found.not_searched],
        "by_round": {str(number): count for number, count in sorted(Counter(e.round for e in found.found).items())},
        "by_seed": [to_row(each) for each in by_seed(found)],
        "papers": [_found_form(lineage, each) for each in found.found],
        "merged": [{"rule": rule, "records": number} for rule, number in found.merged],
    }


def _found_form(lineage: Lineage, each: Found) -> dict[str, Any]:
    return paper_form(lineage, each.key) | {
        "seed": each.round == 0,
        "round": each.round,
        "seeds": list(each.seeds),
        "backward_from": list(each.backward),
        "forward_from": list(each.forward),
        "records": each.records,
        "sources": list(each.sources),
    }
