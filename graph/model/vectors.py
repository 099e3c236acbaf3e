"""Vectors of papers in one file beside a corpus: numbers that a service made of title and abstract.

``vectors.bin`` holds one row a paper in half precision (16 bits a number), and the service's own id of each: 1.5 kB a
paper. Its hash stands in the manifest of the corpus. It knows nothing of the other tables, so that a corpus that is
fetched anew keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..utils.array_file import ArrayFile, DamagedFile, array_bytes
from ..utils.files import json_text, write_all
from ..utils.generations import sha256
from ..utils.open_file import OpenFile
from .corpus_manifest import read_manifest
from .entities import Paper

VECTORS = "vectors.bin"
_MAGIC, _VERSION = b"VECTORS\n", 1
_ID_BYTES = 20
_AGAIN = "fetch them again with 'lineage fetch ... --vectors'"


@dataclass(frozen=True)
class Vectors:
    """Vectors of papers by the service's own ids."""

    model: str
    """What made them: "specter_v2"."""
    asked: str
    """The day on which the service was asked."""
    ids: tuple[str, ...]
    """40 hexadecimal digits each."""
    rows: NDArray[np.float16]
    """In the order of `ids`."""

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The row of each id."""
        return {id_: place for place, id_ in enumerate(self.ids)}

    def place_of(self, paper: Paper) -> int | None:
        """The row of a paper, by the first of its ids that has one; None when it has none."""
        ids = (each.value for each in paper.identifiers if each.scheme == "s2")
        return next((self.places[each] for each in ids if each in self.places), None)


@dataclass(frozen=True)
class VectorFile:
    """The vectors beside a corpus, read when they are first asked for."""

    folder: Path

    @cached_property
    def vectors(self) -> Vectors:
        """The vectors; `InputError` when the file is not what was written."""
        return load_vectors(self.folder)


def vectors_beside(folder: Path) -> VectorFile | None:
    """The vectors beside a corpus, or None when there are none."""
    return VectorFile(folder) if (folder / VECTORS).is_file() else None


def save_vectors(vectors: Vectors, folder: Path) -> None:
    """Write vectors beside a corpus, and their hash into its manifest: both or none.

    Raises `InputError` when there is no corpus, and `OutputError` when the folder cannot be written to.
    """
    content = vectors_bytes(vectors)
    manifest = dict(read_manifest(folder))
    manifest["sha256"] = {**manifest.get("sha256", {}), VECTORS: sha256(content)}
    write_all(folder, {VECTORS: content, "manifest.json": json_text(manifest)})


def vectors_bytes(vectors: Vectors) -> bytes:
    """The bytes of the file: equal vectors are equal bytes."""
    arrays = {
        "ids": np.frombuffer(b"".join(map(bytes.fromhex, vectors.ids)), np.uint8),
        "rows": np.ascontiguousarray(vectors.rows, "<f2").reshape(-1).view(np.uint8),
    }
    about = {"model": vectors.model, "asked": vectors.asked, "dimensions": int(vectors.rows.shape[1])}
    return array_bytes(_MAGIC, _VERSION, arrays, about)


def load_vectors(folder: Path) -> Vectors:
    """Read vectors back.

    Raises `InputError` when there are none, or the file is not the one whose hash the manifest has.
    """
    path = folder / VECTORS
    try:
        if OpenFile(path).sha256() != read_manifest(folder).get("sha256", {}).get(VECTORS):
            raise DamagedFile("its hash is not the one in manifest.json")
        file = ArrayFile(path, _MAGIC, _VERSION)
        model, asked, dimensions = (file.about[name] for name in ("model", "asked", "dimensions"))
        flat = file["ids"].tobytes()
        ids = tuple(flat[at : at + _ID_BYTES].hex() for at in range(0, len(flat), _ID_BYTES))
        rows = file["rows"].view("<f2").reshape(len(ids), int(dimensions))
        return Vectors(str(model), str(asked), ids, rows)
    except FileNotFoundError:
        raise InputError("no vectors here", where=str(folder), remedy=_AGAIN) from None
    except (OSError, KeyError, TypeError, ValueError) as fault:
        raise InputError(f"vectors that cannot be used ({fault})", where=str(path), remedy=_AGAIN) from None


def kept_hash(folder: Path) -> dict[str, str]:
    """The hash of the vectors beside a corpus, for a manifest that is written anew; empty when there are none."""
    if not (folder / VECTORS).is_file():
        return {}
    try:
        known = read_manifest(folder).get("sha256", {}).get(VECTORS)
    except InputError:
        return {}
    return {VECTORS: known} if known else {}
