"""The whole literature: Semantic Scholar's bulk release as a store of sorted Parquet tables.

.. code-block:: text

    layout        what a store is on disk: tables, columns, order, manifest
    datasets      what the service lists            download together   shards, several at once, each whole or not there
    shards        gzip text, checked, as a stream   rejects    lines that are no rows
    engine spark  DuckDB, and Apache Spark          expressions changes   the table work, for both
    reading       a shard -> sorted runs            cuts       where to cut so that parts fit in memory
    merging       runs -> tables                    work site  units, marks, a store under construction
    ingest        all of it with DuckDB             cluster    all of it with Spark
    remote remote_site   files, and a store under construction, by URL
    diffs update  downloaded, applied in order      wish progress   how it is to be done, and how far it is

Everything but the layout needs the extra ``bulk``; modules load its packages where they are used.
"""
