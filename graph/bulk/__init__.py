"""The whole literature: Semantic Scholar's bulk release as a store of sorted Parquet tables.

`graph.index.store_layout` describes the files of a store. This package needs the extra ``bulk``; its modules load
DuckDB, Ibis and pyarrow where they use them.
"""
