"""Papers and citations as tables: pandas for notebooks, CSV for people and spreadsheets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from ..analysis.measures.affordable import Measured
from ..model.lineage import Lineage
from ..utils.files import csv_text
from .columns import CitationInView, Column, PaperInView, T, joined, measure_columns, view_of

if TYPE_CHECKING:
    import pandas as pd

PAPER_COLUMNS: tuple[Column[PaperInView], ...] = (
    Column("key", "string", "the paper's key in this corpus", lambda p: p.paper.key),
    Column("list_numbers", "string", "its numbers in the reading list", lambda p: p.list_numbers),
    Column("name", "string", "what to call it", lambda p: p.paper.name),
    Column("title", "string", "the full title", lambda p: p.paper.title),
    Column("authors", "string", "as far as they are known, in order", lambda p: joined(p.paper.authors)),
    Column("year", "long", "when the idea became public", lambda p: p.paper.year),
    Column("date", "string", "the same, as precisely as it is known", lambda p: p.paper.date),
    Column("date_basis", "string", "where the date comes from", lambda p: p.paper.date_basis),
    Column("publication_date", "string", "the venue's date", lambda p: p.paper.publication_date),
    Column("venue", "string", "where it was published", lambda p: p.paper.venue),
    Column("role", "string", "list, bridge, ancestor, descendant or other", lambda p: p.facts["role"]),
    Column("themes", "string", "the themes that a person gave it", lambda p: p.themes_chosen),
    Column("inferred_themes", "string", "the themes that its neighbours suggest", lambda p: p.themes_inferred),
    Column("references", "string", "what is known of its references", lambda p: p.references),
    Column(
        "references_listed", "long", "how many references a source lists at the most", lambda p: p.references_listed
    ),
    Column("cites_in_view", "long", "papers of this table that it cites; empty: unknown", lambda p: p.cites_known),
    Column("cited_by_in_view", "long", "papers of this table that are known to cite it", lambda p: p.cited_by),
    Column("identifiers", "string", "as scheme:value", lambda p: " ".join(map(str, p.paper.identifiers)) or None),
    Column("url", "string", "the page to open for it", lambda p: p.paper.url),
)
"""The columns of the table of papers."""

CITATION_COLUMNS: tuple[Column[CitationInView], ...] = (
    Column("citing", "string", "the key of the paper that cites", lambda c: c.citing.key),
    Column("cited", "string", "the key of the paper that it cites", lambda c: c.cited.key),
    Column("citing_name", "string", "what to call the citing paper", lambda c: c.citing.name),
    Column("cited_name", "string", "what to call the cited paper", lambda c: c.cited.name),
    Column("citing_year", "long", "when the citing paper became public", lambda c: c.citing.year),
    Column("cited_year", "long", "when the cited paper became public", lambda c: c.cited.year),
    Column("sources", "string", "who asserts the citation", lambda c: c.source_labels),
    Column("asserted_by", "long", "how many they are", lambda c: c.asserted_by),
    Column("backwards", "boolean", "True when the cited paper is dated after the citing one", lambda c: c.backwards),
)
"""The columns of the table of citations."""

Arcs = Collection[tuple[str, str]]

# Int64, Float64 and boolean: a value can be unknown, and a year stays whole
_DTYPES = {"double": "Float64", "string": "object", "long": "Int64", "boolean": "boolean"}


def papers_frame(
    lineage: Lineage, keys: Iterable[str], measured: Measured | None = None, *, arcs: Arcs | None = None
) -> pd.DataFrame:
    """Papers as a pandas table, oldest first, one row a paper; see `PAPER_COLUMNS`.

    Parameters
    ----------
    lineage : Lineage
    keys : iterable of str
        The papers, in any order. Counts "in view" are among these.
    measured : mapping of str to Result, optional
        From `graph.analysis.measures.affordable.measured`: a column ``measure_...`` for each.
    arcs : collection of (str, str), optional
        Only these citations, cited -> citing, count; all when left out.

    Returns
    -------
    pandas.DataFrame
        What is not known is None, or NA in a column of numbers.

    Raises
    ------
    KeyError
        For a key that the lineage does not have.

    Notes
    -----
    Linear in the papers and their citations.
    """
    papers, _ = view_of(lineage, keys, arcs)
    return _frame((*PAPER_COLUMNS, *measure_columns(measured or {})), papers)


def citations_frame(
    lineage: Lineage,
    keys: Iterable[str],
    *,
    arcs: Arcs | None = None,
    more: Sequence[Column[CitationInView]] = (),
) -> pd.DataFrame:
    """The citations among papers as a pandas table, citing -> cited; see `CITATION_COLUMNS`.

    Parameters, errors and cost are those of `papers_frame`; `more` are further columns. A paper that
    cites itself has no row.
    """
    _, citations = view_of(lineage, keys, arcs)
    return _frame((*CITATION_COLUMNS, *more), citations)


def papers_csv(
    lineage: Lineage, keys: Iterable[str], measured: Measured | None = None, *, arcs: Arcs | None = None
) -> str:
    r"""Write `papers_frame` as CSV that a spreadsheet shows and never runs.

    Parameters
    ----------
    lineage : Lineage
    keys : iterable of str
        The papers, in any order.
    measured : mapping of str to Result, optional
        From `graph.analysis.measures.affordable.measured`: a column ``measure_...`` for each.
    arcs : collection of (str, str), optional
        Only these citations, cited -> citing, count; all when left out.

    Returns
    -------
    str
        With a header, ``\n`` line ends, and an empty cell for what is not known. A text that a
        spreadsheet would run has an apostrophe in front, which `graph.utils.files.read_csv` takes away.

    Raises
    ------
    KeyError
        For a key that the lineage does not have.

    Notes
    -----
    Linear in the papers and their citations.

    Examples
    --------
    >>> from graph.model.corpus import Corpus, Paper
    >>> from graph.model.lineage import build_lineage
    >>> from graph.model.reading_list import ReadingList
    >>> corpus = Corpus({"devlin2018": Paper("devlin2018", "BERT", date="2018-10-11")})
    >>> papers_csv(build_lineage(corpus, ReadingList("Nothing yet", (), ())), ["devlin2018"]).splitlines()[1]
    'devlin2018,,BERT,BERT,,2018,2018-10-11,,,,other,,,not_fetched,,,0,,'
    """
    return _csv(papers_frame(lineage, keys, measured, arcs=arcs))


def citations_csv(
    lineage: Lineage,
    keys: Iterable[str],
    *,
    arcs: Arcs | None = None,
    more: Sequence[Column[CitationInView]] = (),
) -> str:
    """Write `citations_frame` as CSV; see `papers_csv`.

    Parameters
    ----------
    lineage : Lineage
    keys : iterable of str
        The papers between which citations are wanted.
    arcs : collection of (str, str), optional
        Only these, cited -> citing.
    more : sequence of Column
        Further columns.

    Returns
    -------
    str

    Raises
    ------
    KeyError
        For a key that the lineage does not have.

    Notes
    -----
    Linear in the papers and their citations.

    Examples
    --------
    >>> from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source
    >>> from graph.model.lineage import build_lineage
    >>> from graph.model.reading_list import ReadingList
    >>> corpus = Corpus(
    ...     {"gpt": Paper("gpt", "GPT", date="2018-06"), "bert": Paper("bert", "BERT", date="2018-10")},
    ...     [Citation("bert", "gpt", (Assertion("print:bert"),))],
    ...     sources={"print:bert": Source("print:bert", "printed_bibliography", "bibliography of BERT")},
    ... )
    >>> citations_csv(build_lineage(corpus, ReadingList("Nothing yet", (), ())), corpus.papers).splitlines()[1]
    'bert,gpt,BERT,GPT,2018,2018,bibliography of BERT,1,False'
    """
    return _csv(citations_frame(lineage, keys, arcs=arcs, more=more))


def _frame(columns: Sequence[Column[T]], rows: Sequence[T]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {column.name: pd.Series([column.value(row) for row in rows], dtype=_DTYPES[column.type]) for column in columns}
    )


def _csv(frame: pd.DataFrame) -> str:
    import pandas as pd

    rows = ([None if pd.isna(cell) else cell for cell in row] for row in frame.itertuples(index=False, name=None))
    return csv_text(list(frame.columns), rows)
