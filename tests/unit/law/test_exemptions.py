"""The catalogue of exemptions and the reading of citations."""

import pytest

from shared.law.citations import LONGEST, parse
from shared.law.exemptions import CATALOGUE, PROVISIONS, CitationError, provision
from shared.law.procedural_grounds import PROCEDURAL

ABSOLUTE = {"21", "23", "32", "34", "41", "44"}
MIXED = {"37", "40"}
NCND = {
    "21": "",
    "22": "22(2)",
    "22A": "22A(2)",
    "23": "23(5)",
    "24": "24(2)",
    "26": "26(3)",
    "27": "27(4)",
    "28": "28(3)",
    "29": "29(2)",
    "30": "30(3)",
    "31": "31(3)",
    "32": "32(3)",
    "33": "33(3)",
    "34": "34(2)",
    "35": "35(3)",
    "36": "36(3)",
    "37": "37(2)",
    "38": "38(2)",
    "39": "39(2)",
    "40": "40(5A) 40(5B)(a)(i) 40(5B)(a)(ii) 40(5B)(b) 40(5B)(c) 40(5B)(d)",
    "41": "41(2)",
    "42": "42(2)",
    "43": "43(3)",
    "44": "44(2)",
}


def test_the_catalogue_holds_the_24_exemptions_of_part_ii_with_their_provisions_to_neither_confirm_nor_deny() -> None:
    assert {section: " ".join(exemption.ncnd) for section, exemption in CATALOGUE.items()} == NCND
    assert len(CATALOGUE) == 24


def test_an_exemption_is_absolute_qualified_or_mixed_as_section_2_says() -> None:
    for section, exemption in CATALOGUE.items():
        expected = "absolute" if section in ABSOLUTE else "mixed" if section in MIXED else "qualified"
        assert exemption.kind == expected, section
        for text in (*exemption.limbs, *exemption.ncnd):
            if exemption.kind != "mixed":
                assert PROVISIONS[text].qualified == (exemption.kind == "qualified"), text


def test_every_provision_belongs_to_its_section_and_says_what_it_is_about() -> None:
    for text, each in PROVISIONS.items():
        assert text == each.text
        assert text.startswith(f"{each.section}(")
        assert each.about
        assert each.is_ncnd == (text in each.exemption.ncnd)
        assert set(each.with_one_of) <= PROVISIONS.keys()
        assert not any(PROVISIONS[other].is_ncnd for other in each.with_one_of)


def test_what_else_an_exemption_asks_for_is_said_of_those_that_ask() -> None:
    assert {section for section, each in CATALOGUE.items() if each.opinion} == {"36"}
    assert {each.certificate for each in CATALOGUE.values()} - {""} == {"23(2)", "24(3)", "34(3)"}
    assert {each.section for each in PROVISIONS.values() if each.to_show} == {"22", "41", "42", "43", "44"}
    three_steps = {"40(3A)(a)", "40(3A)(b)", "40(5B)(a)(i)", "40(5B)(a)(ii)"}
    assert {text for text, each in PROVISIONS.items() if each.three_steps} == three_steps
    lapsing = {each.section for each in PROVISIONS.values() if each.lapses_after}
    assert lapsing == {"28", "30", "32", "33", "35", "36", "42", "43"}
    assert {text for text, each in PROVISIONS.items() if each.section == "30" and not each.lapses_after} == {
        *(f"30(2)(a)({limb})" for limb in ("i", "ii", "iii", "iv")),
        "30(2)(b)",
        "30(3)",
    }
    assert all(each.use for each in CATALOGUE.values())


def test_the_eight_procedural_grounds_are_no_exemptions() -> None:
    assert list(PROCEDURAL) == ["1(1)(a)", "1(3)", "8(1)", "9(1)", "12(1)", "12(2)", "14(1)", "14(2)"]
    assert not PROCEDURAL.keys() & PROVISIONS.keys()
    for text, ground in PROCEDURAL.items():
        assert (ground.notice == "17(5)") == (text[:3] in ("12(", "14("))
        assert ground.title
        assert ground.needs
        assert ground.source


def test_exemptions_exclude_each_other_both_ways() -> None:
    for section, exemption in CATALOGUE.items():
        assert all(section in CATALOGUE[other].exclusive_with for other in exemption.exclusive_with)
        assert exemption.source


