"""Answers as pieces of HTML, for notebooks and for the local server, with every text escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from ..analysis.ancestry import Relatives
from ..analysis.flow import Flow
from ..analysis.path_answer import PathAnswer
from ..exports.text.path_report import PathDescription, PathReport, PathStep, may_have_relatives, path_report
from ..exports.wording import counted, large, name_of, year_of
from ..model.lineage import Lineage

Link = Callable[[str], str | None]
"""From the key of a paper to the address of its page; None when it has no page."""


def no_link(_: str) -> None:
    """For where papers have no pages."""


def text_html(text: str) -> Markup:
    """The text of any answer, as the command prints it, with its first line in bold.

    >>> print(text_html("BERT: <b>two</b> paths\\nand more"))
    <p><strong>BERT: &lt;b&gt;two&lt;/b&gt; paths</strong></p><pre style="white-space: pre-wrap">and more</pre>
    """
    first, _, rest = text.strip("\n").partition("\n")
    body = Markup('<pre style="white-space: pre-wrap">{}</pre>').format(rest.strip("\n")) if rest.strip() else ""
    return Markup("<p><strong>{}</strong></p>{}").format(first, body)


def paper_html(lineage: Lineage, key: str, link: Link = no_link) -> Markup:
    """The name of a paper, as a link where it has a page."""
    name, address = Markup("<bdi>{}</bdi>").format(name_of(lineage, key)), link(key)
    return Markup('<a href="{}">{}</a>').format(address, name) if address else name


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Markup:
    """A table in which the first cell of each row is its heading.

    >>> print(table(["a", "b"], [["<1>", 2]]))
    <table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><th scope="row">&lt;1&gt;</th><td>2</td></tr></tbody></table>
    """  # noqa: E501  # one row
    head = _joined(Markup('<th scope="col">{}</th>').format(each) for each in heads)
    body = _joined(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            row[0], _joined(Markup("<td>{}</td>").format("" if cell is None else cell) for cell in row[1:])
        )
        for row in rows
    )
    return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, body)


def paths_html(
    lineage: Lineage,
    answer: PathAnswer,
    link: Link = no_link,
    *,
    how_to_see_more: str = "a larger top shows more of them",
) -> Markup:
    """The answer to a question about paths; each path can be opened, and shows who asserts its hops."""
    report = path_report(lineage, answer)
    heading = Markup("<p><strong>{}</strong></p>").format(report.heading)
    sentences = _joined(Markup("<p>{}</p>").format(" ".join(parts)) for parts in report.sentences)
    if not report.paths:
        return heading + sentences + (Markup() if link is no_link else _related(lineage, answer, link))
    items = _joined(_path(lineage, path, link, is_open=not n) for n, path in enumerate(report.paths))
    paths = Markup('<ol class="paths">{}</ol>').format(items)
    more = _joined(Markup("<p>{}.</p>").format(each) for each in _more(report, how_to_see_more))
    return heading + sentences + paths + more


def _more(report: PathReport, how_to_see_more: str) -> list[str]:
    """What the list of paths leaves out, and where the search for them stopped."""
    if report.stopped:
        return [each for each in (report.remaining, report.stopped) if each]
    if not report.remaining:
        return []
    return [f"{report.remaining}; {how_to_see_more}" if how_to_see_more else report.remaining]


def _path(lineage: Lineage, path: PathDescription, link: Link, *, is_open: bool) -> Markup:
    names = Markup(" → ").join(Markup("<bdi>{}</bdi>").format(step.name) for step in path.steps)
    return Markup("<li><details{}><summary>{} <small>{}</small></summary><ul>{}</ul></details></li>").format(
        Markup(" open") if is_open else "",
        names,
        path.length,
        _joined(_step(lineage, step, link) for step in path.steps),
    )


def _step(lineage: Lineage, step: PathStep, link: Link) -> Markup:
    paper = Markup("{} {} <small>{}</small>").format(step.year, paper_html(lineage, step.key, link), step.themes)
    if step.cites is not None:
        later = " (cites a later paper)" if step.backwards else ""
        paper += Markup("<br><small>cites {}: {}{}</small>").format(step.cites, step.evidence, later)
        if step.reason:
            paper += Markup("<br><small>why: {}</small>").format(step.reason)
    return Markup("<li>{}</li>").format(paper)


def _related(lineage: Lineage, answer: PathAnswer, link: Link) -> Markup:
    """Links to the papers that relate two papers without a path between them."""
    found = answer.no_path
    if found is None:
        return Markup()
    rows = [
        (what, Markup(", ").join(paper_html(lineage, key, link) for key in keys))
        for what, keys in (
            ("Both descend from", found.ancestors),
            ("Both lead to", found.descendants),
            ("Joined, whichever way, by", found.undirected),
        )
        if keys
    ]
    return table(("What relates them", "Papers"), rows) if rows else Markup()


def relatives_html(lineage: Lineage, found: Relatives, link: Link = no_link, *, top: int = 40) -> Markup:
    """The ancestors or descendants of a paper, a row for each generation."""
    noun = "ancestor" if found.kind == "ancestry" else "descendant"
    rows = []
    for hops, keys in enumerate(found.generations, start=1):
        names = Markup(", ").join(paper_html(lineage, key, link) for key in keys[:top])
        more = Markup(" and {} more").format(f"{len(keys) - top:,}") if len(keys) > top else ""
        rows.append((counted(hops, "hop"), len(keys), Markup("{}{}").format(names, more)))
    head = Markup("<p><strong>{}: {}; hops are those of the shortest path.</strong></p>").format(
        paper_html(lineage, found.key, link), counted(found.total, noun)
    )
    doubt = _joined(Markup("<p>{}</p>").format(each) for each in may_have_relatives(lineage, found))
    return head + doubt + (table(("Away", "Papers", "Which"), rows) if rows else Markup())


def flow_html(lineage: Lineage, answer: Flow, link: Link = no_link, *, top: int = 25) -> Markup:
    """The papers on the paths from one paper to another, those on the most paths first."""
    rows = []
    for node, paths in answer.most_travelled(top):
        keys = answer.acyclic.papers(node)
        names = Markup(" = ").join(paper_html(lineage, key, link) for key in keys)
        rows.append((names, year_of(lineage, keys[0]), large(paths), f"{paths / answer.paths:.0%}"))
    more = answer.papers_between - top
    rest = Markup("<p>... and {} more papers.</p>").format(f"{more:,}") if more > 0 else Markup()
    return (table(("Paper", "Year", "Paths through it", "Of all"), rows) if rows else Markup()) + rest


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup().join(parts)
