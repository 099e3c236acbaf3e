r"""Which works a .tex file cites, how often and in which sections. Its sentences are not kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .entries import Mentions, mentions_of
from .tex_source import argument, braced, option, squeezed, without_comments
from .tex_text import text_of_tex

_CITES = (
    "cite|citep|citet|citealt|citealp|citeauthor|citeyear|citeyearpar|citetext|citenum|citeauthoryear|fullcite|parencite"
    "|textcite|autocite|footcite|footfullcite|supercite|smartcite|onlinecite|shortcite|citeA|shortciteA|citeN|shortciteN"
    "|newcite|posscite|citefullauthor|parenciteauthor|notecite|pnotecite|footcitetext|citetitle|citeurl|citedate|volcite"
)
_ALIAS = re.compile(
    rf"\\(?:re)?newcommand\*?\s*\{{?\\([A-Za-z]+)\}}?\s*(?:\[\d\])?(?:\[[^]]*\])?\s*\{{[^{{}}]*\\(?:{_CITES})\b"
    rf"|\\(?:let|def)\s*\\([A-Za-z]+)\s*(?:=\s*)?(?:#1)?\s*\{{?\s*\\(?:{_CITES})\b",
    re.IGNORECASE,
)
_NOT_SET = re.compile(
    r"\\begin\s*\{(comment|verbatim\*?|Verbatim|lstlisting|minted)\}|\\(iffalse)\b|\\(?:verb|lstinline)\*?([^\w\s{*])"
)
_SECTION = r"\\(part|chapter|section|subsection|subsubsection|paragraph)\*?(?![A-Za-z])"
_DEFINITION = re.compile(r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand|def|let)\b\*?")
_INPUT = re.compile(r"\\(?:input|include|subfile)\s*\{([^{}]+)\}")
_NUMBERED = re.compile(
    r"\\(?:usepackage|PassOptionsToPackage|setcitestyle)\s*(?:\[[^]]*\b(?:numbers|super|numeric)\b[^]]*\]|\{[^{}]*\bnumbers\b)"
    r"|\\bibliographystyle\s*\{(?:plain|unsrt|abbrv|ieeetr|siam|acm|IEEEtran|elsarticle-num|ieee\w*|spmpsci|unsrturl|plainurl)\}"
)
_IN_CITED_ORDER = re.compile(
    r"\\bibliographystyle\s*\{(?:unsrt\w*|ieeetr|IEEEtran\w*|elsarticle-num|naturemag|spphys)\}|sorting\s*=\s*none"
)


@dataclass(frozen=True, slots=True)
class CitingText:
    """What a .tex file says of its list."""

    mentions: Mentions
    """By citation key, in the order of the text."""
    cites_all: bool = False
    r"""Whether ``\nocite{*}`` puts a whole database into the list."""
    also_listed: tuple[str, ...] = ()
    """Keys that are listed though no sentence cites them."""
    numbers: bool = False
    """Whether its style prints numbers, as far as the file says."""
    in_cited_order: bool = False
    """Whether its style lists the works in the order in which they are cited."""
    not_given: tuple[str, ...] = ()
    """The files that it includes and that were not given."""


def read_citations(texts: Sequence[tuple[str, str]]) -> CitingText:
    r"""The citations of the files of one paper, each a name and a text; what one of them inputs is read in its place.

    >>> read = read_citations([("a.tex", "\\section{One} \\citep[see][p.~3]{a, b} \\cite{a} % \\cite{c}")])
    >>> read.mentions.counts, read.mentions.sections["a"]
    ({'a': 2, 'b': 1}, ('1 One',))
    """
    by_name = {name.rpartition("/")[2].removesuffix(".tex"): _that_is_set(text) for name, text in texts}
    used: set[str] = set()
    inputs = {_stem(name) for text in by_name.values() for name in _INPUT.findall(text)}
    whole = "\n".join(_with_inputs(name, by_name, used) for name in by_name if name not in inputs)
    whole += "\n".join(text for name, text in by_name.items() if name not in used)
    aliases = {one or other for one, other in _ALIAS.findall(whole)}
    commands = "|".join([_CITES, *map(re.escape, sorted(aliases))])
    places, listed, cites_all = _places(
        whole,
        re.compile(
            rf"{_SECTION}|(?P<abstract>\\begin\s*\{{abstract\}})|(?P<appendix>\\appendix\b)"
            rf"|\\(?P<nocite>nocite)\s*(?=\{{)|\\(?:(?P<many>[Pp]arencites|[Tt]extcites|[Aa]utocites|[Ff]ootcites|[Ff]ullcites|[Ss]martcites|[Ff]ootcitetexts|cites|Cites|[Ss]upercites)"
            rf"|(?i:{commands}))(?![A-Za-z])\*?"
        ),
    )
    return CitingText(
        mentions_of(places),
        cites_all,
        tuple(dict.fromkeys(listed)),
        bool(_NUMBERED.search(whole)),
        bool(_IN_CITED_ORDER.search(whole)),
        tuple(
            name
            for name in dict.fromkeys(map(_stem, _INPUT.findall("\n".join(by_name.values()))))
            if name not in by_name and not name.endswith(".bbl")
        ),
    )


def _that_is_set(text: str) -> str:
    r"""The text without comments of any form, and without what only shows commands.

    >>> _that_is_set("\\cite{a}\\iffalse\\cite{b}\\fi \\verb|\\cite{c}|\\begin{comment}\\cite{d}\\end{comment}").split()
    ['\\cite{a}']
    """
    text = without_comments(text)
    parts, at = [], 0
    unended: set[str] = set()
    for match in _NOT_SET.finditer(text):
        ending = rf"\end{{{match[1]}}}" if match[1] else "\\fi" if match[2] else match[3]
        if match.start() < at or ending in unended:
            continue
        end = text.find(ending, match.end())
        if end < 0:
            unended.add(ending)
            continue
        parts.append(text[at : match.start()])
        at = end + len(ending)
    return " ".join([*parts, text[at:]])


def _stem(name: str) -> str:
    return name.strip().rpartition("/")[2].removesuffix(".tex")


def _with_inputs(name: str, by_name: dict[str, str], used: set[str]) -> str:
    """A text with what it inputs, each file once."""
    used.add(name)

    def text_of(match: re.Match[str]) -> str:
        inner = _stem(match[1])
        return _with_inputs(inner, by_name, used) if inner in by_name and inner not in used else ""

    return _INPUT.sub(text_of, by_name[name])


def _places(text: str, command: re.Pattern[str]) -> tuple[list[tuple[str, str | None]], list[str], bool]:
    """Every citation with its section, the keys that are only listed, and whether all are."""
    places: list[tuple[str, str | None]] = []
    listed: list[str] = []
    section: str | None = None
    numbers = [0, 0, 0]
    in_appendix, cites_all, at = False, False, 0
    definitions = [match.span() for match in _definitions(text)]
    while match := command.search(text, at):
        at = match.end()
        if any(begin <= match.start() < end for begin, end in definitions):
            continue
        if match[1]:
            _, end = option(text, at)
            title, at = argument(text, end)
            section = _numbered(
                match[1], text_of_tex(title), numbers, is_starred=match[0].endswith("*"), in_appendix=in_appendix
            )
        elif match["abstract"]:
            section = "Abstract"
        elif match["appendix"]:
            in_appendix, numbers = True, [0, 0, 0]
        else:
            keys, at = _keys(text, at, many=bool(match["many"]))
            if match["nocite"]:
                cites_all |= "*" in keys
                listed += [key for key in keys if key != "*"]
            else:
                places += [(key, section) for key in keys]
    return places, listed, cites_all


def _definitions(text: str) -> list[re.Match[str]]:
    return list(
        re.finditer(
            _DEFINITION.pattern
            + r"\s*\{?\\[A-Za-z]+\}?\s*(?:\[\d\])?(?:\[[^]]*\])?\s*(?:#\d)*\s*\{(?:[^{}]|\{[^{}]*\})*\}",
            text,
        )
    )


def _numbered(level: str, title: str, numbers: list[int], *, is_starred: bool, in_appendix: bool) -> str:
    """The number and the name of a section."""
    levels = ("section", "subsection", "subsubsection")
    if level not in levels or is_starred:
        return title or level
    depth = levels.index(level)
    numbers[depth] += 1
    numbers[depth + 1 :] = [0] * (2 - depth)
    parts = [str(number) for number in numbers[: depth + 1]]
    if in_appendix:
        parts[0] = chr(ord("A") + (numbers[0] - 1) % 26) if numbers[0] else "A"
    return f"{'.'.join(parts)} {title}".strip()


def _behind_notes(text: str, at: int) -> int:
    notes = re.compile(r"(?:\s*\((?:[^()\\]|\\.)*\)){1,2}").match(text, at)
    return notes.end() if notes else at


def _keys(text: str, at: int, *, many: bool) -> tuple[list[str], int]:
    """The keys of a citing command and where it ends; up to two options may stand in front of each group.

    One of `many` groups may begin with notes on all of them, in parentheses.
    """
    keys: list[str] = []
    if many:
        at = _behind_notes(text, at)
    while True:
        start = at
        for _ in range(2):
            _, start = option(text, start)
        while start < len(text) and text[start] in " \t\n":
            start += 1
        group = braced(text, start)
        if group is None:
            return keys, at
        keys += [squeezed(key) for key in group[0].split(",") if key.strip() and "#" not in key and "\\" not in key]
        at = group[1]
        if not many:
            return keys, at
