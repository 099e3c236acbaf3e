"""What the service answers beside papers and their lists: recommendations, authors and snippets.

How the real service ranks is not known. Recommendations here share words of the title with the positive papers, and
snippets are those of the records (`snippets` among their fields) that hold every word of the query.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from graph.utils.text import words

from .fields import parse_fields
from .nesting import full_paper
from .records import JsonObject, PaperRecord
from .wire import Answer, Request, error
from .world import ScholarWorld

RECOMMENDATIONS = "/recommendations/v1/papers/"
AUTHORS = "/graph/v1/author/"
SNIPPETS = "/graph/v1/snippet/search"
_AUTHOR_FIELDS = {"authorId", "name", "url", "affiliations", "homepage", "paperCount", "citationCount", "hIndex"}


def answer_further(world: ScholarWorld, request: Request) -> Answer:
    """The answer to what is no request for a paper or its lists."""
    if request.path.startswith(RECOMMENDATIONS):
        return _recommendations(world, request)
    if request.path == f"{AUTHORS}batch":
        ids = json.loads(request.body)["ids"]
        found = [_author(world, each) for each in ids]
        return Answer.json(200, found) if any(found) else error(400, "No valid author ids given")  # MADE UP
    if request.path.startswith(AUTHORS):
        return _of_author(world, request)
    if request.path == SNIPPETS:
        return _snippets(world, request)
    return error(404, "Not found")  # MADE UP


def _recommendations(world: ScholarWorld, request: Request) -> Answer:
    limit = int(request.params.get("limit", "100"))
    if not 1 <= limit <= 500:
        return error(400, f"Unacceptable query params: [limit={limit}]")
    rest = request.path.removeprefix(RECOMMENDATIONS)
    if request.method == "POST" and not rest:
        body = json.loads(request.body)
        asked = body.get("positivePaperIds") or []
        if not asked:
            return error(400, "No positive paper examples given")
        unwanted = [world.find(each) for each in body.get("negativePaperIds") or []]
    elif request.method == "GET" and rest.startswith("forpaper/"):
        asked, unwanted = [unquote(rest.removeprefix("forpaper/"))], []
    else:
        return error(404, "Not found")  # MADE UP
    wanted = [world.find(each) for each in asked]
    if None in wanted:
        return error(404, f"Paper with id {asked[wanted.index(None)]} not found")  # MADE UP for lists
    ranked = sorted(
        (-_shared(each, wanted) + 2 * _shared(each, unwanted), each.id, each)
        for each in world.papers
        if each.resolved and each not in wanted and each not in unwanted
    )
    tree = parse_fields(request.params.get("fields"), "FullPaper")
    rows = [full_paper(world, each, tree, 0)[0] for score, _, each in ranked if score < 0]
    return Answer.json(200, {"recommendedPapers": rows[:limit]})


def _shared(one: PaperRecord, others: list[Any]) -> int:
    title = set(words(one.fields.get("title") or ""))
    return sum(len(title & set(words(each.fields.get("title") or ""))) for each in others if each)


def _papers_of(world: ScholarWorld, author: str) -> list[PaperRecord]:
    return [
        each
        for each in world.papers
        if any(isinstance(one, dict) and one.get("authorId") == author for one in each.fields.get("authors") or ())
    ]


def _author(world: ScholarWorld, author: str) -> JsonObject | None:
    papers = _papers_of(world, author)
    if not papers:
        return None
    name = next(each["name"] for each in papers[0].fields["authors"] if each["authorId"] == author)
    return {
        "authorId": author,
        "name": name,
        "url": f"https://www.semanticscholar.org/author/{author}",
        "affiliations": [],
        "homepage": None,
        "paperCount": len(papers),
        "citationCount": sum(len(world.citations_of(each.id)) for each in papers),
        "hIndex": 1,
    }


def _of_author(world: ScholarWorld, request: Request) -> Answer:
    author, _, part = unquote(request.path.removeprefix(AUTHORS)).partition("/")
    found = _author(world, author)
    if found is None:
        return error(404, f"Author with id {author} not found")
    if not part:
        asked = {name.partition(".")[0] for name in (request.params.get("fields") or "authorId,name").split(",")}
        if asked - _AUTHOR_FIELDS:
            return error(400, f"Unrecognized or unsupported fields: [{', '.join(sorted(asked - _AUTHOR_FIELDS))}]")
        return Answer.json(200, {name: found[name] for name in sorted(asked | {"authorId"})})
    offset, limit = int(request.params.get("offset", "0")), int(request.params.get("limit", "100"))
    papers = _papers_of(world, author)
    tree = parse_fields(request.params.get("fields"), "FullPaper")
    rows = [full_paper(world, each, tree, 0)[0] for each in papers[offset : offset + limit]]
    more = {"next": offset + limit} if offset + limit < len(papers) else {}
    return Answer.json(200, {"offset": offset, **more, "data": rows})


def _snippets(world: ScholarWorld, request: Request) -> Answer:
    query = request.params.get("query", "").strip()
    if not query:
        return error(400, "Missing required parameter: query")  # MADE UP
    only = [world.find(each) for each in (request.params.get("paperIds") or "").split(",") if each]
    wanted, found = set(words(query)), []
    for paper in world.papers:
        if only and paper not in only:
            continue
        for snippet in paper.fields.get("snippets") or ():
            if wanted <= set(words(str(snippet.get("text") or ""))):
                about = {
                    "corpusId": str(paper.corpus_id),
                    "title": paper.fields.get("title"),
                    "authors": [each["name"] for each in paper.fields.get("authors") or ()],
                    "openAccessInfo": {"license": None, "status": None, "disclaimer": ""},
                }
                found.append({"score": round(len(wanted) / 10, 3), "paper": about, "snippet": snippet})
    limit = int(request.params.get("limit", "10"))
    return Answer.json(200, {"data": found[:limit], "retrievalVersion": "pa1-v1"})
