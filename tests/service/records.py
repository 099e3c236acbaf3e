"""What the service knows of one paper and of one citation, in the field names of the real service.

A record holds the JSON values that the service would send, so that a test writes a paper as it was
recorded, odd values included; what a record leaves out is derived where the service derives it (the
url, the counts) and null elsewhere.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.model.corpus import Paper

JsonObject = dict[str, Any]

_LICENCE = (
    "which is subject to the license by the author or copyright owner provided with this content. "
    "Please go to the source to verify the license and copyright information for your use."
)
_SCHEMES = {"arxiv": "ArXiv", "doi": "DOI", "acl": "ACL"}


def made_up_sha(text: str) -> str:
    """A paperId for a paper that has none: always the same 40 hexadecimal digits for one text."""
    return hashlib.sha1(f"made up for the tests: {text}".encode(), usedforsecurity=False).hexdigest()


def made_up_number(text: str, *, below: int = 1_000_000_000) -> int:
    """A number for what needs one (corpusId, authorId, the cast of a die): one text, one number."""
    return int(made_up_sha(text)[:15], 16) % below


@dataclass(frozen=True)
class PaperRecord:
    """One paper as the service has it.

    Attributes
    ----------
    id : str
        The paperId. For a record that is not resolved it is only a handle for citations.
    fields : mapping
        JSON values by the service's own names: ``title``, ``externalIds``, ``year``, ...
    resolved : bool
        False for a string in a bibliography that the service could not match to a paper: it has a
        title, its paperId is null, and nobody can ask for it.
    """

    id: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    resolved: bool = True

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> PaperRecord:
        """The record of a recorded paper object; a null paperId makes an unresolved one."""
        id_ = row.get("paperId")
        if id_ is None:
            return unresolved(row["title"])
        return cls(id_, {name: value for name, value in row.items() if name != "paperId"})

    @property
    def corpus_id(self) -> int | None:
        """The corpusId, made up when the record does not say."""
        if not self.resolved:
            return None
        external = self.fields.get("externalIds") or {}
        made_up = 900_000_000 + made_up_number(self.id, below=99_000_000)
        return int(self.fields.get("corpusId") or external.get("CorpusId") or made_up)

    @property
    def external_ids(self) -> Mapping[str, Any] | None:
        """The externalIds: only the keys that it has, and its CorpusId."""
        if not self.resolved:
            return None
        return {**(self.fields.get("externalIds") or {}), "CorpusId": self.corpus_id}

    @property
    def open_access(self) -> JsonObject | None:
        """The openAccessPdf; where the record has none, the notice that the service gives instead."""
        if "openAccessPdf" in self.fields or not self.resolved:
            return self.fields.get("openAccessPdf")
        external = self.external_ids or {}
        if "ArXiv" in external:
            page = f"https://arxiv.org/abs/{external['ArXiv']}"
        elif "DOI" in external:
            page = f"https://doi.org/{external['DOI']}"
        else:
            return None
        notice = f"Notice: Paper or abstract available at {page}, {_LICENCE}"
        return {"url": "", "status": None, "license": None, "disclaimer": notice}

    def to_json(self) -> JsonObject:
        """Every field of the paper, without those that only its citations tell."""
        if not self.resolved:
            return {"authors": [], **self.fields, "paperId": None}
        title, year = self.fields.get("title"), self.fields.get("year")
        derived = {
            "url": f"https://www.semanticscholar.org/paper/{self.id}",
            "venue": "",
            "isOpenAccess": bool((self.open_access or {}).get("url")),
            "citationStyles": {"bibtex": f"@Article{{{self.id[:8]},\n title = {{{title}}},\n year = {{{year}}}\n}}\n"},
            "s2FieldsOfStudy": [],
            "authors": [],
            "textAvailability": "abstract" if self.fields.get("abstract") else "none",
        }
        identity = {
            "paperId": self.id,
            "corpusId": self.corpus_id,
            "externalIds": self.external_ids,
            "openAccessPdf": self.open_access,
        }
        return {**derived, **self.fields, **identity}


@dataclass(frozen=True)
class CitationRecord:
    """One row of a references page and of a citations page: `citing` -> `cited`, by record id.

    `contexts` pairs each citing sentence with its intents, which may be unknown (None).
    """

    citing: str
    cited: str
    contexts: tuple[tuple[str, tuple[str, ...] | None], ...] = ()
    influential: bool = False

    def to_json(self) -> JsonObject:
        """What the row says of the citation itself."""
        intents = {intent for _, intents in self.contexts for intent in intents or ()}
        return {
            "contexts": [text for text, _ in self.contexts],
            "intents": sorted(intents),
            "contextsWithIntent": [
                {"context": text, "intents": None if intents is None else list(intents)}
                for text, intents in self.contexts
            ],
            "isInfluential": self.influential,
        }


def paper(
    title: str,
    *,
    id: str | None = None,  # noqa: A002  # the word of the service, and keyword only
    external_ids: Mapping[str, Any] | None = None,
    authors: Sequence[str] = (),
    date: str | None = None,
    **fields: Any,
) -> PaperRecord:
    """Write a record in one line: ``paper("BERT", external_ids={"ArXiv": "1810.04805"}, date="2018-10-11")``.

    `date` is "YYYY", "YYYY-MM" or "YYYY-MM-DD"; only the last gives a publicationDate. Any other
    field of the service is a keyword and wins over what is derived.
    """
    row: JsonObject = {"title": title, "externalIds": dict(external_ids or {}), "authors": _authors(authors)}
    if date is not None:
        row["year"] = int(date[:4])
        row["publicationDate"] = date if re.fullmatch(r"\d{4}-\d{2}-\d{2}", date) else None
    return PaperRecord(id or made_up_sha(title), {**row, **fields})


def unresolved(title: str) -> PaperRecord:
    """A bibliography string that the service did not match: a title and a null paperId."""
    return PaperRecord(f"unresolved:{title}", {"title": title}, resolved=False)


def record_of(source: Paper) -> tuple[PaperRecord, tuple[str, ...]]:
    """A paper of a corpus as a record, and the other ids under which the service finds it.

    A paper without a Semantic Scholar id gets a made-up one, and an untitled paper a made-up title,
    because the service has no record without them. Second identifiers of one scheme are what merges
    leave behind.
    """
    by_scheme: dict[str, list[str]] = {}
    for each in source.identifiers:
        by_scheme.setdefault(each.scheme, []).append(each.value)
    id_ = by_scheme.get("s2", [made_up_sha(source.key)])[0]
    external: JsonObject = {_SCHEMES[scheme]: values[0] for scheme, values in by_scheme.items() if scheme in _SCHEMES}
    if "corpusid" in by_scheme:
        external["CorpusId"] = int(by_scheme["corpusid"][0])
    record = paper(
        source.title or f"Untitled paper {id_[:8]}",
        id=id_,
        external_ids=external,
        authors=source.authors,
        date=source.publication_date if len(source.publication_date or "") == len("YYYY-MM-DD") else source.date,
        venue=source.venue or "",
        fieldsOfStudy=["Computer Science"],
        s2FieldsOfStudy=[{"category": "Computer Science", "source": "external"}],
    )
    prefixes = {"s2": "", "corpusid": "CorpusId:", "arxiv": "ARXIV:", "doi": "DOI:", "acl": "ACL:"}
    aliases = (f"{prefixes[scheme]}{value}" for scheme, values in by_scheme.items() for value in values[1:])
    return record, tuple(aliases)


def _authors(names: Sequence[str]) -> list[JsonObject]:
    return [{"authorId": str(made_up_number(name, below=10_000_000)), "name": name} for name in names]
