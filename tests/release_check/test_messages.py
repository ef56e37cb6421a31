"""E-mail messages never leave, and the report says what is in them."""

import pytest

from tests.release_check.checking import checked, codes
from tests.release_check.made import messages as made
from tests.release_check.made.pictures import png

TABLE, FORMULAS = b"Year,Count\r\n2023,12\r\n", b"Year,Count\r\n2023,=SUM(A1)\r\n"
TEXT = made.part("text/plain; charset=utf-8", b"Please find the answer below.")


def test_a_message_is_never_released() -> None:
    assert codes(checked(made.internet(TEXT), "reply.eml"), "block") == {"email_container"}
    assert codes(checked(made.outlook("Please find it below.", attached={}), "reply.msg"), "block") == {
        "email_container"
    }


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("reply.eml", made.internet(TEXT, made.part("text/csv", FORMULAS, name="table.csv"))),
        ("reply.msg", made.outlook("See the table.", attached={"table.csv": FORMULAS})),
    ],
)
def test_what_is_attached_is_inspected_under_its_name(name: str, data: bytes) -> None:
    found = next(each for each in checked(data, name).findings if each.code == "formula_text")
    assert found.where.startswith("table.csv › ")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("reply.eml", made.internet(TEXT, made.part("text/csv", TABLE, name="table.csv"))),
        ("reply.msg", made.outlook("See the table.", attached={"table.csv": TABLE, "map.png": png()})),
    ],
)
def test_clean_attachments_add_nothing(name: str, data: bytes) -> None:
    assert codes(checked(data, name)) == {"email_container"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("reply.eml", made.internet(made.part("text/html", b"<p>Hello</p><p hidden>A. N. Example</p>"))),
        ("reply.msg", made.outlook("Hello", html="<p>Hello</p><p hidden>A. N. Example</p>", attached={})),
    ],
)
def test_a_message_written_as_a_page_is_inspected_as_a_page(name: str, data: bytes) -> None:
    assert "hidden_text" in codes(checked(data, name), "block")


def test_a_message_in_a_message_is_inspected_too() -> None:
    inner = made.internet(made.part("text/csv", FORMULAS, name="table.csv"))
    report = checked(made.internet(TEXT, made.part("message/rfc822", inner)), "reply.eml")
    assert {"email_container", "formula_text"} <= codes(report, "block")
    assert "embedded_object" in codes(checked(made.outlook("Hello", attached={}, inside=True), "reply.msg"), "block")


def test_packed_rich_text_is_said_to_be_unchecked() -> None:
    report = checked(made.outlook("Hello", rich=b"packed", attached={}), "reply.msg")
    assert "unknown_part" in codes(report, "block")


def test_a_message_that_breaks_off_does_not_pass() -> None:
    assert checked(made.outlook("Hello", attached={"table.csv": TABLE})[:1500], "reply.msg").verdict == "block"
    assert checked(made.internet(TEXT)[:-20], "reply.eml").verdict == "block"
