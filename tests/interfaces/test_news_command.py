"""`lineage fetch --update` and `lineage news` after it, as a person and as a cron job use them."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from markdown_it import MarkdownIt

from graph.analysis.news import news
from graph.errors import InputError
from graph.exports.news_feed import MOST_ENTRIES, news_feed
from graph.exports.text.news_text import news_markdown, news_text
from graph.interfaces.answer import Answer
from graph.model.corpus import Corpus, Paper, Source
from graph.model.lineage import Lineage, build_lineage
from graph.model.storage import load_corpus, save_corpus
from graph.sources.http.client import FetchStopped

from ..helpers.commands import lineage_command, refused
from ..helpers.documentation import DOCS, blocks
from ..helpers.fetch_world import NEW, OLD, WORLD, Time, fetched
from ..helpers.hostile import hostile_lineage
from ..helpers.made_lineages import lineage_of
from ..service import CitationRecord, outage, paper, serving

CITER = paper("A Newer Paper", date="2026-12-01", external_ids={"ArXiv": "2612.00001"})


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus that was fetched, and fetched again when a paper had come that joins two others anew."""
    folder, time = tmp_path_factory.mktemp("updated") / "mine", Time()
    with serving(WORLD) as scholar:
        fetched(scholar, folder, time=time)
        new = [CitationRecord(CITER.id, OLD.id), CitationRecord(CITER.id, NEW.id), CitationRecord(NEW.id, OLD.id)]
        scholar.serve(WORLD.adding(CITER, citations=new))
        time.now += 30 * 86_400
        fetched(scholar, folder, time=time, update=True)
    return folder


def ask(folder: Path, *options: str | Path) -> str:
    result = lineage_command("--corpus", folder, "--list", folder / "reading_list.toml", "news", *options)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_an_update_keeps_the_corpus_of_before_and_news_compares_with_it(updated: Path):
    told = json.loads(ask(updated, "--json"))
    assert (told["since"], told["until"]) == ("2026-11-23", "2026-12-23")
    titles = {each["title"]: each["added"] for each in told["citers"]}
    assert titles == {"A Newer Paper": True, "Following Instructions": False}
    (grown,) = told["paths"]
    assert (grown["before"], grown["now"], len(grown["shortest_new"])) == (1, 2, 2)
    assert (told["bridges"], told["notices"], told["citations_gone"]) == ([], [], 0)
    before = {each.title for each in load_corpus(updated / "before").papers.values()}
    assert ("A Newer Paper" in before, "A Bridge Between Them" in before) == (False, True)


def test_the_text_says_what_is_new_and_since_when(updated: Path):
    text = ask(updated)
    assert "since 2026-11-23" in text.splitlines()[0]
    assert "there was 1, and there are 2" in text
    assert "papers that newly cite the list: 2" in text


def test_the_documentation_shows_what_the_command_prints(updated: Path):
    assert blocks(DOCS / "howto" / "news.md", "text")[0] == ask(updated)


def test_a_second_update_without_changes_has_no_news_and_ends_with_1(tmp_path: Path):
    time = Time()
    with serving(WORLD) as scholar:
        fetched(scholar, tmp_path, time=time)
        for _ in range(2):
            time.now += 86_400
            fetched(scholar, tmp_path, time=time, update=True)
    result = lineage_command("--corpus", tmp_path, "--list", tmp_path / "reading_list.toml", "news")
    assert (result.returncode, result.stdout.partition(" around")[0]) == (1, "Nothing new")


def test_an_update_that_is_continued_keeps_what_was_there_before_it_began(tmp_path: Path):
    time = Time()
    with serving(WORLD) as scholar:
        fetched(scholar, tmp_path, time=time)
        scholar.serve(WORLD.adding(CITER, citations=[CitationRecord(CITER.id, OLD.id)]))
        scholar.set_faults(outage(nth=2))
        time.now += 30 * 86_400
        with pytest.raises(FetchStopped):
            fetched(scholar, tmp_path, time=time, update=True)
        scholar.set_faults()
        fetched(scholar, tmp_path, time=time, update=True)
    assert [each["title"] for each in json.loads(ask(tmp_path, "--json"))["citers"]] == ["A Newer Paper"]


