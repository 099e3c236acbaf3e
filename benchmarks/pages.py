"""What a page costs its reader, compared with other ways to draw the same papers at the same places.

    python -m benchmarks.pages [--papers 50 500 2000 10000 50000] [--peers ours fixed sigma stock] [--wait 120]

The peers are pyvis with its defaults, pyvis with our positions and no physics, and sigma.js with our
positions. It needs Chromium (/usr/bin/chromium, or $CHROMIUM), and npm for sigma.js, which is installed
and bundled in a temporary folder. It prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from graph.exports.layout import Layout, timeline
from graph.exports.style import theme_colours, theme_of
from graph.model.lineage import Lineage
from graph.pages.page import render_page

from .made import made_lineage

SIZES = (50, 500, 2_000, 10_000, 50_000)
STEPS = 25  # of the mouse while it drags

CHROMIUM = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--enable-unsafe-swiftshader",  # WebGL without a GPU, for sigma.js
]

WATCH = """
window.bench = { first: null, usable: null };
{
  // After the frame that shows it: the message arrives when that frame is on its way to the screen.
  const presented = (done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(0);
  });
  bench.presented = presented;
  bench.drawn = () => {
    if (bench.first !== null) return;
    bench.first = -1;
    presented((now) => {
      bench.first = now;
      // Usable: all is drawn, and three frames in a row took less than a tenth of a second each.
      let [calm, last] = [0, now];
      const look = (at) => {
        calm = at - last < 100 ? calm + 1 : 0;
        last = at;
        if (calm >= 3 && bench.whole()) bench.usable = at;
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  };
  bench.whole = () => true;
  const hooked = (name, hook) => {
    let held;
    const set = (value) => {
      held = value;
      hook(value);
    };
    Object.defineProperty(window, name, { configurable: true, get: () => held, set });
  };
  hooked("lineagePage", (page) => {
    bench.whole = () => page.settled();
    bench.drawn();
  });
  hooked("network", (network) => network?.once?.("afterDrawing", () => bench.drawn()));
  hooked("sigmaPage", () => bench.drawn());
  bench.frames = () => {
    const gaps = [];
    let [last, on] = [performance.now(), true];
    const look = (at) => {
      gaps.push(at - last);
      last = at;
      if (on) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    bench.stop = () => { on = false; return gaps.slice(2); };
  };
  bench.latency = (select) => new Promise((done) => {
    const start = performance.now();
    select();
    presented((now) => done(now - start));
  });
}
"""


@dataclass(frozen=True)
class Peer:
    """A way to draw a lineage: a function that writes the page, and a script that selects a paper in it."""

    name: str
    write: Callable[[Lineage, Layout], str]
    select: str


@dataclass(frozen=True)
class Figures:
    """The measurements of one page.

    `size` and `heap` are megabytes; `write`, `first` (frame) and `usable` seconds; the others milliseconds. `drag` is
    the median and the 95th percentile of the time between frames.
    """

    size: float
    write: float
    first: float | None = None
    usable: float | None = None
    drag: tuple[float, float] | None = None
    zoom: float | None = None
    select: float | None = None
    heap: float | None = None


def this_page(lineage: Lineage, _: Layout) -> str:
    """Write our page with all papers."""
    return render_page(lineage, list(lineage.graph), title="A made list")


def stock_pyvis(lineage: Lineage, _: Layout) -> str:
    """Write a page of pyvis with its defaults: it simulates springs until the picture rests."""
    from pyvis.network import Network

    network = Network(height="900px", directed=True, cdn_resources="in_line")
    for key in lineage.graph:
        network.add_node(key, label=lineage.paper(key).name, color=_colour(lineage, key))
    network.add_edges(list(lineage.graph.edges))
    return _without_requests(network.generate_html())


def fixed_pyvis(lineage: Lineage, layout: Layout) -> str:
    """Write a page of pyvis with our positions, without physics and without curves."""
    from pyvis.network import Network

    network = Network(height="900px", directed=True, cdn_resources="in_line")
    for key, spot in layout.placements.items():
        network.add_node(key, label=spot.label, x=spot.x, y=spot.y, color=_colour(lineage, key), shape="box")
    network.add_edges(list(lineage.graph.edges))
    network.options = {
        "physics": {"enabled": False},
        "edges": {"smooth": False},
        "interaction": {"hideEdgesOnDrag": True, "hideEdgesOnZoom": True},
    }
    return _without_requests(network.generate_html())


def sigma_js(lineage: Lineage, layout: Layout) -> str:
    """Write a page of sigma.js with our positions; it highlights a selected paper and its neighbours."""
    data = json.dumps(
        {
            "nodes": [
                [key, place.label, place.x, -place.y, _colour(lineage, key)] for key, place in layout.placements.items()
            ],
            "edges": list(lineage.graph.edges),
        }
    ).replace("<", "\\u003c")
    return (
        '<!DOCTYPE html><meta charset="utf-8"><style>body{margin:0}#graph{height:900px}</style><div id="graph"></div>'
        f'<script type="application/json" id="data">{data}</script><script>{_sigma_bundle()}</script>'
    )


PEERS = {
    "ours": Peer("this page", this_page, "(key) => lineagePage.select(key)"),
    "fixed": Peer("pyvis, fixed positions", fixed_pyvis, "(key) => network.selectNodes([key])"),
    "sigma": Peer("sigma.js 3", sigma_js, "(key) => sigmaPage.select(key)"),
    "stock": Peer("pyvis, defaults", stock_pyvis, "(key) => network.selectNodes([key])"),
}


def _colour(lineage: Lineage, key: str) -> str:
    return theme_colours(lineage).get(theme_of(lineage, key) or "", "#666666")


def _without_requests(html: str) -> str:
    """A page of pyvis that does not request Bootstrap from another host and wait for it."""
    return html.replace("https://cdn.jsdelivr.net/", "data:,")


@cache
def _sigma_bundle() -> str:
    """sigma.js, graphology and sigma/page.js as one script."""
    here = Path(__file__).parent / "sigma"
    with tempfile.TemporaryDirectory() as folder:
        for file in here.iterdir():
            if file.is_file():
                shutil.copy(file, folder)
        for command in ("ci --no-audit --no-fund", "run bundle"):
            npm = ["npm", "--silent", *command.split()]
            subprocess.run(npm, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 # ours
        text = (Path(folder) / "bundle.js").read_text(encoding="utf-8")
    return text.replace("</script", "<\\/script")


@contextmanager
def _page(file: Path) -> Iterator[Any]:
    """A page in a browser of its own, so that earlier pages do not slow it down."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=CHROMIUM
        )
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.add_init_script(WATCH)
        page.goto(file.as_uri(), wait_until="commit")
        try:
            yield page
        finally:
            browser.close()


def measure(peer: Peer, lineage: Lineage, layout: Layout, wait: float) -> Figures:
    """Write a page, open it, drag and zoom it, and select its most cited paper."""
    from playwright.sync_api import Error

    start = time.perf_counter()
    html = peer.write(lineage, layout)
    write = time.perf_counter() - start
    key = max(lineage.graph, key=lineage.graph.out_degree)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(html, encoding="utf-8")
        figures = Figures(file.stat().st_size / 1e6, write)
        with _page(file) as page:
            try:
                page.wait_for_function("() => bench.usable !== null", timeout=wait * 1000, polling=50)
            except Error:
                return figures
            first, usable = page.evaluate("[bench.first, bench.usable]")
            drag = _drag(page)
            zoom = _zoom(page)
            latency = page.evaluate(f"(key) => bench.latency(() => ({peer.select})(key))", key)
            wire = page.context.new_cdp_session(page)
            wire.send("HeapProfiler.collectGarbage")
            heap = wire.send("Runtime.getHeapUsage")["usedSize"]
            return Figures(figures.size, write, first / 1000, usable / 1000, drag, zoom, latency, heap / 1e6)


def _drag(page: Any) -> tuple[float, float]:
    """The median and the 95th percentile of the time between frames while the mouse drags."""
    page.mouse.move(700, 600)
    page.evaluate("bench.frames()")
    page.mouse.down()
    for step in range(STEPS):
        page.mouse.move(700 - 8 * step, 600 - 3 * step)
    page.mouse.up()
    gaps = page.evaluate("bench.stop()")
    return median(gaps), quantiles(gaps, n=20)[-1]


def _zoom(page: Any) -> float:
    """The median time between frames while the wheel zooms."""
    page.mouse.move(700, 500)
    page.evaluate("bench.frames()")
    for _ in range(10):
        page.mouse.wheel(0, -120)
    gaps: list[float] = page.evaluate("bench.stop()")
    return median(gaps)


HEADS = (
    *("papers", "page", "file, MB", "write, s", "first frame, s", "usable, s"),
    *("drag, ms (p95)", "zoom, ms", "select, ms", "heap, MB"),
)


def row(papers: int, peer: Peer, figures: Figures, wait: float) -> str:
    """One line of the table."""
    cells = [f"{papers:,}", peer.name, f"{figures.size:.2g}", f"{figures.write:.2g}"]
    if figures.first is None or figures.usable is None or figures.drag is None:
        cells += [f"> {wait:g}", "", "", "", "", ""]
    else:
        cells += [f"{figures.first:.2f}", f"{figures.usable:.2f}", f"{figures.drag[0]:.0f} ({figures.drag[1]:.0f})"]
        cells += [f"{figures.zoom:.0f}", f"{figures.select:.0f}", f"{figures.heap:.0f}"]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the table as Markdown, each line as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--peers", choices=PEERS, nargs="+", default=list(PEERS))
    parser.add_argument("--wait", type=float, default=120, help="seconds after which a page counts as unusable")
    arguments = parser.parse_args()
    if "sigma" in arguments.peers:
        _sigma_bundle()
    print(f"| {' | '.join(HEADS)} |")
    print("|", " | ".join(["---:", "---", *["---:"] * (len(HEADS) - 2)]), "|", flush=True)
    peers = [PEERS[name] for name in arguments.peers]
    for papers in arguments.papers:
        lineage = made_lineage(papers)
        layout = timeline(lineage, list(lineage.graph))
        for peer in list(peers):
            figures = measure(peer, lineage, layout, arguments.wait)
            print(row(papers, peer, figures, arguments.wait), flush=True)
            if figures.usable is None:
                peers.remove(peer)  # more papers would take even longer


if __name__ == "__main__":
    main()
