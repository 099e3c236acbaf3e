"""What the questions are about: lists, corpora and shards, made the same each time."""

from __future__ import annotations

import gzip
import json
import random
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Row = dict[str, Any]
MADE, SMALL = 6_400, 60
PRIMER, SURVEY, FIRST = 99_998, 99_999, 100_000
SUBJECTS = ("lattices", "parrots", "enzymes", "glaciers", "sonnets", "attention")
SURNAMES = ("Müller", "Okafor", "Łukasz", "Sato", "de Vries", "O'Neill", "Brown")
RELEASE, LATER = "2026-09-01", "2026-10-06"

FILES = {
    "mine.toml": """title = "Pre-training"
[[themes]]
id = "pretraining"
name = "Pre-training"
[[entries]]
number = 1
themes = ["pretraining"]
names = ["T5"]
title = "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer"
arxiv = "1910.10683"
[[entries]]
number = 2
themes = ["pretraining"]
names = ["PaLM"]
title = "PaLM: Scaling Language Modeling with Pathways"
arxiv = "2204.02311"
""",
    "bad.toml": 'title = "no end\n[[entries]]\n',
    "wrong.toml": 'title = "x"\n[[entries]]\nnumber = 1\nthemes = ["none"]\ntitle = "y"\nfrob = 3\n'
    '[[entries]]\nnumber = 1\nthemes = []\ntitle = "z"\narxiv = "nonsense"\n',
    "ids.txt": "# mine\narXiv:1810.04805\n2203.02155\n\nAttention Is All You Need\n",
    "library.bib": "@article{a,\n title={BERT: Pre-training of Deep Bidirectional Transformers},\n"
    " author={Devlin, J.},\n eprint={1810.04805},\n archivePrefix={arXiv}, year={2018}}\n"
    "@misc{b, title={Nothing known of it}}\n",
    "library.ris": "TY  - JOUR\nTI  - Training language models to follow instructions\n"
    "DO  - 10.1162/neco.1992.4.1.131\nER  - \n\nTY  - JOUR\nTI  - Untold\nER  - \n",
    "library.json": '[{"id": "a", "type": "article", "title": "BERT", "URL": "https://arxiv.org/abs/1810.04805"}]\n',
    "key": "a-key-of-the-tests\n",
    "bin/xdg-open": '#!/bin/sh\nprintf "%s\\n" "$1" > opened\n',
}
HOSTILE = (
    "</script><img src=x onerror=\"window.hacked='script'\">",
    "quotes \" and ' and ` and & and &amp; and ]]> and <!-- --> {{ 7 * 7 }} {% raw %} ${x} %s {0}",
    '=HYPERLINK("https://evil.example/","click")',
    "emoji 🦜 parrots, 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 and a combining e\u0301, مرحبا and \u202eright to left\u202c",
    "bell \x07 escape \x1b[31m red \x1b]0;title\x07 vertical \x0b tab\t end",
    "line one\nline two\r\nline three\u2028four\rfive",
    "a very long title " + "lorem ipsum " * 60,
)


def furnish(room: Path, data: Path) -> None:
    """Put everything into a folder that needs no command to be made."""
    for name, text in FILES.items():
        (room / name).parent.mkdir(exist_ok=True)
        (room / name).write_text(text, "utf-8")
    (room / "bin" / "xdg-open").chmod(0o755)
    (room / "hostile.toml").write_text(_hostile_list(), "utf-8")
    snapshot = data / "snapshot"
    shutil.copytree(snapshot, room / "corpus")
    shutil.copytree(data, room / "facts")
    papers = room / "facts" / "papers.toml"
    papers.write_text(papers.read_text("utf-8").replace("Transformer", "Transformator"), "utf-8")
    _write_corpus(room / "other", *_changed(snapshot))
    _write_corpus(room / "tiny", *_tiny())
    _write_corpus(room / "broken", [{"key": "x", "title": 5}, {"title": "y"}], [{"citing": "x", "cited": "nobody"}])
    _write_corpus(room / "newer", [], [])
    manifest = room / "newer" / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"format": 1', '"format": 99'), "utf-8")
    titles, pairs = made(MADE)
    known, cited = _known(snapshot)
    _write_shards(room / "raw", [*known, *titles], [*cited, *pairs])
    _write_shards(room / "raw-small", *made(SMALL))
    damaged = [b"{}", b"<html>503</html>", b'{"citationid":1,"citingcorpusid":12,"citedcorp']
    _write_shards(room / "damaged", *made(SMALL), more=damaged)


