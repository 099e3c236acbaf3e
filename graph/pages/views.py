"""The views of a lineage: the list, its neighbourhood, each theme, an answer about paths, and an index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from ..algorithms.between import between
from ..analysis.neighbourhood import neighbourhood, shared_ancestors
from ..analysis.path_options import PathOptions
from ..analysis.paths import PathAnswer
from ..exports.style import theme_of
from ..model.lineage import Lineage
from ..utils.text import words
from .index_page import ViewLink, render_index
from .page import render_page

ON_THE_WAY = 400
"""A path's page has every paper on any way between its ends, unless there are more than these."""


@dataclass(frozen=True, slots=True)
class View:
    """Some papers of a lineage to be shown as one page.

    `name` is that of the file, without its ending; `title` says on an index what the view shows,
    `subtitle` stands below the page's heading; `citations` counts those among the papers.
    """

    name: str
    title: str
    subtitle: str
    keys: Sequence[str]
    citations: int


def views(lineage: Lineage) -> list[View]:
    """The list, its neighbourhood, and one view for each theme that has papers.

    A theme's view has its papers on the list, those of the neighbourhood whose theme it mainly is,
    and the papers of the list that an arc joins with its own: what it comes from and leads to.

    Examples
    --------
    >>> from graph import load
    >>> lineage = load()
    >>> [view.name for view in views(lineage)][:4]
    ['lineage', 'neighbourhood', 'theme-architecture', 'theme-scaling']
    """
    around = neighbourhood(lineage)
    bridges, shared = len(lineage.bridges), len(shared_ancestors(lineage))
    made = [
        _view(
            lineage,
            "lineage",
            "The list",
            f"The {len(lineage.reading_list.entries)} entries of the list and the citations among them",
            lineage.list_keys,
        ),
        _view(
            lineage,
            "neighbourhood",
            "The list and its neighbourhood",
            f"The list, the {bridges} papers that bridge it and {shared} ancestors it shares",
            around,
        ),
    ]
    return made + list(_themes(lineage, around))


def _view(lineage: Lineage, name: str, title: str, subtitle: str, keys: Sequence[str]) -> View:
    return View(name, title, subtitle, keys, lineage.among(keys).number_of_edges())


def _themes(lineage: Lineage, around: Sequence[str]) -> Iterator[View]:
    taken: set[str] = set()
    for number, theme in enumerate(lineage.reading_list.themes, start=1):
        own = [key for key in lineage.list_keys if theme.id in lineage.graph.nodes[key]["themes"]]
        if not own:
            continue
        near = {key for key in around if theme_of(lineage, key) == theme.id}
        joined = {
            key
            for key in lineage.list_keys
            if any(lineage.graph.has_edge(key, one) or lineage.graph.has_edge(one, key) for one in own)
        }
        name = "theme-" + ("-".join(words(theme.id)) or str(number))
        name = name if name.isascii() and name not in taken else f"theme-{number}"
        taken.add(name)
        subtitle = f"{theme.name}: its papers, what they come from, and what they lead to"
        yield _view(lineage, name, theme.name, subtitle, sorted({*own, *near, *joined}, key=lineage.age))


def views_of(lineage: Lineage, made: Sequence[View] | None = None) -> dict[str, str]:
    """The pages of a lineage and the index that links them, by file name.

    Parameters
    ----------
    lineage : Lineage
    made : sequence of View, optional
        What `views` gave of this lineage, where that is at hand.

    Returns
    -------
    dict of str to str
        ``lineage.html`` first, ``index.html`` last. Equal lineages give equal pages.

    Raises
    ------
    OutputError
        When the installed pyvis lacks the vis-network bundle.
    """
    heading = lineage.reading_list.title
    made = views(lineage) if made is None else made
    pages = {
        f"{view.name}.html": render_page(lineage, view.keys, title=heading, subtitle=view.subtitle) for view in made
    }
    entries = [
        ViewLink(f"{view.name}.html", view.title, view.subtitle, len(set(view.keys)), view.citations) for view in made
    ]
    return pages | {"index.html": render_index(heading, entries)}


def path_page(lineage: Lineage, answer: PathAnswer) -> str:
    """An answer about paths as a page that opens with it.

    The page has every paper on any way between the two, so that it counts as the engine does, and
    the reading list around it. Where there are too many of those, or where the options include what a page does not
    ask (a theme, years, a number of hops), it has the papers of the answer's paths instead.

    Parameters
    ----------
    lineage : Lineage
    answer : PathAnswer

    Returns
    -------
    str
        A document to be written as UTF-8.
    """
    start, end, options = answer.start, answer.end, answer.options
    told = {key for path in answer.paths for key in path.keys}
    ways = set(between(lineage.graph, start, end))
    whole = len(ways) <= ON_THE_WAY and _is_plain(options)
    keys = {start, end, *told, *options.waypoints, *options.via}
    if whole:
        keys |= ways | set(lineage.list_keys)
    if answer.no_path:
        keys |= {*neighbourhood(lineage), *answer.no_path.ancestors, *answer.no_path.descendants}
        keys |= set(answer.no_path.undirected)
    one, other = lineage.paper(start).name, lineage.paper(end).name
    if answer.no_path:
        subtitle = "No path: what relates the two all the same"
    elif whole:
        subtitle = "All papers on any way between the two, with the reading list"
    else:
        subtitle = f"The papers of {len(answer.paths)} paths that were asked for"
    title = f"How did we get from {one} to {other}?"
    return render_page(lineage, sorted(keys, key=lineage.age), title=title, subtitle=subtitle, preset=preset_of(answer))


def _is_plain(options: PathOptions) -> bool:
    """Whether a page can ask the same."""
    return options.theme is None and options.years == (None, None) and options.max_hops is None


def preset_of(answer: PathAnswer) -> str:
    """The question of an answer as a page's address has it, the first path lit.

    >>> from graph.analysis.path_options import PathOptions
    >>> from graph.analysis.paths import PathAnswer
    >>> preset_of(PathAnswer("a", "b", PathOptions(list_only=True, via=("c", "d")), (), 0, 0, 0))
    'from=a&to=b&via=c,d&list=1'
    """
    options = answer.options
    parts: Mapping[str, str] = {
        "from": answer.start,
        "to": answer.end,
        "way": ",".join(options.waypoints),
        "via": ",".join(options.via),
        "avoid": ",".join(options.avoid),
        "list": "1" if options.list_only else "",
        "path": "1" if answer.paths else "",
    }
    return urlencode({name: value for name, value in parts.items() if value}, safe=",")
