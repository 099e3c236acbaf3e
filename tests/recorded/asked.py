"""The questions, and how each is asked through a door of the project."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from .children import STANDING, TIME, commands_of, ended, lineage, lines_of
from .room import LATER, datasets
from .shown import of_bytes, of_files, of_text

Answers = Mapping[str, str]
UNTOLD = ("date",)
"""Headers that are never the same."""
SETUP = (
    "bulk ingest raw --to store --release 2026-09-01 --contexts --threads 1",
    "bulk index store",
    "bulk ingest raw-small --to unindexed --release 2026-09-01 --threads 1",
    "bulk ingest raw-small --to small --release 2026-09-01 --threads 1 --updatable",
    "bulk index small",
)
"""What makes the stores of the room."""


@dataclass(frozen=True)
class Task:
    """Something that is asked in a folder of its own, and makes one answer or several, by their names.

    Attributes
    ----------
    name : str
    make : callable
    """

    name: str
    make: Callable[[], Answers]


def named(group: str, text: str) -> str:
    """The file for the answer to a question."""
    plain = re.sub(r"[^A-Za-z0-9.*=-]+", "_", text.replace("→", "to")).strip("_.")[:80]
    return f"{group}/{plain}-{hashlib.sha256(text.encode()).hexdigest()[:6]}.txt"


def tasks(code: Path) -> Iterator[Task]:
    """All of them."""
    yield from _lines("store", "store.txt", "--store store ")
    store, small = ("--store", "store"), ("--store", "small")
    yield Task("serve-store", partial(_served, "serve-store", store, "addresses.txt", "made_addresses.txt"))
    yield Task("serve-small", partial(_served, "serve-small", small, "addresses.txt"))
    yield Task("serve", partial(_served, "serve", (), "addresses.txt"))
    yield Task("mcp-store", partial(_agent, "mcp-store", (*store, "mcp"), "tools.txt", "made_tools.txt"))
    yield Task("mcp", partial(_agent, "mcp", ("mcp",), "tools.txt"))
    yield Task("mcp-small", partial(_agent, "mcp-small", ("mcp", "--limit", "10000"), "tools.txt"))
    yield Task("mcp-folder", partial(_fetching_agent, code))
    for line in dict.fromkeys(lines_of("network.txt")):
        yield Task(named("network", line), partial(_on_the_network, code, line))
    yield from _lines("command", "commands.txt")
    yield from _lines("stores", "other_stores.txt")
    yield Task("notebook", _notebook)


def setup() -> Iterator[Task]:
    """What comes first, in the room itself."""
    for line in SETUP:
        name, words = named("setup", line), line.split()
        yield Task(name, partial(_command, name, line, words[4 if "--to" in words else 2]))


def _lines(group: str, file: str, before: str = "") -> Iterator[Task]:
    for line in dict.fromkeys(lines_of(file)):
        name = named(group, line)
        yield Task(name, partial(_command, name, before + line))


def _command(name: str, line: str, folder: str = ".") -> Answers:
    """What the commands of a line print, how they end and what they write."""
    parts = []
    for typed in commands_of(line):
        code, printed, said = typed.run()
        parts.append(f"$ {' '.join(typed.words)}\nexit {code}\n")
        parts.append(f"---- stdout\n{of_bytes(printed)}---- stderr\n{of_bytes(said)}")
    return {name: f"{line}\n{''.join(parts)}{of_files(Path(folder))}"}


@contextmanager
def _scholar(code: Path, faults: str = "") -> Iterator[str]:
    """Semantic Scholar on loopback, with the shipped corpus: that of the code which is recorded."""
    with tempfile.TemporaryDirectory() as folder:
        port = Path(folder) / "port"
        words = [sys.executable, "-m", "tests.service", "--port-file", str(port), "--faults", faults]
        process = subprocess.Popen(words, cwd=code, env=os.environ | {"PYTHONPATH": str(code)})
        try:
            while not port.exists():
                assert process.poll() is None, "the service did not start"
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port.read_text()}"
        finally:
            process.terminate()
            process.wait()


def _on_the_network(code: Path, line: str) -> Answers:
    """The same as `_command`, with the services that a line names; time stands still but for sleeping."""
    with ExitStack() as services:
        typed = line
        for word, faults in (("SERVICE", ""), ("FAULTY", "seed=3,rate=0.3")):
            if word in line:
                typed = typed.replace(word, services.enter_context(_scholar(code, faults)))
        if "DATASETS" in line:
            shards, diffs = datasets()
            service = _datasets_service()
            world = service.World(shards=shards, diffs=diffs)
            url = services.enter_context(service.serving(world))
            typed = typed.replace("DATASETS", url)
            if "bulk update" in line:
                return _updated(named("network", line), typed, world)
        TIME.now = STANDING
        return {named("network", line): _command("", typed)[""]}


def _datasets_service() -> Any:
    """The tests' service of releases, wherever it lies."""
    try:
        return importlib.import_module("tests.helpers.bulk_service")
    except ModuleNotFoundError:
        return importlib.import_module("tests.bulk_service")


