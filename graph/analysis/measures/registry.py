"""The list of all measures, from which commands, exports and documentation take them."""

from __future__ import annotations

import logging
from difflib import get_close_matches
from time import perf_counter
from typing import Any

from ...errors import InputError
from ...model.lineage import Lineage
from .betweenness import betweenness
from .counts import cited_by, global_citations, references
from .disruption import disruption
from .pairs import cocitation, coupling
from .ranks import citerank, pagerank
from .reach import ancestors, depth, descendants, throughput
from .values import LiteratureReference, Measure, Result
from .years import bursts, spectroscopy

log = logging.getLogger(__name__)

_HISTCITE = LiteratureReference(
    "Garfield, Pudovkin & Istomin (2003). Why do we need algorithmic historiography? JASIST 54(5)",
    "10.1002/asi.10226",
)
_GARFIELD = LiteratureReference(
    "Garfield (1972). Citation analysis as a tool in journal evaluation. Science 178", "10.1126/science.178.4060.471"
)
_PAGERANK = LiteratureReference(
    "Brin & Page (1998). The anatomy of a large-scale hypertextual Web search engine. "
    "Computer Networks and ISDN Systems 30",
    "10.1016/S0169-7552(98)00110-X",
)
_CITERANK = LiteratureReference(
    "Walker, Xie, Yan & Maslov (2007). Ranking scientific publications using a model of network traffic. "
    "J. Stat. Mech. P06010",
    "10.1088/1742-5468/2007/06/P06010",
)
_FREEMAN = LiteratureReference(
    "Freeman (1977). A set of measures of centrality based on betweenness. Sociometry 40(1)", "10.2307/3033543"
)
_BRANDES = LiteratureReference(
    "Brandes (2001). A faster algorithm for betweenness centrality. J. Math. Sociology 25(2)",
    "10.1080/0022250X.2001.9990249",
)
_PICH = LiteratureReference(
    "Brandes & Pich (2007). Centrality estimation in large networks. Int. J. Bifurcation and Chaos 17(7)",
    "10.1142/S0218127407018403",
)
_GEISBERGER = LiteratureReference(
    "Geisberger, Sanders & Schultes (2008). Better approximation of betweenness centrality. ALENEX",
    "10.1137/1.9781611972887.9",
)
_HUMMON = LiteratureReference(
    "Hummon & Doreian (1989). Connectivity in a citation network: the development of DNA theory. Social Networks 11(1)",
    "10.1016/0378-8733(89)90017-8",
)
_CLOUGH = LiteratureReference(
    "Clough & Evans (2016). What is the dimension of citation space? Physica A 448", "10.1016/j.physa.2015.12.053"
)
_BATAGELJ = LiteratureReference(
    "Batagelj (2003). Efficient algorithms for citation network analysis. arXiv", "10.48550/arXiv.cs/0309023"
)
_SMALL = LiteratureReference(
    "Small (1973). Co-citation in the scientific literature: a new measure of the relationship between two "
    "documents. JASIS 24(4)",
    "10.1002/asi.4630240406",
)
_KESSLER = LiteratureReference(
    "Kessler (1963). Bibliographic coupling between scientific papers. American Documentation 14(1)",
    "10.1002/asi.5090140103",
)
_SALTON = LiteratureReference(
    "Hamers et al. (1989). Similarity measures in scientometric research: the Jaccard index versus Salton's "
    "cosine formula. Information Processing & Management 25(3)",
    "10.1016/0306-4573(89)90048-4",
)
_FUNK = LiteratureReference(
    "Funk & Owen-Smith (2017). A dynamic network measure of technological change. Management Science 63(3)",
    "10.1287/mnsc.2015.2366",
)
_WU = LiteratureReference(
    "Wu, Wang & Evans (2019). Large teams develop and small teams disrupt science and technology. Nature 566",
    "10.1038/s41586-019-0941-9",
)
_HOLST = LiteratureReference(
    "Holst et al. (2024). Dataset artefacts are the hidden drivers of the declining disruptiveness in science. arXiv",
    "10.48550/arXiv.2402.14583",
)
_KLEINBERG = LiteratureReference(
    "Kleinberg (2002). Bursty and hierarchical structure in streams. KDD", "10.1145/775047.775061"
)
_KLEINBERG_LONG = LiteratureReference(
    "Kleinberg (2003). Bursty and hierarchical structure in streams. Data Mining and Knowledge Discovery 7",
    "10.1023/A:1024940629314",
)
_MARX = LiteratureReference(
    "Marx, Bornmann, Barth & Leydesdorff (2014). Detecting the historical roots of research fields by reference "
    "publication year spectroscopy (RPYS). JASIST 65(4)",
    "10.1002/asi.23089",
)

