"""How the documentation is built: `make docs`. The pages are Markdown and read on GitHub, too."""

from __future__ import annotations

import logging
import sys
from importlib.metadata import version as version_of
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parent)]

# A library of the theme sends the log of the whole process to the terminal. What our pages are made in is no fault.
logging.getLogger("graph").setLevel(logging.WARNING)

project = "citation-lineage"
author = "The citation-lineage developers"
copyright = f"2026, {author}"  # noqa: A001  # Sphinx's name for it
version = release = version_of(project)

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "registries", "live_page"]
exclude_patterns = ["_ext"]

# Markdown as on GitHub: the same anchors of headings, and pictures with a width.
myst_heading_anchors = 4
myst_enable_extensions = ["html_image"]

# Docstrings are numpydoc; a name in single backquotes is a link where there is such a thing, else code.
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True
default_role = "py:obj"
# Types are words ("sequence of str") and backquotes hold parameters, too; what names one of our modules must exist.
nitpicky = True
nitpick_ignore_regex = [(r"py:.*", r"(?!graph\.).*")]
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the Parameters say them in words
python_use_unqualified_type_names = True

# What is shown in quotes is what is typed.
smartquotes = False

# One language, no fonts, nothing from elsewhere: the site opens from a disk without a network.
html_theme = "furo"
html_title = project
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {
        "font-stack": "system-ui, sans-serif",
        "font-stack--monospace": "ui-monospace, 'DejaVu Sans Mono', monospace",
    },
}
