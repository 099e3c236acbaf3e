"""Apply diffs to a store: what changed in Semantic Scholar since its release.

A diff names rows by their primary keys, and the merged tables have none: several rows make one
citation. So a store that is to be updated keeps its rows, with `citationid`, in the folder ``rows``;
an update takes the changed ones out, adds the new ones, and merges anew. The old tables stand until
the new manifest does.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..index.store_layout import Manifest, read_manifest, write_manifest
from ..utils.files import parse_json, read_text
from .checkpoints import Checkpoints, WorkerPool, only_one
from .diff_expressions import brought, last_changes, untouched, with_step
from .diffs import ABOUT, FOLDER, TABLE_OF, Change, find_changes
from .engine import RUN_ROWS
from .expressions import BAD, RAW_PAPER, citation_rows, kept, paper_rows
from .ingest import hire, share
from .merge_runs import Merging
from .options import IngestOptions, IngestProgress, NoProgress
from .shards import CITATIONS, PAPERS, ShardText
from .sorted_runs import Worker, citation_columns
from .workspace import KEPT_ROWS, REJECTS, Totals, outcome, plain, rows_folder

WORK = "update"
KEYS = {CITATIONS: "citationid", PAPERS: "corpusid"}
SORTED_BY = {CITATIONS: "citing", PAPERS: "corpusid"}


def update(store: Path, diffs: Path, wish: IngestOptions, told: IngestProgress | None = None) -> Manifest:
    """Apply diffs to a store, or go on applying them.

    Parameters
    ----------
    store : Path
        Made with `IngestOptions.updatable`.
    diffs : Path
        What `diffs.download_diffs` returned.
    wish : IngestOptions
        Memory, threads and allowance; the rest is the store's.
    told : IngestProgress, optional

    Returns
    -------
    Manifest
        Of the updated store.

    Raises
    ------
    InputError
        For a store without its rows, diffs from another release, broken files, too many rejects.

    Notes
    -----
    Reads the diffs once, and all kept rows; rewrites every table.
    """
    with only_one(store):
        manifest = read_manifest(store)
        about = parse_json(read_text(diffs / ABOUT), where=str(diffs / ABOUT), remedy="download the diffs again")
        start, end = about.get("start"), about.get("end")
        if not isinstance(end, str) or not isinstance(start, str):
            raise InputError("not the diffs of a dataset", where=str(diffs), remedy="download the diffs again")
        _clear_leftovers(store, manifest)
        if manifest.release == end:
            return manifest
        if start != manifest.release:
            raise InputError(
                f"the diffs begin at {start}, and the store is of {manifest.release}",
                where=str(diffs),
                remedy="download the diffs from that release",
            )
        return _Update(store, manifest, diffs, end, wish, told or NoProgress()).manifest()


class _Update:
    def __init__(
        self, store: Path, manifest: Manifest, diffs: Path, end: str, wish: IngestOptions, told: IngestProgress
    ) -> None:
        self._store, self._old, self._end, self._told = store, manifest, end, told
        self._wish = replace(wish, release=end, updatable=True, sentences="sentences" in manifest.tables)
        self._changes = find_changes(diffs)
        self._work = store / WORK / plain(end)
        self._marks = Checkpoints(self._work / "done")
        self._before = rows_folder(store, manifest)
        self._rows = store / f"{KEPT_ROWS}-{plain(end)}"

    def manifest(self) -> Manifest:
        for folder in (self._rows, self._work / "changes"):
            folder.mkdir(parents=True, exist_ok=True)
        for left in self._store.rglob("*.part"):
            if FOLDER not in left.relative_to(self._store).parts:
                left.unlink()
        shutil.rmtree(self._work / "scratch", ignore_errors=True)
        (self._work / "scratch").mkdir()
        threads, memory = share(self._wish)
        crew = hire(self._work / "scratch", threads, memory)
        try:
            counts = self._read(crew)
            for kind in KEYS:
                counts |= self._apply(crew, kind)
            prefix = f"{plain(self._end)}-"
            merging = Merging(self._store, self._rows, self._work / "turned", self._marks, self._wish, prefix=prefix)
            tables = merging.tables(crew, memory, threads, self._told)
        finally:
            crew.close()
        made_from = (*self._old.made_from, *(change.shard.row() for change in self._changes))
        updated = Manifest(self._end, tables, outcome(counts, tables), made_from)
        write_manifest(self._store, updated)
        _clear_leftovers(self._store, updated)
        return updated

    def _read(self, crew: WorkerPool[Worker]) -> dict[str, int]:
        """Read the files of the diffs; how many lines they have, and rejects."""
        totals = Totals(self._wish, self._store / REJECTS)
        self._told.begin("reading diffs", sum(change.shard.bytes for change in self._changes))

        def reading(change: Change) -> Callable[[Worker], None]:
            def read(worker: Worker) -> None:
                name = change.name
                mark = self._marks.get(f"read-{name}")
                if mark is None:
                    path = self._work / "changes" / f"{name}.parquet"
                    mark = self._marks.put(f"read-{name}", _read_change(worker, change, path, self._wish), [path])
                self._told.add(change.shard.bytes)
                totals.add(mark)

            return read

        crew.each([reading(change) for change in self._changes])
        return {"changed_" + name: number for name, number in totals.counts.items()}

    def _apply(self, crew: WorkerPool[Worker], kind: str) -> dict[str, int]:
        """Make the rows of the new release: those of the old that stay, and those that the diffs bring."""
        runs = sorted(self._before.glob(f"{kind}-*.parquet"))
        changes = [change for change in self._changes if change.shard.kind == kind]
        if not runs:
            if TABLE_OF[kind] in self._old.tables:
                raise InputError(f"the rows of {kind} are gone", where=str(self._before), remedy="ingest again")
            return {}
        rows: Counter[str] = Counter()
        self._told.begin(f"applying to {kind}", len(runs) + 1, unit="parts")
        last = self._last(kind) if changes else None
        units = [self._once(f"stay-{run.stem}", kind, rows, _staying(run, last, kind)) for run in runs]
        if changes:
            crew.each([self._settling(kind, changes)])
            units.append(self._once(f"{kind}-new-{plain(self._end)}", kind, rows, self._bringing(kind, changes)))
        crew.each(units)
        return {f"{'citation' if kind == CITATIONS else 'paper'}_rows": rows["rows"]}

    def _last(self, kind: str) -> Path:
        return self._work / f"last-{kind}.parquet"

    def _settling(self, kind: str, changes: Sequence[Change]) -> Callable[[Worker], None]:
        def settle(worker: Worker) -> None:
            if self._marks.get(f"last-{kind}") is None:
                tables = [worker.engine.parquet([str(self._path(change))]) for change in changes]
                rows = worker.engine.write(last_changes(tables, KEYS[kind]), self._last(kind))
                self._marks.put(f"last-{kind}", {"rows": rows}, [self._last(kind)])

        return settle

    def _bringing(self, kind: str, changes: Sequence[Change]) -> Callable[[Worker], Any]:
        def bring(worker: Worker) -> Any:
            updates = [str(self._path(change)) for change in changes if not change.deletes]
            if not updates:
                return None
            last = worker.engine.parquet([str(self._last(kind))])
            rows = brought(worker.engine.parquet(updates), last, KEYS[kind])
            return kept(rows) if kind == CITATIONS else rows

        return bring

    def _once(
        self, name: str, kind: str, rows: Counter[str], make: Callable[[Worker], Any]
    ) -> Callable[[Worker], None]:
        """A unit that writes one run of the new rows."""

        def unit(worker: Worker) -> None:
            mark = self._marks.get(f"rows-{name}")
            if mark is None:
                made = make(worker)
                path = self._rows / f"{name.removeprefix('stay-')}.parquet"
                if made is None:
                    mark = self._marks.put(f"rows-{name}", {"rows": 0})
                else:
                    written = worker.engine.write(made.order_by(SORTED_BY[kind]), path, group_rows=RUN_ROWS)
                    if not written:
                        path.unlink()  # a run without rows has no statistics to cut by
                    mark = self._marks.put(f"rows-{name}", {"rows": written}, [path] if written else [])
            rows.update(rows=mark["rows"])
            self._told.add(1)

        return unit

    def _path(self, change: Change) -> Path:
        return self._work / "changes" / f"{change.name}.parquet"


def _staying(run: Path, last: Path | None, kind: str) -> Callable[[Worker], Any]:
    def stay(worker: Worker) -> Any:
        rows = worker.engine.parquet([str(run)])
        return untouched(rows, worker.engine.parquet([str(last)]), KEYS[kind]) if last else rows

    return stay


def _read_change(worker: Worker, change: Change, path: Path, wish: IngestOptions) -> Mapping[str, int]:
    """Read one file of a diff as typed rows with their step; how many lines it has, and rejects."""
    engine, key, kind = worker.engine, KEYS[change.shard.kind], change.shard.kind
    columns = {key: "string"} if change.deletes else citation_columns(wish) if kind == CITATIONS else dict(RAW_PAPER)
    with (
        ShardText(Path(change.shard.path)) as text,
        worker.pipe.pouring(text, change.shard.bytes << 12, lambda _: None),
    ):
        raw = engine.lines([str(worker.pipe.path)], columns)
        if change.deletes:
            rows = raw.select(**{key: raw[key].try_cast("int64")})
        elif kind == CITATIONS:
            rows = citation_rows(raw, ids=True, sentences=wish.sentences)
        else:
            rows = paper_rows(raw)
        with engine.held(rows) as held:
            good = held.filter(held.fate != BAD) if "fate" in held.columns else held.filter(held[key].notnull())
            ((lines,),) = engine.rows(held.agg(lines=held.count()))
            written = engine.write(with_step(good, change.step), path)
    return {"lines": lines, "rejects": lines - written, "rows": written}


def _clear_leftovers(store: Path, manifest: Manifest) -> None:
    """Remove what an older release, or an update to another one that was given up, left behind."""
    current = {store / part.name for table in manifest.tables.values() for part in table.files}
    unfinished = [path.name for path in (store / WORK).iterdir()] if (store / WORK).is_dir() else []
    if manifest.release and plain(manifest.release) in unfinished:
        shutil.rmtree(store / WORK)
        unfinished = []
    for table in manifest.tables:
        for path in (store / table).glob("*.parquet"):
            if path not in current and not any(path.name.startswith(f"{end}-") for end in unfinished):
                path.unlink()
    own = f"{KEPT_ROWS}-{plain(manifest.release or '')}"
    for folder in store.glob(f"{KEPT_ROWS}*"):
        newer = (store / own).is_dir() and folder.name != own
        if newer and folder.name.removeprefix(f"{KEPT_ROWS}-") not in unfinished:
            shutil.rmtree(folder)
