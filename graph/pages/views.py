"""The views of a lineage: the list, its neighbourhood, each theme, an answer about paths, and an index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from ..analysis.neighbourhood import neighbourhood, shared_ancestors
from ..analysis.path_answer import PathAnswer
from ..analysis.path_options import PathOptions
from ..exports.layout import Layout
from ..exports.style import looks_of
from ..exports.wording import counted
from ..model.lineage import Lineage
from ..utils.text import words
from .example_question import example_questions
from .index_page import render_index
from .page import render_page
from .site import FRONT, Site, ViewLink

LONGEST_NAME = 60
"""Of the id of a theme, so many characters are in the name of its file."""
MOST_BETWEEN = 400
"""A path's page has every paper between its ends, unless there are more than these."""


@dataclass(frozen=True, slots=True)
class View:
    """Some papers of a lineage that are shown as one page, and the number of citations among them.

    `name` is that of the file without its ending, `title` what the view shows, for an index, and `subtitle` the line
    below the page's heading.
    """

    name: str
    title: str
    subtitle: str
    keys: Sequence[str]
    citations: int


def views(lineage: Lineage) -> list[View]:
    """The list, its neighbourhood, and one view for each theme that has papers, or for each group in its place.

    A theme's view has its papers on the list, those of the neighbourhood whose theme it mainly is, and the papers of
    the list that an arc joins with its own: what it comes from and leads to.

    >>> from graph import load
    >>> lineage = load()
    >>> [view.name for view in views(lineage)][:4]
    ['lineage', 'neighbourhood', 'theme-architecture', 'theme-scaling']
    """
    around = neighbourhood(lineage)
    bridges, shared = len(lineage.bridges), len(shared_ancestors(lineage))
    return [
        _view(
            lineage,
            "lineage",
            "The list",
            f"The {counted(len(lineage.reading_list.entries), 'entry')} of the list and the citations among them",
            lineage.list_keys,
        ),
        _view(
            lineage,
            "neighbourhood",
            "The list and its neighbourhood",
            f"The list, the {counted(bridges, 'paper')} that {'bridges' if bridges == 1 else 'bridge'} it and "
            f"{counted(shared, 'ancestor')} it shares",
            around,
        ),
        *_theme_views(lineage, around),
    ]


def _view(lineage: Lineage, name: str, title: str, subtitle: str, keys: Sequence[str]) -> View:
    return View(name, title, subtitle, keys, lineage.count_arcs_among(keys))


def _theme_views(lineage: Lineage, around: Sequence[str]) -> Iterator[View]:
    graph = lineage.citation_graph(lineage.flagged(lineage.list_keys))
    lane = lineage.grouping.words.one
    names = theme_file_names(lineage.reading_list.theme_ids, lane)
    in_lane: dict[str | None, list[str]] = {}
    for look in looks_of(lineage, around):
        in_lane.setdefault(look.theme, []).append(look.paper.key)
    for name, theme in zip(names, lineage.reading_list.themes, strict=True):
        chosen = [key for key in lineage.list_keys if theme.id in lineage.themes(key)]
        if not chosen:
            continue
        joined = {other for key in chosen for other in (*graph.successors(key), *graph.predecessors(key))}
        whose = "its papers" if lineage.grouping.is_by_theme else f"papers of this {lane}"
        subtitle = f"{theme.name}: {whose}, what they come from, and what they lead to"
        yield _view(lineage, name, theme.name, subtitle, lineage.by_age([*chosen, *in_lane.get(theme.id, ()), *joined]))


def theme_file_names(theme_ids: Sequence[str], lane: str = "theme") -> list[str]:
    """The name of each theme's file, without an ending: short, in ASCII, and no two alike; `lane` says of what it is.

    A theme whose id gives no such name, or that of an earlier theme, goes by its position in the list.

    >>> theme_file_names(["RL", "rl", "3", "Пример", "x" * 300])[:4]
    ['theme-rl', 'theme-2', 'theme-3', 'theme-4']
    >>> theme_file_names(["2", "Пример"])
    ['theme-2', 'theme-2-2']
    """
    names: dict[str, None] = {}
    for number, theme_id in enumerate(theme_ids, start=1):
        word = "-".join(words(theme_id))
        name = f"{lane}-{word[:LONGEST_NAME] if word.isascii() and word else number}"
        if name in names:
            name = f"{lane}-{number}"
        while name in names:
            name = f"{name}-{number}"
        names[name] = None
    return list(names)


