"""OpenDocument texts and presentations: whatever they keep from being seen is found."""

import pytest

from services.publishing.release_check.bounds import Bounds
from services.publishing.release_check.looking import Look
from services.publishing.release_check.opendocument import inspect
from tests.release_check.checking import POLICY, checked, codes
from tests.release_check.made.opendocuments import OpenDocument, style, with_other_prefixes

HELLO = "<text:p>The force holds 37 records.</text:p>"
HIDDEN = '<style:text-properties text:display="none"/>'
WHITE = '<style:text-properties fo:color="#ffffff"/>'
DECLARED = (
    '<text:sequence-decls><text:sequence-decl text:display-outline-level="0" text:name="Table"/></text:sequence-decls>'
)


def odt(body: str, automatic: str = "", **more: str) -> OpenDocument:
    return OpenDocument("text", DECLARED + HELLO + body, automatic, **more)  # type: ignore[arg-type]


def span(text: str = "Ann Example", name: str = "T1") -> str:
    return f'<text:p>Total <text:span text:style-name="{name}">{text}</text:span></text:p>'


def changed(kind: str) -> str:
    return (
        f'<text:tracked-changes><text:changed-region text:id="c1"><text:{kind}><office:change-info>'
        f"<dc:creator>A. Example</dc:creator></office:change-info><text:p>Ann</text:p></text:{kind}>"
        "</text:changed-region></text:tracked-changes>"
    )


def frame(inside: str, *, style_name: str = "fr1", place: str = 'svg:x="2cm" svg:y="2cm"') -> str:
    return (
        f'<text:p><draw:frame draw:style-name="{style_name}" text:anchor-type="page" {place} svg:width="5cm"'
        f' svg:height="2cm">{inside}</draw:frame></text:p>'
    )


BOX = "<draw:text-box><text:p>Ann Example</text:p></draw:text-box>"
PICTURE = '<draw:image xlink:href="https://www.example.org/a.png"/>'

