"""How people and programs write identifiers: bare, announced ("arXiv: ..."), as links, and in wrappings.

Text in, pairs of a scheme and a value out; `graph.model.identifiers` makes identifiers of them. A value is taken from a
text only where something says what it is: a link, a word in front, or the form of a DOI. A bare number is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from .identifier_shapes import NEW_ARXIV, PAIRS, doi_end

ARXIV_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga"
    "|econ|eess|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol"
    "|physics|plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat|supr-con"
)
_ARXIV = rf"(?:{NEW_ARXIV}|(?:{ARXIV_ARCHIVES})(?:\.[a-z]{{2}})?/\d{{7}})(?:v\d+)?(?!\d)"
_DOI = r"10\.\d{4,9}(?:\.\d+)*/\S+"
_ACL = r"(?:[A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9]+\.\d+)(?!\d)"
_ARXIV_SITES = (
    r"(?:arxiv|ar5iv|alphaxiv)[\w.-]{0,60}|scirate\.com|huggingface\.co/papers|emergentmind\.com/papers|xxx\.lanl\.gov"
    r"|semanticscholar\.org"
)
_PUBMED_SITES = r"pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed|pubmed\.(?:gov|com)"
_PMC_NUMBERS = (
    r"europepmc\.org/(?:article|abstract)/pmc/|ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/|pubmedcentral\.\S*[?&]artid="
)
_ARXIV_WORDS = (
    r"(?:\s*(?:\.org|preprint|e-?prints?|id(?:entifier)?|number|no\.?)\b)*[\s:.,/#-]*(?:arxiv\s*:\s*|abs/)?\[?"
)
_PMIDS = re.compile(r"(?<![a-z])pmids?\s*[:=]\s*\d{1,8}(?:\s*[,;]\s*\d{7,8}(?![\d.]))+", re.IGNORECASE)
"""Several numbers behind one word, of which the later ones have as many digits as those of today."""
Form = tuple[str, str]
"""A scheme and a value in it."""


def _patterns(*rows: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), scheme) for pattern, scheme in rows)


# What follows https:// in a link; the first that is found in it decides. DOIs come last: other sites have them in links
# to their own pages.
_LINKS = _patterns(
    (r"semanticscholar\.org/(?:\S*/)?(?:paper|reader)/(?:\S*/)?([0-9a-f]{40})(?![0-9a-f])", "s2"),
    (r"semanticscholar\.org/(?:\S*?corpus_?id:|p/)(\d{1,18})(?!\d)", "corpusid"),
    (rf"(?:{_ARXIV_SITES})/(?:[\w.+-]+/)*(?:arxiv:)?({_ARXIV})", "arxiv"),
    (rf"\barxiv:({_ARXIV})", "arxiv"),
    (r"corr/abs-(\d{4}-\d{4,5})(?!\d)", "arxiv"),  # DBLP
    (r"adsabs\.harvard\.edu/abs/\d{4}(arxiv\d{4}\.?\d{4,5})[a-z]", "arxiv"),  # a bibcode
    (rf"(?:aclanthology|aclweb)\.[\w.-]+/(?:[\w.-]+/)*?({_ACL})", "acl"),
    (rf"(?:{_PUBMED_SITES})/(?:\?term=)?(\d{{1,8}})(?![\d,])", "pmid"),
    (r"ncbi\.nlm\.nih\.gov/entrez/\S*[?&]db=pubmed\b\S*[?&](?:list_uids|id)=(\d{1,8})(?![\d,])", "pmid"),
    (r"ncbi\.nlm\.nih\.gov/(?:labs/)?(?:pmc/)?articles/pmid/(\d{1,8})(?!\d)", "pmid"),
    (r"europepmc\.org/(?:article|abstract|api/fulltextrepo)/med/(\d{1,8})(?!\d)", "pmid"),
    (r"(?:ncbi\.nlm\.nih\.gov|europepmc\.org)/(?:[\w-]+/)*(pmc\d{3,8})(?!\d)", "pmcid"),
    (rf"(?:{_PMC_NUMBERS})(\d{{3,8}})(?!\d)", "pmcid"),
    (r"identifiers\.org/(?:pubmed|pmid)[:/](\d{1,8})(?!\d)", "pmid"),
    (r"identifiers\.org/pmc(?:id)?[:/](pmc\d{3,8})(?!\d)", "pmcid"),
    (r"openalex\.org/(?:works/)?(?:openalex:)?(w\d{1,18})(?![\w|,])", "openalex"),
    (r"openalex\.org/\S*[?&]zoom=(w\d{1,18})(?![\w|,])", "openalex"),
    (r"openalex\.org/works/pmid:(?:\S*/)?(\d{1,8})(?!\d)", "pmid"),
    (r"openalex\.org/works/pmcid:(?:\S*/)?((?:pmc)?\d{3,8})(?!\d)", "pmcid"),
    (r"(?:opencitations\.net|w3id\.org/oc)/(?:\S*[/:])?(br/06\d{1,30})(?!\d)", "omid"),
    (r"opencitations\.net/\S*/pmid:(\d{1,8})(?!\d)", "pmid"),
    (rf"[/=:]({_DOI})", "doi"),
    (r"nature\.com/articles/([a-z]*\d[\w-]*\d[a-z]?)(?![\w-])", "nature"),
    (r"ssrn\.com/(?:\S*abstract(?:_?id)?=|abstract/)(\d{3,9})(?!\d)", "ssrn"),
)
# What comes before the name in the DOI of a site whose links leave it out.
_LINKED_DOIS = {"nature": "10.1038/", "ssrn": "10.2139/ssrn."}
_ANNOUNCED = tuple(
    (hint, re.compile(pattern, re.IGNORECASE), scheme)
    for hint, pattern, scheme in (
        ("arx", rf"(?<![a-z])arxiv{_ARXIV_WORDS}({_ARXIV})", "arxiv"),
        ("[", rf"(?<![\w./])({NEW_ARXIV}(?:v\d+)?)\s?\[(?:{ARXIV_ARCHIVES})(?:\.[a-z-]+)?\]", "arxiv"),
        ("[", rf"\[({NEW_ARXIV}(?:v\d+)?)\]", "arxiv"),  # the title of a page of arXiv
        ("abs/", rf"(?<![\w/])abs/({_ARXIV})", "arxiv"),  # CoRR
        ("/", rf"(?<![\w/.])((?:{ARXIV_ARCHIVES})(?:\.[a-z]{{2}})?/\d{{7}}(?:v\d+)?)(?!\d)", "arxiv"),
        ("abs-", r"corr/abs-(\d{4}-\d{4,5})(?!\d)", "arxiv"),
        ("/", rf"(?<!\d)(?<!\d\.)({_DOI})", "doi"),
        ("p", r"(?<![a-z])(?:pmid|pubmed(?:\s*(?:pmid|id))?)\s*(?::|=|\s)\s*(\d{1,8})(?!\.?\d)", "pmid"),
        ("pmc", r"(?<![a-z0-9])(pmc\s?\d{3,8})(?!\d)", "pmcid"),
        ("pmc", r"(?<![a-z])pmcid\s*[:=]\s*(?:pmc)?(\d{3,8})(?!\d)", "pmcid"),
        ("corpus", r"(?<![a-z])corpus_?id\s*(?:[:=]|\s)\s*(\d{1,18})(?!\d)", "corpusid"),
        ("acl", rf"(?<![a-z])acl(?:\s+anthology)?(?:\s+id)?\s*:\s*({_ACL})", "acl"),
        ("s2", r"(?<![a-z])s2\s*:\s*([0-9a-f]{40})(?![0-9a-f])", "s2"),
        ("openalex", r"(?<![a-z])openalex\s*(?:id)?\s*[:=]?\s*(w\d{1,18})(?!\w)", "openalex"),
        ("om", r"(?<![a-z])omid\s*[:=]\s*(?:meta/)?(br/06\d{1,30})(?!\d)", "omid"),
        ("mag", r"(?<![a-z])mag\s*:\s*(\d{1,18})(?!\d)", "mag"),
    )
)
"""What announces an identifier of a scheme; a text without the hint in front, case-folded, need not be searched."""
_LINK = re.compile(r"(?:https?://|www\.|(?<![\w@./-])(?=[\w-]+(?:\.[\w-]+)*\.(?:org|com|gov|net|co|edu)/))[^\s]+", re.I)

_LONGEST_LINK = 1000
_TEX_LINK = re.compile(r"\\(?:url|href|path|nolinkurl|doi|burl|urlstyle|texttt|emph)\s*(?=\{)")
_TEX_SIGNS = (
    (re.compile(r"\{?\\(?:textless|ensuremath\{<\})(?:\{\})?\}?|\$<\$|\\<"), "<"),
    (re.compile(r"\{?\\(?:textgreater|ensuremath\{>\})(?:\{\})?\}?|\$>\$|\\>"), ">"),
    (re.compile(r"\{?\\(?:textunderscore|_)(?:\{\})?\}?|\$\\?_\$|\{_\}"), "_"),
    (re.compile(r"\{?\\textasciitilde(?:\{\})?\}?|\{?\\~\{\}\}?|\\~"), "~"),
    (re.compile(r"\\([%&#$_{}])"), r"\1"),
)
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]")
_SIMPLER = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\uff0f": "/", "\u00a0": " ", "\u2044": "/"}
    # Punctuation of Chinese and Japanese, which no blank follows.
    | {"\uff1a": ": ", "\uff0c": ", ", "\uff0e": ". ", "\uff1b": "; ", "\u3001": ", ", "\u3002": ". "}
    | dict.fromkeys("\u300c\u300d\u300e\u300f\u300a\u300b\u3008\u3009\uff02", '"')
    | {"\uff08": " (", "\uff09": ") ", "\u3010": " [", "\u3011": "] ", "\uff3b": " [", "\uff3d": "] "}
)
_JOINED = re.compile(
    r"(?<![,;|])[,;|]+(?=(?:10\.\d{4,9}/|https?:|doi:|arxiv:|pmid:))|(?<=\w)(?=pmc?id:\s?(?:PMC)?\d)", re.IGNORECASE
)
"""Between two identifiers: a sign, or nothing, as journals copy that of PubMed behind a DOI."""
_ENCODED_DOI = re.compile(r"10\.\d{4,9}%2f", re.IGNORECASE)
_PDF_OF_DOI = re.compile(r"(10\.\d{4,9}/\S{1,200}?)\.pdf(?![\w/?#.-]*\w)", re.IGNORECASE)
"""The name of a file that somebody copied for the DOI in it."""
_ARXIV_WORD = re.compile(
    r"(?<![\w./:$\u20ac-])(?:(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5})"
    r"(?:v\d{1,2})?(?![\w/%-]|\.\w)"
)
"""Number and month as arXiv has had them: five digits since 2015. No other number between words looks so."""
_REFERENCE = re.compile(r"&(?:amp|lt|gt|quot|#\d{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE)


def cleaned(text: str) -> str:
    r"""The text without what TeX, HTML and word processors put into identifiers.

    >>> cleaned(r"\url{https://doi.org/10.1000/a{\_}b}"), cleaned("10.1000/a&lt;b&gt;\u200bc")
    ('{https://doi.org/10.1000/a_b}', '10.1000/a<b>c')
    """
    text = " ".join(_UNSEEN.sub("", text).translate(_SIMPLER).split())
    if "&" in text:
        text = _REFERENCE.sub(lambda reference: unescape(reference[0]), text)
    if "\\" in text or "$" in text or "{_}" in text:
        text = _TEX_LINK.sub("", text)
        for pattern, sign in _TEX_SIGNS:
            text = pattern.sub(sign, text)
    text = unquote(text) if _ENCODED_DOI.search(text) else text
    return _JOINED.sub(" ", _PDF_OF_DOI.sub(r"\1", text) if ".pdf" in text.lower() else text)


def arxiv_words(text: str) -> list[str]:
    """The numbers of arXiv that stand between words, as people write them into a line of notes.

    >>> arxiv_words("see 1810.04805v2 or 1409.0473, not 2101.9001, 1234.56789, 10.48550/arXiv.1706.03762")
    ['1810.04805v2', '1409.0473']
    """
    return _ARXIV_WORD.findall(text)


_QUOTES = "\"'`\u201c\u201d\u2018\u2019"
_MARK = re.compile(rf"(?:[-*+\u2022\u2013\u2014>]|\(?\d{{1,4}}[.)]|\[\d{{1,4}}\])\s|[\s{_QUOTES}]+")
_COMMENT = re.compile(r"(?<!\s)\s+(?:#|//|%|--|\u2013|\u2014)\s.*", re.DOTALL)
_SUBJECT = re.compile(r"\s?[\[(][a-z]+(?:-[a-z]+)*(?:\.[a-z-]{2,})?[\])](?:\s\d{1,2}\s\w{3,9}\s\d{4})?$", re.IGNORECASE)


def unwrapped(text: str) -> str:
    """A text of one identifier without list marks, brackets, quotes, remarks and punctuation around it.

    >>> unwrapped("1. 2101.90001"), unwrapped("- <10.5555/tidal.9>,"), unwrapped("2101.90001 [cs.CL]  # whales")
    ('2101.90001', '10.5555/tidal.9', '2101.90001')
    """
    text = _COMMENT.sub("", text.strip())
    for _ in range(8):  # wrappings in wrappings
        before = text
        mark = _MARK.match(text)
        text = text[mark.end() :] if mark else text
        text = text.rstrip(f" .,;:!{_QUOTES}")
        if text and (PAIRS.get(text[0]) == text[-1] or (text[0] == text[-1] and text[0] in "_*|")):
            text = text[1:-1]
        if text == before:
            break
    return _SUBJECT.sub("", text) if re.match(_ARXIV, text, re.IGNORECASE) else text


def forms_in(text: str) -> Iterator[Form]:
    """What a text says, as schemes with values: from its links first, then from the rest.

    >>> list(forms_in("Quill, A., arXiv:2101.90001v2, PMID: 90000001; <https://doi.org/10.5555/tidal.9>."))
    [('doi', '10.5555/tidal.9'), ('arxiv', '2101.90001v2'), ('pmid', '90000001')]
    """
    text = cleaned(text)
    rest, end = [], 0
    for link in _LINK.finditer(text):
        rest.append(text[end : link.start()])
        end = link.end()
        yield from _in_link(link[0])
    rest.append(text[end:])
    remaining = _PMIDS.sub(lambda several: " PMID: ".join(["", *re.findall(r"\d+", several[0])]), " ".join(rest))
    folded = remaining.casefold()
    for hint, pattern, scheme in _ANNOUNCED:
        if hint not in folded:
            continue
        for match in pattern.finditer(remaining):
            yield scheme, _value(scheme, match[1])
        remaining = pattern.sub(" ", remaining) if scheme == "doi" else remaining


def _in_link(link: str) -> Iterator[Form]:
    """The identifiers that a link leads to; brackets of Markdown and HTML may still follow it, and a second link."""
    for part in re.split(r"(?=https?://)|[\"|]|\]\(", link):
        address = unquote(part[:_LONGEST_LINK])
        for pattern, scheme in _LINKS:
            match = pattern.search(address)
            if match and scheme in _LINKED_DOIS:
                yield "doi", _LINKED_DOIS[scheme] + match[1]
            elif match:
                yield scheme, _value(scheme, match[1], in_link=address)
            if match:
                break


def _value(scheme: str, value: str, *, in_link: str = "") -> str:
    if scheme == "arxiv":
        value = re.sub(r"^arxiv", "", value, flags=re.IGNORECASE)  # of a bibcode
        return re.sub(r"^(\d{4})[-.]?(?=\d{4,5}\b|\d{4,5}v|\d{4,5}$)", r"\1.", value)
    if scheme == "pmcid":
        return re.sub(r"\D", "", value)
    if scheme == "doi":
        return _doi_of_link(value, in_link) if in_link else doi_end(value)
    return value


_PAGE_VIEWS = (
    *("full/html", "fulltext", "abstract", "pdf", "epdf", "html", "meta", "summary", "tables", "figures", "full"),
    *("references", "download", "pdfdirect", "related", "metrics"),
)
_FILE_VIEWS = ("pdf", "htm", "html", "full", "abstract", "short", "long", "full-text", "article-info", "bib", "ris")
_VIEWS = (*(f"/{view}" for view in _PAGE_VIEWS), *(f".{view}" for view in _FILE_VIEWS), "/")
_PREPRINT_VERSION = re.compile(r"(?<=\d)v\d+$")


def _doi_of_link(value: str, link: str) -> str:
    """The DOI in a link, without the view of the page behind it."""
    if re.search(r"doi\.org/|^doi:", link, re.IGNORECASE):
        return doi_end(_without_endings(re.split("[?#]", doi_end(value), maxsplit=1)[0], (".pdf", "/")))
    value = _without_endings(re.split("[?#&]", doi_end(value), maxsplit=1)[0], _VIEWS)
    if re.search(r"(?:bio|med)rxiv\.org/", link, re.IGNORECASE):
        value = _PREPRINT_VERSION.sub("", value)
    if re.search(r"academic\.oup\.com/", link, re.IGNORECASE):
        value = re.sub(r"/\d{5,}$", "", value)
    return doi_end(value)


def _without_endings(value: str, endings: tuple[str, ...]) -> str:
    """The value without these at its end, however many there are."""
    end = len(value)
    while ending := next((each for each in endings if value[:end][-len(each) :].lower() == each), ""):
        end -= len(ending)
    return value[:end]