def _updated(name: str, typed: str, world: Any) -> Answers:
    """A store that is downloaded, ingested, and updated when the service has the next release."""
    before, after = typed.split(" && bulk update ")
    first = _command("", before)[""]
    world.release = LATER
    return {name: first + _command("", f"bulk update {after}")[""]}


def _served(group: str, before: tuple[str, ...], *files: str) -> Answers:
    """What `lineage serve` answers to each address, and what it prints."""
    with Path(".out").open("w+b") as out, Path(".err").open("w+b") as err, Path(os.devnull).open("rb") as nothing:
        pid = lineage((*before, "serve", "--port", "0", "--no-browser"), (nothing, out, err))
        while not (url := Path(".out").read_text("utf-8")).endswith("\n"):
            time.sleep(0.05)
        answers = {
            named(group, line): f"{line}\n{_fetched(url.strip(), line)}"
            for line in dict.fromkeys(line for file in files for line in lines_of(file))
        }
        os.kill(pid, signal.SIGINT)
        code = ended(pid)
    said = "".join(f"---- {name}\n{of_bytes(Path(name).read_bytes())}" for name in (".out", ".err"))
    return answers | {f"{group}/printed.txt": f"exit {code}\n{said}"}


def _fetched(url: str, line: str) -> str:
    method, target, header, value = re.fullmatch(r"(?:([A-Z]+) )?(/.*?)(?: ([A-Z][\w-]+): (.*))?", line).groups()  # type: ignore[union-attr]
    connection = HTTPConnection(url.split("/")[2], timeout=120)
    try:
        connection.putrequest(method or "GET", quote(target, safe="/?&=%"), skip_host=header == "Host")
        if header:
            connection.putheader(header, value)
        connection.endheaders()
        reply = connection.getresponse()
        body = reply.read()
    except (HTTPException, OSError) as fault:
        return f"{type(fault).__name__}: {fault}\n"
    finally:
        connection.close()
    page = b"<script" in body
    told = [f"{k}: {v}" for k, v in reply.getheaders() if k.lower() not in (*UNTOLD, *["content-length"] * page)]
    return "\n".join([f"{reply.status} {reply.reason}", *told, "", of_bytes(body)])


