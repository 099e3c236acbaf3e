"""How things are called and counted in every text: roles, sources, years, and counts of any size."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from ..algorithms.path_counts import Approximate
from ..analysis.retraction_status import mark_of
from ..model.corpus import Assertion, Citation, Coverage
from ..model.lineage import Lineage
from ..model.themes import Shares
from ..utils.text import clipped, for_terminal, plural

READABLE = 10**15
"""From here on a person reads a power of ten more easily."""
SAFE = 2**53
"""From here on a JavaScript number rounds."""
MOST_DIGITS = 4000
"""Python refuses to write an integer of more digits as text."""
_UNWRITABLE = 10**MOST_DIGITS
WITHOUT_SELF_CITATIONS = "without self-citations"
"""What an answer says of itself when citations by the papers' own authors were left out."""


def large(number: int) -> str:
    r"""A count for people: in full while it can be read, then as a power of ten.

    >>> large(1234), ascii(large(6 * 10**20))
    ('1,234', "'6.00 \\xd7 10^20'")
    """
    if number < READABLE:
        return f"{number:,}"
    exponent = math.floor(math.log10(number))
    mantissa = round(10 ** (math.log10(number) - exponent), 2)
    if mantissa >= 10:
        mantissa, exponent = mantissa / 10, exponent + 1
    return f"{mantissa:.2f} \u00d7 10^{exponent}"


def whole(number: int) -> str:
    r"""A count for people in full, and as a power of ten past 4,000 digits, which Python refuses to write.

    >>> whole(10**15), ascii(whole(10**5000))
    ('1,000,000,000,000,000', "'1.00 \\xd7 10^5000'")
    """
    return f"{number:,}" if number < _UNWRITABLE else large(number)


def writable(number: int | None) -> int | None:
    """A count for programs that take integers of any size: null past 4,000 digits, which Python refuses to write.

    >>> writable(10**20), writable(10**5000)
    (100000000000000000000, None)
    """
    return None if number is None or number >= _UNWRITABLE else number


def large_counted(number: int, noun: str) -> str:
    """A count for people with its noun; see `large`.

    >>> large_counted(1, "path"), large_counted(2000, "path")
    ('1 path', '2,000 paths')
    """
    return f"{large(number)} {plural(number, noun)}"


def exact(number: int | None) -> int | str | float | None:
    """A count for programs: a number while no program rounds it, then a string of its digits, null past 4,000 digits.

    An approximate count is a float, null past what a float can hold; and so is a count that is not known.

    >>> exact(5), exact(2**64), exact(2**20000), exact(Approximate(3 * 10**20))
    (5, '18446744073709551616', None, 3e+20)
    """
    if number is None or isinstance(number, Approximate):
        return as_float(number)
    if number < SAFE:
        return number
    return str(number) if number < _UNWRITABLE else None


def log10(number: int) -> float | None:
    """The logarithm of a count to base 10, rounded; null for 0.

    >>> log10(2**10000), log10(0)
    (3010.299957, None)
    """
    return round(math.log10(number), 6) if number else None


def as_float(number: float | None) -> float | None:
    """A number as a float; null when it is unknown or past what a float can hold.

    >>> as_float(2), as_float(10**400), as_float(None)
    (2.0, None, None)
    """
    try:
        value = math.nan if number is None else float(number)
    except OverflowError:
        return None
    return value if math.isfinite(value) else None


_MOST_SECTIONS = 6

SHOWN = 8
"""How many names of a long list are shown before "and 5 more"."""

KIND_NAMES: Mapping[str, str] = {
    "printed_bibliography": "printed bibliographies",
    "semantic_scholar": "Semantic Scholar",
    "openalex": "OpenAlex",
    "opencitations": "OpenCitations",
    "crossref": "Crossref",
    "user": "a person",
    "retraction_watch": "Retraction Watch",
}
"""What people call each kind of source of `graph.model.entities.KINDS`."""


def name_of(lineage: Lineage, key: str) -> str:
    """The name of a paper, short enough for a line of a terminal, marked where it is retracted, read or owned.

    An untitled one has its key, whole, so that it can be asked for.
    """
    paper = lineage.paper(key)
    own = "".join(f" [{kind}]" for kind in lineage.marks.of(key)) if lineage.marks else ""
    name = clipped(paper.name, 48) if paper.names or paper.title else f"[untitled {key}]"
    return for_terminal(name) + mark_of(lineage.corpus, key) + own


def year_of(lineage: Lineage, key: str) -> str:
    """The year of its first version, or "n.d."."""
    return str(lineage.paper(key).year or "n.d.")


def ranked_shares(lineage: Lineage, key: str) -> list[tuple[str, float]]:
    """The ids of the themes of a paper with its share in each, the largest first, equal ones in the list's order."""
    return ranked(lineage.shares(key), lineage.reading_list.theme_ids)


