"""Every path and every name of ours that the documentation, a comment or a docstring mentions exists."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from pkgutil import resolve_name

import pytest

from graph.utils.old_names import MOVED

from ..helpers.documentation import PAGES, ROOT

MODULES = [
    module
    for folder in ("graph", "scripts", "benchmarks", "docs/_ext", "tests")
    for module in sorted((ROOT / folder).rglob("*.py"))
    if "node_modules" not in module.parts
]
OTHER_PAGES = [
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    ROOT / "benchmarks" / "README.md",
    ROOT / "output" / "README.md",
]
HERE = Path(__file__)
OLD_NAMES = ROOT / "graph" / "utils" / "old_names.py"
"""Its subject is names that no longer exist, and here are examples of them."""
PATHS = re.compile(r"(?<![\w./-])((?:graph|tests|docs|scripts|benchmarks|data)/[\w./*-]*[\w*/])")
NAMES = re.compile(r"(?<![\w./-])(graph(?:\.[A-Za-z_]\w*)+)(?![\w/])")


def written(module: Path) -> str:
    """The comments and docstrings of a module, without the examples, which run as tests."""
    source = module.read_text("utf-8")
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    strings = [
        node.value.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    ]
    lines = "\n".join([*comments, *strings]).split("\n")
    return "\n".join(line for line in lines if not line.lstrip().startswith((">>>", "...")))


def missing_paths(text: str) -> Iterator[str]:
    """The paths in a text that no file or folder of the project has; ``graph/NAME.py`` stands for any."""
    for path in PATHS.findall(text):
        if "NAME" not in path and not exists(path.rstrip("/")):
            yield path


@cache
def exists(path: str) -> bool:
    """Whether a file or folder of the project has this path, which may be a pattern."""
    return any(ROOT.glob(path))


def missing_names(text: str) -> Iterator[str]:
    """The dotted names in a text that lead to nothing."""
    return (name for name in NAMES.findall(text) if not leads_somewhere(name))


@cache
def leads_somewhere(name: str) -> bool:
    """Whether a dotted name is that of a module, or of something in one, and no old name."""
    try:
        resolve_name(name)
    except (ImportError, AttributeError, DeprecationWarning):
        return False
    return True


def missing(text: str) -> list[str]:
    """The paths and the dotted names in a text that lead to nothing."""
    return [*missing_paths(text), *missing_names(text)]


@pytest.mark.parametrize(
    "text", ["see graph/paths.py", "`tests/test_x.py`,", "(docs/design.md#floors)", "scripts/no.sh"]
)
def test_a_path_without_a_file_is_found(text: str):
    assert len([*missing_paths(text)]) == 1


def test_paths_of_files_folders_and_patterns_are_accepted():
    assert not [
        *missing_paths("graph/api.py, tests/model/ and data/semantic_scholar_*; graph/NAME.py; other/graph/x.py")
    ]


def test_a_dotted_name_that_leads_to_nothing_is_found():
    text = "graph.analysis.paths.find_paths, graph.no_module, graph.analysis.paths.no_function and graph.api."
    assert [*missing_names(text)] == ["graph.no_module", "graph.analysis.paths.no_function"]


def test_a_page_names_only_what_exists():
    assert {page: found for page in (*PAGES, *OTHER_PAGES) if (found := missing(page.read_text("utf-8")))} == {}


def test_comments_and_docstrings_name_only_what_exists():
    """Few modules have to be taken apart: in most, no line at all names what does not exist."""
    suspects = [each for each in MODULES if each not in (OLD_NAMES, HERE) and missing(each.read_text("utf-8"))]
    assert {module: found for module in suspects if (found := missing(written(module)))} == {}


def test_the_present_name_of_every_moved_module_exists():
    assert [new for new in MOVED.values() for _ in missing_names(new)] == []
