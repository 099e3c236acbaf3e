"""What is fuzzed: everything that reads a file of people, an answer of a service, or a question.

A target takes bytes and reads them as the program would. It may refuse them with a `LineageError` and in no other way.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import semanticscholar as records

from graph.bulk.datasets import _DatasetJson, _DiffsJson, _ReleaseJson
from graph.errors import LineageError
from graph.exports.answers import answer_form, answer_text
from graph.index.store_layout import parse_manifest
from graph.interfaces.corpus_backend import CorpusBackend
from graph.interfaces.questions import (
    AuditQuestion,
    FlowQuestion,
    MainPathQuestion,
    PaperQuestion,
    PathQuestion,
    ReadingListQuestion,
    SearchQuestion,
)
from graph.interfaces.select import select
from graph.interfaces.web.router import Router
from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Doubt, Merge, Paper, Source
from graph.model.corpus_manifest import TABLES
from graph.model.identifiers import Identifier, identifier
from graph.model.lineage import build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme, load_reading_list
from graph.model.storage import load_corpus, save_corpus
from graph.sources.assemble import assemble
from graph.sources.bibliographies import read_bibliographies
from graph.sources.citation_service import ServiceRules, Wanted
from graph.sources.fetch.targets import read_targets
from graph.sources.http.outcomes import Accept, GiveUp, HttpResponse, Malformed
from graph.sources.observations import read_observation
from graph.sources.overrides import load_overrides
from graph.sources.printed_lists.read import read_bibliography
from graph.sources.records import Record, of_one_record_each
from graph.sources.retractions.read import read_notices
from graph.sources.semantic_scholar.client_requests import ClientRules, client_request
from graph.sources.semantic_scholar.endpoints import (
    autocomplete_request,
    match_request,
    page_request,
    papers_request,
)
from graph.sources.semantic_scholar.paper_rows import parse_author, parse_snippet
from graph.sources.semantic_scholar.responses import NotFound
from graph.sources.semantic_scholar.retry_policy import choose_action
from graph.sources.semantic_scholar.typed_rows import readable, readable_snippet
from graph.sources.semantic_scholar.vectors import vector_of
from graph.sources.services import OTHERS
from graph.sources.verified import entry_records, read_verified_papers
from graph.utils.decode import decode_json
from graph.utils.files import read_text

OTHER_EXPORTS = {
    ".nbib": "PMID- 90000001\nTI  - A tide\n      that ebbs.\nFAU - Zed, Al\nDP  - 2019 Jan\nLID - 10.5555/a [doi]\n",
    ".ciw": "FN Clarivate\nVR 1.0\nPT J\nAU Zed, A\nTI A tide\n   that ebbs\nPY 2019\nDI 10.5555/a\nER\n\nEF\n",
    ".enw": "%0 Journal Article\n%T A tide\n%A Zed, Al\n%D 2019\n%R 10.5555/a\n",
    ".xml": "<xml><records><record><titles><title>A tide</title></titles></record></records></xml>",
    ".csv": 'Authors;Title;Year;DOI\n"Zed, Al";"A; tide";2019;10.5555/a\n',
}
"""A small export in each other format, by its ending."""

LIST = """\
title = "A list"
author = "Ann"
year = 2020

[[themes]]
id = "one"
name = "One"

[[entries]]
number = 1
themes = ["one"]
names = ["First"]
title = "The First"
first_author = "Ann Author"
listed_year = 2001
arxiv = "0101.0001"

[[entries]]
number = 2
themes = ["one"]
title = "The Second"
first_author = "Bob"
doi = "10.1234/second"
"""
PAPERS = """\
[[papers]]
key = "first2001"
title = "The First"
authors = ["Ann Author"]
authors_complete = true
date = "2001-01-31"
publication_date = "2001-02"
venue = "V"
names = ["First"]
also_titled = ["First, the"]
unverified = ["venue"]
arxiv = "0101.0001"
"""
OVERRIDES = """\
[[merge]]
papers = ["first2001", "print:second2002#1"]
why = "one"

[[keep_apart]]
papers = ["arxiv:0101.0001", "doi:10.1234/second"]
why = "two"

