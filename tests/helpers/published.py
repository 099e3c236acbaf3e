"""Two published citation networks with every value that is known of them; arcs cited>citing.

The values of both were recomputed from the definitions and agree with what was published.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx


@dataclass(frozen=True)
class Published:
    """A network, its weights in the order of its arcs, and what each search finds.

    A search is keyed by "name weight routes"; `best` holds the sum and the paths of the global search.
    """

    arcs: str
    flow: int
    weights: dict[str, list[int]]
    searches: dict[str, str]
    best: dict[str, tuple[int, str]]
    longest: str
    reduction: str


# Wikipedia, 'Main path analysis', the sample network of J. S. Liu.
WIKIPEDIA = Published(
    arcs="A>C B>C B>D B>J C>E C>H E>G G>H D>F D>I F>H F>I I>L I>M J>M M>N H>K",
    flow=10,
    weights={
        "SPC": [2, 2, 5, 1, 2, 2, 2, 2, 3, 2, 1, 2, 2, 2, 1, 3, 5],
        "SPLC": [2, 2, 5, 1, 3, 3, 4, 5, 6, 4, 3, 6, 6, 6, 2, 9, 12],
        "SPNP": [7, 7, 12, 3, 12, 6, 12, 10, 14, 8, 6, 12, 6, 12, 4, 9, 12],
        "NPPC": [5, 5, 8, 3, 12, 6, 12, 10, 14, 8, 6, 12, 4, 8, 4, 6, 8],
    },
    searches={
        "local-forward SPC 1": "B>D D>F F>I I>L I>M M>N",
        "local-backward SPC 1": "A>C B>C C>E C>H E>G G>H H>K",
        "key-route-global SPC 1": "B>D D>F F>H F>I H>K I>M M>N",
        "key-route-local SPC 1": "A>C B>C B>D C>E C>H D>F E>G F>I G>H H>K I>L I>M M>N",
        "key-route-global SPC 2": "B>D D>F F>H F>I H>K I>M M>N",
        "key-route-local SPC 2": "A>C B>C B>D C>E C>H D>F E>G F>I G>H H>K I>L I>M M>N",
        "key-route-global SPC 5": "A>C B>C B>D C>E C>H D>F D>I E>G F>H F>I G>H H>K I>L I>M M>N",
        "key-route-local SPC 5": "A>C B>C B>D C>E C>H D>F D>I E>G F>I G>H H>K I>L I>M M>N",
        "local-forward SPLC 1": "B>D D>F F>I I>L I>M M>N",
        "local-backward SPLC 1": "A>C B>C C>E E>G G>H H>K",
        "key-route-global SPLC 1": "A>C B>C B>D C>E D>F E>G F>H G>H H>K",
        "key-route-local SPLC 1": "A>C B>C C>E E>G G>H H>K",
        "key-route-global SPLC 2": "A>C B>C B>D C>E D>F E>G F>H F>I G>H H>K I>M M>N",
        "key-route-local SPLC 2": "A>C B>C B>D C>E D>F E>G F>I G>H H>K I>M M>N",
        "key-route-global SPLC 5": "A>C B>C B>D C>E D>F E>G F>H F>I G>H H>K I>L I>M M>N",
        "key-route-local SPLC 5": "A>C B>C B>D C>E D>F E>G F>I G>H H>K I>L I>M M>N",
        "local-forward SPNP 1": "B>D D>F F>I I>M M>N",
        "local-backward SPNP 1": "A>C B>C C>E E>G G>H H>K",
        "key-route-global SPNP 1": "B>D D>F F>I I>M M>N",
        "key-route-local SPNP 1": "B>D D>F F>I I>M M>N",
        "key-route-global SPNP 2": "A>C B>C B>D C>E D>F E>G F>I G>H H>K I>M M>N",
        "key-route-local SPNP 2": "A>C B>C B>D C>E D>F E>G F>I G>H H>K I>M M>N",
        "key-route-global SPNP 5": "A>C B>C B>D C>E D>F E>G F>I G>H H>K I>M M>N",
        "key-route-local SPNP 5": "A>C B>C B>D C>E D>F E>G F>I G>H H>K I>M M>N",
    },
    best={
        "SPC": (15, "B>D>F>I>M>N"),
        "SPLC": (32, "B>D>F>I>M>N"),
        "SPNP": (59, "B>D>F>I>M>N"),
    },
    longest="A>C>E>G>H>K",
    reduction="A>C C>E B>J B>C B>D D>F J>M E>G H>K G>H F>I F>H I>M I>L M>N",
)

# The test network of MainPaths.jl (github.com/jfb-h/MainPaths.jl, MIT), whose SPLC is Pajek's.
MAINPATHS_JL = Published(
    arcs="1>3 2>3 2>4 3>5 3>7 4>6 4>10 4>11 5>8 5>9 6>9 6>10",
    flow=10,
    weights={
        "SPC": [3, 3, 4, 4, 2, 2, 1, 1, 2, 2, 1, 1],
        "SPLC": [3, 3, 4, 6, 3, 4, 2, 2, 4, 4, 3, 3],
        "SPNP": [5, 5, 6, 9, 3, 6, 2, 2, 4, 4, 3, 3],
        "NPPC": [5, 5, 5, 9, 3, 6, 2, 2, 4, 4, 3, 3],
    },
    searches={
        "local-forward SPC 1": "2>4 4>6 6>9 6>10",
        "local-backward SPC 1": "1>3 2>3 3>5 3>7 5>8 5>9",
        "key-route-global SPC 1": "1>3 2>3 2>4 3>5 4>6 5>8 5>9 6>9 6>10",
        "key-route-local SPC 1": "1>3 2>3 2>4 3>5 4>6 5>8 5>9 6>9 6>10",
        "key-route-global SPC 2": "1>3 2>3 2>4 3>5 4>6 5>8 5>9 6>9 6>10",
        "key-route-local SPC 2": "1>3 2>3 2>4 3>5 4>6 5>8 5>9 6>9 6>10",
        "key-route-global SPC 5": "1>3 2>3 2>4 3>5 3>7 4>6 5>8 5>9 6>9 6>10",
        "key-route-local SPC 5": "1>3 2>3 2>4 3>5 3>7 4>6 5>8 5>9 6>9 6>10",
        "local-forward SPLC 1": "2>4 4>6 6>9 6>10",
        "local-backward SPLC 1": "1>3 2>3 3>5 5>8 5>9",
        "key-route-global SPLC 1": "1>3 2>3 3>5 5>8 5>9",
        "key-route-local SPLC 1": "1>3 2>3 3>5 5>8 5>9",
        "key-route-global SPLC 2": "1>3 2>3 2>4 3>5 4>6 5>8 5>9 6>9 6>10",
        "key-route-local SPLC 2": "1>3 2>3 2>4 3>5 4>6 5>8 5>9 6>9 6>10",
        "key-route-global SPLC 5": "1>3 2>3 2>4 3>5 4>6 5>8 5>9 6>9 6>10",
        "key-route-local SPLC 5": "1>3 2>3 2>4 3>5 4>6 5>8 5>9 6>9 6>10",
        "local-forward SPNP 1": "2>4 4>6 6>9 6>10",
        "local-backward SPNP 1": "1>3 2>3 3>5 5>8 5>9",
        "key-route-global SPNP 1": "1>3 2>3 3>5 5>8 5>9",
        "key-route-local SPNP 1": "1>3 2>3 3>5 5>8 5>9",
        "key-route-global SPNP 2": "1>3 2>3 2>4 3>5 4>6 5>8 5>9 6>9 6>10",
        "key-route-local SPNP 2": "1>3 2>3 2>4 3>5 4>6 5>8 5>9 6>9 6>10",
        "key-route-global SPNP 5": "1>3 2>3 2>4 3>5 4>6 5>8 5>9 6>9 6>10",
        "key-route-local SPNP 5": "1>3 2>3 2>4 3>5 4>6 5>8 5>9 6>9 6>10",
    },
    best={
        "SPC": (9, "1>3>5>8 1>3>5>9 2>3>5>8 2>3>5>9"),
        "SPLC": (13, "1>3>5>8 1>3>5>9 2>3>5>8 2>3>5>9"),
        "SPNP": (18, "1>3>5>8 1>3>5>9 2>3>5>8 2>3>5>9"),
    },
    longest="1>3>5>8",
    reduction="1>3 3>5 3>7 2>3 2>4 4>11 4>6 5>8 5>9 6>9 6>10",
)

# Of papers 1 to 11 of MainPaths.jl.
SPC_OF_PAPERS = [3, 7, 6, 4, 4, 2, 2, 2, 3, 2, 1]
SPLC_OF_PAPERS = [3, 7, 9, 8, 8, 6, 4, 5, 8, 6, 3]
FORWARD_FROM_ALL_SOURCES = [1, 2, 3, 4, 5, 6, 8, 9, 10]
BACKWARD_FROM_10 = [2, 4, 6, 10]


def arcs_of(text: str) -> list[tuple[str, str]]:
    """The arcs of a text such as "1>3 2>3"."""
    return [tuple(arc.split(">")) for arc in text.split()]


def network_of(published: Published) -> nx.DiGraph:
    """A published network as a graph."""
    return nx.DiGraph(arcs_of(published.arcs))
