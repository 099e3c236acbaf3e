"""The progress of an ingest or a download in one line."""

from __future__ import annotations

import io

from graph.bulk.progress import ByteMeter


def test_progress_shows_bytes_rate_and_time_left():
    now = [0.0]
    stream = io.StringIO()
    meter = ByteMeter(stream, lambda: now[0])
    meter.begin("reading", 300_000_000, done=100_000_000)
    meter.add(0)
    now[0] = 20.0
    meter.add(50_000_000)
    assert stream.getvalue() == "reading: 150 MB of 300 MB, 2.5 MB/s, 60 s left\n"
    meter.begin("merging", 12, unit="parts")
    meter.add(1)
    now[0] = 50.0
    meter.add(2)
    assert stream.getvalue().splitlines()[1] == "merging: 3 of 12 parts, 2 min left"
    meter.begin("downloading", 0)  # how much is only known when the last shard has begun
    meter.add(0)
    now[0] = 60.0
    meter.add(20_000_000)
    assert stream.getvalue().splitlines()[2] == "downloading: 20 MB, 2 MB/s"