_ONWARD = "cited to citing: from a paper to the papers that build on it"
_BACK = "citing to cited: from a paper to the papers that it builds on"
_KNOWN_LISTS = "Reference lists. An unknown list can only make the value too small; a note says how many are unknown."
_OWN_LIST = (
    "The paper's own references: without them it has no value. Unknown lists further back make it a lower bound."
)

MEASURES: tuple[Measure, ...] = (
    Measure(
        "cited_by", "cited by (in the corpus)", "paper",
        "How many papers of the corpus cite it: the local citation count.",
        _ONWARD, _KNOWN_LISTS, (_HISTCITE,), cited_by,
    ),
    Measure(
        "references", "references (in the corpus)", "paper",
        "How many papers of the corpus it cites.",
        _BACK,
        "The paper's own references: without them it has no value, and 0 only if a complete list is empty.",
        (_HISTCITE,), references,
    ),
    Measure(
        "global_citations", "cited by (anywhere)", "paper",
        "How many papers anywhere cite it, if a source of the corpus states it.",
        _ONWARD,
        "A source's complete list of its citations: without one it has no value. Citations in the corpus do not count.",
        (_GARFIELD, _HISTCITE), global_citations,
    ),
    Measure(
        "pagerank", "PageRank", "paper",
        "How much time a reader spends at it who follows random references and sometimes opens any paper.",
        _BACK, "Reference lists. A paper whose list is unknown counts as citing nothing; a note says how many.",
        (_PAGERANK,), pagerank,
        {"damping": "the probability of following a reference, above 0 and at most 0.99"},
    ),
    Measure(
        "citerank", "CiteRank", "paper",
        "How many readers arrive at it who begin with recent papers and follow references: PageRank for today.",
        _BACK,
        "The paper's date: without it there is no value. Readers stop where references are unknown; a note says at how "
        "many papers.",
        (_CITERANK,), citerank,
        {
            "stop": "the probability of stopping after each paper, from 0.01 to 1",
            "years": "the age in years at which a first paper is e times less likely than a new one",
        },
    ),
    Measure(
        "betweenness", "betweenness", "paper",
        "How many pairs of papers have their shortest chain of citations through it, so that it connects parts.",
        _ONWARD, "Reference lists. Chains through unknown lists are missing; a note says how many are unknown.",
        (_FREEMAN, _BRANDES, _PICH, _GEISBERGER), betweenness,
        {
            "sample": "how many papers to follow chains from; 0 for as many as some seconds allow, all of up to 5,000",
            "seed": "chooses the sample",
        },
    ),
    Measure(
        "ancestors", "ancestors", "paper",
        "How many papers it builds on, directly or through others.",
        _BACK, _OWN_LIST, (_HUMMON,), ancestors,
    ),
    Measure(
        "descendants", "descendants", "paper",
        "How many papers build on it, directly or through others.",
        _ONWARD, _KNOWN_LISTS, (_HUMMON,), descendants,
    ),
    Measure(
        "depth", "depth", "paper",
        "How many citations there are in the longest chain that leads to it.",
        _BACK, _OWN_LIST, (_CLOUGH,), depth,
    ),
    Measure(
        "throughput", "search path count (SPC)", "paper",
        "How many chains of citations run through it, from papers that cite nothing here to papers not cited here.",
        _ONWARD,
        "Reference lists. A paper that neither cites nor is cited has no value. A chain begins where references are "
        "unknown.",
        (_BATAGELJ, _HUMMON), throughput,
    ),
    Measure(
        "disruption", "disruption (CD index)", "paper",
        "Whether later papers cite it in place of its references (towards 1) or along with them (towards -1).",
        "both: back to its references, and onward to the papers that cite it or them",
        "Complete references of the paper and of every paper that is counted, and their dates: without them it has no "
        "value. It counts the citing papers that the corpus has; with 'all' it has a value only if none is missing.",
        (_FUNK, _WU, _HOLST), disruption,
        {
            "least": "by how many papers it must be cited, at least 1",
            "among": "'corpus' counts the citing papers of the corpus, 'all' needs all citing papers",
        },
    ),
    Measure(
        "bursts", "burst of citations", "paper",
        "How clearly the papers of some consecutive years cite it more often than those of other years.",
        _ONWARD,
        "Dates of the papers that cite it: without any it has no value. Papers whose references or dates are unknown "
        "are left out.",
        (_KLEINBERG, _KLEINBERG_LONG), bursts,
        {
            "scaling": "how many times as often papers cite it in a burst, above 1",
            "gamma": "how much the beginning of a burst costs, at least 0",
        },
    ),
    Measure(
        "cocitation", "cited together", "partner",
        "How often other papers are cited together with one: 1 means always. Papers that never are have no value.",
        _ONWARD, "Reference lists of the papers that cite the two; unknown lists do not count.",
        (_SMALL, _SALTON), cocitation,
        {"paper": "the paper with which others are compared"},
    ),
    Measure(
        "coupling", "shared references", "partner",
        "How far other papers build on the same papers as one: 1 means that all references are the same.",
        _BACK, "The references of both papers: without those of the given paper there are no values.",
        (_KESSLER, _SALTON), coupling,
        {"paper": "the paper with which others are compared"},
    ),
    Measure(
        "spectroscopy", "reference publication years", "year",
        "How much more often papers of a year are cited than those of the years around it. Early peaks are the roots "
        "of a field.",
        _BACK, "Dates of the cited papers; a note says how many citations are of papers without a date.",
        (_MARX,), spectroscopy,
        {"window": "over how many years the median is taken: an odd number, at least 3"},
    ),
)  # fmt: skip
"""Every measure, in the order in which lists show them."""


