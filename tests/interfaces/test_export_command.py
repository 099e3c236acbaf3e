"""``lineage export`` as a person types it, the registry behind it, and the page that describes it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import graph
from graph.analysis.neighbourhood import neighbourhood
from graph.errors import InputError
from graph.exports.registry import FORMATS, SELECTIONS, find_format
from graph.interfaces.cli.context import CommandContext
from graph.interfaces.cli.export import export_command
from graph.model.shipped_data import reading_list_path, snapshot_path

from ..helpers.commands import context_of, python
from ..helpers.export_world import evidence, select, shipped

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "exporting.md").read_text("utf-8")


@pytest.fixture(scope="module")
def given() -> CommandContext:
    return CommandContext(reading_list_path(), snapshot_path())


@pytest.fixture
def small() -> CommandContext:
    """Four papers, whose measures take no time."""
    return context_of(evidence())


def run(given: CommandContext, *words: str) -> Result:
    return CliRunner().invoke(export_command, words, obj=given)


@pytest.mark.parametrize("format_", FORMATS, ids=lambda each: each.id)
def test_every_format_writes_its_files_whole_and_is_on_the_page(format_, small: CommandContext, tmp_path: Path) -> None:
    (tmp_path / f"way{format_.endings[0]}").write_text("something older and much longer" * 10_000)
    result = run(small, format_.id, "--of", "one → three", "-o", str(tmp_path / f"way{format_.endings[0]}"))
    assert result.exit_code == 0, result.output
    assert {path.name for path in tmp_path.iterdir()} == {f"way{ending}" for ending in format_.endings}
    assert all("older" not in path.read_bytes().decode("utf-8", "replace") for path in tmp_path.iterdir())
    assert f"lineage export {format_.id}" in GUIDE
    assert all([format_.label, format_.media_type, format_.purpose, format_.keeps, format_.loses, format_.library])


def test_ids_and_words_are_each_one_thing() -> None:
    assert len({each.id for each in FORMATS}) == len(FORMATS)
    for each in FORMATS:
        assert find_format(each.id) is each
        assert find_format(each.id.upper()) is each
    for word in SELECTIONS:
        assert word.split()[0] in GUIDE


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bib", "bibtex"),
        (".net", "pajek"),
        ("cyjs", "cytoscape"),
        ("md", "markdown"),
        ("gv", "dot"),
        ("json", "node-link"),
    ],
)
def test_a_format_goes_by_its_ending_as_well(typed: str, meant: str) -> None:
    assert find_format(typed).id == meant


def test_an_unknown_format_names_the_nearest(given: CommandContext) -> None:
    with pytest.raises(InputError, match="did you mean bibtex"):
        find_format("bibtx")
    result = run(given, "grapml")
    assert isinstance(result.exception, InputError)
    assert "did you mean graphml?" in str(result.exception)


def test_without_a_format_all_are_listed_with_what_they_are_for(given: CommandContext) -> None:
    listed = run(given).output
    helped = run(given, "--help").output
    for each in FORMATS:
        assert re.search(rf"^ +{each.id} .*{re.escape(each.purpose)}$", listed, re.MULTILINE)
        assert each.purpose in helped
    assert all(word in helped for word in SELECTIONS)


def test_a_file_of_any_name_is_written_and_the_others_take_its_stem(small: CommandContext, tmp_path: Path) -> None:
    assert run(small, "csv", "--of", "one", "-o", str(tmp_path / "My.Papers.CSV")).exit_code == 0
    (tmp_path / "new").mkdir()
    assert run(small, "pajek", "--of", "one", "-o", str(tmp_path / "new" / "net.txt")).exit_code == 0
    names = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    starts = {path.name: path.read_bytes()[:3] == b"\xef\xbb\xbf" for path in tmp_path.rglob("*") if path.is_file()}
    assert [name for name, marked in sorted(starts.items()) if marked] == ["My.Papers-citations.csv", "My.Papers.CSV"]
    assert names == {"My.Papers.CSV", "My.Papers-citations.csv"} | {
        f"new/net{ending}" for ending in (".txt", ".clu", ".vec", "-years.vec")
    }


def test_several_files_are_not_printed_and_a_single_one_is(given: CommandContext) -> None:
    result = run(given, "parquet")
    assert isinstance(result.exception, InputError)
    assert "name the first with -o lineage.parquet" in str(result.exception)
    printed = run(given, "markdown", "--of", "BERT")
    assert printed.exit_code == 0
    assert printed.output.startswith("# BERT\n")


def test_no_path_is_an_answer_and_writes_nothing(given: CommandContext, tmp_path: Path) -> None:
    result = run(given, "svg", "--of", "InstructGPT → BERT", "-o", str(tmp_path / "none.svg"))
    assert result.exit_code == 1
    assert "no path, so nothing was written" in result.output
    assert not list(tmp_path.iterdir())
    with pytest.raises(InputError, match="no path"):
        graph.export(given.lineage, "svg", "InstructGPT → BERT")


# What --of says


def test_words_for_parts_name_the_papers_that_they_name_elsewhere() -> None:
    lineage = shipped()
    everything = set(lineage.corpus.papers)
    assert set(select(lineage).keys) == set(select(lineage, "the reading list").keys) == set(lineage.list_keys)
    assert set(select(lineage, "Neighborhood").keys) == set(neighbourhood(lineage))
    assert set(select(lineage, "all").keys) == everything
    assert select(lineage, "BERT").keys == ("devlin2018",)
    assert select(lineage, "6").keys == ("devlin2018",)
    rlhf = select(lineage, "theme rlhf")
    chosen = {key for key in lineage.list_keys if lineage.graph.nodes[key]["themes"][:1] == ("rlhf",)}
    assert chosen <= set(rlhf.keys) <= set(neighbourhood(lineage))


def test_a_path_may_be_asked_for_in_every_way_that_the_command_path_knows() -> None:
    lineage = shipped()
    wanted = select(lineage, "BERT → InstructGPT", top=4)
    assert len(wanted.paths) == 4
    for text in ("BERT -> InstructGPT", "bert to instructgpt", "6 → 17", "InstructGPT ↔ BERT"):
        assert select(lineage, text, top=4).paths == wanted.paths
    assert all("brown2020" in path for path in select(lineage, "BERT → GPT-3 → InstructGPT").paths)
    older = set(select(lineage, "* → BERT").keys)
    newer = set(select(lineage, "BERT → *").keys)
    assert older & newer >= {"devlin2018"}
    assert "vaswani2017" in older
    assert "ouyang2022" in newer
    # a title with the word "to" in it is a paper, not a question
    assert select(lineage, "Learning to Summarize").keys == ("stiennon2020",)


def test_a_flow_has_all_ways_and_a_main_path_lies_in_its_scope() -> None:
    lineage = shipped()
    flow = select(lineage, "flow BERT → InstructGPT")
    paths = select(lineage, "BERT → InstructGPT", top=5000)
    assert set(paths.keys) == set(flow.keys)
    assert flow.arcs == set(flow.counts)
    main = select(lineage, "main-path BERT → InstructGPT")
    assert main.arcs <= flow.arcs
    assert select(lineage, "main path").arcs == select(lineage, "main-path").arcs
    theme = select(lineage, "main-path theme rlhf")
    assert theme.keys
    assert theme.arcs <= set(lineage.graph.edges)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nieghbourhood", "did you mean 'neighbourhood'"),
        ("theme nope", "its themes are architecture"),
        ("flow BERT", "name two"),
        ("flow * → BERT", "two papers are needed"),
        ("", "nothing here is called ''"),
    ],
)
def test_what_cannot_be_understood_is_told_with_a_way_out(text: str, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        select(shipped(), text)


def test_a_file_says_where_it_comes_from_and_nothing_of_the_day() -> None:
    value = select(evidence(), "corpus").provenance
    assert re.fullmatch(
        r"citation-lineage [\d.]+\S*: the whole corpus\. Reading list “Four”; corpus of 4 papers, 3 citations and "
        r"2 sources, observed until 2024-01-31",
        value,
    )
    for each in FORMATS:
        if each.id not in ("csv", "coding"):  # which have no place for it
            main = each.write(select(evidence(), "corpus"))[each.endings[0]]
            text = main if isinstance(main, str) else main.decode("utf-8", "replace")
            assert "citation-lineage" in text, each.id


def test_the_api_gives_the_main_file() -> None:
    assert graph.export(shipped(), "svg").startswith("<?xml")  # type: ignore[union-attr]
    assert isinstance(graph.export(evidence(), "parquet", "one"), bytes)


def test_listing_the_formats_loads_no_table_and_no_graph_library() -> None:
    heavy = ["pandas", "networkx", "pyarrow", "bibtexparser", "rispy"]
    program = f"import sys; from graph.interfaces.cli import export; print([m for m in {heavy} if m in sys.modules])"
    assert python(program).strip() == "[]"


@pytest.mark.parametrize(
    ("name", "of", "top"), [("figure-list.svg", "list", 10), ("figure-paths.svg", "BERT → InstructGPT", 5)]
)
def test_the_figures_in_the_documentation_are_what_the_command_draws(name: str, of: str, top: int) -> None:
    drawn = graph.export(shipped(), "svg", of, top=top)
    assert (ROOT / "docs" / "images" / name).read_text("utf-8") == drawn, f"lineage export svg --of {of!r} anew"
