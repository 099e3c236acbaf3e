"""The table work, written once with Ibis: the same expressions run on DuckDB and on Apache Spark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis
from ibis import _

INTENTS = ("background", "methodology", "result")
"""The intents of a citation that a release knows."""
_ONLY_KNOWN_INTENTS = rf'^([\[\], "]|null|{"|".join(INTENTS)})*$'

KEPT, NULL_TARGET, SELF, BAD = 0, 1, 2, 3
"""The outcome of a row: it is kept; its cited paper is not known; the paper cites itself; it is no row of a release."""

RAW_CITATION: Mapping[str, str] = {
    "citationid": "string",
    "citingcorpusid": "string",
    "citedcorpusid": "string",
    "isinfluential": "boolean",
    "contexts": "array<string>",
    "intents": "array<string>",
}
"""How an engine reads a line. By the year of the release ids are numbers or texts, and intents are lists or lists
of lists, which are read as their JSON text."""

RAW_PAPER: Mapping[str, str] = {
    "corpusid": "string",
    "externalids": "struct<DOI: string, ArXiv: string, ACL: string, PubMed: string, MAG: string, DBLP: string>",
    "url": "string",
    "title": "string",
    "authors": "array<struct<name: string, authorId: string>>",
    "venue": "string",
    "year": "int32",
    "referencecount": "int32",
    "citationcount": "int32",
    "influentialcitationcount": "int32",
    "isopenaccess": "boolean",
    "publicationdate": "string",
}


def citation_rows(raw: Any, *, ids: bool = False, sentences: bool = False) -> Any:
    """Lines of a citations shard as typed rows with their outcome; faulty raw lines and values are nulls.

    The columns are citing, cited, influential, contexts (the number of sentences), a boolean for each of `INTENTS`,
    unknown_intent and outcome; contexts and intents are null where the line does not say. `ids` keeps citationid, by
    which diffs name a row; `sentences` keeps the citing sentences with their intents.
    """
    citing, cited = raw.citingcorpusid.try_cast("int64"), raw.citedcorpusid.try_cast("int64")
    intents = raw.intents if raw.intents.type().is_string() else raw.intents.join(" ")
    bad = citing.isnull() | raw.isinfluential.isnull() | (cited.isnull() & raw.citedcorpusid.notnull())
    if ids:
        bad |= raw.citationid.try_cast("int64").isnull()
    columns = {
        "citing": citing,
        "cited": cited,
        "influential": raw.isinfluential,
        "contexts": raw.contexts.length().cast("int32"),
        **{name: intents.contains(name) for name in INTENTS},
        "unknown_intent": ~intents.re_search(_ONLY_KNOWN_INTENTS),
        "outcome": ibis.cases(
            (bad, BAD), (raw.citedcorpusid.isnull(), NULL_TARGET), (citing == cited, SELF), else_=KEPT
        ).cast("int8"),
    }
    if ids:
        columns = {"citationid": raw.citationid.try_cast("int64")} | columns
    if sentences:
        columns |= {"sentences": raw.contexts, "sentence_intents": _intents_by_sentence(raw.intents)}
    return raw.select(**columns)


def _intents_by_sentence(intents: Any) -> Any:
    """The intents of each sentence; null in the flat form of 2022, which has one list for all sentences."""
    is_nested = intents.filter(lambda text: text.contains("[")).length() > 0
    parsed = intents.map(
        lambda text: text.isnull().ifelse(
            ibis.null("array<string>"),
            ibis.array([text.contains(name).ifelse(name, ibis.null("string")) for name in INTENTS]).filter(
                lambda name: name.notnull()
            ),
        )
    )
    return is_nested.ifelse(parsed, ibis.null("array<array<string>>"))


def count_outcomes(rows: Any) -> Any:
    """How many rows have each outcome, and how many name an intent that is not one of `INTENTS`."""
    return rows.group_by("outcome").agg(rows=_.count(), unknown_intents=_.unknown_intent.cast("int64").sum())


def kept_rows(rows: Any) -> Any:
    """The rows that are citations."""
    return rows.filter(_.outcome == KEPT).drop("outcome", "unknown_intent")


def merged_citations(rows: Any) -> Any:
    """One row for each citation, with the columns of `graph.index.store_layout.REFERENCES`.

    A citation is influential when any of its rows says so, and has the intents of all its rows.
    """
    grouped = rows.group_by("citing", "cited").agg(
        influential=_.influential.any(),
        copies=ibis.least(_.count(), 32767).cast("int16"),
        **{name: rows[name].any() for name in INTENTS},
        contexts=_.contexts.max(),
    )
    bits = sum((grouped[name].cast("int8") * 2**place for place, name in enumerate(INTENTS)), ibis.literal(0))
    lists = [(bits == value, ibis.array(_intents_of(value))) for value in range(1, 2 ** len(INTENTS))]
    return grouped.select("citing", "cited", "influential", "copies", intents=ibis.cases(*lists), contexts=_.contexts)


def _intents_of(bits: int) -> list[str]:
    return [name for place, name in enumerate(INTENTS) if bits >> place & 1]


def fullest_sentences(rows: Any) -> Any:
    """The sentences of each citation that has any, with the columns of `graph.index.store_layout.SENTENCES`.

    Of several rows the one with the most sentences counts.
    """
    quoting = rows.filter(_.contexts > 0)
    place = ibis.row_number().over(
        group_by=[quoting.citing, quoting.cited],
        order_by=[
            quoting.contexts.desc(),
            quoting.sentence_intents.isnull(),
            quoting.sentences.join("\n"),
            quoting.sentence_intents.map(lambda intents: intents.join(" ").coalesce("-")).join(";"),
        ],
    )
    fullest = quoting.mutate(place=place).filter(_.place == 0)
    return fullest.select("citing", "cited", contexts=_.sentences, intents=_.sentence_intents)


def paper_rows(raw: Any) -> Any:
    """Lines of a papers shard with the columns of `graph.index.store_layout.PAPERS`.

    Where a line is no paper corpusid is null. Texts lose the blanks around them, and an empty text becomes
    null, because the release writes "" for what it does not know. The sha is the end of the page's address.
    """
    sha = raw.url.re_extract("([0-9a-f]{40})$", 1).nullif("")
    schemes = {"doi": "DOI", "arxiv": "ArXiv", "acl": "ACL", "pubmed": "PubMed", "mag": "MAG", "dblp": "DBLP"}
    ids = {name: _text(raw.externalids[scheme]) for name, scheme in schemes.items()}
    return raw.select(
        "year",
        "citationcount",
        "influentialcitationcount",
        "referencecount",
        "isopenaccess",
        corpusid=raw.corpusid.try_cast("int64"),
        sha=sha,
        title=_text(raw.title),
        date=raw.publicationdate.try_cast("date"),
        venue=_text(raw.venue),
        authors=raw.authors.map(lambda author: author["name"]),
        authorids=raw.authors.map(lambda author: author["authorId"].try_cast("int64")),
        **ids,
    )


def with_author_ids(rows: Any) -> Any:
    """Rows of papers with the column authorids: null in those that were written before there was one."""
    return rows if "authorids" in rows.columns else rows.mutate(authorids=ibis.literal(None, type="array<int64>"))


def _text(value: Any) -> Any:
    return value.strip().nullif("")


def distinct_papers(rows: Any, columns: Mapping[str, str]) -> Any:
    """One row for each corpusid, with these columns: of several rows the one that is cited most."""
    place = ibis.row_number().over(
        group_by=rows.corpusid,
        order_by=[rows.citationcount.desc(nulls_first=False), rows.sha, rows.title, rows.year],
    )
    return with_author_ids(rows).mutate(place=place).filter(_.place == 0).select(*columns)


def citers(references: Any) -> Any:
    """The citations with the columns of `graph.index.store_layout.CITERS`, in no order."""
    return references.select("citing", "cited", "influential")


def degrees(citations: Any) -> Any:
    """For every paper that cites or is cited: how many papers it cites, and how many cite it.

    The columns are corpusid, references, citations, and influential (of the citations).
    """
    ends = ibis.union(
        citations.select(corpusid=_.citing, references=1, citations=0, influential=0),
        citations.select(corpusid=_.cited, references=0, citations=1, influential=_.influential.cast("int8")),
    )
    return ends.group_by("corpusid").agg(
        references=_.references.sum(), citations=_.citations.sum(), influential=_.influential.sum()
    )


def frontier(citations: Any, seeds: Any, hops: int, *, towards: str = "cited") -> Any:
    """The papers within some hops of the seeds (a table with the column corpusid): corpusid, distance.

    `towards` "cited" walks to the papers that the seeds build on, "citing" to those that build on the seeds. Costs a
    join with the citations and a distinct for each hop.
    """
    source = "citing" if towards == "cited" else "cited"
    reached = seeds.select("corpusid").distinct().mutate(distance=ibis.literal(0, "int64"))
    newest = reached
    for hop in range(1, hops + 1):
        next_papers = (
            citations.join(newest, citations[source] == newest.corpusid).select(corpusid=citations[towards]).distinct()
        )
        newest = next_papers.anti_join(reached, "corpusid").mutate(distance=ibis.literal(hop, "int64"))
        reached = ibis.union(reached, newest)
    return reached


def induced(citations: Any, papers: Any) -> Any:
    """The citations among the papers of a table that has the column corpusid."""
    members = papers.select("corpusid").distinct()
    from_members = citations.semi_join(members.select(citing=members.corpusid), "citing")
    return from_members.semi_join(members.select(cited=members.corpusid), "cited")


def even_ranks(citations: Any) -> Any:
    """The start of PageRank: every paper that cites or is cited has the same rank; the ranks sum to 1."""
    papers = ibis.union(citations.select(corpusid=_.citing), citations.select(corpusid=_.cited), distinct=True)
    return papers.mutate(rank=1 / papers.count().as_scalar())


def next_ranks(citations: Any, ranks: Any, *, damping: float = 0.85) -> Any:
    """One round of PageRank: rank flows from citing to cited papers, and from a paper that cites nothing to all.

    `ranks` has the columns corpusid and rank: `even_ranks`, or the result of the last round. The ranks of the result
    sum to 1. Brin and Page 1998, doi:10.1016/S0169-7552(98)00110-X.
    """
    reference_counts = citations.group_by(corpusid=citations.citing).agg(references=_.count())
    shares = ranks.join(reference_counts, "corpusid").select("corpusid", share=_.rank / _.references)
    received = (
        citations.join(shares, citations.citing == shares.corpusid)
        .group_by(corpusid=citations.cited)
        .agg(received=_.share.sum())
    )
    dangling = ranks.anti_join(reference_counts, "corpusid").agg(rank=_["rank"].sum().coalesce(0.0))
    papers = ranks.count().as_scalar()
    joined = ranks.left_join(received, "corpusid")
    rank = (1 - damping) / papers + damping * (joined.received.coalesce(0.0) + dangling["rank"].as_scalar() / papers)
    return joined.select("corpusid", rank=rank)


def with_step(rows: Any, step: int) -> Any:
    """The rows of one diff with its place in the order of all diffs."""
    return rows.mutate(step=ibis.literal(step, "int32"))


def last_changes(changes: list[Any], key: str) -> Any:
    """For each key the last step that updates or deletes it."""
    steps = [change.select(key, "step") for change in changes]
    all_steps = ibis.union(*steps) if len(steps) > 1 else steps[0]
    return all_steps.group_by(key).agg(step=_.step.max())


def unchanged_rows(rows: Any, last: Any, key: str) -> Any:
    """The rows that no diff updates or deletes."""
    return rows.anti_join(last, key)


def updated_rows(updates: Any, last: Any, key: str) -> Any:
    """The updates that are the last change of their key, each key once."""
    current = updates.semi_join(last, [key, "step"])
    place = ibis.row_number().over(group_by=current[key], order_by=current.columns[0])
    return current.mutate(place=place).filter(_.place == 0).drop("place", "step")