[[correct]]
paper = "first2001"
date = "2001-01-31"
title = "The first"
why = "a mistake"
"""
INDEX = "citing,source,version,observed,complete,note\nfirst2001,printed_bibliography,v1,2020-01-01,yes,\n"
ENTRIES = (
    "n,title,first_author,year,arxiv,doi,acl,s2,corpusid\n"
    '1,The Second,Bob,2002,,10.1234/second,,,\n2,"A, ""third""",,,9901.00002,,,,12\n'
)
OBSERVED = 'observed = "2023-06-01"\nnote = "as it was"\n'
OBSERVED_PAPERS = f"s2,corpusid,arxiv,title,references\n{'a' * 40},1,0101.0001,The First,1\n"
OBSERVED_REFERENCES = f"citing,cited\n{'a' * 40},{'b' * 40}\n"
BIBTEX = (
    "@article{one, title={The {First} \\'e}, author={Author, Ann and Bob}, doi={10.1/x}, eprint={0101.0001},\n"
    "  year=2001}\n@string{a = {b}}\n@comment{c}\n@misc{two, title = a # {d}, url={https://arxiv.org/abs/0101.0002}}\n"
)
RIS = "TY  - JOUR\nTI  - The First\nAU  - Author, Ann\nPY  - 2001\nDO  - 10.1234/first\nUR  - https://x.org\nER  - \n"
CSL = '[{"title": "T", "DOI": "10.1/x", "author": [{"family": "A", "given": "B"}], "issued": {"date-parts": [[2001]]}}]'
LINES = "1810.04805\n# a comment\nDOI:10.1234/first\nThe Third\nhttps://arxiv.org/abs/0101.0001v2\nPMID:123\n"
STORE = json.dumps(
    {
        "format": "citation-lineage store", "version": 1, "release": "2026-09-01", "counts": {"lines": 3},
        "made_from": [{"name": "a.gz", "bytes": 3}],
        "tables": {
            "papers": {
                "rows": 1, "sorted_by": ["corpusid"],
                "files": [{"name": "papers/0.parquet", "rows": 1, "bytes": 3, "sha256": "a" * 64}],
            }
        },
    }
)  # fmt: skip
PAPER = {
    "paperId": "a" * 40, "corpusId": 1, "title": "T", "year": 2001, "publicationDate": "2001-02-03", "venue": "V",
    "authors": [{"authorId": "1", "name": "Ann"}], "referenceCount": 1, "citationCount": 2,
    "externalIds": {"ArXiv": "0101.0001", "DOI": "10.1/x", "CorpusId": 1},
}  # fmt: skip
ANSWERS: Mapping[str, tuple[Any, Any]] = {
    "papers": (papers_request(["ARXIV:0101.0001"]), [PAPER, None]),
    "references": (
        page_request("a" * 40, "references", offset=0, limit=10),
        {
            "offset": 0, "next": 1,
            "data": [{"citedPaper": PAPER, "contexts": ["c"], "intents": ["background"], "isInfluential": True}],
        },
    ),
    "citations": (
        page_request("a" * 40, "citations", offset=0, limit=10),
        {"offset": 0, "data": [{"citingPaper": PAPER, "contexts": None, "intents": None, "isInfluential": None}]},
    ),
    "match": (match_request("T"), {"data": [{**PAPER, "matchScore": 12.5}]}),
    "autocomplete": (
        autocomplete_request("T"), {"matches": [{"id": "a" * 40, "title": "T", "authorsYear": "Ann 2001"}]},
    ),
}  # fmt: skip
QUESTIONS = [
    "First → Second",
    "* → k1",
    "k0 → k1 → k2",
    "Ann 2001",
    "2018..2022",
    "theme one",
    "flow k0 → k1",
    "0101.0001",
]
ADDRESSES = [
    "/paper/k0",
    "/api/path?q=k0%20%E2%86%92%20k1&top=3",
    "/path?from=k0&to=k1&via=k2",
    "/api/search?q=First",
    "/flow?q=x",
]

RECORDED = Path(__file__).parents[1] / "recorded"
PRINTED = ("made/traps.bbl", "made/traps_biblatex.bbl", "jats_awkward_refs.xml")
PRINTED_TEXT = '[1] A. Ono, "Tides," Sea, 1999.\n[2] B. Li. Waves of sand. Sea, 2001. doi:10.5555/w\n'

PASTED = """References
Ono, A., & Li, B. (2019). Tides of the sea. Nature, 12(3),
    45-67. https://doi.org/10.5555/tides
Ann B. Ono et al. 2018. Waves of sand. In Seas.
Zed A, Li B. Deep tides. Nature. 2021;5:58.
Tides (Ono et al., 1999)
"""


@dataclass(frozen=True)
class FuzzTarget:
    """A reader, and inputs that it takes."""

    name: str
    read: Callable[[bytes], object]
    seeds: tuple[bytes, ...]

    def refuses(self, data: bytes) -> bool:
        """Whether it refuses an input as it should; anything but a `LineageError` comes through."""
        try:
            self.read(data)
        except LineageError:
            return True
        return False


