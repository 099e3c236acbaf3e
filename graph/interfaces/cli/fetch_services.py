"""Which services a fetch asks: their names, their addresses, what a person keeps secret for each; and for vectors."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from ...errors import InputError
from ...model.corpus import Corpus
from ...model.vectors import VECTORS, save_vectors
from ...sources.citation_service import CitationService
from ...sources.fetch.others import OtherService, folder_of
from ...sources.http.transport import Key, Service, service_at
from ...sources.services import NAMES, OTHERS, SCHOLAR
from ...utils.files import read_text
from .common import say, semantic_scholar
from .safe_stream import hide_key


@dataclass(frozen=True, slots=True)
class AskedServices:
    """Semantic Scholar, if it is asked, and the other services."""

    scholar: Service | None
    others: tuple[OtherService, ...]


def service_names(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[str, ...]:
    """The names of services with commas between them, each once, in the order in which they are asked."""
    named = [name.strip().lower() for name in value.split(",") if name.strip()]
    unknown = [name for name in named if name not in NAMES]
    if unknown or not named:
        wrong = f"{unknown[0]!r} is not a service" if unknown else "no service is named"
        raise click.BadParameter(f"{wrong}; known are {', '.join(NAMES)}")
    return tuple(name for name in NAMES if name in named)


def by_service(_ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> Mapping[str, str]:
    """Values of the form NAME=VALUE by the name of their service; one without a name is for Semantic Scholar."""
    found: dict[str, str] = {}
    for value in values:
        name, text = _named(param, value)
        if not text.strip():
            raise click.BadParameter(f"nothing is given for {name}", param=param)
        if name in found:
            raise click.BadParameter(f"given twice for {name}", param=param)
        found[name] = text
    return found


def _named(param: click.Parameter, value: str) -> tuple[str, str]:
    """The service that a value is for, and the rest; a word before "=" that names no service is a mistake."""
    name, sign, rest = value.partition("=")
    name = name.strip().lower()
    if sign and name in NAMES:
        return name, rest.strip()
    if not sign and name in NAMES and not Path(value).exists():
        raise click.BadParameter(f"nothing is given for {name}; write {name}=...", param=param)
    if sign and re.fullmatch(r"[\w .-]*", name) and not Path(value).exists():
        wrong = f"{name!r} is not a service" if name else "no service is named before '='"
        raise click.BadParameter(f"{wrong}; known are {', '.join(NAMES)}", param=param)
    return SCHOLAR, value


def services_of(names: Sequence[str], urls: Mapping[str, str], files: Mapping[str, str]) -> AskedServices:
    """The services of a command, with what the environment or a file holds for each.

    Raises `InputError` for an address that is none, for a secret that cannot be one, and for an option that is about a
    service which is not asked.
    """
    for option, named in (("--base-url", urls), ("--key-file", files)):
        for name in named:
            if name not in names:
                raise InputError(f"{option} is for {name}, which is not asked", remedy=f"add {name} to --from")
    file = files.get(SCHOLAR)
    scholar = semantic_scholar(urls.get(SCHOLAR), Path(file) if file else None) if SCHOLAR in names else None
    return AskedServices(scholar, tuple(_other(OTHERS[name], urls, files) for name in names if name != SCHOLAR))


def left_out(to: Path, names: Sequence[str]) -> list[str]:
    """A line if the folder has answers of services that this corpus was not made from."""
    kept = [name for name in OTHERS if name not in names and (folder_of(OTHERS[name], to) / "answers.jsonl").is_file()]
    if not kept:
        return []
    labels = ", ".join(OTHERS[name].label for name in kept)
    both = ",".join(name for name in NAMES if name in (*names, *kept))
    return [f"answers of {labels} are kept here and not in this corpus; --from {both} has them in it"]


def _other(service: CitationService, urls: Mapping[str, str], files: Mapping[str, str]) -> OtherService:
    file, key = files.get(service.kind), None
    if service.secret is None and file:
        raise InputError(f"{service.label} takes no key", where=f"--key-file {service.kind}=...", remedy="leave it out")
    if service.secret is not None:
        where = file or service.secret.variable
        text = read_text(Path(file)) if file else os.environ.get(service.secret.variable, "")
        if text.strip():
            hide_key(text.strip())
            key = _key(service, text, where)
        elif file:
            raise InputError("it is empty", where=file, remedy=f"it must hold {service.secret.what}")
    at = service_at(urls.get(service.kind), home=service.home, key=key, key_is_for_base_url=file is not None)
    return OtherService(service, at)


def _key(service: CitationService, text: str, where: str) -> Key:
    assert service.secret is not None
    if service.secret.must_have not in text or len(text.split()) != 1 or not text.isascii():
        raise InputError(f"this is not {service.secret.what}", where=where, remedy="write it alone, on one line")
    return Key.parse(text, where=where, header=service.secret.header, form=service.secret.form)


LOG = Path("raw") / "vectors"
"""Where the answers with vectors are kept: they are long, and a fetch reads its own on starting."""


def asked_for_vectors(scholar: Service | None, *, wanted: bool, reparse: bool) -> Service | None:
    """The service that is asked for vectors; None where they are not wanted.

    Raises `InputError` where they are and no request goes to Semantic Scholar.
    """
    if not wanted:
        return None
    if scholar is None:
        raise InputError("--vectors are Semantic Scholar's, which is not asked", remedy="add s2 to --from")
    if reparse:
        raise InputError("--reparse sends no request, and --vectors needs some", remedy="give one of the two")
    return scholar


def add_vectors(
    corpus: Corpus,
    to: Path,
    service: Service | None,
    *,
    sleep: Callable[[float], None],
    clock: Callable[[], float],
    update: bool,
) -> None:
    """Ask for the vectors of all papers of a corpus, and write them beside it; without a service do nothing."""
    if service is None:
        return
    from ...exports.wording import counted
    from ...sources.semantic_scholar.client import SemanticScholar
    from ...sources.semantic_scholar.vectors import fetch_vectors

    with SemanticScholar.at(to, service, log=to / LOG, sleep=sleep, clock=clock, update=update) as scholar:
        vectors = fetch_vectors(
            corpus.papers.values(), scholar, progress=lambda done, of: say(f"vectors: {done:,} of {of:,} papers")
        )
    save_vectors(vectors, to)
    without = len(corpus.papers) - len(vectors.ids)
    none = f"{counted(without, 'paper')} {'has' if without == 1 else 'have'} none"
    say(f"{to / VECTORS}: vectors of {counted(len(vectors.ids), 'paper')} written; {none}")
