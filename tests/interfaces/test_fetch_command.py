"""``lineage fetch`` as a person types it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.errors import InputError
from graph.interfaces.cli.fetch import FetchContext, fetch_command
from graph.model.storage import load_corpus
from graph.sources.fetch.progress import RequestMeter
from graph.sources.http.client import FetchStopped, RequestCounts

from ..helpers.fetch_world import LINES, NEW, OTHER, SECRET, WORLD, Time
from ..service import Rule, ServerError, serving
from ..service.crossref import CrossrefWorld, answer_crossref

ROOT = Path(__file__).parents[2]


@pytest.fixture
def lineage_fetch(monkeypatch):
    """Run the command; it does not wait, and its faults come through."""
    monkeypatch.setenv("S2_API_KEY", SECRET)

    def run(*arguments, outside=None, **options):
        time = Time()
        world = outside or FetchContext(time.sleep, time.clock)
        return CliRunner().invoke(
            fetch_command, list(map(str, arguments)), obj=world, catch_exceptions=False, **options
        )

    return run


def test_identifiers_on_the_command_line_make_a_corpus(lineage_fetch, tmp_path):
    with serving(WORLD) as scholar:
        result = lineage_fetch(*LINES, "--to", tmp_path, "--base-url", scholar.url)
        assert scholar.log.without_key() == ()
    assert result.exit_code == 0
    assert len(load_corpus(tmp_path).papers) == 5
    first, *_ = result.stdout.splitlines()
    assert "arXiv:1409.0473" in first
    assert "references 0, partial" in first
    assert "3 wanted, 3 found" in result.stderr
    assert "https://www.semanticscholar.org/?utm_source=api" in result.stderr
    assert SECRET not in result.output


def test_a_file_of_lines_and_standard_input_make_the_same_corpus(lineage_fetch, tmp_path):
    listed = tmp_path / "ids.txt"
    listed.write_text("# my list\n\n" + "\n".join(LINES) + "\n", encoding="utf-8-sig")
    with serving(WORLD) as scholar:
        one = lineage_fetch(listed, "--to", tmp_path / "one", "--base-url", scholar.url)
        two = lineage_fetch("-", "--to", tmp_path / "two", "--base-url", scholar.url, input="\n".join(LINES))
    assert (one.exit_code, two.exit_code) == (0, 0)
    assert load_corpus(tmp_path / "one") == load_corpus(tmp_path / "two")


def test_a_reading_list_of_ones_own_is_fetched(lineage_fetch, tmp_path):
    own = tmp_path / "mine.toml"
    own.write_text(
        'title = "Mine"\n[[entries]]\nnumber = 1\nthemes = []\ntitle = "Learning to Align"\narxiv = "1409.0473"\n'
    )
    with serving(WORLD) as scholar:
        result = lineage_fetch(own, "--to", tmp_path / "to", "--base-url", scholar.url)
    assert result.exit_code == 0
    assert "entry 1: Learning to Align" in result.stdout
    assert not (tmp_path / "to" / "reading_list.toml").exists()


def test_a_dry_run_says_how_much_it_would_be_and_asks_nothing(lineage_fetch, tmp_path):
    with serving(WORLD) as scholar:
        result = lineage_fetch("--dry-run", "--to", tmp_path / "to", "--base-url", scholar.url)
        assert len(scholar.log) == 0
    assert result.stderr.startswith("about 27 requests to http://127.0.0.1")
    assert "30 seconds or more" in result.stderr
    assert result.stdout.startswith("23 papers in 24 entries read from ")
    assert not (tmp_path / "to").exists()


def test_a_dry_run_lists_what_was_read_and_what_would_be_asked(lineage_fetch, tmp_path):
    export, table = tmp_path / "mine.export", tmp_path / "b.csv"
    export.write_text("TY  - JOUR\nTI  - Tides\nDO  - 10.5555/x\nER  -\nTY  - JOUR\nAU  - A\n")
    table.write_text("title;pmid\nWhales;\nSalt;12\n")
    result = lineage_fetch("--dry-run", export, table, "1409.0473", "--to", tmp_path / "to")
    assert result.stdout.splitlines() == [
        f"1 paper read from {export} (RIS)",
        '  line 1:  DOI:10.5555/x  "Tides"',
        f"2 papers read from {table} (CSV)",
        '  line 2:  by its title  "Whales"',
        '  line 3:  PMID:12  "Salt"',
        "1 paper read from the command line (lines)",
        "  line 1:  ARXIV:1409.0473",
    ]
    left_out, requests = result.stderr.splitlines()
    assert left_out == f"{export}, line 5: neither a title nor an identifier; left out; add one of them"
    assert requests.startswith("about 7 requests")  # a batch, a title, 4 lists, those of the bridges together


def test_a_dry_run_as_json_has_each_paper_with_its_place_and_identifiers(lineage_fetch, tmp_path):
    export = tmp_path / "a.bib"
    export.write_text("@misc{k, title={Tides}, author={Quill, Ada}, year=2021, doi={10.5555/x}}\n@misc{nothing}")
    result = lineage_fetch("--dry-run", "--json", export, "--to", tmp_path / "to", "--base-url", "http://127.0.0.1:9")
    report = json.loads(result.stdout)
    assert report["papers"] == [
        {"file": str(export), "where": "line 1", "label": "entry 1: Tides", "key": "k", "title": "Tides"}
        | {"first_author": "Quill, Ada", "year": 2021, "asked_by": ["DOI:10.5555/x"], "searched_by_title": True}
    ]
    (file,) = report["files"]
    assert (file["format"], file["papers"], file["left_out"][0]["where"]) == ("BibTeX", 1, "line 2")
    with pytest.raises(InputError, match="goes with --dry-run"):
        lineage_fetch("--json", export, "--to", tmp_path / "to")


@pytest.mark.parametrize("name", ["refs.bibtex", "missing.nbib", "folder/refs", "my refs.bib", "C:\\refs.ris", "x.enw"])
def test_a_file_that_is_not_there_is_no_title(lineage_fetch, tmp_path, name):
    with pytest.raises(InputError, match="no such file"):
        lineage_fetch(name, "--to", tmp_path, "--dry-run")


def test_standard_input_can_be_one_of_several(lineage_fetch, tmp_path):
    result = lineage_fetch("1409.0473", "-", "", "--to", tmp_path, "--dry-run", input="@misc{a, title={Tides}}")
    assert '"Tides"' in result.stdout
    assert "1 paper read from standard input (BibTeX)" in result.stdout


@pytest.mark.parametrize(
    "name", ["AC/DC at Sea", "GPT-4", "10.5555/x.bib", "https://example.org/a.pdf", "cs/0102003", "x" * 300]
)
def test_a_title_an_identifier_and_a_link_are_no_files(lineage_fetch, tmp_path, name):
    assert lineage_fetch(name, "--to", tmp_path, "--dry-run").exit_code == 0


def test_what_failed_is_said_with_what_to_type_and_the_exit_code_is_1(lineage_fetch, tmp_path):
    with serving(WORLD, faults=[Rule(ServerError(503), path=f"{OTHER.id}/references", times=None)]) as scholar:
        result = lineage_fetch(*LINES, "--to", tmp_path, "--base-url", scholar.url)
    assert result.exit_code == 1
    assert "failed (status 503, 8 times)" in result.stdout
    assert "to try that again, and only that:" in result.stderr


def test_what_was_not_found_is_listed_with_suggestions(lineage_fetch, tmp_path):
    with serving(WORLD) as scholar:
        result = lineage_fetch("Following", LINES[0], "--to", tmp_path, "--base-url", scholar.url)
    assert result.exit_code == 0
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("not found: ")]
    assert NEW.fields["title"] in line


def test_ctrl_c_ends_with_what_to_type_and_the_next_run_goes_on(lineage_fetch, tmp_path, monkeypatch):
    time, naps = Time(), []
    monkeypatch.setattr("sys.argv", ["/somewhere/graph/__main__.py", "fetch", "1409.0473", "a title"])

    def interrupted(seconds):
        naps.append(seconds)
        if len(naps) == 3:
            raise KeyboardInterrupt
        time.sleep(seconds)

    with serving(WORLD) as scholar:
        arguments = [*LINES, "--to", tmp_path, "--base-url", scholar.url]
        outside = FetchContext(interrupted, time.clock)
        result = lineage_fetch(*arguments, outside=outside, prog_name="python -m graph")
        assert result.exit_code == 130
        assert "To go on:\n  python -m graph fetch 1409.0473 'a title'\n" in result.stderr
        assert not (tmp_path / "manifest.json").exists()
        assert lineage_fetch(*arguments).exit_code == 0
        assert scholar.log.repeated() == {}


def test_a_refused_key_is_one_message_without_the_key(lineage_fetch, tmp_path):
    with serving(WORLD, accepted_key="another") as scholar, pytest.raises(FetchStopped, match="S2_API_KEY") as refusal:
        lineage_fetch(*LINES, "--to", tmp_path, "--base-url", scholar.url)
    assert SECRET not in str(refusal.value)


def test_a_key_file_comes_before_the_environment(lineage_fetch, tmp_path):
    (tmp_path / "key").write_text("key-of-the-file\n")
    with serving(WORLD, accepted_key="key-of-the-file") as scholar:
        result = lineage_fetch(*LINES, "--to", tmp_path, "--base-url", scholar.url, "--key-file", tmp_path / "key")
        assert scholar.log.without_key() == ()
    assert result.exit_code == 0


@pytest.mark.parametrize("name", ["gone.toml", "gone.txt", "gone.bib", "library.json"])
def test_a_list_that_cannot_be_read_is_said(lineage_fetch, tmp_path, name):
    if not name.startswith("gone"):
        (tmp_path / name).write_text("@article{x}")
    with pytest.raises(InputError):
        lineage_fetch(tmp_path / name, "--to", tmp_path / "to")


def test_an_empty_list_is_said(lineage_fetch, tmp_path):
    with pytest.raises(InputError, match="no paper is named here"):
        lineage_fetch("-", "--to", tmp_path / "to", input="\n# only a comment\n")


def test_the_script_is_the_same_command(tmp_path):
    script = ROOT / "scripts" / "fetch_metadata.py"
    environment = {name: value for name, value in os.environ.items() if name != "S2_API_KEY"}
    shown = subprocess.run(
        [sys.executable, script, "gone.toml", "--to", tmp_path / "to"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=environment,
    )
    assert shown.returncode == 2
    assert shown.stderr == "gone.toml: no such file; check the path\n"


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self):
        return True


def test_a_terminal_gets_one_line_that_is_written_over_and_cleared():
    moments = iter(range(100))
    stream = Terminal()
    meter = RequestMeter(stream, lambda: float(next(moments)), seconds_per_request=1.1)
    meter.on_phase("references", 10)
    meter(RequestCounts(sent=3, answered=5, rows=120))
    meter.close()
    shown = stream.getvalue()
    assert "\n" not in shown
    assert shown.startswith("\r[##########..........] references: 5/10 answers, 3 requests, 120 rows, ")
    assert shown.endswith(" \r")


def test_elsewhere_there_is_a_line_every_few_seconds():
    now = [0.0]
    stream = io.StringIO()
    meter = RequestMeter(stream, lambda: now[0], seconds_per_request=1.1)
    meter.on_phase("references", 100)
    for n in range(1, 31):
        now[0] = float(n)
        meter(RequestCounts(sent=n, answered=n))
    lines = stream.getvalue().splitlines()
    assert 4 <= len(lines) <= 7
    assert all("requests" in line and "left" in line for line in lines)


def test_a_long_wait_says_why():
    stream = io.StringIO()
    meter = RequestMeter(stream, lambda: 0.0, seconds_per_request=3.0)
    meter(RequestCounts(sent=1, waiting="status 429; waiting 40 s"))
    assert "waiting 40 s" in stream.getvalue()


OLDER, NEWER = "10.5555/older", "10.5555/newer"
DEPOSITED = CrossrefWorld(
    {
        OLDER: {"DOI": OLDER, "title": ["Older"], "reference-count": 0},
        NEWER: {"DOI": NEWER, "title": ["Newer"], "reference-count": 1, "reference": [{"key": "1", "DOI": OLDER}]},
    }
)


@pytest.fixture
def crossref():
    with serving(DEPOSITED, answer=answer_crossref) as service:
        yield service


def test_another_service_is_asked_by_its_name_with_its_own_address(lineage_fetch, crossref, tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSREF_MAILTO", "me@example.org")
    arguments = (OLDER, NEWER, "--from", "crossref", "--base-url", f"crossref={crossref.url}", "--to", tmp_path)
    result = lineage_fetch(*arguments)
    assert result.exit_code == 0
    assert f"requests to {crossref.url}" in result.stderr
    assert "Data from Crossref, https://www.crossref.org" in result.stderr
    assert "me@example.org" not in result.output
    assert all("mailto:me@example.org" in entry.user_agent for entry in crossref.log.entries)
    assert [(each.citing, each.cited) for each in load_corpus(tmp_path).citations] != []
    assert len(crossref.log) == 1
    lineage_fetch(*arguments)
    assert len(crossref.log) == 1


def test_a_file_with_an_address_comes_before_the_environment(lineage_fetch, crossref, tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSREF_MAILTO", "me@example.org")
    (tmp_path / "address").write_text("you@example.org\n")
    file = f"crossref={tmp_path / 'address'}"
    to = ("--to", tmp_path / "to", "--base-url", f"crossref={crossref.url}")
    assert lineage_fetch(OLDER, NEWER, "--from", "crossref", "--key-file", file, *to).exit_code == 0
    assert all("mailto:you@example.org" in entry.user_agent for entry in crossref.log.entries)


def test_a_dry_run_says_what_every_service_takes(lineage_fetch, tmp_path):
    result = lineage_fetch("--from", "crossref, s2", "--dry-run", "--to", tmp_path / "to")
    assert "requests to https://api.semanticscholar.org" in result.stderr
    assert "about 7 requests to https://api.crossref.org, 8 seconds or more" in result.stderr
    form = json.loads(lineage_fetch("--from", "crossref", "--dry-run", "--json", "--to", tmp_path / "to").stdout)
    (other,) = form["others"]
    assert (form["service"], other["name"], other["requests"], other["dollars"]) == (None, "crossref", 7, 0.0)
    assert not (tmp_path / "to").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--from", "crosref"), "'crosref' is not a service; known are s2, crossref, openalex, opencitations"),
        (("--from", " , "), "no service is named"),
        (("--from", "crossref", "--key-file", "crossref="), "nothing is given for crossref"),
        (("--key-file", "foo=/x"), "'foo' is not a service; known are s2, crossref"),
        (("--key-file", "cross ref=/x"), "'cross ref' is not a service"),
        (("--key-file", "=/x"), "no service is named before '='"),
        (("--from", "crossref", "--key-file", "crossref"), "write crossref=..."),
        (("--from", "crossref", "--key-file", "crossref= "), "nothing is given for crossref"),
        (("--from", "crossref", "--base-url", "openalx=http://127.0.0.1:9"), "'openalx' is not a service"),
        (("--from", "s2", "--base-url", "http://a.example", "--base-url", "http://b.example"), "given twice for s2"),
    ],
)
def test_a_slip_in_the_names_of_services_says_which_there_are(lineage_fetch, tmp_path, arguments, message):
    result = lineage_fetch("--dry-run", "--to", tmp_path, *arguments)
    assert result.exit_code == 2
    assert message in result.output


@pytest.mark.parametrize(
    ("arguments", "address", "message"),
    [
        (("--base-url", "crossref=http://127.0.0.1:9"), "", "which is not asked; add crossref to --from"),
        (("--from", "crossref", "--base-url", "http://127.0.0.1:9"), "", "which is not asked; add s2 to --from"),
        (("--from", "crossref"), "no address", "CROSSREF_MAILTO: this is not an e-mail address"),
        (("--from", "crossref"), "Me <me@example.org>", "CROSSREF_MAILTO: this is not an e-mail address"),
        (("--from", "crossref"), "m\u00e9@example.org", "CROSSREF_MAILTO: this is not an e-mail address"),
        (("--from", "crossref", "--base-url", "crossref=http://a.example"), "me@example.org", ""),
        (("--from", "crossref", "--base-url", "crossref=nowhere"), "", "use one like https://api.crossref.org"),
    ],
)
def test_an_option_that_does_not_fit_its_service_is_refused(
    lineage_fetch, tmp_path, monkeypatch, arguments, address, message
):
    monkeypatch.setenv("CROSSREF_MAILTO", address)
    if message:
        with pytest.raises(InputError, match=message):
            lineage_fetch("--dry-run", "--to", tmp_path, *arguments)
    else:  # an address of the environment is for the service itself, and stays at home
        assert lineage_fetch("--dry-run", "--to", tmp_path, *arguments).exit_code == 0


def test_answers_that_a_corpus_was_not_made_from_are_said_to_be_there(lineage_fetch, crossref, tmp_path):
    with serving(WORLD) as scholar:
        at = ("--to", tmp_path, "--base-url", scholar.url)
        also = ("--from", "s2,crossref", "--base-url", f"crossref={crossref.url}")
        assert "kept here" not in lineage_fetch(*LINES, *at, *also).stderr
        alone = lineage_fetch(*LINES, *at).stderr
    assert "answers of Crossref are kept here and not in this corpus; --from s2,crossref has them in it" in alone