@cache
def small_corpus() -> Corpus:
    """Three papers, a row of every kind."""
    papers = {
        f"k{n}": Paper(
            f"k{n}", f"The {word}", (f"{word} Author",), date=f"200{n}-01", venue="V", names=(word,),
            identifiers=(identifier("arxiv", f"0{n}01.0001"),), unverified=("venue",),
        )
        for n, word in enumerate(("First", "Second", "Third"))
    }  # fmt: skip
    said = Assertion("s", (1,), influential=True, intents=("background",), contexts=("We use it.",))
    return Corpus(
        papers,
        [Citation("k1", "k0", (said,)), Citation("k2", "k1", (said,)), Citation("k2", "k0", (said,))],
        [Coverage("k1", "references", "s", "partial", 3)],
        {"s": Source("s", "user", "a source", "2020-01-01", "note")},
        [Merge("k0", "title", "print:k1#1", "The first", 2001)],
        [Doubt(("k0", "k1"), "alike")],
    )


def small_list() -> ReadingList:
    """Two of them as a list."""
    entries = tuple(
        Entry(n + 1, ("one",), f"Entry {n}", identifiers=(identifier("arxiv", f"0{n}01.0001"),)) for n in (0, 1)
    )
    return ReadingList("list", (Theme("one", "One"),), entries)


@cache
def _scratch() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


def forget() -> None:
    """Remove what targets have written."""
    shutil.rmtree(_scratch(), ignore_errors=True)
    _scratch.cache_clear()
    _corpus_folder.cache_clear()
    _facts_folder.cache_clear()


def _file(name: str, data: bytes) -> Path:
    path = _scratch() / name
    path.write_bytes(data)
    return path


def _ask(corpus: Corpus, reading_list: ReadingList) -> None:
    """Ask what shows every text of a lineage."""
    lineage = build_lineage(corpus, reading_list)
    backend = CorpusBackend(lineage)
    for question in (AuditQuestion(), ReadingListQuestion(), *map(PaperQuestion, lineage.list_keys[:3])):
        answer = backend.answer(question)
        answer_text(answer.lineage, answer.value)
        json.dumps(answer_form(answer.lineage, answer.value))


def _read_list(data: bytes) -> None:
    reading_list = load_reading_list(_file("list.toml", data))
    entry_records(reading_list)
    _ask(small_corpus(), reading_list)


@cache
def _corpus_folder() -> Path:
    folder = _scratch() / "corpus"
    save_corpus(small_corpus(), folder)
    (folder / "corpus.index").unlink(missing_ok=True)
    return folder


def _read_table(name: str) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        path = _corpus_folder() / name
        before = path.read_bytes()
        try:
            path.write_bytes(data)
            _ask(load_corpus(_corpus_folder()), small_list())
        finally:
            path.write_bytes(before)

    return read


@cache
def _facts_folder() -> Path:
    folder = _scratch() / "facts"
    for name, text in (
        ("bibliographies/index.csv", INDEX), ("bibliographies/first2001.csv", ENTRIES),
        ("observed/manifest.toml", OBSERVED), ("observed/papers.csv", OBSERVED_PAPERS),
        ("observed/references.csv", OBSERVED_REFERENCES),
    ):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def _read_fact(name: str, read_folder: Callable[[Path], object]) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        path = _facts_folder() / name
        before = path.read_bytes()
        try:
            path.write_bytes(data)
            read_folder(path.parent)
        finally:
            path.write_bytes(before)

    return read


def _bibliographies(folder: Path) -> object:
    return read_bibliographies(folder, {"first2001": Record("verified:first2001", key="first2001")})


def _read_answer(request: Any) -> Callable[[bytes], object]:
    def read(data: bytes) -> None:
        for status in (200, 400, 404, 500):
            choose_action(request, HttpResponse(status, data), attempt=1, jitter=0.5)

    return read


CLIENT_ANSWERS: dict[str, tuple[str, str, object]] = {
    "paper": ("paper/x", "fields=title", {"paperId": "x", "publicationDate": "2022-03", "authors": [None], "tldr": {}}),
    "page": ("paper/x/references", "offset=0&limit=9", {"offset": 0, "data": [{"citedPaper": None, "intents": None}]}),
    "author": ("author/1", "fields=name", {"authorId": "1", "papers": [{"journal": "J"}], "hIndex": "3"}),
    "snippets": ("snippet/search", "query=x", {"data": [{"snippet": {"text": "x", "snippetOffset": {"start": 1}}}]}),
}


