"""The table work, written once with Ibis: the same expressions run on DuckDB and on Apache Spark.

Tables of citations have the columns `citing` and `cited`; a "row" is a line of a release, of which
several may tell of one citation. Nothing here runs: every function takes table expressions and
returns one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis
from ibis import _

INTENTS = ("background", "methodology", "result")
"""What a release knows as the intent of a citation."""
_ONLY_KNOWN = rf'^([\[\], "]|null|{"|".join(INTENTS)})*$'

KEPT, NULL_TARGET, SELF, BAD = 0, 1, 2, 3
"""The fate of a row: kept, cites a paper that is not known, cites itself, is no row of the release."""

RAW_CITATION: Mapping[str, str] = {
    "citationid": "string",
    "citingcorpusid": "string",
    "citedcorpusid": "string",
    "isinfluential": "boolean",
    "contexts": "array<string>",
    "intents": "array<string>",
}
"""How an engine reads a line: ids are numbers or texts, and intents are lists or lists of lists (which
are read as their JSON text), as the year of the release has it."""

RAW_PAPER: Mapping[str, str] = {
    "corpusid": "string",
    "externalids": "struct<DOI: string, ArXiv: string, ACL: string, PubMed: string, MAG: string, DBLP: string>",
    "url": "string",
    "title": "string",
    "authors": "array<struct<name: string>>",
    "venue": "string",
    "year": "int32",
    "referencecount": "int32",
    "citationcount": "int32",
    "influentialcitationcount": "int32",
    "isopenaccess": "boolean",
    "publicationdate": "string",
}


def citation_rows(raw: Any, *, ids: bool = False, sentences: bool = False) -> Any:
    """Lines of a citations shard as typed rows with their fate.

    Parameters
    ----------
    raw : ibis table
        `RAW_CITATION`, read with faulty lines and values as nulls.
    ids : bool, default False
        Keep `citationid`, by which diffs name a row.
    sentences : bool, default False
        Keep the citing sentences with their intents.

    Returns
    -------
    ibis table
        citing, cited, influential, contexts (how many sentences; null where the line says nothing), a
        boolean for each of `INTENTS` (null likewise), unknown_intent, fate.
    """
    citing, cited = raw.citingcorpusid.try_cast("int64"), raw.citedcorpusid.try_cast("int64")
    named = raw.intents if raw.intents.type().is_string() else raw.intents.join(" ")
    bad = citing.isnull() | raw.isinfluential.isnull() | (cited.isnull() & raw.citedcorpusid.notnull())
    if ids:
        bad |= raw.citationid.try_cast("int64").isnull()
    columns = {
        "citing": citing,
        "cited": cited,
        "influential": raw.isinfluential,
        "contexts": raw.contexts.length().cast("int32"),
        **{name: named.contains(name) for name in INTENTS},
        "unknown_intent": ~named.re_search(_ONLY_KNOWN),
        "fate": ibis.cases(
            (bad, BAD), (raw.citedcorpusid.isnull(), NULL_TARGET), (citing == cited, SELF), else_=KEPT
        ).cast("int8"),
    }
    if ids:
        columns = {"citationid": raw.citationid.try_cast("int64")} | columns
    if sentences:
        columns |= {"sentences": raw.contexts, "sentence_intents": _intents_of_each(raw.intents)}
    return raw.select(**columns)


def _intents_of_each(intents: Any) -> Any:
    """The intents of each sentence. The flat form of 2022 tells the intents of them all, of none alone."""
    nested = intents.filter(lambda one: one.contains("[")).length() > 0
    listed = intents.map(
        lambda one: one.isnull().ifelse(
            ibis.null("array<string>"),
            ibis.array([one.contains(name).ifelse(name, ibis.null("string")) for name in INTENTS]).filter(
                lambda name: name.notnull()
            ),
        )
    )
    return nested.ifelse(listed, ibis.null("array<array<string>>"))


def fates(rows: Any) -> Any:
    """How many rows met each fate, and how many name an intent that is not one of `INTENTS`."""
    return rows.group_by("fate").agg(rows=_.count(), unknown_intents=_.unknown_intent.cast("int64").sum())


def kept(rows: Any) -> Any:
    """The rows that are citations."""
    return rows.filter(_.fate == KEPT).drop("fate", "unknown_intent")


def merged(rows: Any) -> Any:
    """One row a citation, as `layout.REFERENCES` has it: what any copy says of influence and intents holds."""
    grouped = rows.group_by("citing", "cited").agg(
        influential=_.influential.any(),
        copies=ibis.least(_.count(), 32767).cast("int16"),
        **{name: rows[name].any() for name in INTENTS},
        contexts=_.contexts.max(),
    )
    coded = sum((grouped[name].cast("int8") * 2**place for place, name in enumerate(INTENTS)), ibis.literal(0))
    lists = [(coded == code, ibis.array(_named(code))) for code in range(1, 2 ** len(INTENTS))]
    return grouped.select("citing", "cited", "influential", "copies", intents=ibis.cases(*lists), contexts=_.contexts)


def _named(code: int) -> list[str]:
    return [name for place, name in enumerate(INTENTS) if code >> place & 1]


def fullest_sentences(rows: Any) -> Any:
    """For each citation that has any the sentences of its fullest copy, as `layout.SENTENCES` has them."""
    spoken = rows.filter(_.contexts > 0)
    best = ibis.row_number().over(
        group_by=[spoken.citing, spoken.cited],
        order_by=[
            spoken.contexts.desc(),
            spoken.sentence_intents.isnull(),
            spoken.sentences.join("\n"),
            spoken.sentence_intents.map(lambda one: one.join(" ").coalesce("-")).join(";"),
        ],
    )
    first = spoken.mutate(place=best).filter(_.place == 0)
    return first.select("citing", "cited", contexts=_.sentences, intents=_.sentence_intents)


def paper_rows(raw: Any) -> Any:
    """Lines of a papers shard as rows of `layout.PAPERS`; corpusid is null where a line is none.

    Blanks around texts go, and an empty text becomes null: the release writes "" for what it does not
    know. The sha is the end of the page's address.
    """
    sha = raw.url.re_extract("([0-9a-f]{40})$", 1).nullif("")
    externals = {"doi": "DOI", "arxiv": "ArXiv", "acl": "ACL", "pubmed": "PubMed", "mag": "MAG", "dblp": "DBLP"}
    ids = {name: _text(raw.externalids[theirs]) for name, theirs in externals.items()}
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
        **ids,
    )


def _text(value: Any) -> Any:
    return value.strip().nullif("")


def distinct_papers(rows: Any, columns: Mapping[str, str]) -> Any:
    """One row a corpusid, in the order of `columns`: of several the one that is cited most."""
    best = ibis.row_number().over(
        group_by=rows.corpusid,
        order_by=[rows.citationcount.desc(nulls_first=False), rows.sha, rows.title, rows.year],
    )
    return rows.mutate(place=best).filter(_.place == 0).select(*columns)


def citers(references: Any) -> Any:
    """The citations from the side of the cited, as `layout.CITERS` has them, in no order."""
    return references.select("citing", "cited", "influential")


def degrees(citations: Any) -> Any:
    """For every paper that cites or is cited how many it cites and how many cite it.

    Returns
    -------
    ibis table
        corpusid, references, citations, influential (of the citations).
    """
    ends = ibis.union(
        citations.select(corpusid=_.citing, references=1, citations=0, influential=0),
        citations.select(corpusid=_.cited, references=0, citations=1, influential=_.influential.cast("int8")),
    )
    return ends.group_by("corpusid").agg(
        references=_.references.sum(), citations=_.citations.sum(), influential=_.influential.sum()
    )


def frontier(citations: Any, seeds: Any, hops: int, *, towards: str = "cited") -> Any:
    """The papers within so many hops of the seeds, with their distance.

    Parameters
    ----------
    citations : ibis table
    seeds : ibis table
        Has the column corpusid.
    hops : int
    towards : {"cited", "citing"}, default "cited"
        "cited" walks to what papers build on, "citing" to what builds on them.

    Returns
    -------
    ibis table
        corpusid, distance.

    Notes
    -----
    A join with the citations and a distinct for each hop.
    """
    source = "citing" if towards == "cited" else "cited"
    reached = seeds.select("corpusid").distinct().mutate(distance=ibis.literal(0, "int64"))
    last = reached
    for hop in range(1, hops + 1):
        steps = citations.join(last, citations[source] == last.corpusid).select(corpusid=citations[towards]).distinct()
        last = steps.anti_join(reached, "corpusid").mutate(distance=ibis.literal(hop, "int64"))
        reached = ibis.union(reached, last)
    return reached


def induced(citations: Any, papers: Any) -> Any:
    """The citations among the papers of a table that has the column corpusid."""
    among = papers.select("corpusid").distinct()
    within = citations.semi_join(among.select(citing=among.corpusid), "citing")
    return within.semi_join(among.select(cited=among.corpusid), "cited")


def even_ranks(citations: Any) -> Any:
    """The start of PageRank: every paper that cites or is cited has the same rank, together 1."""
    papers = ibis.union(citations.select(corpusid=_.citing), citations.select(corpusid=_.cited), distinct=True)
    return papers.mutate(rank=1 / papers.count().as_scalar())


def next_ranks(citations: Any, ranks: Any, *, damping: float = 0.85) -> Any:
    """One round of PageRank: rank flows from the citing to the cited; who cites nothing gives to all.

    Parameters
    ----------
    citations : ibis table
    ranks : ibis table
        corpusid, rank: `even_ranks`, or the last round's.
    damping : float, default 0.85

    Returns
    -------
    ibis table
        corpusid, rank; together 1.

    References
    ----------
    Brin and Page 1998, doi:10.1016/S0169-7552(98)00110-X.
    """
    out = citations.group_by(corpusid=citations.citing).agg(fanout=_.count())
    sharing = ranks.join(out, "corpusid").select("corpusid", share=_.rank / _.fanout)
    received = (
        citations.join(sharing, citations.citing == sharing.corpusid)
        .group_by(corpusid=citations.cited)
        .agg(received=_.share.sum())
    )
    idle = ranks.anti_join(out, "corpusid").agg(idle=_["rank"].sum().coalesce(0.0)).idle.as_scalar()
    papers = ranks.count().as_scalar()
    joined = ranks.left_join(received, "corpusid")
    rank = (1 - damping) / papers + damping * (joined.received.coalesce(0.0) + idle / papers)
    return joined.select("corpusid", rank=rank)
