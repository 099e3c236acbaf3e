"""The table by which names are looked up, built from the papers of a store: see `graph.scale.names`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

FREQUENT = 20_000
"""Of words in more titles than this it is written down in how many."""
_MACROS = r"""
CREATE MACRO words_of(text) AS regexp_extract_all(strip_accents(lower(text)), '[\p{L}\p{N}]+');
CREATE MACRO joined(text) AS array_to_string(words_of(text), '');
CREATE MACRO key_of(kind, text) AS md5_number_lower(kind || ':' || text);
"""
_SURNAME = "list_last(list_filter(words_of(authors[1]), lambda part: part NOT IN ('jr', 'sr', 'ii', 'iii', 'iv')))"
_ARXIV_YEAR = r"""
CASE WHEN regexp_matches(arxiv, '^\d{4}\.\d{4,5}') THEN 2000 + CAST(arxiv[1:2] AS INTEGER)
     WHEN regexp_matches(arxiv, '/\d{7}') THEN
          CAST(regexp_extract(arxiv, '/(\d{2})', 1) AS INTEGER)
          + CASE WHEN regexp_extract(arxiv, '/(\d{2})', 1) >= '91' THEN 1900 ELSE 2000 END END
"""
_ROWS = f"""
SELECT key_of('title', joined(title)) AS key, corpusid FROM papers WHERE joined(title) <> ''
UNION ALL SELECT key_of('doi', lower(doi)), corpusid FROM papers WHERE doi IS NOT NULL
UNION ALL SELECT key_of('arxiv', lower(arxiv)), corpusid FROM papers WHERE arxiv IS NOT NULL
UNION ALL SELECT key_of('acl', lower(acl)), corpusid FROM papers WHERE acl IS NOT NULL
UNION ALL SELECT key_of('s2', lower(sha)), corpusid FROM papers WHERE sha IS NOT NULL
UNION ALL SELECT key_of('by', {_SURNAME} || ' ' || unnest(list_distinct([year, {_ARXIV_YEAR}]))), corpusid
          FROM papers WHERE len(authors) > 0
UNION ALL SELECT key_of('word', unnest(list_distinct(words_of(title)))), corpusid FROM papers
"""  # noqa: S608  # made of constants


_KEYS = f"CREATE TABLE keys AS SELECT * FROM ({_ROWS}) WHERE key IS NOT NULL ORDER BY key, corpusid"  # noqa: S608
_FREQUENT_KEYS = f"""
CREATE TABLE frequent AS
SELECT key, count(*) AS papers FROM keys GROUP BY key HAVING count(*) > {FREQUENT} ORDER BY key
"""  # noqa: S608  # made of constants, as above


def build_names(path: Path, files: Sequence[Path], *, memory: int) -> None:
    """Build the look-up of a store's names.

    Parameters
    ----------
    path : Path
        A database that is not there yet.
    files : sequence of Path
        The Parquet files of the papers.
    memory : int
        Bytes; DuckDB sorts on disk, beside `path`, what does not fit.
    """
    import duckdb

    with duckdb.connect(str(path)) as base:
        base.execute(f"SET memory_limit = '{max(memory >> 20, 256)}MiB'")
        base.execute(f"SET temp_directory = '{_quoted(str(path.with_suffix('.spill')))}'")
        base.execute(_MACROS)
        base.execute("CREATE TEMP VIEW papers AS SELECT * FROM " + _read(files))  # noqa: S608  # quoted there
        base.execute(_KEYS)
        base.execute(_FREQUENT_KEYS)


def _read(files: Sequence[Path]) -> str:
    if not files:
        return (
            "(SELECT 0::BIGINT AS corpusid, NULL::VARCHAR AS sha, NULL::VARCHAR AS title, NULL::INTEGER AS year, "
            "NULL::VARCHAR AS doi, NULL::VARCHAR AS arxiv, NULL::VARCHAR AS acl, NULL::VARCHAR[] AS authors LIMIT 0)"
        )
    return "read_parquet([" + ", ".join(f"'{_quoted(str(file))}'" for file in files) + "])"


def _quoted(text: str) -> str:
    return text.replace("'", "''")
