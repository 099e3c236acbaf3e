"""The whole literature: Semantic Scholar's bulk release as a store of sorted Parquet tables.

.. code-block:: text

    options progress              how to ingest; how far it is
    datasets                      what the datasets service lists
    download threads              shards, several at a time; what their threads share
    shards rejects                gzipped lines as a stream; the lines that are no rows of a release
    engine spark                  DuckDB in this process, and Apache Spark
    expressions diff_expressions  the table work, written once for both engines
    workspace checkpoints         a store under construction; which tasks are done
    workers                       DuckDB engines, each on a thread of its own
    sorted_runs partition         a shard becomes sorted runs; key ranges that fit in memory
    merge_runs                    runs become the tables of a store
    ingest                        all of it with DuckDB
    cluster                       all of it with Spark
    remote remote_workspace       files and a store under construction by URL
    diffs update                  what changed between releases: downloaded, applied

`graph.index.store_layout` describes the files of a store. This package needs the extra ``bulk``; its modules load
DuckDB, Ibis and pyarrow where they use them.
"""
