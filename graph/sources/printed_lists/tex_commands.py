"""The commands that lists of references have and that do not show their arguments as they stand."""

from __future__ import annotations

EMPHATIC = frozenset({"emph", "textit", "textsl", "em", "it", "sl", "itshape", "slshape"})
BOLD_FACES = frozenset({"textbf", "bf", "bfseries", "mathbf"})
SWITCHES = frozenset({"em", "it", "sl", "itshape", "slshape", "bf", "bfseries", "rm", "tt", "sc", "sf", "upshape"})
"""Commands that set all that follows in their group."""
DROPPED_ARGUMENTS = {
    **dict.fromkeys(["natexlab", "noopsort", "SortNoop", "selectlanguage", "BibitemShut", "singleletter", "label"], 1),
    **dict.fromkeys(["dinatlabel", "selectlanguageifdefined"], 1),
    **dict.fromkeys(
        [
            "APACinsertmetastar",
            "cite",
            "citep",
            "citet",
            "nocite",
            "footnote",
            "thanks",
            "end",
            "binits",
            "hspace",
            "vspace",
        ],
        1,
    ),
    **dict.fromkeys(["mciteSetBstMidEndSepPunct", "mciteSetBstSublistMode", "mciteSetBstMaxWidthForm"], 3),
}
"""Commands that show nothing, with the number of their arguments."""
BLANKS = frozenset(
    {
        "BIBentryALTinterwordspacing", "BIBentrySTDinterwordspacing", "BIBdecl", "relax", "urldef", "bibitemStop",
        "bibitemNoStop", "EOS", "tempurl", "urlprefix", "unskip", "mciteBstWouldAddEndPuncttrue", "EndOfBibitem",
        "leavevmode", "hrulefill", "bibnamedelimb", "bibnamedelimc", "bibnamedelimd", "bibrangessep", "bibnamedelima",
        "bibnamedelimi", "bibinitdelim", "endbibitem", "harvardyearparenthesis",
        "DOIprefix", "ArXivprefix", "URLprefix", "Pubmedprefix",
    }
)  # fmt: skip
"""Commands that show a blank, or nothing."""
SIGNS = {
    "bibinitperiod": ".",
    "bibrangedash": "-",
    "BPBI": ".",
    "BBA": "&",
    "BCBT": ",",
    "BIBand": "and",
    "BBOQ": "",
    "BBCQ": "",
    "harvardand": "and",
    "harvardyearleft": "(",
    "harvardyearright": ")",
    **{name: name for name in ("TeX", "LaTeX", "BibTeX", "XeTeX", "LuaTeX")},
    "LaTeXe": "LaTeX2e",
}
SECOND_ARGUMENT = frozenset({"bibfield", "BIBforeignlanguage", "textcolor", "foreignlanguage", "texorpdfstring"})
"""Commands that show their second argument."""
JOURNALS = frozenset(
    {
        "aap", "aapr", "aaps", "actaa", "aj", "ao", "apj", "apjl", "apjs", "aplett", "apss", "araa", "azh", "baas",
        "bain", "caa", "cjaa", "fcp", "gca", "grl", "iaucirc", "icarus", "jcap", "jcp", "jgr", "jqsrt", "jrasc",
        "memras", "memsai", "mnras", "na", "nar", "nat", "nphysa", "pasa", "pasj", "pasp", "physrep", "physscr",
        "planss", "pra", "prb", "prc", "prd", "pre", "prl", "procspie", "qjras", "rmxaa", "skytel", "solphys", "sovast",
        "ssr", "zap",
    }
)  # fmt: skip
"""Journals that styles of astronomy write as commands."""
SHOWN_AS_THEY_STAND = frozenset(
    {
        "mbox", "text", "textrm", "hbox", "textsc", "textup", "uppercase", "lowercase", "MakeUppercase",
        "MakeLowercase", "showDOI", "showURL", "shownote", "showISBNx", "showISBNxiii", "showISSN", "showCODEN",
        "showLCCN", "bibfnamefont", "bibnamefont", "citenamefont", "translation", "etalchar", "protect",
        "citeauthoryear", "APACaddressPublisher", "APACjournalVolNumPages", "APAChowpublished", "PrintBackRefs",
        "CurrentBib", "newline", "ttfamily", "bgroup", "latin", "urlstyle", "nobreakspace",
        "BIBentryALTinterwordstretchfactor", "xspace", "mkbibemph", "mkbibitalic", "par",
        "bsnm", "bfnm", "bparticle", "bsuffix", "bjournal", "bvolume", "bissue", "bpages", "bpublisher", "blocation",
        "bbooktitle", "bseries", "beditor", "bedition", "bnumber", "bhowpublished", "bnote", "bschool", "binstitution",
    }
)  # fmt: skip
"""Commands that show their arguments and nothing else."""