def _read_client_answer(path: str, query: str) -> Callable[[bytes], object]:
    """What the client gets for an answer: its records, and what is read of them."""
    request = client_request("http://s2", f"http://s2/graph/v1/{path}", query)

    def read(data: bytes) -> None:
        action = ClientRules(has_key=True).choose_action(request, HttpResponse(200, data), attempt=9, jitter=0.5)
        if not isinstance(action, Accept) or isinstance(action.value, NotFound):
            return
        rows = action.value.get("data") or [action.value]
        for row in (row for row in rows if isinstance(row, dict)):
            for make in (records.Paper.Paper, records.Author.Author, records.Reference.Reference):
                make(readable(row))
            records.Snippet.Snippet(readable_snippet(row))
            for parse in (parse_snippet, lambda author: parse_author("7", author), vector_of):
                with contextlib.suppress(Malformed):
                    parse(row)

    return read


_CROSSREF_ENTRIES = [
    {"key": "cit1/1", "DOI": "10.5555/OLD", "doi-asserted-by": "crossref", "year": "1994b"},
    {"key": "cit1/2", "unstructured": "Zed, A. arXiv:2101.90001"},
    {"key": "cit2"},
]
_CROSSREF_WORK = {
    "DOI": "10.5555/New",
    "title": ["A <i>tide</i> &amp;amp; more"],
    "author": [{"given": "Al", "family": "Zed"}],
    "issued": {"date-parts": [[2019, 2, 30]]},
    "reference-count": 3,
    "reference": _CROSSREF_ENTRIES,
    "relation": {"is-preprint-of": [{"id": "10.5555/art", "id-type": "doi"}]},
    "abstract": "x",
}
_OPENALEX_WORK = {
    "id": "https://openalex.org/W7",
    "doi": "https://doi.org/10.5555/new",
    "title": "A tide",
    "publication_date": "2019-01-01",
    "authorships": [{"author": {"display_name": "Al Zed"}}],
    "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/7"},
    "referenced_works": ["https://openalex.org/W8"],
}
_OPENCITATIONS_ROW = {
    "citing": "omid:br/0612 doi:10.5555/new",
    "cited": "doi:10.5555/old pmid:7",
    "creation": "2019-02",
}
SERVICE_ANSWERS: dict[str, tuple[object, ...]] = {
    "crossref": (
        {"message-type": "work", "message": _CROSSREF_WORK},
        {"message-type": "work-list", "message": {"total-results": 1, "items": [_CROSSREF_WORK]}},
    ),
    "openalex": (
        _OPENALEX_WORK,
        {"meta": {"count": 1, "next_cursor": "Ils"}, "results": [{"id": "https://openalex.org/W8", "title": "Old"}]},
    ),
    "opencitations": ([_OPENCITATIONS_ROW], [{"id": "doi:10.5555/new omid:br/0612", "title": "A Tide"}]),
}
_MOST_REQUESTS = 20


def _read_service(name: str) -> Callable[[bytes], None]:
    """Give one answer to everything that a service is asked about two papers, and make a corpus of what it says."""

    def read(data: bytes) -> None:
        service, rules = OTHERS[name], ServiceRules(OTHERS[name], has_secret=False)
        papers = [Record(f"r{n}", (Identifier("doi", f"10.5555/{doi}"),), "A") for n, doi in enumerate(("new", "old"))]
        source = Source(f"{name}:2026-11-23", service.kind, service.label)
        steps = service.crawl(papers, Wanted(citations=True), source)
        try:
            request = next(steps)
            for number in range(_MOST_REQUESTS * 2):
                for status in (400, 404, 429, 500):
                    rules.choose_action(request, HttpResponse(status, data), attempt=1, jitter=0.5)
                action = rules.choose_action(request, HttpResponse(200, data), attempt=1, jitter=0.5)
                accepted = isinstance(action, Accept) and number < _MOST_REQUESTS
                if isinstance(action, Accept):
                    rules.rows_in(action.value)
                request = steps.send(action if accepted else GiveUp("no"))
            raise AssertionError("it asks without an end")
        except StopIteration as end:
            assemble(papers, of_one_record_each([each.said for each in end.value]))
        service.kept(data)

    return read


def _read_listing(data: bytes) -> None:
    for kind in (_ReleaseJson, _DatasetJson, _DiffsJson):
        try:
            decode_json(data, kind)
        except ValueError:
            continue


@cache
def _backend() -> CorpusBackend:
    return CorpusBackend(build_lineage(small_corpus(), small_list()))