def _agent(group: str, words: tuple[str, ...], *files: str) -> Answers:
    """What `lineage mcp` answers to each tool, line by line over its standard input and output."""
    given, ours = os.pipe()
    theirs, taken = os.pipe()
    with os.fdopen(given, "rb") as stdin, os.fdopen(taken, "wb") as stdout, Path(".err").open("w+b") as err:
        pid = lineage(words, (stdin, stdout, err))
    answers = {}
    with os.fdopen(ours, "wb") as asking, os.fdopen(theirs, "rb") as told:
        who = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "recorder", "version": "1"}}
        answers[f"{group}/initialize.txt"] = _told(asking, told, 0, "initialize", who)
        _send(asking, {"jsonrpc": "2.0", "method": "notifications/initialized"})
        lines = [line for file in files for line in lines_of(file)]
        for number, line in enumerate(dict.fromkeys(lines), 1):
            method, _, text = line.partition(" ")
            arguments = json.loads(text)
            if "/" not in method:
                method, arguments = "tools/call", {"name": method, "arguments": arguments}
            answers[named(group, line)] = f"{line}\n{_told(asking, told, number, method, arguments)}"
    code = ended(pid)
    said = of_bytes(Path(".err").read_bytes())
    Path(".err").unlink()
    return answers | {f"{group}/printed.txt": f"exit {code}\n{said}{of_files(Path())}"}


def _send(asking: IO[bytes], message: Mapping[str, Any]) -> None:
    asking.write(json.dumps(message).encode() + b"\n")
    asking.flush()


def _told(asking: IO[bytes], told: IO[bytes], number: int, method: str, arguments: Mapping[str, Any]) -> str:
    _send(asking, {"jsonrpc": "2.0", "id": number, "method": method, "params": arguments})
    reply: dict[str, Any] = {}
    while reply.get("id") != number:
        line = told.readline()
        if not line:
            return "the server ended\n"
        reply = json.loads(line)
    result = reply.get("result", {})
    texts = [part.get("text", "") for part in result.get("contents", ())]
    shown = [json.dumps(json.loads(text), indent=1, ensure_ascii=False) for text in texts if text.startswith("{")]
    return "\n".join([json.dumps(reply, indent=1, ensure_ascii=False), *shown, ""])


def _fetching_agent(code: Path) -> Answers:
    """An agent that may write into a folder, and fetch."""
    Path("open").mkdir()
    TIME.now = None
    with _scholar(code) as url:
        TIME.now = STANDING
        words = ("mcp", "--folder", "open", "--allow-fetch", "--base-url", url)
        return _agent("mcp-folder", words, "tools.txt")


def _notebook() -> Answers:
    """What each line shows in a notebook: as text, as HTML, as a table."""
    graph = importlib.import_module("graph")
    warnings.simplefilter("ignore")  # a name that was public may be an old one by now
    names = {name: getattr(graph, name) for name in (*graph.__all__, "Wish")}
    names["lineage"] = names["load"]()
    answers = {}
    for line in dict.fromkeys(lines_of("notebook.txt")):
        try:
            value = eval(line, dict(names))
        except Exception as fault:  # noqa: BLE001  # what a person would see is recorded
            answers[named("notebook", line)] = f"{line}\n{type(fault).__name__}: {fault}\n"
            continue
        answers[named("notebook", line)] = f"{line}\n{_shown(value)}"
    return answers


def _shown(value: object) -> str:
    if isinstance(value, bytes):
        return of_bytes(value, ".parquet" if value.startswith(b"PAR1") else "")
    parts = [of_text(f"{value if isinstance(value, str) else ''}")]
    if " at 0x" not in repr(value) and not isinstance(value, str):
        parts = [of_text(f"{value!r}")]
    if hasattr(value, "_repr_html_"):
        parts.append(f"---- html\n{of_text(str(value._repr_html_()))}")
    if hasattr(value, "to_frame"):
        try:
            frame = value.to_frame()
            parts.append(f"---- table\n{frame.dtypes}\n{frame.to_csv()}")
        except TypeError as fault:
            parts.append(f"---- table\n{fault}\n")
    return "".join(parts)


def arrange(scratch: Path, room: Path) -> None:
    """Link what is in the room into a folder; what a command may change is copied."""
    for each in room.iterdir():
        if each.name == "facts":
            shutil.copytree(each, scratch / ".." / f"{scratch.name}-facts")
            (scratch / "facts").symlink_to(f"../{scratch.name}-facts")
        elif each.name != "bin":
            (scratch / each.name).symlink_to(each)
