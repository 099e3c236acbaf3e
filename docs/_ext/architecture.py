"""The drawing and the lists of docs/architecture.md, made from the code.

``python docs/_ext/architecture.py`` writes them again; a test compares what is committed with what the code says.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from xml.sax.saxutils import escape

import grimp

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "architecture.md"
DRAWING = ROOT / "docs" / "images" / "architecture.svg"

QUESTION = ("path", "BERT → InstructGPT")
"""The words after `lineage` of the question that `ROAD` follows."""
ROAD: Mapping[str, str] = {
    "graph.__main__.main": "starts the process",
    "graph.interfaces.cli.main.main": "runs the command and turns every error into one line and an exit code",
    "graph.interfaces.cli.main.cli": "reads the options before the command: which list, which corpus",
    "graph.interfaces.cli.path.path_command": "reads the words and options of `lineage path`",
    "graph.interfaces.cli.context.CommandContext.backend": "chooses the backend: a corpus, or with `--store` a store",
    "graph.interfaces.cli.context.CommandContext.lineage": "loads the data",
    "graph.model.storage.load_corpus": "reads the corpus folder",
    "graph.model.reading_list.load_reading_list": "reads the reading list",
    "graph.model.lineage.build_lineage": "finds the paper of every entry of the list",
    "graph.interfaces.path_questions.PathQuestion.parse": "parses words and options into one `PathQuestion`",
    "graph.analysis.query.parse_words": "splits the text at its arrow",
    "graph.interfaces.corpus_backend.CorpusBackend.key_of": "asks for the paper of each name",
    "graph.analysis.resolve.resolve": "finds it, by entry number, identifier, name, title or author and year",
    "graph.interfaces.backend.Backend.answer": "answers the question, by the function of its type",
    "graph.analysis.ask.answer_query": "chooses the function for this form of question",
    "graph.analysis.paths.paths_in": "builds the answer: count, paths, evidence of each hop",
    "graph.algorithms.part_between.part_between": "cuts out what lies between the two papers, older to newer",
    "graph.algorithms.ordered_part.OrderedPart.survey": "counts the paths",
    "graph.analysis.path_ranking.ranked_paths": "puts the paths in the order of `--rank`",
    "graph.algorithms.ordered_part.OrderedPart.paths": "lists them one by one, the shortest first",
    "graph.interfaces.cli.common.print_answer": "prints text, or JSON with `--json`",
    "graph.exports.answers.answer_text": "finds the renderer of this type of answer",
    "graph.exports.text.path_text.path_text": "writes the answer as text",
}
"""The functions that `QUESTION` passes, in the order in which each is first called, with what each does for it."""


# What the code says


def layers() -> list[list[str]]:
    """The import contract of pyproject.toml, the highest layer first.

    >>> layers()[-1]
    ['errors']
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (contract,) = (each for each in project["tool"]["importlinter"]["contracts"] if each["type"] == "layers")
    return [[name.strip().removeprefix("graph.") for name in line.split("|")] for line in contract["layers"]]


def imports() -> dict[str, set[str]]:
    """What each package, and each module beside them, imports of the others.

    >>> imports()["utils"]
    {'errors'}
    """
    graph = grimp.build_graph("graph", cache_dir=None)
    found: dict[str, set[str]] = {name.removeprefix("graph."): set() for name in graph.find_children("graph")}
    for name, targets in found.items():
        for module in {f"graph.{name}", *graph.find_descendants(f"graph.{name}")}:
            imported = graph.find_modules_directly_imported_by(module)
            targets |= {target.split(".")[1] for target in imported if "." in target}
        targets.discard(name)
    return found


def packages() -> list[str]:
    """The packages of `graph`, the highest layer first."""
    return [name for row in layers() for name in row if (ROOT / "graph" / name).is_dir()]


