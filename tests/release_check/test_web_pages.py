"""Web pages and vector pictures show all that they hold, or do not leave."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.publishing.release_check.inspection import tables_of
from tests.letters.written import LETTERS
from tests.release_check.checking import POLICY, checked, codes
from tests.release_check.made.pictures import jpeg, png

STYLE = """
.gone { display: none } main > .far { position: absolute; left: -9999px } .faint { color: #ffffff }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0) }
.banner { background: #0b0c0c; color: white } .link:hover { display: none }
@media print { .bar { display: none } }
"""


def page(inside: str = "", head: str = "") -> bytes:
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Stop and search</title>'
        f"<meta name=viewport content='width=device-width'><style>{STYLE}</style>{head}</head>"
        f"<body><main><h1>Stop and search</h1>{inside}</main></body></html>"
    ).encode()


def svg(inside: str = "", more: str = "") -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<svg {names} viewBox="0 0 90 90" {more}>{inside}<text x="5" y="9">Total</text></svg>'.encode()


def addressed(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


CLEAN = {
    "a paragraph": "<p>We hold the information.</p>",
    "a link": "<p><a href='https://www.legislation.gov.uk/ukpga/2000/36'>the Act</a> <a href='#top'>top</a></p>",
    "text for listeners": "<p>120<span class='visually-hidden'> searches</span></p>",
    "white on dark": "<div class=banner><p>Stop and search</p></div>",
    "left out when printed": "<p class=bar>Print this page</p>",
    "changed by the pointer": "<p class=link>Contents</p>",
    "an empty hidden element": "<p hidden></p>",
    "an empty comment": "<!-- -->",
    "a picture inside": f"<img alt='Map' src='{addressed('image/png', png())}'>",
    "a section to unfold": "<details><summary>More</summary><p>And more.</p></details>",
    "a table": "<table><caption>Searches</caption><tr><th>Year<th>Count<tr><td>2022<td>120</table>",
    "a colour of its own": "<p style='color: #005ea5; background-color: white'>Contents</p>",
}

HIDING = [
    ("javascript", "<script>fetch('https://example.invalid')</script>"),
    ("javascript", "<p onclick='open()'>Open</p>"),
    ("javascript", "<a href=' java\nscript:open()'>Open</a>"),
    ("comment", "<!-- checked by A. N. Example -->"),
    ("comment", "<!--[if IE]> A. N. Example <![endif]-->"),
    ("hidden_text", "<p hidden>A. N. Example</p>"),
    ("hidden_text", "<p class=gone>A. N. Example</p>"),
    ("hidden_text", "<p class=far>A. N. Example</p>"),
    ("hidden_text", "<p class=faint>A. N. Example</p>"),
    ("hidden_text", "<p class='visually-hidden gone'>A. N. Example</p>"),
    ("hidden_text", "<p style='visibility:hidden'>A. N. Example</p>"),
    ("hidden_text", "<p style='font-size:0'>A. N. Example</p>"),
    ("hidden_text", "<p style='font-size: 1px'>A. N. Example</p>"),
    ("hidden_text", "<p style='opacity: 0.0'>A. N. Example</p>"),
    ("hidden_text", "<p style='text-indent: -9999px'>A. N. Example</p>"),
    ("hidden_text", "<p style='height:0; overflow:hidden'>A. N. Example</p>"),
    ("hidden_text", "<p style='mso-hide:all'>A. N. Example</p>"),
    ("hidden_text", "<font color='#FEFEFE'>A. N. Example</font>"),
    ("hidden_text", "<p style='background:black;color:rgb(0,0,0)'>A. N. Example</p>"),
    ("hidden_text", "<template>A. N. Example</template>"),
    ("hidden_text", "<noscript>A. N. Example</noscript>"),
    ("hidden_text", "<table><tr><td>1<tr style='display:none'><td>A. N. Example</table>"),
    ("hidden_text", f"<p hidden><img src='{addressed('image/png', png())}'></p>"),
    ("hidden_text", "<iframe srcdoc='&lt;p hidden&gt;A. N. Example&lt;/p&gt;'></iframe>"),
    ("external_link", "<img src='https://example.invalid/pixel.png'>"),
    ("external_link", "<img srcset='//example.invalid/pixel.png 2x'>"),
    ("external_link", "<p style='background:url(https://example.invalid/pixel.png)'>text</p>"),
    ("external_link", "<iframe src='https://example.invalid/'></iframe>"),
    ("external_link", "<link rel=stylesheet href='https://example.invalid/a.css'>"),
    ("external_link", "<meta http-equiv=refresh content='0; url=https://example.invalid/'>"),
    ("external_link", "<a href='file:///H:/staff.xlsx'>staff</a>"),
    ("external_link", r"<a href='\\server\share\staff.xlsx'>staff</a>"),
    ("external_link", "<a href='H:/staff.xlsx'>staff</a>"),
    ("form_value", "<input type=hidden name=officer value='A. N. Example'>"),
    ("form_value", "<textarea name=note>A. N. Example</textarea>"),
    ("trailing_data", f"<img src='{addressed('image/jpeg', jpeg(behind=b'more'))}'>"),
    ("trailing_data", f"<p style='background:url(\"{addressed('image/jpeg', jpeg(behind=b'more'))}\")'>text</p>"),
    ("unreadable", f"<object data='{addressed('application/octet-stream', bytes(20))}'></object>"),
]

TO_LOOK_AT = [
    ("author", "<meta name=author content='A. N. Example'>"),
    ("company", "<meta name=company content='Example Ltd'>"),
    ("document_property", "<meta name=generator content='Example 3'>"),
    ("document_property", "<!-- Generator: Example 3 -->"),
    ("document_property", "<style>p.MsoNormal { mso-style-parent: ''; }</style>"),
    ("author", "<!--[if gte mso 9]><xml><o:Author>A. N. Example</o:Author></xml><![endif]-->"),
    ("external_link", "<link rel=stylesheet href='answer_files/style.css'>"),
    ("hidden_text", "<style>p:not(.shown) { display: none }</style>"),
    ("hidden_text", "<style>@media (max-width: 600px) { p { display: none } }</style>"),
]

OF_A_PICTURE = [
    ("javascript", svg("<script>open()</script>")),
    ("javascript", svg("<g onload='open()'/>")),
    ("comment", svg("<!-- drawn by A. N. Example -->")),
    ("unknown_part", svg("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>Example</p></foreignObject>")),
    ("external_link", svg("<image xlink:href='https://example.invalid/a.png'/>")),
    ("external_link", svg("<image href='file:///H:/map.png'/>")),
    ("trailing_data", svg(f"<image href='{addressed('image/jpeg', jpeg(behind=b'more'))}'/>")),
    ("hidden_text", svg("<text display='none'>A. N. Example</text>")),
    ("hidden_text", svg("<g style='opacity:0'><text>A. N. Example</text></g>")),
    ("hidden_text", svg("<style>.gone{visibility:hidden}</style><text class='gone'>A. N. Example</text>")),
    ("page_piece_data", svg("<i:pgf xmlns:i='http://ns.example.invalid/'>the whole file</i:pgf>")),
    ("unreadable", b"<!DOCTYPE svg [<!ENTITY a 'x'>]>" + svg("<text>&amp;</text>")),
]


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_passes_as_it_was_written(name: str) -> None:
    assert codes(checked(LETTERS[name].html, "letter.html"), "block") == set()


@pytest.mark.parametrize("inside", CLEAN.values(), ids=CLEAN.keys())
def test_a_page_that_shows_all_it_holds_passes(inside: str) -> None:
    report = checked(page(inside), "answer.html")
    assert codes(report, "block") == set(), report.findings


@pytest.mark.parametrize(("code", "inside"), HIDING, ids=[each[0] for each in HIDING])
def test_what_a_page_hides_or_fetches_blocks_the_release(code: str, inside: str) -> None:
    report = checked(page(inside), "answer.html")
    assert code in codes(report, "block"), report.findings


@pytest.mark.parametrize(("code", "head"), TO_LOOK_AT)
def test_what_programs_write_into_a_page_needs_a_look(code: str, head: str) -> None:
    report = checked(page(head=head), "answer.html")
    assert code in codes(report, "review"), report.findings
    assert codes(report, "block") == set()


@pytest.mark.parametrize(("code", "data"), OF_A_PICTURE, ids=[each[0] for each in OF_A_PICTURE])
def test_what_a_vector_picture_hides_blocks_the_release(code: str, data: bytes) -> None:
    report = checked(data, "chart.svg")
    assert code in codes(report, "block"), report.findings


@pytest.mark.parametrize(
    "data",
    [
        svg(),
        svg("<title>Searches</title><path d='M0 0h9'/><a xlink:href='https://example.invalid/'><text>more</text></a>"),
        svg(f"<image href='{addressed('image/png', png())}'/>"),
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' + svg(),
        b"<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:text>Total</s:text></s:svg>",
    ],
)
def test_a_vector_picture_that_shows_all_it_holds_passes(data: bytes) -> None:
    report = checked(data, "chart.svg")
    assert report.verdict == "pass", report.findings


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("local_path", svg(more="xmlns:s='http://s.example.invalid/' s:docname='H:/chart.svg'")),
        (
            "author",
            svg("<metadata><c:creator xmlns:c='http://c.example.invalid/'>A. N. Example</c:creator></metadata>"),
        ),
        ("document_property", svg("<!-- Generator: Example 3 -->")),
    ],
)
def test_what_drawing_programs_write_into_a_picture_needs_a_look(code: str, data: bytes) -> None:
    report = checked(data, "chart.svg")
    assert code in codes(report, "review")
    assert codes(report, "block") == set()


@pytest.mark.parametrize(
    "inside", ["<div>" * 400 + "<p hidden>A. N. Example</p>", "x" * 10_100_000 + "<p hidden>A. N. Example</p>"]
)
def test_a_page_that_cannot_be_read_to_its_end_does_not_pass(inside: str) -> None:
    assert "unreadable" in codes(checked(page(f"<p>{inside}"), "answer.html"), "block")


def test_the_shown_rows_of_a_table_are_passed_on_and_the_hidden_ones_are_not() -> None:
    inside = "<table><tr><th>Year<th>Count<tr><td>2022<td>1<b>2</b>0<tr hidden><td>2023<td>3</table>"
    (table,) = tables_of(page(inside), "answer.html", POLICY)
    assert [list(row) for row in table.rows] == [["Year", "Count"], ["2022", "120"]]


def test_hidden_content_is_told_by_its_shape_only() -> None:
    report = checked(page("<p hidden>Fictional Person</p>"), "answer.html")
    assert [each.excerpt for each in report.findings] == ["F•••••••• P•••••"]


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(
        ["display:none", "visibility:hidden", "opacity:0", "font-size:0px", "left:-999em;position:absolute"]
    ),
    st.sampled_from(["p", "div", "span", "h2", "li", "section", "b"]),
    st.integers(min_value=0, max_value=12),
)
def test_hiding_works_at_no_depth_and_in_no_element(style: str, name: str, depth: int) -> None:
    inside = "<div>" * depth + f"<{name} style='{style}'>A. N. Example</{name}>" + "</div>" * depth
    assert "hidden_text" in codes(checked(page(inside), "answer.html"), "block")
