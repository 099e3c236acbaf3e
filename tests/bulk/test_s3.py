"""`lineage bulk ingest --engine spark` over `s3a:`, against an S3 server on this machine; `make s3` runs it.

The server is moto's, the client Hadoop's own. It is asked as an object store is: by HTTP, without renames of folders.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from benchmarks.release import Release, write_citations, write_papers
from graph.bulk.ingest import ingest
from graph.bulk.rejects import RejectLimit
from graph.bulk.shards import find_shards
from graph.bulk.workspace import IngestOptions
from graph.index.store_layout import check_store, read_manifest
from graph.interfaces.cli.bulk import bulk_command

from ..helpers.bulk_oracle import table

pytestmark = [
    pytest.mark.s3,
    # PySpark leaves the sockets to its own JVM to the garbage collector.
    pytest.mark.filterwarnings(
        "ignore:unclosed <socket:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
    ),
]

JARS = Path(__file__).parent / "s3" / "target" / "dependency"
RELEASE = "2026-09-01"
KEY = {"aws_access_key_id": "someone", "aws_secret_access_key": "a-secret-that-must-not-be-printed"}


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty S3 server."""
    log = tmp_path_factory.mktemp("s3") / "log"
    with (
        log.open("w") as written,
        subprocess.Popen(
            [sys.executable, "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"], stdout=written, stderr=written
        ) as server,
    ):
        for _ in range(600):
            if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text()):
                break
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
        assert found, log.read_text()
        yield found[0]
        server.terminate()


@pytest.fixture
def bucket(endpoint: str) -> Any:
    """An empty bucket."""
    import boto3

    s3 = boto3.resource("s3", endpoint_url=endpoint, region_name="us-east-1", **KEY)
    made = s3.create_bucket(Bucket=f"release-{time.time_ns()}")
    yield made
    made.objects.all().delete()
    made.delete()


def ingested(endpoint: str, *arguments: str, **settings: str) -> Result:
    """The command, with what a person writes for a store of objects of their own."""
    given = {
        "spark.driver.extraClassPath": str(JARS / "*"),
        "spark.hadoop.fs.s3a.endpoint": endpoint,
        "spark.hadoop.fs.s3a.endpoint.region": "us-east-1",
        "spark.hadoop.fs.s3a.path.style.access": "true",
        "spark.hadoop.fs.s3a.access.key": KEY["aws_access_key_id"],
        "spark.hadoop.fs.s3a.secret.key": KEY["aws_secret_access_key"],
        "spark.hadoop.fs.s3a.attempts.maximum": "2",
        "spark.hadoop.fs.s3a.retry.limit": "2",
        "spark.sql.shuffle.partitions": "2",
        **settings,
    }
    words = [word for name, value in given.items() for word in ("--spark-setting", f"{name}={value}")]
    options = ("--engine", "spark", "--master", "local[2]", "--memory", "1GiB", "--max-rejects", "100")
    return CliRunner().invoke(bulk_command, ["ingest", *arguments, *options, *words])


def test_shards_and_a_store_in_a_bucket_equal_those_in_folders(endpoint: str, bucket: Any, tmp_path: Path):
    release = Release(600, seed=4, bad_lines=2)
    shards = tmp_path / "made" / RELEASE
    write_citations(release, shards, 2)
    write_papers(release, shards, 1)
    for path in list(shards.iterdir()):
        path.with_name(path.name + ".json").write_text(json.dumps({"release": RELEASE}))
    for path in shards.iterdir():
        bucket.upload_file(str(path), f"shards/{path.name}")
    options = IngestOptions(reject_limit=RejectLimit(count=100), memory=1 << 30, release=RELEASE)
    one = ingest(find_shards([shards]), tmp_path / "duckdb", options)

    result = ingested(endpoint, f"s3a://{bucket.name}/shards", "--to", f"s3a://{bucket.name}/store")
    assert result.exit_code == 0, (result.output, result.exception)

    copied = tmp_path / "copied"  # as `aws s3 cp --recursive` does
    for each in bucket.objects.filter(Prefix="store/"):
        if not each.key.endswith("/"):
            path = copied / each.key.removeprefix("store/")
            path.parent.mkdir(parents=True, exist_ok=True)
            bucket.download_file(each.key, str(path))
    other = read_manifest(copied)
    check_store(copied, other)
    assert other.counts == one.counts
    assert other.release == RELEASE
    for name in one.tables:
        assert table(tmp_path / "duckdb", one, name) == table(copied, other, name), name
    assert not [each.key for each in bucket.objects.filter(Prefix="store/ingest/")]

    before = {each.key: each.last_modified for each in bucket.objects.filter(Prefix="store/")}
    again = ingested(endpoint, f"s3a://{bucket.name}/shards", "--to", f"s3a://{bucket.name}/store")
    assert again.exit_code == 0, (again.output, again.exception)
    assert {each.key: each.last_modified for each in bucket.objects.filter(Prefix="store/")} == before


@pytest.mark.parametrize(
    ("place", "settings", "reason"),
    [
        ("nobody-has-this-bucket/shards", {}, "The specified bucket does not exist"),
        ("{bucket}/nowhere", {}, "no such file or folder"),
        ("{bucket}/shards", {"spark.hadoop.fs.s3a.endpoint": "http://127.0.0.1:1"}, "Connection refused"),
    ],
    ids=["no bucket", "no shards", "no server"],
)
def test_what_cannot_be_read_is_one_line_without_the_key(
    place: str, settings: dict[str, str], reason: str, endpoint: str, bucket: Any
):
    result = ingested(endpoint, f"s3a://{place.format(bucket=bucket.name)}", "--to", "s3a://x/store", **settings)
    said = str(result.exception)
    assert result.exit_code != 0
    assert len(said.strip().splitlines()) == 1, said
    assert KEY["aws_secret_access_key"] not in said + result.output
    assert "Traceback" not in said + result.output
    assert reason in said