def _read_question(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    backend = _backend()
    asked: list[Callable[[], object]] = [
        lambda: backend.answer(PathQuestion.parse(backend, [text], between=text, theme=None)),
        lambda: backend.answer(PathQuestion.parse(backend, [text])).text,
        lambda: PathQuestion.parse(backend, ["k0 → k1"], between=text),
        lambda: PathQuestion.parse(backend, ["k0 → k1"], theme=text),
        lambda: backend.answer(FlowQuestion.parse(backend, [text])).text,
        lambda: backend.answer(MainPathQuestion.parse(backend, [text])).text,
        lambda: backend.answer(SearchQuestion(text, 5)) if text.strip() else None,
        lambda: backend.key_of(text),
        lambda: select(backend, text, top=3),
    ]
    for ask in asked:
        try:
            ask()
        except LineageError:
            continue


@cache
def _router() -> Router:
    return Router(_backend())


def _read_address(data: bytes) -> None:
    _router().respond(data.decode("latin-1"))


def _encoded(texts: Iterable[str]) -> tuple[bytes, ...]:
    return tuple(text.encode() for text in texts)


@cache
def targets() -> dict[str, FuzzTarget]:
    """Every target by its name."""
    tables = {f"{name}.jsonl": (_corpus_folder() / f"{name}.jsonl").read_bytes() for name in TABLES}
    tables["manifest.json"] = (_corpus_folder() / "manifest.json").read_bytes()
    every = [
        FuzzTarget("reading list", _read_list, _encoded([LIST])),
        FuzzTarget("papers.toml", lambda data: read_verified_papers(_file("papers.toml", data)), _encoded([PAPERS])),
        FuzzTarget("overrides.toml", lambda data: load_overrides(_file("overrides.toml", data)), _encoded([OVERRIDES])),
        FuzzTarget("index.csv", _read_fact("bibliographies/index.csv", _bibliographies), _encoded([INDEX])),
        FuzzTarget("bibliography", _read_fact("bibliographies/first2001.csv", _bibliographies), _encoded([ENTRIES])),
        FuzzTarget("observed", _read_fact("observed/manifest.toml", read_observation), _encoded([OBSERVED])),
        FuzzTarget("observed papers", _read_fact("observed/papers.csv", read_observation), _encoded([OBSERVED_PAPERS])),
        FuzzTarget(
            "observed references",
            _read_fact("observed/references.csv", read_observation),
            _encoded([OBSERVED_REFERENCES]),
        ),
        *(FuzzTarget(f"corpus {name}", _read_table(name), (data,)) for name, data in tables.items()),
        FuzzTarget(
            "store manifest",
            lambda data: parse_manifest(read_text(_file("store.json", data)), where="store"),
            _encoded([STORE]),
        ),
        *(
            FuzzTarget(ending, lambda data, e=ending: read_targets(_file(f"refs{e}", data)), _encoded([seed]))
            for ending, seed in ((".bib", BIBTEX), (".ris", RIS), (".json", CSL), *OTHER_EXPORTS.items())
        ),
        *(
            FuzzTarget(
                f"printed {name}",
                lambda data, name=name: read_bibliography({name: data}),
                ((RECORDED / "bibliographies" / name).read_bytes()[:1500],),
            )
            for name in PRINTED
        ),
        FuzzTarget(
            "printed list.txt", lambda data: read_bibliography({"a.txt": data}), _encoded([PRINTED_TEXT, PASTED])
        ),
        *(
            FuzzTarget(
                f"notices {name}",
                lambda data, name=name: read_notices(io.BytesIO(data), name, "2026-11-30"),
                ((RECORDED / "retractions" / name).read_bytes(),),
            )
            for name in ("made_2023_shape.csv", "made_work_200_retracted.json")
        ),
        FuzzTarget("lines", lambda data: read_targets(_file("lines.txt", data)), _encoded([LINES, LIST, PASTED])),
        *(
            FuzzTarget(
                f"answer {kind}", _read_answer(request), _encoded([json.dumps(answer), '{"error": "no"}', "<html>"])
            )
            for kind, (request, answer) in ANSWERS.items()
        ),
        *(
            FuzzTarget(f"client {kind}", _read_client_answer(path, query), _encoded([json.dumps(answer), "<html>"]))
            for kind, (path, query, answer) in CLIENT_ANSWERS.items()
        ),
        FuzzTarget(
            "listing", _read_listing, _encoded(['{"release_id": "2026-09-01"}', '{"files": ["https://x.org/a.gz"]}'])
        ),
        *(
            FuzzTarget(name, _read_service(name), _encoded(map(json.dumps, answers)))
            for name, answers in SERVICE_ANSWERS.items()
        ),
        FuzzTarget("question", _read_question, _encoded(QUESTIONS)),
        FuzzTarget("address", _read_address, _encoded(ADDRESSES)),
    ]
    return {target.name: target for target in every}
