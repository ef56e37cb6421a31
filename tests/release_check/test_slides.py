"""What a presentation hides, and what it shows."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.publishing.release_check.bounds import Bounds
from services.publishing.release_check.looking import Look
from services.publishing.release_check.slides import inspect
from tests.release_check.checking import POLICY, checked, codes
from tests.release_check.made.presentations import (
    Presentation,
    Slide,
    background,
    group,
    picture,
    shape,
    solid,
    table,
)

SHOWN = shape("The force holds the information.")
WHITE = solid("FFFFFF")


def found(presentation: Presentation, severity: str = "") -> set[str]:
    return codes(checked(presentation.bytes(), "answer.pptx"), severity)


def found_on(shapes: str, severity: str = "", **more: Any) -> set[str]:
    """The codes of a presentation of one slide with these shapes."""
    return found(Presentation([Slide(shapes, **more)]), severity)


def looked(presentation: Presentation) -> Look:
    look = Look(
        name="answer.pptx",
        data=presentation.bytes(),
        policy=POLICY,
        bounds=Bounds(POLICY.limits),
        descend=lambda *_: None,
    )
    inspect(look)
    return look


def test_an_ordinary_presentation_does_not_block() -> None:
    layout = shape("Click to edit", placeholder='type="title"') + shape("OFFICIAL", at=(600, 500, 100, 30))
    notes = shape("", placeholder='type="body" idx="1"') + shape("3", placeholder='type="sldNum" idx="5"')
    slide = Slide(shape("Title", at=None, placeholder='type="title"') + SHOWN, notes=notes)
    assert (
        found(Presentation([slide, Slide(table(("Rank", "Number"), ("Sergeant", "12")))], layout=layout), "block")
        == set()
    )


@pytest.mark.parametrize("how", ["0", "false"])
def test_a_hidden_slide_blocks(how: str) -> None:
    hidden = Slide(attributes=f'show="{how}"')
    assert "hidden_slide" in found(Presentation([Slide(), hidden]), "block")
    assert "hidden_slide" in found(Presentation([Slide(), Slide("", attributes='show="0"')]), "review")
    assert found(Presentation([Slide(), Slide(attributes='show="1"')]), "block") == set()


def test_a_slide_that_is_in_no_list_blocks() -> None:
    assert "hidden_slide" in found(Presentation([Slide(), Slide(is_listed=False)]), "block")


def test_speaker_notes_block_also_on_hidden_slides() -> None:
    notes = shape("Do not say who it was", placeholder='type="body" idx="1"')
    assert "speaker_notes" in found_on(SHOWN, "block", notes=notes)
    assert "speaker_notes" in found_on(SHOWN, "block", notes=shape("A note in a box of its own"))
    assert {"speaker_notes", "hidden_slide"} <= found_on(SHOWN, "block", notes=notes, attributes='show="0"')


OFF = [
    shape("far left", at=(-300, 50, 200, 50)),
    shape("far right", at=(721, 50, 200, 50)),
    shape("above", at=(50, -60, 200, 50)),
    shape("below", at=(50, 541, 200, 50)),
    picture((-300, 50, 200, 50)),
    group(shape("in a group", at=(0, 0, 10, 10)), at=(-300, 50, 100, 100), inside=(0, 0, 100, 100)),
    group(shape("scaled away", at=(0, 900, 10, 10)), at=(0, 0, 100, 500), inside=(0, 0, 100, 100)),
]


@pytest.mark.parametrize("body", OFF)
def test_what_stands_outside_the_slide_blocks(body: str) -> None:
    assert "off_page" in found_on(SHOWN + body, "block")


@pytest.mark.parametrize(
    "body",
    [
        shape("half out", at=(-100, 50, 200, 50)),
        shape("", at=(-300, 50, 200, 50)),
        shape("a line high", at=(50, 50, 200, 0)),
        shape("turned in", at=(-110, 200, 100, 400), turned=90),
        group(shape("in a group", at=(-900, -900, 10, 10)), at=(50, 50, 100, 100), inside=(-900, -900, 10, 10)),
        shape("not said where", at=None),
    ],
)
def test_what_reaches_into_the_slide_does_not_block(body: str) -> None:
    assert found_on(SHOWN + body, "block") == set()


GROUP = group(shape("in a group"), at=(0, 0, 9, 9), inside=(0, 0, 9, 9))
HIDDEN = [
    shape("switched off", hidden=True),
    picture((50, 50, 200, 50), hidden=True),
    group(shape("in a group"), at=(0, 0, 9, 9), inside=(0, 0, 9, 9)).replace(
        'name="Group"', 'name="Group" hidden="true"'
    ),
    shape("white", formatting=WHITE),
    shape("white by theme", formatting=solid("bg1")),
    shape("see-through", formatting=solid("000000", alpha=0)),
    shape("without a colour", formatting="<a:noFill/>"),
    shape("blue on blue", formatting=solid("4472C4"), fill=solid("accent1")),
    shape("small", formatting=' sz="100"'),
    shape("under a highlight", formatting=solid("000000") + "<a:highlight><a:srgbClr val='000000'/></a:highlight>"),
    table(("A", "B"), ("C", "behind another cell"), cell_attributes='hMerge="1"'),
]


@pytest.mark.parametrize("body", HIDDEN)
def test_text_that_is_not_shown_blocks_and_is_not_told_as_text(body: str) -> None:
    presentation = Presentation([Slide(SHOWN + body)])
    assert "hidden_text" in found(presentation, "block")
    assert [text for _, text in looked(presentation).texts] == ["The force holds the information."]


@pytest.mark.parametrize(
    ("body", "behind"),
    [
        (shape("white on blue", formatting=WHITE, fill=solid("accent1")), ""),
        (shape("white on a dark slide", formatting=WHITE), background("1F3864")),
        (shape("", at=(0, 0, 720, 300), fill=solid("1F3864")) + shape("white on a panel", formatting=WHITE), ""),
        (shape("grey", formatting=solid("A6A6A6")), ""),
        (shape("small print", formatting=' sz="700"'), ""),
        (shape("half see-through", formatting=solid("000000", alpha=50_000)), ""),
        (shape("white on shades", formatting=WHITE, fill="<a:gradFill><a:gsLst/></a:gradFill>"), ""),
        (shape("outlined", formatting="<a:ln/><a:noFill/>"), ""),
    ],
)
def test_text_that_is_shown_does_not_block(body: str, behind: str) -> None:
    assert found_on(body, "block", background=behind) == set()


def test_white_text_before_a_picture_is_for_somebody_to_look_at() -> None:
    body = picture((0, 0, 720, 540)) + shape("On the picture", formatting=WHITE)
    assert found_on(body, "block") == set()
    assert "hidden_text" in found_on(body, "review")


def test_the_ground_of_a_text_may_be_painted_by_the_master() -> None:
    white = [Slide(shape("Title", formatting=WHITE))]
    band = shape("", at=(0, 0, 720, 200), fill=solid("1F3864"))
    assert found(Presentation(white, master=band), "block") == set()
    assert found(Presentation(white, layout=band), "block") == set()
    assert found(Presentation(white, master_background=background("1F3864")), "block") == set()
    left_out = [Slide(shape("Title", formatting=WHITE), attributes='showMasterSp="0"')]
    assert "hidden_text" in found(Presentation(left_out, master=band), "block")


def test_a_slide_may_be_painted_by_a_fill_of_its_theme() -> None:
    white = [Slide(shape("Title", formatting=WHITE))]
    painted = '<p:bg><p:bgRef idx="{}"><a:schemeClr val="{}"/></p:bgRef></p:bg>'
    assert found(Presentation(white, master_background=painted.format("1001", "tx2")), "block") == set()
    assert "hidden_text" in found(Presentation(white, master_background=painted.format("1001", "bg1")), "block")
    assert found(Presentation(white, master_background=painted.format("1003", "bg1")), "block") == set()


def test_text_takes_its_colour_from_the_styles_of_layout_and_master() -> None:
    title = [Slide(shape("Title", at=None, placeholder='type="title"'))]
    place = shape("Click", placeholder='type="title"')
    white = f"<p:titleStyle><a:lvl1pPr><a:defRPr>{WHITE}</a:defRPr></a:lvl1pPr></p:titleStyle>"
    assert "hidden_text" in found(Presentation(title, layout=place, master=place, text_styles=white), "block")
    dark = shape("Click", placeholder='type="title"', fill=solid("1F3864"))
    assert found(Presentation(title, layout=dark, master=place, text_styles=white), "block") == set()
    listed = place.replace(
        "<a:lstStyle/>", f"<a:lstStyle><a:lvl1pPr><a:defRPr>{WHITE}</a:defRPr></a:lvl1pPr></a:lstStyle>"
    )
    assert "hidden_text" in found(Presentation(title, layout=listed), "block")


def test_text_under_a_filled_shape_blocks_and_under_a_picture_is_looked_at() -> None:
    under = shape("Name of a witness", at=(100, 100, 100, 20))
    black = shape("", at=(90, 95, 120, 30), fill=solid("000000"))
    assert "text_under_opaque_box" in found_on(under + black, "block")
    assert "text_under_opaque_box" in found_on(under + picture((90, 95, 120, 30)), "review")
    assert "text_under_opaque_box" in found_on(under + black, "review", after="<p:timing/>")
    assert found_on(black.replace("000000", "EEEEEE") + under, "block") == set()
    assert found_on(under + shape("", at=(150, 95, 120, 30), fill=solid("000000")), "block") == set()
    assert found_on(under + shape("", at=(90, 95, 120, 30), fill=solid("000000", alpha=40_000)), "block") == set()


def test_versions_of_a_shape_that_say_different_things_block() -> None:
    def versions(one: str, other: str) -> str:
        return (
            f'<mc:AlternateContent><mc:Choice Requires="a14">{shape(one)}</mc:Choice>'
            f"<mc:Fallback>{shape(other)}</mc:Fallback></mc:AlternateContent>"
        )

    assert "alternate_content" in found_on(versions("one", "another"), "block")
    assert found_on(versions("x = 1", " "), "block") == set()
    assert [text for _, text in looked(Presentation([Slide(versions("same", "same"))])).texts] == ["same"]


def test_an_action_that_starts_something_blocks_and_a_jump_does_not() -> None:
    link = '<a:hlinkClick r:id="" action="ppaction://{}"/>'
    for action, blocks in (("program", True), ("macro?name=Run", True), ("hlinkshowjump?jump=nextslide", False)):
        codes_found = found_on(shape("Click", formatting=link.format(action)), "block")
        assert ("external_field_code" in codes_found) is blocks


def test_tags_of_add_ins_are_looked_at_and_long_ones_block() -> None:
    assert "document_variable" in found(Presentation(tags='<p:tag name="ID" val="7"/>'), "review")
    assert "document_variable" in found(Presentation(tags=f'<p:tag name="DATA" val="{"x" * 200}"/>'), "block")
    assert found(Presentation(tags='<p:tag name="ID" val=""/>'), "block") == set()


def test_ink_blocks_and_protection_is_looked_at() -> None:
    assert "ink" in found_on(SHOWN + '<p:contentPart r:id="rId9"/>', "block")
    assert "protection" in found(Presentation(more='<p:modifyVerifier algorithmName="SHA-512"/>'), "review")


def test_visible_text_is_told_slide_by_slide_and_tables_as_tables() -> None:
    slides = [Slide(SHOWN + picture((50, 200, 10, 10), descr="A map")), Slide(table(("Rank", "Number"), ("PC", "12")))]
    sections = '<p14:sectionLst><p14:section name="Answer"/></p14:sectionLst>'
    more = f'<p:extLst><p:ext uri="x">{sections}</p:ext></p:extLst>'
    look = looked(Presentation(slides, more=more, layout=shape("OFFICIAL")))
    texts = {where: text.strip() for where, text in look.texts}
    assert texts["slide 1"] == "The force holds the information."
    assert texts["slide 1, description"] == "A map"
    assert {"Answer", "OFFICIAL"} <= set(texts.values())
    assert [(each.where, [list(row) for row in each.rows]) for each in look.tables] == [
        ("slide 2, table 1", [["Rank", "Number"], ["PC", "12"]])
    ]


@pytest.mark.parametrize("change", [{"strict": True}, {"folder": "odd/place"}])
def test_hidden_slides_are_found_whatever_the_namespaces_and_names_of_parts(change: dict[str, Any]) -> None:
    poisoned = Presentation([Slide(HIDDEN[0]), Slide(attributes='show="0"')], **change)
    assert {"hidden_text", "hidden_slide"} <= found(poisoned, "block")
    assert found(Presentation(**change), "block") == set()


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 360), st.floats(800, 5000))
def test_a_shape_far_away_is_off_the_slide_at_any_angle(angle: float, distance: float) -> None:
    turned = shape("far", at=(720 + distance, 100, 100, 100), turned=int(angle))
    assert "off_page" in found_on(turned, "block")