def render_views(
    lineage: Lineage, known: Sequence[View] | None = None, layouts: Mapping[str, Layout] | None = None
) -> dict[str, str]:
    """The pages of a lineage and the index that links them, by file name: ``lineage.html`` first, ``index.html`` last.

    `known` is what `views` gave of this lineage, and `layouts` its layouts by the name of the view, where these are
    known. Equal lineages give equal pages. Raises `OutputError` when the installed pyvis lacks the vis-network bundle.
    """
    heading = lineage.reading_list.title
    made = views(lineage) if known is None else known
    site = _site_of(lineage, made)
    pages: dict[str, str] = {}
    for view, link in zip(made, site.links, strict=True):
        pages[link.file] = render_page(
            lineage,
            view.keys,
            title=heading,
            subtitle=view.subtitle,
            tab=view.title,
            layout=(layouts or {}).get(view.name),
            site=site,
            file=link.file,
        )
    listed = [(key, site.names[key]) for key in lineage.list_keys]
    example = next(iter(example_questions(lineage, lineage.list_keys, most=1)), ())
    return pages | {FRONT: render_index(heading, site, listed, example)}


def _site_of(lineage: Lineage, made: Sequence[View]) -> Site:
    """The site of the views; the neighbourhood has every paper of the others."""
    links = [
        ViewLink(
            f"{view.name}.html",
            view.title,
            view.subtitle,
            len(set(view.keys)),
            view.citations,
            short="Neighbourhood" if view.name == "neighbourhood" else "",
        )
        for view in made
    ]
    themes = sum(view.name.startswith(f"{lineage.grouping.words.one}-") for view in made)
    widest = max(made, key=lambda view: len(view.keys))
    return Site.of(lineage, links, themes, f"{widest.name}.html", widest.keys)


def path_page(lineage: Lineage, answer: PathAnswer, *, is_part: bool = False) -> str:
    """An answer about paths as a page that opens with it.

    The page has every paper between the two, so that it counts as the engine does, and the reading list around it.
    Where there are too many of those it has the papers of the answer's paths instead.
    With `is_part` the lineage is the part of a larger corpus that the answer needs.
    """
    start, end, options = answer.start, answer.end, answer.options
    keys = {start, end, *options.waypoints, *options.via, *(key for path in answer.paths for key in path.keys)}
    between_ends = set(lineage.citation_graph().within(start, end))
    has_all = len(between_ends) <= MOST_BETWEEN
    if has_all:
        keys |= between_ends | set(lineage.list_keys)
    if answer.no_path:
        keys |= {*neighbourhood(lineage), *answer.no_path.ancestors, *answer.no_path.descendants}
        keys |= set(answer.no_path.undirected)
        subtitle = "No path: what relates the two all the same"
    elif has_all:
        subtitle = "All papers between the two, with the reading list"
    else:
        subtitle = f"The papers of {counted(len(answer.paths), 'path')}"
    title = f"How did we get from {lineage.paper(start).name} to {lineage.paper(end).name}?"
    preset = preset_of(answer)
    asks_for_all = options == PathOptions(top=options.top, rank=options.rank, longest=options.longest)
    return render_page(
        lineage,
        lineage.by_age(keys),
        title=title,
        subtitle=subtitle,
        preset=preset,
        is_part=is_part,
        totals={(start, end): answer.total} if is_part and asks_for_all else None,
    )


def preset_of(answer: PathAnswer) -> str:
    """The question of an answer as the address of a page, with the first path highlighted.

    >>> from graph.analysis.path_options import PathOptions
    >>> from graph.analysis.paths import PathAnswer
    >>> preset_of(PathAnswer("a", "b", PathOptions(list_only=True, via=("c", "d")), (), 0, 0, 0))
    'from=a&to=b&via=c,d&list=1'
    """
    options = answer.options
    parameters = {
        "from": answer.start,
        "to": answer.end,
        "way": ",".join(options.waypoints),
        "via": ",".join(options.via),
        "avoid": ",".join(options.avoid),
        "list": "1" if options.list_only else "",
        "theme": options.theme or "",
        "between": "" if options.years == (None, None) else "..".join(str(year or "") for year in options.years),
        "hops": str(options.max_hops or ""),
        "rank": "longest" if options.longest else "" if options.rank == "shortest" else options.rank,
        "path": "1" if answer.paths else "",
    }
    return urlencode({name: value for name, value in parameters.items() if value}, safe=",")