def not_implied(arrows: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The arrows that do not follow from others: their transitive reduction.

    >>> not_implied({"a": {"b", "c"}, "b": {"c"}, "c": set()})
    {'a': {'b'}, 'b': {'c'}, 'c': set()}
    """

    def reached(name: str) -> set[str]:
        return arrows[name].union(*(reached(target) for target in arrows[name]))

    return {name: targets - set().union(*map(reached, targets)) for name, targets in arrows.items()}


# The drawing

WIDTH, ROW, BOX = 640, 72, (116, 34)
COLUMNS = {1: (320,), 2: (110, 530)}
"""The middles of the boxes of a row, by how many there are."""
STYLE = """
text { font: 14px sans-serif; text-anchor: middle; fill: #1a1a1a }
.box { fill: #eef3f8; stroke: #5b7083 }
.module { fill: #ffffff; stroke-dasharray: 4 3 }
.arrow { stroke: #76808a; stroke-width: 1.5; marker-end: url(#head) }
"""
HEAD = """\
<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">
<path d="M0 0 8 4 0 8z" fill="#76808a"/></marker></defs>"""


def drawing() -> str:
    """The packages as boxes, a row a layer, with the arrows of `not_implied`, as SVG.

    Boxes have a fill of their own, so that the drawing can be read on a light and on a dark page.
    """
    middles = {
        name: (x, ROW * number + ROW // 2)
        for number, row in enumerate(layers())
        for name, x in zip(row, COLUMNS[len(row)], strict=True)
    }
    arrows = [(a, b) for a, targets in sorted(not_implied(imports()).items()) for b in sorted(targets)]
    height = ROW * len(layers())
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        "<title>The packages of graph, a row a layer; an arrow leads from a package to one that it imports</title>",
        f"<style>{STYLE}</style>",
        HEAD,
        *(_arrow(middles[one], middles[other]) for one, other in arrows),
        *(_box(name, middle) for name, middle in middles.items()),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _arrow(one: tuple[int, int], other: tuple[int, int]) -> str:
    half = BOX[1] // 2
    return f'<line class="arrow" x1="{one[0]}" y1="{one[1] + half}" x2="{other[0]}" y2="{other[1] - half}"/>'


def _box(name: str, middle: tuple[int, int]) -> str:
    (x, y), (width, height) = middle, BOX
    kind = "box" if name in packages() else "box module"
    return (
        f'<rect class="{kind}" x="{x - width // 2}" y="{y - height // 2}" width="{width}" height="{height}" rx="5"/>'
        f'<text x="{x}" y="{y + 5}">{escape(name)}</text>'
    )


# The lists


def package_table() -> str:
    """Package, the first sentence of its docstring, and what it imports, as Markdown."""
    order = [name for row in layers() for name in row]
    found = imports()
    rows = [
        (f"`{name}`", _first_sentence(name), ", ".join(sorted(found[name], key=order.index))) for name in packages()
    ]
    return _table(("package", "what it holds", "imports"), rows)


def _first_sentence(package: str) -> str:
    text = " ".join((import_module(f"graph.{package}").__doc__ or "").split("\n\n")[0].split())
    return re.split(r"(?<=\.)\s", text)[0].replace("``", "`")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in (heads, ["---"] * len(heads), *rows))


def road_list() -> str:
    """`ROAD` as a numbered list, as Markdown."""
    return "\n".join(f"{number}. `{name}` {what}." for number, (name, what) in enumerate(ROAD.items(), start=1))


def filled(text: str) -> str:
    """A page with its generated parts made anew: what stands between `<!-- NAME -->` and `<!-- end -->`."""
    parts = {"packages": package_table, "road": road_list}
    return re.sub(
        rf"(<!-- ({'|'.join(parts)}) -->\n).*?(<!-- end -->)",
        lambda found: f"{found[1]}\n{parts[found[2]]()}\n\n{found[3]}",
        text,
        flags=re.DOTALL,
    )


if __name__ == "__main__":
    import sys

    sys.path.insert(0, str(ROOT))
    DRAWING.write_text(drawing(), "utf-8")
    PAGE.write_text(filled(PAGE.read_text("utf-8")), "utf-8")
