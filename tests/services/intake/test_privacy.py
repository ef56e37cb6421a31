"""Whoever asked is found in a text, and chance likenesses are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.privacy import Details, Requester
from shared.chassis.private import Private


def details(everyday=(), **known):
    return Details(Requester(**{name: Private(value) for name, value in known.items()}), everyday)


QUILLA = {
    "name": "Ms Quilla Zephyrine",
    "email": "quilla.z@example.org",
    "postal_address": "12 Acacia Avenue\nNorwich, NR1 4XX",
    "handle": "@quillawrites",
}
FOUND = [
    ("Quilla Zephyrine wants", "the requester's name"),
    ("quilla   ZEPHYRINE", "the requester's name"),
    ("as Zephyrine asks", "the requester's surname"),
    ("as zephyrine's letter", "the requester's surname"),
    ("quilla.z@example.org", "the requester's e-mail address"),
    ("the account quilla.z", "the requester's e-mail address"),
    ("@QuillaWrites", "the requester's handle"),
    ("the page of quillawrites", "the requester's handle"),
    ("near 12 acacia  avenue", "the requester's address"),
    ("in nr1 4xx", "the requester's address"),
    ("12 Acacia\nAvenue", "the requester's address"),
]


@pytest.mark.parametrize(("text", "what"), FOUND)
def test_details_of_the_requester_are_found_however_they_are_written(text, what):
    assert what in details(**QUILLA).found_in(text)
    assert [finding.rule for finding in details(**QUILLA).findings(text, "f")][:1] == ["CON-01/PUB-02"]


@pytest.mark.parametrize("text", ["", "Norwich", "Quilla", "Zephyrines", "12 Acacia Road", "NR1 4XXA", "example.org"])
def test_what_others_share_is_not_taken_for_the_requester(text):
    assert details(**QUILLA).findings(text, "f") == []


NAMES = [
    ("Sam Young", "How many young people", []),
    ("Sam Young", "for Sam Young", ["the requester's name"]),
    ("Sam Young", "for Mr Young", ["the requester's name"]),
    ("Sam Young", "for S. Young", ["the requester's name"]),
    ("A Young", "a young man", []),
    ("Mr Norfolk", "held by Norfolk", []),
    ("Mr Norfolk", "for Mr. Norfolk", ["the requester's name"]),
    ("Zephyrine, Quilla", "for Quilla Zephyrine", ["the requester's name", "the requester's surname"]),
    ("Dr Quilla Zephyrine PhD", "Zephyrine", ["the requester's surname"]),
    ("Ann O’Brien", "for O'Brien", ["the requester's surname"]),
    ("Ann O'Brien", "for O’Brien", ["the requester's surname"]),
    ("Zoe\u0301 Na\u0308gele", "for Nägele", ["the requester's surname"]),
    ("Acme Widgets Ltd", "widgets ltd", ["the requester's surname"]),
    ("Li Wu", "wu", []),
    ("Li Wu", "li wu", ["the requester's name"]),
    ("Mr", "Mr Smith", []),
]


@pytest.mark.parametrize(("name", "text", "found"), NAMES)
def test_a_name_is_found_where_it_tells_somebody(name, text, found):
    assert details(name=name, everyday=["Norfolk", "Constabulary"]).found_in(text) == found


@pytest.mark.parametrize(
    "text", ["somebody@example.org", "call 01603 123456", "@somebody asks", "Dear Jo,\nhow many?", "x" * 20_001]
)
def test_anybodys_contact_details_are_refused_too(text):
    assert len(details().findings(text, "f")) == 1


@pytest.mark.parametrize("text", [text for text, _ in FOUND])
def test_what_is_removed_is_not_found_any_more(text):
    removed = details(**QUILLA).removed_from(f"Dear Jo,\nHow many dogs? {text}\nring 01603 123456 or @you or a@b.uk")
    assert details(**QUILLA).findings(removed, "f") == []
    assert removed.startswith("How many dogs?")


def test_what_tells_nothing_is_left_as_it_is():
    assert details(**QUILLA).removed_from("How many dogs’ leads, in “all”?") == "How many dogs’ leads, in “all”?"


@given(st.text(min_size=1), st.text(), st.text())
def test_any_name_whatever_can_be_looked_for(name, handle, text):
    found = details(name=name, handle=handle, email=name, postal_address=handle)
    assert isinstance(found.found_in(text), list)
    assert found.removed_from(text) is not None


def test_a_finding_never_quotes_what_it_found():
    told = str([details(**QUILLA).findings(text, "f") for text, _ in FOUND]).lower()
    assert "zephyrine" not in told
    assert "acacia" not in told
