"""OpenDocument presentations: whatever their slides do not show is found."""

import pytest

from tests.release_check.checking import checked, codes
from tests.release_check.made.opendocuments import OpenDocument, style, with_other_prefixes
from tests.release_check.test_opendocument_texts import HELLO, WHITE, span


def odp(
    shapes: str = "", automatic: str = "", *, page_style: str = "dp1", notes: str = "", **more: str
) -> OpenDocument:
    page = (
        f'<draw:page draw:name="page1" draw:style-name="{page_style}" draw:master-page-name="Standard">'
        f'<draw:frame svg:x="1cm" svg:y="1cm" svg:width="5cm" svg:height="2cm"><draw:text-box>{HELLO}</draw:text-box>'
        f"</draw:frame>{shapes}<presentation:notes>{notes}</presentation:notes></draw:page>"
    )
    return OpenDocument("presentation", page, automatic, **more)  # type: ignore[arg-type]


def box(text: str, attributes: str = 'svg:x="2cm" svg:y="4cm"') -> str:
    return (
        f'<draw:frame {attributes} svg:width="5cm" svg:height="2cm"><draw:text-box>{text}</draw:text-box></draw:frame>'
    )


POISONED: dict[str, tuple[str, OpenDocument]] = {
    "a hidden slide": (
        "hidden_slide",
        odp("", style("dp1", "drawing-page", '<style:drawing-page-properties presentation:visibility="hidden"/>')),
    ),
    "notes": ("speaker_notes", odp(notes=box("<text:p>do not mention Ann</text:p>", 'presentation:class="notes"'))),
    "a box beside the slide": ("off_page", odp(box("<text:p>Ann</text:p>", 'svg:x="60cm" svg:y="1cm"'))),
    "a hidden box": ("hidden_text", odp(box("<text:p>Ann</text:p>", 'draw:display="none"'))),
    "white text": (
        "hidden_text",
        odp(
            box(span(), 'draw:style-name="gr1" svg:x="2cm" svg:y="4cm"'),
            style("T1", "text", WHITE) + style("gr1", "graphic", '<style:graphic-properties draw:fill="none"/>'),
        ),
    ),
    "a layer that is off": (
        "hidden_layer",
        odp(
            masters='<draw:layer-set><draw:layer draw:name="Staff" draw:display="none"/></draw:layer-set>'
            '<style:master-page style:name="Standard" style:page-layout-name="pm1"/>'
        ),
    ),
}

CLEAN: dict[str, OpenDocument] = {
    "plain": odp(
        notes='<draw:page-thumbnail presentation:class="page"/>'
        + box("", 'presentation:class="notes" presentation:placeholder="true"')
    ),
    "layers that are on": odp(
        masters='<draw:layer-set><draw:layer draw:name="layout"/></draw:layer-set>'
        '<style:master-page style:name="Standard" style:page-layout-name="pm1"/>'
    ),
    "white text upon a dark slide": odp(
        box(span()),
        style("T1", "text", WHITE)
        + style("dp1", "drawing-page", '<style:drawing-page-properties draw:fill="solid" draw:fill-color="#003366"/>'),
    ),
    "white text upon a dark shape": odp(
        '<draw:rect draw:style-name="gr1" svg:x="1cm" svg:y="3cm" svg:width="9cm" svg:height="9cm"/>' + box(span()),
        style("T1", "text", WHITE)
        + style("gr1", "graphic", '<style:graphic-properties draw:fill="solid" draw:fill-color="#003366"/>'),
    ),
}


@pytest.mark.parametrize("what", POISONED)
def test_a_presentation_that_hides_something_is_blocked(what: str) -> None:
    code, document = POISONED[what]
    assert code in codes(checked(document.packed(), document.name), "block")


@pytest.mark.parametrize("what", POISONED)
def test_other_prefixes_hide_nothing(what: str) -> None:
    code, document = POISONED[what]
    assert code in codes(checked(with_other_prefixes(document.packed()), document.name), "block")


@pytest.mark.parametrize("what", CLEAN)
def test_an_ordinary_presentation_is_not_blocked(what: str) -> None:
    document = CLEAN[what]
    report = checked(document.packed(), document.name)
    assert codes(report, "block") == set(), report.findings
    # White upon another shape can only be told by looking.
    assert codes(report, "review") <= {"thumbnail", "hidden_text"}
