"""``lineage bibliography`` and ``lineage retractions`` as a person types them, up to the audit."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.interfaces.cli.fetch import FetchContext, fetch_command
from graph.model.storage import load_corpus
from graph.sources.fetch.resolve_titles import SERVICE, resolve_titles, targets_of
from graph.sources.printed_lists.read import read_bibliography
from graph.sources.semantic_scholar.service import service_at
from graph.utils.locks import folder_lock

from ..helpers.commands import lineage_command
from ..helpers.documentation import DOCS, blocks, shown_files
from ..helpers.fetch_world import Time
from ..service import CitationRecord, ScholarWorld, paper, serving

LIST = DOCS / "howto" / "other_list.md"
PAGE = DOCS / "bibliographies.md"
RECORDED = Path(__file__).parents[1] / "recorded"
T5 = paper(
    "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer",
    external_ids={"ArXiv": "1910.10683"}, authors=["Colin Raffel"], date="2019-10-23",
)  # fmt: skip
PALM = paper(
    "PaLM: Scaling Language Modeling with Pathways",
    external_ids={"ArXiv": "2204.02311"}, authors=["Aakanksha Chowdhery"], date="2022-04-05",
)  # fmt: skip
GPT3 = paper("Language Models are Few-Shot Learners", external_ids={"ArXiv": "2005.14165"}, date="2020-05-28")
BERT = paper(
    "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
    external_ids={"ArXiv": "1810.04805", "DOI": "10.18653/v1/N19-1423"}, authors=["Jacob Devlin"], date="2018-10-11",
)  # fmt: skip
ADAFACTOR = paper(
    "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost",
    external_ids={"ArXiv": "1804.04235"}, authors=["Noam Shazeer"], date="2018-04-11",
)  # fmt: skip
TRANSFORMER = paper(
    "Attention Is All You Need",
    external_ids={"ArXiv": "1706.03762"}, authors=["Ashish Vaswani"], date="2017-06-12",
)  # fmt: skip
WORLD = ScholarWorld(
    (T5, PALM, GPT3, BERT, ADAFACTOR, TRANSFORMER),
    (
        *(CitationRecord(PALM.id, cited.id) for cited in (T5, GPT3, BERT, ADAFACTOR)),  # not the Transformer
        *(CitationRecord(T5.id, cited.id) for cited in (TRANSFORMER, BERT, ADAFACTOR)),
    ),
)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the pages show."""
    monkeypatch.chdir(tmp_path)
    for page in (LIST, PAGE):
        for name, text in shown_files(page).items():
            (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def typed(line: str, url: str) -> str:
    """What a line of the page prints; a fetch goes to the loopback service, and does not wait."""
    _, *words = shlex.split(line, comments=True)
    if words[0] != "fetch":
        result = lineage_command(*words)
        assert result.returncode == 0, result.stderr
        return result.stdout
    time = Time()
    context = FetchContext(time.sleep, time.clock)
    done = CliRunner().invoke(fetch_command, [*words[1:], "--base-url", url], obj=context, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return str(done.output)


def test_a_bbl_and_a_jats_file_join_a_fetched_corpus_and_the_audit_shows_what_the_index_lacks(reader: Path):
    lines = [line for line in blocks(PAGE, "sh")[0].splitlines() if line.startswith("lineage")]
    with serving(WORLD) as scholar:
        printed = [typed(line, scholar.url) for line in lines]
    assert "5 entries, complete" in printed[1]
    assert "the text cites 3 of them, 3 times" in printed[2]  # [1]-[3] cites what lies between
    for line in blocks(PAGE, "text")[0].splitlines():
        assert line in printed[-1]
    corpus = load_corpus(reader / "mine")
    print_ids = {id_ for id_ in corpus.sources if id_.startswith("print:")}
    assert print_ids == {"print:arxiv:2204.02311", "print:arxiv:1910.10683"}
    states = {row.source: (row.state, row.rows) for row in corpus.coverage if row.source in print_ids}
    assert states == {"print:arxiv:2204.02311": ("complete", 5), "print:arxiv:1910.10683": ("complete", 3)}


def test_two_bibliographies_at_once_for_one_corpus_are_both_there(reader: Path):
    folder = reader / "mine" / "bibliographies"
    folder.mkdir(parents=True)
    with folder_lock(folder):  # so that both are read before either is written
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "graph", "bibliography", "main.bbl", "--of", f"10.5555/{n}", "--to", "mine"],
                stdout=subprocess.PIPE,
            )
            for n in (1, 2)
        ]
        for each in running:
            assert each.stdout is not None
            assert b"5 entries" in each.stdout.readline()
    for each in running:
        each.communicate(timeout=60)
    assert [each.returncode for each in running] == [0, 0]
    assert len((folder / "index.csv").read_text().splitlines()) == 3
    assert len(list(folder.glob("doi_*.csv"))) == 2


