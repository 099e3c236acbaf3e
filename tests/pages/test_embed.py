"""A page inside something else: what is added stands in its place, and the policy allows that alone."""

from __future__ import annotations

from html import unescape

import pytest

from graph.pages.csp import policy
from graph.pages.embed import SANDBOX, extended, framed, policy_of

SCRIPTS, STYLE = ["let page = 1;"], "p {}"
PAGE = (
    f'<head><meta http-equiv="Content-Security-Policy" content="{policy(SCRIPTS, STYLE).replace(chr(39), "&#39;")}">'
    f"<title>a </head> in a title</title><style>{STYLE}</style></head>"
    f"<body><h1>1 &lt; 2</h1><script type='x'>{{}}</script><script>{SCRIPTS[0]}</script></body>"
).replace("a </head> in a title", "A title")


def directives(page: str) -> dict[str, str]:
    return dict(directive.split(" ", 1) for directive in policy_of(page).split("; "))


def test_nothing_added_leaves_the_page_as_it_was() -> None:
    assert unescape(extended(PAGE)) == unescape(PAGE)
    assert policy_of(extended(PAGE)) == policy(SCRIPTS, STYLE)


def test_a_script_runs_before_the_pages_own_and_is_allowed_beside_it() -> None:
    more = extended(PAGE, script="let more = 2;")
    assert "<script type='x'>{}</script><script>let more = 2;</script><script>let page = 1;</script>" in more
    allowed = directives(more)["script-src"].split()
    assert allowed == [*directives(PAGE)["script-src"].split(), policy(["let more = 2;"], "").split("; ")[1].split()[1]]
    assert directives(more)["style-src"] == directives(PAGE)["style-src"]


def test_a_style_stands_last_in_the_head_and_is_allowed_beside_the_pages_own() -> None:
    more = extended(PAGE, style="b {}")
    assert "<style>p {}</style><style>b {}</style>\n</head>" in more
    assert len(directives(more)["style-src"].split()) == 2
    assert directives(more)["script-src"] == directives(PAGE)["script-src"]


def test_a_page_that_allows_no_style_gets_its_first() -> None:
    page = '<meta http-equiv="Content-Security-Policy" content="default-src 0"></head><body><script></script>'
    assert directives(extended(page, style="b {}"))["style-src"] == policy([], "b {}").split("; ")[2].split(" ", 1)[1]


def test_markup_stands_first_in_the_body() -> None:
    assert "<body><nav>bar</nav><h1>1 &lt; 2</h1>" in extended(PAGE, body="<nav>bar</nav>")


def test_directives_replace_those_of_the_same_name_and_leave_the_others() -> None:
    more = directives(extended(PAGE, allow={"form-action": "'self'", "connect-src": "'self'"}))
    assert more == directives(PAGE) | {"form-action": "'self'", "connect-src": "'self'"}


def test_the_policy_cannot_leave_its_attribute() -> None:
    more = extended(PAGE, allow={"connect-src": "\"'self'"})
    assert 'connect-src &quot;&#x27;self&#x27;">' in more


@pytest.mark.parametrize("part", [{"script": "'</script>'"}, {"style": "</style>"}])
def test_a_script_or_style_that_would_end_its_element_is_refused(part: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="cannot stand in a page"):
        extended(PAGE, **part)


def test_a_page_without_a_policy_is_refused() -> None:
    assert policy_of("<p>") == ""
    with pytest.raises(ValueError, match="no content security policy"):
        extended("<p>")


def test_a_frame_holds_the_page_in_a_sandbox_without_an_origin() -> None:
    frame = framed(PAGE, title='"A" & <b>', height=300)
    assert frame.startswith('<iframe title="&quot;A&quot; &amp; &lt;b&gt;" sandbox="')
    assert f'sandbox="{SANDBOX}"' in frame
    assert "allow-same-origin" not in SANDBOX
    assert "allow-top-navigation" not in SANDBOX
    assert "height: 300px" in frame
    inner = unescape(frame.partition('srcdoc="')[2].partition('"')[0])
    assert inner.endswith("<script>let page = 1;</script></body>")
    assert "history[name] =" in inner