POISONED: dict[str, tuple[str, OpenDocument]] = {
    "hidden text": ("hidden_text", odt(span(), style("T1", "text", HIDDEN))),
    "text hidden by a style that it builds on": (
        "hidden_text",
        odt(
            span(), style("T1", "text", "", ' style:parent-style-name="Secret"'), common=style("Secret", "text", HIDDEN)
        ),
    ),
    "a hidden paragraph style": (
        "hidden_text",
        odt('<text:p text:style-name="P1">Ann</text:p>', style("P1", "paragraph", HIDDEN)),
    ),
    "white text": ("hidden_text", odt(span(), style("T1", "text", WHITE))),
    "text in the colour of its cell": (
        "hidden_text",
        odt(
            f'<table:table><table:table-row><table:table-cell table:style-name="c1">{span()}</table:table-cell>'
            "</table:table-row></table:table>",
            style("T1", "text", '<style:text-properties fo:color="#003366"/>')
            + style("c1", "table-cell", '<style:table-cell-properties fo:background-color="#003366"/>'),
        ),
    ),
    "tiny text": ("hidden_text", odt(span(), style("T1", "text", '<style:text-properties fo:font-size="1pt"/>'))),
    "text that becomes tiny by a percentage": (
        "hidden_text",
        odt(span(), style("T1", "text", '<style:text-properties fo:font-size="5%"/>')),
    ),
    "a hidden section": ("hidden_text", odt('<text:section text:display="none"><text:p>Ann</text:p></text:section>')),
    "a hidden text field": (
        "hidden_text",
        odt(
            '<text:p><text:hidden-text text:condition="ooow:1" text:string-value="Ann" text:is-hidden="true"/></text:p>'
        ),
    ),
    "a hidden paragraph": (
        "hidden_text",
        odt('<text:p><text:hidden-paragraph text:condition="ooow:1" text:is-hidden="true"/>Ann</text:p>'),
    ),
    "the other text of a condition": (
        "hidden_text",
        odt(
            '<text:p><text:conditional-text text:condition="ooow:1" text:string-value-if-true="no"'
            ' text:string-value-if-false="Ann">no</text:conditional-text></text:p>'
        ),
    ),
    "a header that is switched off": (
        "hidden_text",
        odt(
            "",
            masters='<style:master-page style:name="Standard" style:page-layout-name="pm1">'
            '<style:header style:display="false"><text:p>Ann Example</text:p></style:header></style:master-page>',
        ),
    ),
    "hidden text in a header": (
        "hidden_text",
        odt(
            "",
            layouts=style("MT1", "text", HIDDEN),
            masters='<style:master-page style:name="Standard" style:page-layout-name="pm1">'
            f"<style:header>{span(name='MT1')}</style:header></style:master-page>",
        ),
    ),
    "an insertion": ("tracked_insertion", odt(changed("insertion"))),
    "a deletion": ("tracked_deletion", odt(changed("deletion"))),
    "a change of format": ("tracked_format", odt(changed("format-change"))),
    "a comment": (
        "comment",
        odt(
            "<text:p>37<office:annotation><dc:creator>A. Example</dc:creator><text:p>ask</text:p>"
            "</office:annotation></text:p>"
        ),
    ),
    "a variable": (
        "document_variable",
        odt(
            '<text:user-field-decls><text:user-field-decl text:name="officer" office:string-value="Ann"/>'
            "</text:user-field-decls>"
        ),
    ),
    "a field of a database": (
        "mail_merge",
        odt(
            '<text:p><text:database-display text:table-name="t" text:column-name="c">x</text:database-display></text:p>'
        ),
    ),
    "a link to a program": (
        "dde_link",
        odt(
            '<text:dde-connection-decls><text:dde-connection-decl office:dde-application="soffice"/>'
            "</text:dde-connection-decls>"
        ),
    ),
    "a script": ("vba_macro", odt('<text:p><text:script script:language="Basic">run</text:script></text:p>')),
    "a macro on opening": (
        "vba_macro",
        odt(
            '<office:event-listeners><script:event-listener script:event-name="dom:load"'
            ' xlink:href="vnd.sun.star.script:a"/></office:event-listeners>'
        ),
    ),
    "a linked section": (
        "external_link",
        odt('<text:section><text:section-source xlink:href="file:///srv/hr.odt"/><text:p>x</text:p></text:section>'),
    ),
    "a linked picture": ("external_link", odt(frame(PICTURE))),
    "a link to a server": (
        "external_link",
        odt('<text:p><text:a xlink:href="file://srv01/hr/list.ods">list</text:a></text:p>'),
    ),
    "a password in a link": (
        "credential",
        odt('<text:p><text:a xlink:href="https://hr:secret@example.org/">x</text:a></text:p>'),
    ),
    "a box off the page": ("off_page", odt(frame(BOX, place='svg:x="-40cm" svg:y="2cm"'))),
    "a cut picture": (
        "cropped_image",
        odt(frame(PICTURE), style("fr1", "graphic", '<style:graphic-properties fo:clip="rect(0cm, 1cm, 0cm, 0cm)"/>')),
    ),
    "an applet": ("embedded_object", odt(frame('<draw:applet draw:code="a"/>'))),
    "a form field": (
        "form_value",
        odt('<office:forms><form:form><form:hidden form:name="n" form:value="Ann"/></form:form></office:forms>'),
    ),
    "data of a form": (
        "custom_xml_data",
        odt("<office:forms><xforms:model><xforms:instance>Ann</xforms:instance></xforms:model></office:forms>"),
    ),
}

