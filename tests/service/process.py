"""The service as a process of its own, which keeps running when a fetcher is killed."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .handler import LOG_PATH
from .log import RequestLog

_ROOT = Path(__file__).parents[2]
_TIMEOUT = 30.0


@dataclass(frozen=True)
class RemoteService:
    """A service in another process."""

    url: str
    pid: int

    @property
    def log(self) -> RequestLog:
        """The requests so far, without those for the log itself."""
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(self.url + LOG_PATH, timeout=_TIMEOUT) as reply:
            return RequestLog.from_json(json.loads(reply.read()))


@contextlib.contextmanager
def service_process(*, faults: str = "", key: str | None = None, corpus: Path | None = None) -> Iterator[RemoteService]:
    """Run ``python -m tests.service`` for the length of a block.

    Parameters
    ----------
    faults : str
        As after ``--faults``: "seed=3", "seed=3,rate=0.6", "seed=3,429=0.2,drop=0.1".
    key : str, optional
        The only key that is accepted.
    corpus : Path, optional
        The folder of the corpus to serve; the shipped snapshot when left out.
    """
    with tempfile.TemporaryDirectory() as folder:
        port_file = Path(folder) / "port"
        command = [sys.executable, "-m", "tests.service", "--port-file", str(port_file), "--faults", faults]
        command += ["--key", key] if key else []
        command += ["--corpus", str(corpus)] if corpus else []
        process = subprocess.Popen(command, cwd=_ROOT)
        try:
            yield RemoteService(f"http://127.0.0.1:{_port(port_file, process)}", process.pid)
        finally:
            process.terminate()
            process.wait(timeout=_TIMEOUT)


def _port(port_file: Path, process: subprocess.Popen[bytes]) -> int:
    deadline = time.monotonic() + _TIMEOUT
    while time.monotonic() < deadline and process.poll() is None:
        if port_file.exists():
            return int(port_file.read_text(encoding="ascii"))
        time.sleep(0.02)
    raise RuntimeError(f"the service did not start (exit status {process.poll()})")