def test_a_corpus_that_was_never_updated_says_what_to_do(tmp_path: Path):
    message = refused("news")
    assert "no earlier corpus" in message
    assert "--update" in message
    assert "--since" in message
    assert "no corpus" in refused("news", "--since", tmp_path / "nowhere")
    assert "--markdown and --json" in refused("news", "--markdown", "--json")


def test_a_feed_is_read_by_a_reader_of_feeds_and_keeps_what_earlier_runs_wrote(updated: Path, tmp_path: Path):
    feed = tmp_path / "news.xml"
    ask(updated, "--atom", feed)
    first = feedparser.parse(feed.read_bytes())
    assert not first.bozo
    assert first.version == "atom10"
    kinds = sorted(entry.tags[0].term for entry in first.entries)
    assert kinds == ["citer", "citer", "path"]
    assert {entry.updated for entry in first.entries} == {"2026-12-23T00:00:00Z"}
    assert any(entry.link == "https://arxiv.org/abs/2612.00001" for entry in first.entries)
    written = feed.read_bytes()
    ask(updated, "--atom", feed)
    assert feed.read_bytes() == written  # the same news again are no news
    later = lineage_of([("n9", "n0")], {"n0": "t"})
    sources = {"s": Source("s", "semantic_scholar", "S", "2027-01-01")}
    dated = build_lineage(Corpus(later.corpus.papers, later.corpus.citations, sources=sources), later.reading_list)
    lone = build_lineage(Corpus({"n0": later.corpus.papers["n0"]}), later.reading_list)
    grown = feedparser.parse(news_feed(dated, news(lone, dated), earlier=written.decode()))
    assert len(grown.entries) == len(first.entries) + 1
    assert [entry.id for entry in grown.entries[1:]] == [entry.id for entry in first.entries]


def cited_by(count: int, observed: str | None, cited: str = "n0") -> tuple[Lineage, Lineage]:
    """A list of one paper before and after so many papers cite it."""
    now = lineage_of([(f"c{n}", cited) for n in range(count)], {cited: "t"})
    sources = {"s": Source("s", "user", "S", observed)}
    now = build_lineage(Corpus(now.corpus.papers, now.corpus.citations, sources=sources), now.reading_list)
    return build_lineage(Corpus({cited: now.corpus.papers[cited]}), now.reading_list), now


def ids_in(feed: str) -> list[str]:
    return [entry.id for entry in feedparser.parse(feed).entries]


def test_a_feed_keeps_its_newest_entries_alone_and_what_did_not_fit_pushes_out_none_of_its_day():
    before, now = cited_by(MOST_ENTRIES + 20, "2027-01-01")
    first = news_feed(now, news(before, now))
    assert len(ids_in(first)) == MOST_ENTRIES
    assert news_feed(now, news(before, now), earlier=first) == first
    before, now = cited_by(2, "2027-02-01", cited="n1")
    later = ids_in(news_feed(now, news(before, now), earlier=first))
    assert later[2:] == ids_in(first)[:-2]
    before, now = cited_by(2, "2026-02-01", cited="n2")
    assert news_feed(now, news(before, now), earlier=first) == first


def test_what_a_person_wrote_into_a_feed_stays_and_its_id_never_changes():
    before, now = cited_by(3, "2027-01-01")
    first = news_feed(now, news(before, now))
    link = '<link rel="self" href="https://example.org/news.xml" />'
    sheet = '<?xml-stylesheet href="news.css"?>'
    edited = (
        first.replace("<feed", f"{sheet}\n<!-- above --><feed")
        .replace("<generator>", f"{link}<!-- mine --><generator>\n ")
        .replace("New around L", "My news")
    )
    edited = re.sub(r"(?s)<entry>.*?</entry>", "<entry><title>A note of mine</title></entry>", edited, count=1)
    before, now = cited_by(2, "2027-02-01", cited="n1")
    renamed = replace(now, reading_list=replace(now.reading_list, title="Another"))
    grown = news_feed(renamed, news(before, renamed), earlier=edited)
    read = feedparser.parse(grown).feed
    assert (read.id, read.title, read.updated) == (feedparser.parse(first).feed.id, "My news", "2027-02-01T00:00:00Z")
    assert "<!-- mine -->" in grown
    assert grown.splitlines()[:3] == ['<?xml version="1.0" encoding="utf-8"?>', sheet, "<!-- above -->"]
    assert link in grown
    assert "A note of mine" in grown
    deep = first.replace("<generator>", f"{'<x>' * 5000}{'</x>' * 5000}<generator>")
    with pytest.raises(InputError, match="nested too deeply"):
        news_feed(now, news(before, now), earlier=deep)
    for name in ("id", "title", "updated"):
        bare = re.sub(rf"<{name}>.*?</{name}>", "", first, count=1)
        assert feedparser.parse(news_feed(now, news(before, now), earlier=bare)).feed[name]


