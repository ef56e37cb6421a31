"""Events cannot hold who asked: their fields take checked values only, and those refuse personal details."""

from contextlib import suppress
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.chassis.events.contract import UnknownShape, dump, fact, load
from shared.chassis.events.values import BlindText, Code, Digest, Identifier, MediaType, Value
from shared.chassis.private import Private
from shared.contracts.consultation import ConsultationReminded
from shared.contracts.publishing import EntryHeld
from shared.contracts.values import CitationText, FileName, Label, Reference, SitePath

LOOSE = [
    str,
    bytes,
    float,
    object,
    Any,
    dict,
    list,
    datetime,
    Value,
    Private,
    str | None,
    Code | str,
    tuple,
    list[Code],
    dict[str, Code],
    tuple[str, ...],
    tuple[Code, Code],
    tuple[tuple[Code, ...], ...],
    type("Loose", (str,), {}),
]


@pytest.mark.parametrize("kind", LOOSE, ids=str)
def test_no_event_can_have_a_field_that_would_take_any_text(kind):
    with pytest.raises(TypeError, match=r"Spoiled\.field"):
        fact(type("Spoiled", (), {"__annotations__": {"field": kind}, "__module__": __name__}))


@pytest.mark.parametrize("kind", [Code, Identifier | None, int, bool, date, tuple[BlindText, ...]], ids=str)
def test_checked_values_are_taken(kind):
    fact(type("Sound", (), {"__annotations__": {"field": kind}, "__module__": __name__}))


class NamedCode(Code):
    """Passes as a code for a type checker, and is none."""

    @classmethod
    def check(cls, text: str) -> None:
        pass


def test_a_text_in_a_codes_clothing_is_refused_when_the_event_is_made():
    key = Identifier("018c6f5e-2b1a-7c3d-9e4f-5a6b7c8d9e0f")
    with pytest.raises(TypeError, match=r"party must be .*Code"):
        ConsultationReminded(consultation_id=key, party=NamedCode("Jane Doe"), reminder=1)


PERSONAL = [
    "Please write to jane.doe@example.org about this.",
    "JANE_DOE+foi@mail.example.co.uk",
    "<a.b@c.de>",
    "mailto:j@example.museum?subject=FOI",
    "Ring me on 07700 900123.",
    "07700900123",
    "+44 7700 900123",
    "+44 (0)20 7946 0000",
    "(020) 7946 0000",
    "0161-496-0000",
    "Dear Ms Doe,",
    "Thank you.\n\n  dear Jane\n",
    "As @janedoe said",
    "(@jane_doe)",
]
HARMLESS = [
    "",
    "How many referrals were made between 1 April 2018 and 31 March 2019?",
    "See 01.FOI.23.029461 and FOI 001905/19, and Cleveland's 100 - 25.",
    "Sections 24(1), 31(1)(a) and 40(5B)(a)(i).",
    "Figures: 1,234; 0.5 per cent; 2018/19: 12 345 678.",
    "Dear Sir or Madam",
    "Dear requester",
    "It costs £0.02 @ 50 sheets.",
    "Beth yw’r polisi? 日本語 \U0001f600",
    "a@b",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_a_blind_text_refuses_contact_details_handles_and_salutations(text):
    with pytest.raises(ValueError, match="holds"):
        BlindText(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_a_blind_text_takes_what_tells_nothing_of_the_person(text):
    assert BlindText(text) == text


around = st.text(alphabet=st.characters(categories=("Zs", "Po", "Ps"), exclude_characters="@<>()./"), max_size=8)
word = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=2, max_size=12)


@given(
    before=around, local=word, domain=word, ending=st.sampled_from(["uk", "org", "police.uk", "co.uk"]), after=around
)
def test_no_e_mail_address_passes_whatever_stands_around_it(before, local, domain, ending, after):
    with pytest.raises(ValueError, match="e-mail"):
        BlindText(f"{before} {local}@{domain}.{ending} {after}")


@given(
    number=st.from_regex(r"\A(?:0|\+44)[1237][0-9]{8,9}\Z"),
    gaps=st.sets(st.integers(3, 9), max_size=3),
    gap=st.sampled_from([" ", "-", "  ", "\u00a0"]),
)
@example(number="07700900123", gaps={5, 8}, gap=" ")
def test_no_british_telephone_number_passes_however_it_is_spaced(number, gaps, gap):
    for place in sorted(gaps, reverse=True):
        number = number[:place] + gap + number[place:]
    with pytest.raises(ValueError, match="telephone"):
        BlindText(f"Call {number}, please.")


@given(st.text(max_size=200))
def test_a_blind_text_is_kept_as_it_is_or_refused(text):
    with suppress(ValueError):
        assert BlindText(text) == text


SHAPES = [
    (Identifier, "018c6f5e-2b1a-7c3d-9e4f-5a6b7c8d9e0f", ["", "018C6F5E-2B1A-7C3D-9E4F-5A6B7C8D9E0F", "jane"]),
    (Code, "wants_ncnd", ["", "Jane Doe", "a" * 65, "-a", "a--b", "a@b", "à", "a\n"]),
    (Digest, "0" * 64, ["", "0" * 63, "G" * 64, "A" * 64]),
    (MediaType, "text/csv", ["", "csv", "text/", "Text/CSV", "text/csv; charset=utf-8"]),
    (Reference, "01.FOI.23.029461", ["", "FOI", "Jane Doe 1", "12\n", "1" * 41, "FOI ٢٣"]),
    (Reference, "FOI 001905/19", []),
    (Reference, "0017.2026", []),
    (Label, "4a.1", ["", "Jane Doe", "1a.", "1.1.1.1.1", "abcde"]),
    (Label, "5c.i", ["5c.ab", "1.doe"]),
    (Label, "1.1a", []),
    (Label, "R2.1", []),
    (CitationText, "40(5B)(a)(i)", ["", "section 24", "s24(1)", "24(1", "Jane"]),
    (FileName, "Databases searched.csv", ["", "../etc/passwd", "a/b.csv", ".csv", "a.", "a\n.csv"]),
    (SitePath, "/norfolk/disclosures/foi-001905-19", ["", "norfolk", "//evil", "/Jane", "/a b", "/a?b=c"]),
]


@pytest.mark.parametrize(("kind", "right", "wrong"), SHAPES)
def test_each_kind_of_value_takes_its_shape_and_no_other(kind, right, wrong):
    assert kind(right) == right
    for text in wrong:
        with pytest.raises(ValueError):
            kind(text)


@pytest.mark.parametrize("not_a_text", [None, 1, b"code", ["code"], Private("code")])
def test_a_value_is_made_from_a_text_only(not_a_text):
    with pytest.raises(TypeError):
        Code(not_a_text)


@pytest.mark.parametrize("canary", PERSONAL)
def test_personal_details_cannot_come_in_with_an_event_from_outside(canary):
    with pytest.raises(UnknownShape):
        load(EntryHeld.event_type, {"reason": canary})


def test_an_event_is_dumped_as_plain_data():
    assert type(dump(EntryHeld(reason=BlindText("a hidden column")))["reason"]) is str