def _hostile_list() -> str:
    entries = "".join(
        f"[[entries]]\nnumber = {number}\nthemes = ['t']\nnames = [{_quoted(text[:40])}]\ntitle = {_quoted(text)}\n"
        f'arxiv = "1810.{number:05}"\n'
        for number, text in enumerate(HOSTILE, 1)
    )
    return f"title = {_quoted(HOSTILE[0])}\n[[themes]]\nid = 't'\nname = {_quoted(HOSTILE[1])}\n{entries}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _changed(snapshot: Path) -> tuple[list[Row], list[Row], list[Row]]:
    """The shipped corpus with some papers lost or corrected, and some citations lost or turned round."""
    papers, citations = _rows(snapshot / "papers.jsonl"), _rows(snapshot / "citations.jsonl")
    kept = [row for number, row in enumerate(papers) if number % 400 != 7]
    for row in kept[::300]:
        row |= {"title": f"{row.get('title')} (corrected)", "date": "2011-02-03", "date_basis": "corrected"}
    held = {row["key"] for row in kept}
    left = [row for row in citations if {row["citing"], row["cited"]} <= held]
    turned = [row | {"citing": row["cited"], "cited": row["citing"]} for row in left[3::500]]
    left = [row for number, row in enumerate(left) if number % 50 and number % 500 != 3]
    there = {(row["citing"], row["cited"]) for row in left}
    left += [row for row in turned if (row["citing"], row["cited"]) not in there]
    sources = json.loads((snapshot / "manifest.json").read_text("utf-8"))["sources"]
    return kept, left, sources


def _tiny() -> tuple[list[Row], list[Row], list[Row]]:
    """From BERT to InstructGPT through papers whose texts try to break out, with all that a source can say."""
    ends = {"devlin2018": ("BERT", "1810.04805"), "ouyang2022": ("InstructGPT", "2203.02155")}
    first, last = ({"key": k, "title": t, "identifiers": [f"arxiv:{a}"]} for k, (t, a) in ends.items())
    middle = [
        {"key": f"hostile{n}", "title": text, "names": [text], "authors": [text], "venue": text}
        | {"date": f"2019-{n + 1:02}", "date_basis": "stated_year"}
        for n, text in enumerate(HOSTILE)
    ]
    papers = [first, *middle, last]
    said = {"source": "s2:x", "influential": True, "intents": ["background", "methodology"], "contexts": [*HOSTILE]}
    assertions = ([said], [{"source": "print:x", "entries": [3, 7]}, {"source": "s2:x", "influential": False}])
    chain = [(papers[n]["key"], papers[n - 1]["key"]) for n in range(1, len(papers))]
    arcs = [*chain, ("hostile1", "hostile3"), ("ouyang2022", "hostile2"), ("hostile4", "devlin2018")]
    sources = [
        {"id": "s2:x", "kind": "semantic_scholar", "label": HOSTILE[0], "observed": "2024-01-31"},
        {"id": "print:x", "kind": "printed_bibliography", "label": HOSTILE[3]},
    ]
    citations = [{"citing": u, "cited": v, "assertions": assertions[n % 2]} for n, (u, v) in enumerate(arcs)]
    return papers, citations, sources