CLEAN: dict[str, OpenDocument] = {
    "plain": odt(""),
    "white text on a dark cell": odt(
        f'<table:table><table:table-row><table:table-cell table:style-name="c1">{span()}</table:table-cell>'
        "</table:table-row></table:table>",
        style("T1", "text", WHITE)
        + style("c1", "table-cell", '<style:table-cell-properties fo:background-color="#003366"/>'),
    ),
    "white text on a dark shape": odt(
        frame(f"<draw:text-box>{span()}</draw:text-box>"),
        style("T1", "text", WHITE)
        + style("fr1", "graphic", '<style:graphic-properties draw:fill="solid" draw:fill-color="#003366"/>'),
    ),
    "an automatic colour after a white one": odt(
        span(),
        style("T1", "text", '<style:text-properties style:use-window-font-color="true" loext:opacity="0%"/>'),
    ),
    "changes that were settled": odt('<text:tracked-changes text:track-changes="false"/>'),
    "empty forms": odt('<office:forms form:automatic-focus="false" form:apply-design-mode="false"/>'),
    "links to the web and within": odt(
        '<text:p><text:a xlink:href="https://www.example.org/">a</text:a><text:a xlink:href="#b">b</text:a></text:p>'
    ),
    "a note and a bookmark": odt(
        '<text:p><text:bookmark text:name="b"/>x<text:note><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>y</text:p></text:note-body></text:note></text:p>"
    ),
    "a header": odt(
        "",
        masters='<style:master-page style:name="Standard" style:page-layout-name="pm1"><style:header>'
        "<text:p>Reply</text:p>"
        "</style:header></style:master-page>",
    ),
    "a box upon the page": odt(frame(BOX)),
    "a picture that is whole": odt(
        "", style("fr1", "graphic", '<style:graphic-properties fo:clip="rect(0cm, 0cm, 0cm, 0cm)"/>')
    ),
}


@pytest.mark.parametrize("what", POISONED)
def test_a_text_that_hides_something_is_blocked(what: str) -> None:
    code, document = POISONED[what]
    assert code in codes(checked(document.packed(), document.name), "block")


@pytest.mark.parametrize("what", POISONED)
def test_other_prefixes_hide_nothing(what: str) -> None:
    code, document = POISONED[what]
    assert code in codes(checked(with_other_prefixes(document.packed()), document.name), "block")


@pytest.mark.parametrize("what", CLEAN)
def test_an_ordinary_text_is_not_blocked(what: str) -> None:
    document = CLEAN[what]
    report = checked(document.packed(), document.name)
    assert codes(report, "block") == set(), report.findings
    # White upon another shape can only be told by looking.
    assert codes(report, "review") <= {"thumbnail", "hidden_text"}


def look_at(document: OpenDocument) -> Look:
    def descend(outer: Look, name: str, data: bytes) -> None:
        """What is inside does not matter here."""

    look = Look(
        name=document.name, data=document.packed(), policy=POLICY, bounds=Bounds(POLICY.limits), descend=descend
    )
    inspect(look)
    return look


def test_what_is_seen_is_told_and_what_is_hidden_is_not() -> None:
    look = look_at(odt(span("secret") + "<text:p>a<text:s/>b</text:p>", style("T1", "text", HIDDEN)))
    told = "\n".join(text for _, text in look.texts)
    assert "The force holds 37 records." in told
    assert "a b" in told
    assert "secret" not in told


def test_a_table_in_a_text_is_told_as_a_table() -> None:
    cells = "".join(f"<table:table-cell><text:p>{each}</text:p></table:table-cell>" for each in ("Year", "37"))
    look = look_at(odt(f"<table:table><table:table-row>{cells}</table:table-row></table:table>"))
    assert [list(row) for table in look.tables for row in table.rows] == [["Year", "37"]]


def test_hidden_paragraphs_are_named_by_their_numbers() -> None:
    document = odt(span() + span() + "<text:p>x</text:p>" + span(), style("T1", "text", HIDDEN))
    (finding,) = [each for each in look_at(document).findings if each.code == "hidden_text"]
    assert "paragraphs 2 to 3, 5" in finding.where
    assert "Ann" not in finding.excerpt
