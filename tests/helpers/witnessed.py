"""Made lineages of reference lists: of each list which source gives it, how much of it, and whom it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Direction, Kind, Merge, Paper, Source, State
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme

KINDS: Mapping[str, tuple[Kind, str]] = {
    "print": ("printed_bibliography", "printed bibliography"),
    "s2": ("semantic_scholar", "Semantic Scholar"),
    "crossref": ("crossref", "Crossref"),
    "openalex": ("openalex", "OpenAlex"),
    "opencitations": ("opencitations", "OpenCitations"),
}


@dataclass(frozen=True)
class List:
    """A list of references, or of citations, as one source gives it.

    `source` begins with one of `KINDS`; the entries of a printed list are numbered from 1.
    """

    source: str
    paper: str
    names: tuple[str, ...] = ()
    state: State = "complete"
    rows: int | None = -1  # as many as it names
    direction: Direction = "references"
    contexts: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return self.source.partition(":")[0]

    def assertions(self) -> Iterable[tuple[str, str, Assertion]]:
        """Of each paper that it names the citing one, the cited one, and what the source says."""
        entries: defaultdict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self.names, start=1):
            entries[name].append(number)
        for name, numbers in entries.items():
            citing, cited = (self.paper, name) if self.direction == "references" else (name, self.paper)
            printed = tuple(numbers) if self.kind == "print" else ()
            yield citing, cited, Assertion(self.source, printed, contexts=self.contexts)


def paper(key: str, date: str | None = None, *ids: str, **more: object) -> Paper:
    """A paper of this key with identifiers such as "doi:10.1000/x"; its title is "The paper " and its key."""
    found = tuple(identifier(*each.split(":", 1)) for each in ids)
    given: dict[str, object] = {"title": f"The paper {key}", "date": date, "identifiers": found} | more
    return Paper(key, **given)  # type: ignore[arg-type]  # as the caller says


def witnessed(
    lists: Iterable[List],
    listed: Iterable[str],
    papers: Iterable[Paper] = (),
    merges: Iterable[Merge] = (),
    observed: Mapping[str, str] | None = None,
) -> Lineage:
    """The lineage of these lists; a paper that is not given has every identifier by which a source can name it."""
    lists, listed = list(lists), list(listed)
    said: defaultdict[tuple[str, str], dict[str, Assertion]] = defaultdict(dict)
    for each in lists:
        for citing, cited, assertion in each.assertions():
            said[citing, cited][each.source] = assertion
    given = {each.key: each for each in papers}
    keys = {*given, *listed, *(each.paper for each in lists), *(key for pair in said for key in pair)}
    numbers = {key: n for n, key in enumerate(sorted(keys), start=1)}
    made = {key: paper(key, "2000", f"doi:10.1000/{key}", f"s2:{numbers[key]:040x}") for key in keys - given.keys()}
    sources = {each.source: Source(each.source, *KINDS[each.kind], (observed or {}).get(each.source)) for each in lists}
    coverage = {
        (each.paper, each.direction, each.source): Coverage(
            each.paper, each.direction, each.source, each.state, len(each.names) if each.rows == -1 else each.rows
        )
        for each in lists
    }
    corpus = Corpus(
        {key: {**made, **given}[key] for key in sorted(keys)},
        [Citation(*pair, tuple(by[source] for source in sorted(by))) for pair, by in said.items()],
        list(coverage.values()),
        sources,
        list(merges),
    )
    entries = tuple(
        Entry(n, ("all",), corpus.papers[key].title, identifiers=corpus.papers[key].identifiers[:1])
        for n, key in enumerate(listed, start=1)
    )
    return build_lineage(corpus, ReadingList("Made", (Theme("all", "All"),), entries))