def test_where_a_text_cites_an_entry_is_kept_with_the_corpus_and_said_of_the_citation(reader: Path):
    lines = [line for line in blocks(PAGE, "sh")[0].splitlines() if line.startswith("lineage")]
    article = (reader / "article.xml").read_text().replace("</sec>", "</sec><sec><title>Method</title><p>{}</p></sec>")
    (reader / "article.xml").write_text(article.format('<xref ref-type="bibr" rid="r2">[2]</xref>' * 2))
    with serving(WORLD) as scholar:
        for line in lines:
            typed(line, scholar.url)
    corpus = load_corpus(reader / "mine")
    said = {
        str(corpus.papers[citation.cited].title).split()[0].rstrip(":"): (each.mentions, each.sections)
        for citation in corpus.citations
        for each in citation.assertions
        if each.source == "print:arxiv:1910.10683"
    }
    assert said == {
        "Attention": (1, ("Introduction",)),
        "BERT": (3, ("Introduction", "Method")),
        "Adafactor": (1, ("Introduction",)),
    }
    counted = "cited 3 times: Introduction, Method"
    for words in ("audit --hop 'BERT → T5'", "path BERT T5", "show T5", "show BERT"):
        assert counted in typed(f"lineage --list mine.toml --corpus mine {words}", ""), words
    shown = json.loads(typed("lineage --list mine.toml --corpus mine path BERT T5 --json", ""))
    hop = shown["paths"][0]["hops"][0]
    assert [(each["mentions"], each["sections"]) for each in hop["sources"] if each["entries"]] == [
        (3, ["Introduction", "Method"])
    ]
    assert hop["origins"] == len(hop["sources"]) == 2


def test_an_entry_that_may_be_any_paper_makes_the_list_a_part_of_the_corpus(reader: Path):
    (reader / "main.bbl").write_text(
        "\\begin{thebibliography}{9}\\bibitem{a} A. Ono, Sea {\\bf 9}, 1 (1999).\n\\bibitem{b} Private communication."
        "\\bibitem{c} C. Cruz, ``Tides of the sea.'' \\end{thebibliography}"
    )
    with serving(WORLD) as scholar:
        for line in (
            "lineage bibliography main.bbl --of 2204.02311 --to mine",
            "lineage fetch mine.toml --to mine",
        ):
            typed(line, scholar.url)
    corpus = load_corpus(reader / "mine")
    (row,) = (row for row in corpus.coverage if row.source == "print:arxiv:2204.02311")
    assert (row.state, row.rows) == ("partial", 3)
    assert "1 of 3 entries name a work by neither" in str(corpus.sources[row.source].note)


def test_what_is_there_is_not_overwritten_unless_told(reader: Path):
    told = lineage_command("bibliography", "main.bbl", "--of", "2204.02311", "--to", "mine").stderr
    assert told.endswith("to join it with what is fetched: lineage fetch ... --to mine\n"), "nothing was fetched"
    before = {path.name: path.read_bytes() for path in (reader / "mine" / "bibliographies").iterdir()}
    again = lineage_command("bibliography", "article.xml", "--of", "arXiv:2204.02311v2", "--to", "mine")
    assert again.returncode == 2
    assert "--replace" in again.stderr
    assert before == {path.name: path.read_bytes() for path in (reader / "mine" / "bibliographies").iterdir()}
    (reader / "mine" / "raw").mkdir()
    (reader / "mine" / "raw" / "answers.jsonl").touch()
    replaced = lineage_command("bibliography", "article.xml", "--of", "2204.02311", "--to", "mine", "--replace")
    assert replaced.returncode == 0
    assert replaced.stderr.endswith("to join it with what was fetched: lineage fetch ... --to mine --reparse\n")
    other = lineage_command("bibliography", "main.bbl", "--of", "BERT", "--to", "mine")
    assert other.returncode == 0
    index = (reader / "mine" / "bibliographies" / "index.csv").read_text()
    assert [line.split(",")[0] for line in index.splitlines()[1:]] == ["arxiv:1810.04805", "arxiv:2204.02311"]