def _write_corpus(folder: Path, papers: list[Row], citations: list[Row], sources: Iterable[Row] = ()) -> None:
    folder.mkdir()
    tables: dict[str, list[Row]] = {"papers": papers, "citations": citations}
    for name in ("papers", "citations", "coverage", "merges", "doubts"):
        lines = (json.dumps(row, ensure_ascii=False) for row in tables.setdefault(name, []))
        (folder / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    counts = {name: len(rows) for name, rows in tables.items()}
    manifest = {"format": 1, "counts": counts, "sources": list(sources)}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def _known(snapshot: Path) -> tuple[list[Row], list[Row]]:
    """The shipped corpus as rows of a release."""
    papers, free = _rows(snapshot / "papers.jsonl"), iter(range(1, 20_000))
    ids: dict[str, int] = {}
    rows, taken = [], {0}
    for paper in papers:
        named = dict(reversed([each.split(":", 1) for each in paper.get("identifiers", ())]))
        number = int(named.get("corpusid", 0))
        ids[paper["key"]] = number = next(free) if number in taken else number
        taken.add(number)
        day = paper.get("date", "")
        outside = {"DOI": named.get("doi"), "ArXiv": named.get("arxiv"), "ACL": named.get("acl")}
        rows.append(
            _paper(number, paper.get("title"), int(day[:4]) if day else None, paper.get("authors", ()))
            | {"externalids": outside, "url": f"https://www.semanticscholar.org/paper/{named.get('s2', '')}"}
            | {"publicationdate": day if len(day) == 10 else None, "venue": paper.get("venue", "")}
        )
    pairs = [(ids[row["citing"]], ids[row["cited"]]) for row in _rows(snapshot / "citations.jsonl")]
    return rows, [_citation(number, citing, cited) for number, (citing, cited) in enumerate(pairs, 4_000_000_000)]


def made(count: int) -> tuple[list[Row], list[Row]]:
    """Studies that cite some of the studies not long before, with circles; a primer before and a survey after all."""
    chance = random.Random(count)
    papers = [
        _paper(PRIMER, "A primer of all made studies", 1990, ["Ann Primer"]),
        _paper(SURVEY, "A survey of all made studies", 2025, ["Zoë Survey"]),
    ]
    pairs: list[tuple[int, int | None]] = []
    for n in range(count):
        year = None if n % 97 == 5 else 1991 + 33 * n // count
        subjects = "" if n % 2 else f": {chance.choice(SUBJECTS)} and {chance.choice(SUBJECTS)}"
        papers.append(
            _paper(FIRST + n, f"Made study {n}{subjects}", year, [f"{chance.choice('ABC')}. {chance.choice(SURNAMES)}"])
        )
        for _ in range(3 if n else 0):
            pairs.append((FIRST + n, FIRST + max(n - chance.randint(1, min(400, count // 8)), 0)))
        pairs += [(FIRST + n, PRIMER), (SURVEY, FIRST + n)] + ([(FIRST + n, None)] if n % 5 == 0 else [])
        if n % 211 == 9 and n + 2 < count:
            pairs += [(FIRST + n, FIRST + n + 2), (FIRST + n + 2, FIRST + n)]
    return papers, [_citation(number, *pair) for number, pair in enumerate(pairs, 5_000_000_000)]


def _paper(number: int, title: str | None, year: int | None, authors: Iterable[str]) -> Row:
    return {
        "corpusid": number, "externalids": {}, "url": "", "title": title, "year": year, "venue": "",
        "authors": [{"authorId": None, "name": name} for name in authors], "referencecount": 3,
        "citationcount": number % 50, "influentialcitationcount": number % 7, "isopenaccess": number % 2 == 0,
        "publicationdate": None,
    }  # fmt: skip


def _citation(number: int, citing: int, cited: int | None) -> Row:
    spoken = number % 3 == 0
    said = [f"Paper {citing} builds on [{cited}].", f"As in [{cited}], we do <b>otherwise</b>."]
    return {
        "citationid": number, "citingcorpusid": citing, "citedcorpusid": cited, "isinfluential": number % 11 == 0,
        "contexts": said * spoken or None,
        "intents": [["background"], ["methodology", "result"] if number % 2 else None] * spoken or None,
    }  # fmt: skip


def packed(rows: Iterable[Row], more: Iterable[bytes] = ()) -> bytes:
    """A shard."""
    lines = [json.dumps(row).encode() for row in rows]
    return gzip.compress(b"".join(line + b"\n" for line in (*lines, *more)), mtime=0)


def _write_shards(folder: Path, papers: list[Row], citations: list[Row], more: Iterable[bytes] = ()) -> None:
    folder.mkdir()
    (folder / "papers_0.gz").write_bytes(packed(papers))
    for part in range(2):
        (folder / f"citations_{part}.gz").write_bytes(packed(citations[part::2], more))


def datasets() -> tuple[dict[str, dict[str, bytes]], dict[str, list[tuple[str, str, Any, Any]]]]:
    """A small release, and what changed by the next one, for `tests.bulk_service`."""
    papers, citations = made(SMALL)
    renamed = [row | {"title": f"{row['title']}, renamed"} for row in papers[8:20]]
    added = [_citation(6_000_000_000 + n, FIRST + 59, FIRST + n) for n in range(20)]
    gone = [{"citationid": row["citationid"]} for row in citations[::9]]
    shards = {"papers": {"p0.gz": packed(papers)}, "citations": {"c0.gz": packed(citations)}}
    lost = packed([{"corpusid": FIRST + 30}])
    diffs: dict[str, list[tuple[str, str, Any, Any]]] = {
        "papers": [(RELEASE, LATER, {"u0.gz": packed(renamed)}, {"d0.gz": lost})],
        "citations": [(RELEASE, LATER, {"u0.gz": packed(added)}, {"d0.gz": packed(gone)})],
    }
    return shards, diffs
