"""Made shards like those of Semantic Scholar's bulk release, of any size, with its schema and its measured quirks.

    python -m benchmarks.release FOLDER --rows 10000000 [--shards 8] [--papers] [--dialect new|old|both]

The citations are those of a power-law graph whose papers cite older ones: half of the papers that a paper cites
are recent, half are drawn in favour of much cited ones. As in the release, the rows come in two overlapping batches
in no order, so that most pairs occur twice and sometimes disagree about `isinfluential`. A fifth of the rows have
no target, and a bit more than a third have citing sentences. A row is 250 bytes of text and 50 bytes of gzip on
average. Every row is a function of its number and the seed, so that any size is made in the memory of one block,
and the same call makes the same shards.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from isal import igzip

Numbers = npt.NDArray[np.uint64]
BLOCK = 200_000
POOL = 1 << 15
COPIED = 0.9
"""The fraction of the first batch that the second repeats: 5.1 rows for 2.7 pairs, as in the release of 2026-07-07."""
NULL_TARGETS = 0.2
WITH_SENTENCES = 0.37
INFLUENTIAL, DISAGREEING = 0.05, 0.02
ROWS_A_PAPER = 22
"""The release has 5.1 billion rows for 225 million papers."""
INTENTS = ("background", "methodology", "result")
SYLLABLES = re.findall("[a-z]+", "ta re mi no lu ves con pro sti ger al ba den fi ka ro tem pul is or")


@dataclass(frozen=True)
class Release:
    """What to make. `rows` counts the lines of all citation shards, apart from bad ones."""

    rows: int
    seed: int = 1
    dialect: str = "new"
    bad_lines: int = 0
    """How many lines of every shard are not JSON, or have no citing paper."""

    @property
    def first_batch(self) -> int:
        """How many rows the first batch has."""
        return round(self.rows / (1 + COPIED))

    @property
    def papers(self) -> int:
        """How many papers there are."""
        return max(self.rows // ROWS_A_PAPER, 10)


def draws(numbers: Numbers, stream: int) -> Numbers:
    """A random 64-bit number for each number, by splitmix64, which keeps no state."""
    with np.errstate(over="ignore"):
        z = numbers * np.uint64(0x9E3779B97F4A7C15) + np.uint64((stream * 0xD1342543DE82EF95) % 2**64)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed: Numbers = z ^ (z >> np.uint64(31))
    return mixed


def unit(numbers: Numbers, stream: int) -> npt.NDArray[np.float64]:
    """A random number from 0 up to 1 for each number."""
    return (draws(numbers, stream) >> np.uint64(11)).astype(np.float64) / 2.0**53


def pairs(release: Release, numbers: Numbers) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The citing and the cited paper of each citation, as places in the order of time: citing > cited."""
    seed, papers = release.seed * 100, release.papers
    citing = 1 + ((papers - 1) * unit(numbers, seed + 1) ** 0.6).astype(np.int64)
    citing = np.minimum(citing, papers - 1)
    recent = -np.log1p(-unit(numbers, seed + 2)) * 0.03 * papers
    famous = citing * unit(numbers, seed + 3) ** 2
    cited = np.where(unit(numbers, seed + 4) < 0.5, citing - 1 - recent, famous).astype(np.int64)
    return citing, np.where((cited >= 0) & (cited < citing), cited, citing // 2)


def corpus_ids(release: Release, places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Corpus ids that say nothing about time: the places, scattered over a range that is a bit larger than needed."""
    bits = max(int(release.papers * 1.2).bit_length(), 4)
    return 1 + (places * 0x2C1B3C6D) % (1 << bits)


def sentence_pool(release: Release, *, nested: bool) -> pa.Array:
    """The ends of rows with one to four citing sentences, to draw from."""
    chance = np.random.default_rng(release.seed)
    words = np.array(["".join(chance.choice(SYLLABLES, chance.integers(1, 5))) for _ in range(4000)])
    weights = 1 / np.arange(1, len(words) + 1)
    drawn = iter(chance.choice(words, POOL * 70, p=weights / weights.sum()))
    counts = np.minimum(chance.geometric(0.65, POOL), 4)
    return pa.array([_ending(chance, drawn, int(count), nested=nested) for count in counts])


def _ending(chance: np.random.Generator, drawn: Iterator[str], count: int, *, nested: bool) -> str:
    lengths = np.clip(chance.normal(26, 9, count), 5, 40).astype(int)
    sentences = ['"' + " ".join(next(drawn) for _ in range(length)).capitalize() + ' [12]."' for length in lengths]
    named = [INTENTS[n] for n in np.minimum(chance.geometric(0.6, count) - 1, 2)]
    known = chance.random(count) < 0.8
    if nested:
        intents = [f'["{name}"]' if known_one else "null" for name, known_one in zip(named, known, strict=True)]
    else:
        intents = [f'"{name}"' for name in dict.fromkeys(named)]
    return f'"contexts":[{",".join(sentences)}],"intents":[{",".join(intents)}]'


def block(release: Release, numbers: Numbers, *, copy: bool, nested: bool, pool: pa.Array) -> bytes:
    """The lines of these citations; those of the second batch sometimes disagree about `isinfluential`."""
    seed = release.seed * 100
    citing, cited = (pa.array(corpus_ids(release, places)) for places in pairs(release, numbers))
    influential = unit(numbers, seed + 5) < INFLUENTIAL
    if copy:
        influential ^= unit(numbers, seed + 6) < DISAGREEING
    target = _text(cited, quoted=not nested)
    target = pc.if_else(pa.array(unit(numbers, seed + 7) < NULL_TARGETS), "null", target)
    ending = pool.take(pa.array((draws(numbers, seed + 8) % np.uint64(POOL)).astype(np.int64)))
    ending = pc.if_else(pa.array(unit(numbers, seed + 9) < WITH_SENTENCES), ending, '"contexts":null,"intents":null')
    head = ["{"]
    if nested:
        ids = numbers.astype(np.int64) + (3_000_000_000 if copy else 4_000_000_000)
        head = ['{"citationid":', _text(pa.array(ids), quoted=False), ","]
    lines = pc.binary_join_element_wise(
        *head,
        '"citingcorpusid":',
        _text(citing, quoted=not nested),
        ',"citedcorpusid":',
        target,
        pc.if_else(pa.array(influential), ',"isinfluential":true,', ',"isinfluential":false,'),
        ending,
        "}\n" if nested else ',"updated":"2022-01-27T02:09:51.713Z"}\n',
        "",
    )
    return _bytes(lines)


def _text(values: pa.Array, *, quoted: bool) -> pa.Array:
    text = values.cast(pa.string())
    return pc.binary_join_element_wise('"', text, '"', "") if quoted else text


def _bytes(lines: pa.Array) -> bytes:
    offsets = np.frombuffer(lines.buffers()[1], np.int32)
    return lines.buffers()[2][offsets[lines.offset] : offsets[lines.offset + len(lines)]].to_pybytes()


BAD_LINES = (
    b'{"citationid":1,"citingcorpusid":12,"citedcorp\n',
    b"<html>503</html>\n",
    b'{"citationid":2,"citingcorpusid":null,"citedcorpusid":7,"isinfluential":false}\n',
    b'{"citationid":3,"citingcorpusid":"x7","citedcorpusid":7,"isinfluential":false}\n',
)


def write_citations(release: Release, folder: Path, shards: int, *, threads: int | None = None) -> list[Path]:
    """Write the citations into shards: first the first batch, then its copies, both in no order."""
    first = max(round(shards / (1 + COPIED)), 1)
    spans: list[tuple[int, int, bool]] = []
    for copy, count, end in (
        (False, first, release.first_batch),
        (True, max(shards - first, 1), release.rows - release.first_batch),
    ):
        cuts = [end * n // count for n in range(count + 1)]
        spans += [(start, stop, copy) for start, stop in pairwise(cuts)]
    forms = {"new": (True,), "old": (False,), "both": (False, True)}[release.dialect]
    pools = {nested: sentence_pool(release, nested=nested) for nested in forms}
    folder.mkdir(parents=True, exist_ok=True)

    def write(n: int) -> Path:
        start, stop, copy = spans[n]
        nested = release.dialect == "new" or (release.dialect == "both" and n % 2 == 0)
        path = folder / f"citations_{n:04d}.gz"
        with igzip.open(path, "wb", compresslevel=2) as out:
            for begin in range(start, stop, BLOCK):
                numbers = np.arange(begin, min(begin + BLOCK, stop), dtype=np.uint64)
                out.write(block(release, numbers, copy=copy, nested=nested, pool=pools[nested]))
            for bad in range(release.bad_lines):
                out.write(BAD_LINES[bad % len(BAD_LINES)])
        return path

    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as workers:
        return list(workers.map(write, range(len(spans))))


def write_papers(release: Release, folder: Path, shards: int, *, threads: int | None = None) -> list[Path]:
    """Write the papers, in no order; a later place in time is a later year."""
    folder.mkdir(parents=True, exist_ok=True)
    cuts = [release.papers * n // shards for n in range(shards + 1)]

    def write(n: int) -> Path:
        path = folder / f"papers_{n:04d}.gz"
        with igzip.open(path, "wb", compresslevel=2) as out:
            for begin in range(cuts[n], cuts[n + 1], BLOCK):
                out.write(_papers_block(release, np.arange(begin, min(begin + BLOCK, cuts[n + 1]), dtype=np.uint64)))
        return path

    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as workers:
        return list(workers.map(write, range(shards)))


def _papers_block(release: Release, numbers: Numbers) -> bytes:
    seed, places = release.seed * 100 + 50, numbers.astype(np.int64)
    ids = _text(pa.array(corpus_ids(release, places)), quoted=False)
    place = _text(pa.array(places), quoted=False)
    sha = pc.binary_join_element_wise(
        *(pc.utf8_lpad(_text(pa.array(draws(numbers, seed + k) >> np.uint64(20)), quoted=False), 14, "0") for k in (1, 2)),  # noqa: E501
        "abcdefabcdef",
        "",
    )  # fmt: skip
    year = 1950 + (76 * (places / release.papers) ** 0.5).astype(np.int64)
    years = _text(pa.array(year), quoted=False)
    month = pc.utf8_lpad(_text(pa.array(1 + draws(numbers, seed + 3) % np.uint64(12)), quoted=False), 2, "0")
    date = pc.binary_join_element_wise('"', years, "-", month, '-15"', "")
    dated, unknown = unit(numbers, seed + 4) < 0.35, unit(numbers, seed + 5) < 0.03
    doi = pc.if_else(
        pa.array(unit(numbers, seed + 6) < 0.6), pc.binary_join_element_wise('"10.1234/', place, '"', ""), "null"
    )
    lines = pc.binary_join_element_wise(
        '{"corpusid":', ids, ',"externalids":{"ACL":null,"DBLP":null,"ArXiv":null,"MAG":null,"CorpusId":"', ids,
        '","PubMed":null,"DOI":', doi, ',"PubMedCentral":null},"url":"https://www.semanticscholar.org/paper/', sha,
        '","title":"On the question of number ', place, '","authors":[{"authorId":"7","name":"A. Writer ', years,
        '"},{"authorId":null,"name":"B. Other"}],"venue":"","publicationvenueid":null,"year":',
        pc.if_else(pa.array(unknown), "null", years),
        ',"referencecount":9,"citationcount":9,"influentialcitationcount":0,"isopenaccess":false,'
        '"s2fieldsofstudy":[{"category":"Physics","source":"external"}],"publicationtypes":null,"publicationdate":',
        pc.if_else(pa.array(dated & ~unknown), date, "null"),
        ',"journal":{"name":"Letters","pages":null,"volume":null}}\n', "",
    )  # fmt: skip
    return _bytes(lines)


def main() -> None:
    """Write a made release."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.release", description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--shards", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dialect", choices=("new", "old", "both"), default="new")
    parser.add_argument("--bad-lines", type=int, default=0, help="how many broken lines every shard has")
    parser.add_argument("--papers", action="store_true", help="also write the papers")
    options = parser.parse_args()
    release = Release(options.rows, options.seed, options.dialect, options.bad_lines)
    start = time.perf_counter()
    written = write_citations(release, options.folder, options.shards)
    spent = time.perf_counter() - start
    size = sum(path.stat().st_size for path in written)
    print(
        f"{options.rows:,} rows, {size / 1e6:,.0f} MB of gzip, {options.rows / spent / 1e6:.2f} million rows a second"
    )
    if options.papers:
        write_papers(release, options.folder, max(options.shards // 6, 1))


if __name__ == "__main__":
    main()