@pytest.mark.parametrize(
    ("text", "is_ncnd", "qualified", "harm_required"),
    [
        ("24(1)", False, True, True),
        ("24(2)", True, True, True),
        ("31(1)(a)", False, True, True),
        ("30(1)(b)", False, True, False),
        ("23(5)", True, False, False),
        ("27(1)(a)", False, True, True),
        ("27(2)", False, True, False),
        ("43(1)", False, True, False),
        ("43(2)", False, True, True),
        ("37(1)(ab)", False, False, False),
        ("37(1)(ac)", False, True, False),
        ("40(2)", False, False, False),
        ("40(3A)(a)", False, False, False),
        ("40(3B)", False, True, False),
        ("40(4A)(b)", False, True, False),
        ("40(5A)", True, False, False),
        ("40(5B)(a)(i)", True, False, False),
        ("40(5B)(d)", True, True, False),
    ],
)
def test_a_provision_says_whether_it_needs_a_public_interest_test_and_harm(
    text: str, is_ncnd: bool, qualified: bool, harm_required: bool
) -> None:
    each = provision(text)
    assert (each.is_ncnd, each.qualified, each.harm_required) == (is_ncnd, qualified, harm_required)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("31(1)(a)", "31(1)(a)"),
        ("s.31(1)(a)", "31(1)(a)"),
        ("S31(1)(A)", "31(1)(a)"),
        ("Section 31(1)(a)", "31(1)(a)"),
        ("31 (1) (a)", "31(1)(a)"),
        ("s24(1)", "24(1)"),
        ("§ 23(5)", "23(5)"),
        ("s24(1) – National security", "24(1)"),
        ("Section 31(1)(a) (Law enforcement)", "31(1)(a)"),
        ("section 24(2) National Security; section 31(3) of the Freedom of Information Act 2000", "24(2) 31(3)"),
        ("40(2) and 40(3A)(a)", "40(2) 40(3A)(a)"),
        ("s.40(2)+s.40(3a)(a)", "40(2) 40(3A)(a)"),
        ("31(1)(a)(b)", "31(1)(a) 31(1)(b)"),
        ("Sections 24(1) and 31(1)(a), (b)", "24(1) 31(1)(a) 31(1)(b)"),
        ("30(1)(a)(i) and (ii)", "30(1)(a)(i) 30(1)(a)(ii)"),
        ("31(1)(i)", "31(1)(i)"),
        ("22a(1)(b)(iv)", "22A(1)(b)(iv)"),
        ("37(1)(AB)", "37(1)(ab)"),
        ("24(1), 24(1)", "24(1)"),
    ],
)
def test_citations_are_understood_as_people_write_them(written: str, canonical: str) -> None:
    assert parse(written) == tuple(canonical.split())


@pytest.mark.parametrize("text", PROVISIONS)
def test_every_provision_reads_back_as_itself(text: str) -> None:
    assert parse(text) == parse(f"Section {text}") == (text,)


@pytest.mark.parametrize(
    ("written", "rule", "problem", "next_step"),
    [
        ("31", "EXM-01", "31 does not say which limb", "31(1)(a), "),
        ("31(1)", "EXM-01", "31(1) does not say which limb", "31(1)(a), "),
        ("Section 24", "EXM-01", "24 does not say", "24(1) to withhold; 24(2) to neither confirm nor deny"),
        ("40(3A)", "EXM-01", "40(3A) does not say", "40(3A)(a), 40(3A)(b)"),
        ("40(2)(3)", "EXM-09", "40(3) is no longer law", "40(3A)(a)"),
        ("40(3)(a)(i)", "EXM-09", "no longer law", "40(3A)(a)"),
        ("40(4)", "EXM-09", "no longer law", "40(4A)(a)"),
        ("40(5)(b)(i)", "EXM-09", "no longer law", "40(5B)(a)(i)"),
        ("31(1)(z)", "EXM-01", "section 31 has no 31(1)(z)", "31(1)(a)"),
        ("99(1)", "EXM-01", "no exemption in 99(1)", "21 to 44"),
        ("(1)(a)", "EXM-01", "before any section", "section first"),
        ("", "EXM-01", "nothing is cited", "31(1)(a)"),
        ("of the Act", "EXM-01", "nothing is cited", "31(1)(a)"),
        ("Data Protection Act 1998", "EXM-09", "repealed on 25 May 2018", "UK GDPR"),
        ("31(1)(a) to (c)", "EXM-01", "does not specify each limb", "31(1)(a), 31(1)(b), 31(1)(c)"),
        ("31(1)(a)-(c)", "EXM-01", "does not specify each limb", "31(1)(a), 31(1)(b), 31(1)(c)"),
        ("23(1) or 24(1)", "EXM-01", "“or” leaves open", "in the alternative"),
        ("31 (1()(a)", "EXM-01", "not written as the Act numbers it", "write 31(1)(a)"),
        ("12(1)", "CST-11", "cannot be cited as an exemption", "17(5)"),
        ("31(a)", "EXM-01", "leaves out the subsection", "cite 31(1)(a)"),
        ("24(3)", "EXM-01", "is no ground for refusing", "record the certificate"),
        ("40(2)(a)", "EXM-01", "two conditions", "40(2) beside 40(3A)(a)"),
        ("31" + "(1)" * LONGEST, "EXM-01", "longer than 500 characters", "alone"),
    ],
)
def test_a_citation_that_specifies_nothing_is_refused_with_what_to_write(
    written: str, rule: str, problem: str, next_step: str
) -> None:
    with pytest.raises(CitationError) as refused:
        parse(written)
    assert refused.value.rule == rule
    assert problem in refused.value.problem
    assert next_step in refused.value.next_step