@pytest.mark.parametrize("day", [None, "2027", "2027-13-01", "2027-01", "yesterday"])
def test_a_feed_needs_a_day(day: str | None):
    before, now = cited_by(1, day)
    with pytest.raises(InputError, match="a feed needs a day"):
        news_feed(now, news(before, now))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"my notes", "no Atom feed"),
        (b"", "no Atom feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><title>another's</title></feed>", "not a feed that this program"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "document type"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><title>caf\xe9</title></feed>", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_feed_of_ours_is_not_overwritten(updated: Path, tmp_path: Path, content: bytes, why: str):
    (tmp_path / "news.xml").write_bytes(content)
    command = ["--corpus", updated, "--list", updated / "reading_list.toml", "news", "--atom", tmp_path / "news.xml"]
    assert why in refused(*command)
    assert (tmp_path / "news.xml").read_bytes() == content


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_feed_in_a_pipe_is_refused_and_not_waited_for(updated: Path, tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    command = ["--corpus", updated, "--list", updated / "reading_list.toml", "news", "--atom", tmp_path / "pipe"]
    assert "not an ordinary file" in refused(*command)


def test_a_feed_that_cannot_be_made_leaves_no_file(tmp_path: Path):
    before, now = hostile_news()
    save_corpus(before.corpus, tmp_path / "a")
    save_corpus(replace(now.corpus, sources={"user:hostile": Source("user:hostile", "user", "x")}), tmp_path / "b")
    feed = tmp_path / "news.xml"
    told = refused("--corpus", tmp_path / "b", "news", "--since", tmp_path / "a", "--atom", feed)
    assert "a feed needs a day" in told
    assert not feed.exists()


def hostile_news() -> tuple[Lineage, Lineage]:
    """A lineage of hostile texts, and what it was before: its papers without any citation."""
    now = hostile_lineage()
    source = Source("user:hostile", "user", "x", "2026-11-30")
    corpus = Corpus(now.corpus.papers, now.corpus.citations, sources={source.id: source})
    papers: dict[str, Paper] = dict(now.corpus.papers)
    return build_lineage(Corpus(papers), now.reading_list), build_lineage(corpus, now.reading_list)


def test_hostile_titles_are_text_in_every_form_of_the_news():
    before, now = hostile_news()
    found = news(before, now)
    page = MarkdownIt("commonmark").render(news_markdown(now, found, top=1000))
    assert "<script" not in page
    assert "<img" not in page
    assert "onerror" not in page.replace("onerror=&quot;", "")
    links = {part.partition('"')[0] for part in page.split('href="')[1:]}
    assert all(link.startswith("https://arxiv.org/abs/") for link in links)
    text = news_text(now, found, top=1000)
    assert all(character.isprintable() or character == "\n" for character in text)
    feed = feedparser.parse(news_feed(now, found))
    assert not feed.bozo
    assert all(entry.title_detail.type == "text/plain" for entry in feed.entries)


def test_news_show_themselves_where_other_answers_do():
    before, now = hostile_news()
    answer = Answer(news(before, now), now)
    assert answer.text.startswith("New around ")
    assert answer.form["citations_gone"] == 0


def test_since_takes_any_two_corpora(tmp_path: Path):
    before, now = hostile_news()
    save_corpus(before.corpus, tmp_path / "a")
    save_corpus(now.corpus, tmp_path / "b")
    result = lineage_command("--corpus", tmp_path / "b", "news", "--since", tmp_path / "a")
    assert result.returncode in (0, 1)
    assert result.stderr == ""
