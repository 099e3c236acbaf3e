"""Papers and citations as tables: pandas for notebooks, CSV for people and spreadsheets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..analysis.measures.affordable import Measured, left_out
from ..model.lineage import Lineage
from ..utils.csv_files import csv_of_columns
from .column import Column, Subject, pick, pick_flat
from .columns import CITATION_FACTS, PAPER_FACTS, measure_columns, retraction_columns
from .contents import Arc, ExportedCitation, ExportedPaper, contents_of

if TYPE_CHECKING:
    import pandas as pd

PAPER_COLUMNS: tuple[Column[ExportedPaper], ...] = (
    *pick_flat(PAPER_FACTS, "key", "list_numbers", "name", "title", "authors", "year", "date", "date_basis"),
    *pick_flat(PAPER_FACTS, "publication_date", "venue", "role"),
    *(replace(column, name="themes") for column in pick_flat(PAPER_FACTS, "themes_chosen")),
    *pick_flat(PAPER_FACTS, "inferred_themes"),
    *(replace(column, name="references") for column in pick_flat(PAPER_FACTS, "references_known")),
    *pick_flat(PAPER_FACTS, "references_listed", "cites_in_view", "cited_by_in_view"),
    *(column.flat(separator=" ") for column in pick(PAPER_FACTS, "identifiers")),
    *pick_flat(PAPER_FACTS, "url"),
)
"""The columns of the table of papers."""

CITATION_COLUMNS: tuple[Column[ExportedCitation], ...] = pick_flat(
    CITATION_FACTS,
    *("citing", "cited", "citing_name", "cited_name", "citing_year", "cited_year"),
    *("sources", "asserted_by", "origins", "backwards"),
)
"""The columns of the table of citations."""

NOTE = "measures_note"
"""The name of the column that says which measures are estimated or left out."""

Arcs = Collection[Arc]

# Int64, Float64 and boolean: a value can be unknown, and a year stays whole
_DTYPES = {"double": "Float64", "string": "object", "long": "Int64", "boolean": "boolean"}


def paper_columns(lineage: Lineage, measured: Measured | None) -> tuple[Column[ExportedPaper], ...]:
    """The columns of the table of papers with these measures.

    Where measures are estimated or left out, because the corpus is large, a last column says so in every row: a table
    has no other place for it.
    """
    before = (*PAPER_COLUMNS, *retraction_columns(lineage))
    if not measured:
        return before
    note = left_out(lineage, measured)
    said: Column[ExportedPaper] = Column(NOTE, "string", "which measures are estimated or left out", lambda _: note)
    return (*before, *measure_columns(measured), *((said,) if note else ()))


def papers_frame(
    lineage: Lineage, keys: Iterable[str], measured: Measured | None = None, *, arcs: Arcs | None = None
) -> pd.DataFrame:
    """Papers as a pandas table, one row for each paper, oldest first; see `PAPER_COLUMNS`.

    Raises `KeyError` for a key that the lineage does not have. Linear in the papers and their citations.

    Parameters
    ----------
    keys : iterable of str
        The papers, in any order. The counts of citations are of those among these papers.
    measured : mapping of str to Result, optional
        From `graph.analysis.measures.affordable.measured`: a column ``measure_...`` for each, and where some are
        estimated or left out ``measures_note``.
    arcs : collection of (str, str), optional
        Only these citations, cited -> citing, are counted; all when left out.

    Returns
    -------
    pandas.DataFrame
        An unknown value is None, or NA in a column of numbers.
    """
    papers, _ = contents_of(lineage, keys, arcs)
    return _frame(paper_columns(lineage, measured), papers)


def citations_frame(
    lineage: Lineage,
    keys: Iterable[str],
    *,
    arcs: Arcs | None = None,
    more: Sequence[Column[ExportedCitation]] = (),
) -> pd.DataFrame:
    """The citations among papers as a pandas table, citing -> cited; see `CITATION_COLUMNS`.

    Parameters, errors and cost are those of `papers_frame`; `more` are further columns. A paper that
    cites itself has no row.
    """
    _, citations = contents_of(lineage, keys, arcs)
    return _frame((*CITATION_COLUMNS, *more), citations)


def csv_of_papers(lineage: Lineage, papers: Sequence[ExportedPaper], measured: Measured | None) -> str:
    r"""Papers as CSV in which a spreadsheet finds nothing to run, with the columns of `papers_frame`.

    It has a header, ``\n`` line ends, and an empty cell for an unknown value. A text that a spreadsheet would run as a
    formula begins with an apostrophe, which `graph.utils.csv_files.read_csv` removes. Linear in the papers.

    >>> from graph.model.corpus import Corpus, Paper
    >>> from graph.model.lineage import build_lineage
    >>> from graph.model.reading_list import ReadingList
    >>> corpus = Corpus({"devlin2018": Paper("devlin2018", "BERT", date="2018-10-11")})
    >>> lineage = build_lineage(corpus, ReadingList("Nothing yet", (), ()))
    >>> csv_of_papers(lineage, contents_of(lineage, ["devlin2018"])[0], None).splitlines()[1]
    'devlin2018,,BERT,BERT,,2018,2018-10-11,,,,other,,,not_fetched,,,0,,'
    """
    return _csv(paper_columns(lineage, measured), papers)


def csv_of_citations(citations: Sequence[ExportedCitation], *, more: Sequence[Column[ExportedCitation]] = ()) -> str:
    """Citations as CSV, with the columns of `citations_frame`; see `csv_of_papers`."""
    return _csv((*CITATION_COLUMNS, *more), citations)


def _frame(columns: Sequence[Column[Subject]], subjects: Sequence[Subject]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {column.name: pd.Series(column.values(subjects), dtype=_DTYPES[column.type]) for column in columns}
    )


def _csv(columns: Sequence[Column[Subject]], subjects: Sequence[Subject]) -> str:
    return csv_of_columns({column.name: column.values(subjects) for column in columns})
