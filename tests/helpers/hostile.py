"""A small corpus whose every text tries to break out of wherever it is put."""

from __future__ import annotations

from itertools import pairwise

from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme
from graph.model.reasons import Reason

TEXTS = (
    "</script><img src=x onerror=\"window.hacked='script'\">",
    "<a href='https://evil.example/'>href</a> <b onmouseover=\"window.hacked='hover'\">bold</b>",
    "{{ 7 * 7 }} {% raw %} ${window.hacked='template'} %s {0}",
    "quotes \" and ' and ` and & and &amp; and ]]> and <!-- -->",
    '=HYPERLINK("https://evil.example/","click")',
    "'=1+1 and +cmd|' /C calc'!A0",
    "emoji 🦜 parrots, 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 and a combining e\u0301",
    "مرحبا بالعالم and \u202eright to left\u202c override",
    "bell \x07 escape \x1b[31m red \x1b]0;title\x07 null \x00 vertical \x0b tab\t end",
    "line one\nline two\r\nline three\u2028four\rfive",
    "a noncharacter \ufffe and \uffff, INF and NaN and null",
    "a very long title " + "lorem ipsum " * 170,
)


def hostile_corpus() -> Corpus:
    """A chain of papers, one a text, each citing the one before."""
    keys = [f"hostile{n}" for n in range(len(TEXTS))]
    papers = {
        key: Paper(
            key,
            title=text,
            authors=(text[:40],),
            date=f"{2000 + n}-01",
            venue=text[:60],
            identifiers=(identifier("arxiv", f"{n:02d}01.{n:04d}"),),
            contribution=text,
        )
        for n, (key, text) in enumerate(zip(keys, TEXTS, strict=True))
    }
    source = Source("user:hostile", "user", TEXTS[0], note=TEXTS[1])
    citations = [Citation(newer, older, (Assertion(source.id, (1,)),)) for older, newer in pairwise(keys)]
    return Corpus(papers, citations, sources={source.id: source})


def hostile_list() -> ReadingList:
    """A list of those papers under two themes with hostile names."""
    entries = tuple(
        Entry(n + 1, ("one",) if n % 2 else ("one", "two"), text, (text[:30],), identifiers=(_arxiv(n),))
        for n, text in enumerate(TEXTS)
    )
    return ReadingList(TEXTS[0], (Theme("one", TEXTS[1]), Theme("two", TEXTS[3])), entries)


def hostile_lineage() -> Lineage:
    """The lineage of that list, with reasons that no file of reasons would be let through with."""
    return build_lineage(hostile_corpus(), hostile_list(), hostile_reasons())


def hostile_reasons() -> dict[tuple[str, str], Reason]:
    """A reason of every citation of the chain, whose every part is one of the texts, and one of 10,000 letters."""
    arcs = list(pairwise(f"hostile{n}" for n in range(len(TEXTS))))
    texts = [*TEXTS[:-1], "x" * 10_000]
    return {
        (cited, citing): Reason(citing, cited, text, TEXTS[n - 1], "partial", (TEXTS[n - 2],), (text, TEXTS[n]))
        for n, ((cited, citing), text) in enumerate(zip(arcs, texts[1:], strict=True))
    }


def _arxiv(n: int):
    return identifier("arxiv", f"{n:02d}01.{n:04d}")