def find_measure(name: str) -> Measure:
    """The measure with this id.

    Raises `InputError` when there is no such measure, with the ids most like it.

    >>> find_measure("pagerank").label
    'PageRank'
    """
    wanted = name.strip().casefold().replace("-", "_")
    by_id = {each.id: each for each in MEASURES}
    if wanted in by_id:
        return by_id[wanted]
    similar = get_close_matches(wanted, by_id, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(similar)}?" if similar else "'lineage measures' lists them"
    raise InputError(f"no measure is called {name!r}", remedy=hint)


def measure(lineage: Lineage, name: str, **parameters: Any) -> Result:
    """Compute one measure.

    The name is the id of a measure of `MEASURES`; parameters that are not given keep their defaults. Raises
    `InputError` when there is no such measure, or a parameter is unknown, missing or out of its range.

    >>> from graph.analysis.measures.example import example
    >>> measure(example(), "betweenness", sample=0).top(1)
    [('a', 0.0)]
    """
    found = find_measure(name)
    known = {each.name: each for each in found.parameters}
    for given in parameters:
        if given not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise InputError(f"{found.id} has no parameter {given!r}", remedy=takes)
    for each in known.values():
        if each.default is None and each.name not in parameters:
            raise InputError(f"{found.id} needs {each.name}", remedy=f"give {each.meaning}")
    began = perf_counter()
    result = found.function(lineage, **parameters)
    log.info("%s of %d papers: %.3f s", found.id, len(lineage.corpus.papers), perf_counter() - began)
    return result