def ranked(shares: Shares, order: Sequence[str]) -> list[tuple[str, float]]:
    """Themes with their shares, the largest first, equal ones in the list's order."""
    return sorted(shares.items(), key=lambda item: (-item[1], order.index(item[0])))


def themes_of(lineage: Lineage, key: str) -> str:
    """The ids of the chosen themes, or the largest inferred one, marked with "~"."""
    chosen = lineage.themes(key)
    if chosen:
        return for_terminal(", ".join(chosen))
    return for_terminal("; ".join(f"~{theme} {share:.0%}" for theme, share in ranked_shares(lineage, key)[:1]))


def theme_names(lineage: Lineage, key: str) -> str:
    """The names of the chosen themes; or "inferred:" and those of all inferred ones with their shares."""
    chosen, theme = lineage.themes(key), lineage.reading_list.theme
    if chosen:
        return "; ".join(theme(each).name for each in chosen)
    shares = [f"{theme(inferred).name} {share:.0%}" for inferred, share in ranked_shares(lineage, key)]
    return f"inferred: {'; '.join(shares)}" if shares else "unknown"


DATE_BASES: Mapping[str | None, str] = {
    "first_version": "the date of its first version",
    "arxiv_identifier": "by its arXiv identifier",
    "stated_year": "as bibliographies state it",
    "corrected": "corrected by a person",
    None: "its source is not known",
}
"""Where a date comes from, in words."""


def basis_of(basis: str | None) -> str:
    """Where a date comes from, in parentheses; nothing when it is the date of the first version, or unknown."""
    return "" if basis in ("first_version", None) else f" ({DATE_BASES[basis]})"


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the singular or plural.

    >>> counted(1, "path"), counted(1234, "path")
    ('1 path', '1,234 paths')
    """
    return f"{whole(number)} {plural(number, noun)}"


def lines_text(lines: Iterable[str]) -> str:
    """Lines as one text, with nothing that a terminal would obey."""
    return "\n".join(map(for_terminal, lines)) + "\n"


def as_sentence(text: str) -> str:
    """A text with a full stop, unless it ends with a sign that ends a sentence, or was cut.

    >>> as_sentence("No path avoids GPT-3"), as_sentence("No path avoids What?"), as_sentence("Attention I…")
    ('No path avoids GPT-3.', 'No path avoids What?', 'Attention I…')
    """
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def some_of(lineage: Lineage, keys: Sequence[str], most: int = SHOWN) -> str:
    """The first of many names, and how many more there are."""
    names = ", ".join(name_of(lineage, key) for key in keys[:most])
    return names + (f" and {len(keys) - most} more" if len(keys) > most else "")


def describe_coverage(lineage: Lineage, row: Coverage) -> str:
    """Who lists the references or citations of a paper, and how many entries the list has."""
    source = lineage.corpus.sources[row.source]
    entries = "" if row.rows is None else f", {counted(row.rows, 'entry')}"
    note = f" ({source.note})" if source.note and source.kind == "printed_bibliography" else ""
    return for_terminal(f"{source.label}{entries}{note}")


def asserted(lineage: Lineage, citation: Citation) -> str:
    """Who asserts a citation, for a terminal: "printed bibliography of arXiv:2112.11446v2, entry 33"."""
    return for_terminal("; ".join(describe_assertion(lineage, each) for each in citation.assertions))


def describe_assertion(lineage: Lineage, assertion: Assertion) -> str:
    """Who asserts a citation, where in its list and for what, as one text."""
    parts = [lineage.corpus.sources[assertion.source].label]
    if assertion.entries:
        word = "entry" if len(assertion.entries) == 1 else "entries"
        parts.append(f"{word} {', '.join(map(str, assertion.entries))}")
    if assertion.influential:
        parts.append("influential")
    parts += [f"for {intent}" for intent in assertion.intents]
    parts += filter(None, [mentions_text(assertion)])
    return ", ".join(parts)


def mentions_text(assertion: Assertion) -> str:
    """How often the citing text cites the paper, and where; "" where the text is not known.

    >>> mentions_text(Assertion("s", mentions=4, sections=("Introduction", "Method")))
    'cited 4 times: Introduction, Method'
    >>> mentions_text(Assertion("s", mentions=0)), mentions_text(Assertion("s"))
    ('not cited in the text', '')
    """
    if assertion.mentions is None:
        return ""
    if not assertion.mentions:
        return "not cited in the text"
    times = "once" if assertion.mentions == 1 else f"{assertion.mentions:,} times"
    more = ["..."] if len(assertion.sections) > _MOST_SECTIONS else []
    sections = [clipped(section, 60) for section in assertion.sections[:_MOST_SECTIONS]] + more
    return f"cited {times}{': ' * bool(sections)}{', '.join(sections)}"