def test_a_dry_run_writes_nothing_and_json_has_all(reader: Path):
    result = lineage_command("bibliography", "article.xml", "--of", "1910.10683", "--dry-run", "--json")
    form = json.loads(result.stdout)
    assert form["complete"] is True
    assert [entry["mentions"] for entry in form["lists"][0]["entries"]] == [1, 1, 1]
    assert form["lists"][0]["entries"][1]["works"][0]["identifiers"] == ["arxiv:1810.04805"]
    assert not (reader / "corpus").exists()


def test_a_file_that_is_another_paper_is_said_to_be(reader: Path):
    file = RECORDED / "bibliographies" / "jats_mixed_citation.xml"
    result = lineage_command("bibliography", file, "--of", "10.5555/other", "--dry-run")
    assert "says that it is doi:10.1371/journal.pntd.0002065, and not doi:10.5555/other" in result.stderr


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("missing.bbl", "--of", "BERT"), "no such file"),
        ((".", "--of", "BERT"), "this is a folder"),
        (("main.bbl", "--of", "no such paper at all"), "no such paper"),
        (("mine.toml", "--of", "BERT"), "no list of references"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_line(reader: Path, words: tuple[str, ...], what: str):
    result = lineage_command("bibliography", *words)
    assert result.returncode == 2
    assert what in result.stderr
    assert "Traceback" not in result.stderr


def test_titles_are_resolved_by_the_same_title_and_nothing_else(tmp_path: Path):
    found = read_bibliography({
        "a.bbl": b"\\begin{thebibliography}{9}"
        b"\\bibitem{a} A. Vaswani, ``Attention is all you need,'' 2017."
        b"\\bibitem{b} B. Other, ``Adafactor: Adaptive learning rates with sublinear memory cost,'' 2018."
        b"\\bibitem{c} J. Devlin, ``BERT: Pre-training of deep bidirectional transformers for language "
        b"understanding,'' 2024."
        b"\\bibitem{d} N. Shazeer, ``Adafactor again,'' arXiv:2101.90001, 2018.\\end{thebibliography}"
    })  # fmt: skip
    assert [target.title for target in targets_of(found)] == [
        "Attention is all you need",
        "Adafactor: Adaptive learning rates with sublinear memory cost",
        "BERT: Pre-training of deep bidirectional transformers for language understanding",
    ]
    time = Time()
    with serving(WORLD) as scholar:
        service = service_at(scholar.url)
        done = resolve_titles(found, tmp_path, service=service, sleep=time.sleep, clock=time.clock)
    again = resolve_titles(
        found, tmp_path, service=service_at("http://127.0.0.1:9"), sleep=time.sleep, clock=time.clock
    )
    assert again.bibliography == done.bibliography  # every answer was kept
    first, second, third, fourth = (entry.works[0] for entry in done.bibliography.lists[0].entries)
    assert "arxiv:1706.03762" in map(str, first.identifiers)
    assert set(first.elsewhere.values()) == {SERVICE}
    assert second.identifiers == third.identifiers == ()
    assert [str(each) for each in fourth.identifiers] == ["arxiv:2101.90001"]
    assert {each.target.first_author for each in done.missing} == {"B. Other", "J. Devlin"}


def test_retractions_are_brought_in_and_stay_through_a_later_fetch(reader: Path):
    (reader / "rw.csv").write_text(
        "Record ID,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,RetractionDate\n"
        "7,10.18653/V1/N19-1423,0,Retraction,1/2/2023 0:00\n"
    )
    with serving(WORLD) as scholar:
        typed("lineage fetch mine.toml --to mine", scholar.url)
        said = typed("lineage --list mine.toml --corpus mine retractions rw.csv --observed 2026-11-30", scholar.url)
        assert "RETRACTED: retraction of 2023-01-02 (Retraction Watch, as of 2026-11-30, record 7)" in said
        before = (reader / "mine" / "notices.jsonl").read_bytes()
        typed("lineage fetch mine.toml --to mine --reparse", scholar.url)
    assert (reader / "mine" / "notices.jsonl").read_bytes() == before
    path = typed("lineage --list mine.toml --corpus mine show BERT", "")
    assert "(retracted)" in path.splitlines()[0]


def test_the_shipped_corpus_is_not_marked_in_place(tmp_path: Path):
    table = RECORDED / "retractions" / "made_2023_shape.csv"
    result = lineage_command("retractions", table)
    assert result.returncode == 2
    assert "--to mine" in result.stderr
    marked = lineage_command("retractions", table, "--to", tmp_path / "marked", "--json")
    assert json.loads(marked.stdout)["papers"] == {}
    assert load_corpus(tmp_path / "marked").notices == ()
    assert "none reported" in lineage_command("--corpus", tmp_path / "marked", "show", "BERT").stdout
