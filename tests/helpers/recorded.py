"""Answers that Semantic Scholar's API gave; `tests/recorded/semantic_scholar/README.md` names their sources."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "recorded" / "semantic_scholar"


@dataclass(frozen=True)
class Exchange:
    """A request, and the answer that came."""

    method: str
    url: str
    status: int
    body: Any
    ids: tuple[str, ...] = ()

    @property
    def body_bytes(self) -> bytes:
        """The answer as it travels."""
        return json.dumps(self.body).encode()


def recorded_exchanges(name: str) -> list[Exchange]:
    """All exchanges of a recording."""
    recording = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return [Exchange(**each) for each in recording["exchanges"]]


def recorded_exchange(name: str) -> Exchange:
    """The exchange of a recording that holds one."""
    (exchange,) = recorded_exchanges(name)
    return exchange
