"""Measurements in a process of their own, so that the memory of each is measured alone."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterator
from typing import Any

Row = tuple[str, str]
"""What was measured, and how much it is."""


def in_own_process(job: Callable[..., Iterator[Row]], *arguments: Any) -> list[Row]:
    """Run a job in a process of its own, and print its rows as they come."""
    rows: list[Row] = []
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send_rows, args=(sender, job, arguments))
    process.start()
    sender.close()
    while True:
        try:
            row = receiver.recv()
        except EOFError:
            break
        print(f"  {row[0]}: {row[1]}", file=sys.stderr, flush=True)
        rows.append(row)
    process.join()
    if process.exitcode:
        rows.append((f"{job.__name__} {arguments[-1]}", f"ended with {process.exitcode}"))
    return rows


def _send_rows(sender: Any, job: Callable[..., Iterator[Row]], arguments: tuple[Any, ...]) -> None:
    for row in job(*arguments):
        sender.send(row)
    sender.close()
