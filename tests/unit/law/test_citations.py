"""Reading what people write as citations, however badly, and saying what is wrong with it."""

import pytest

from shared.law.citations import Reading, read

UNDERSTOOD = [
    ("31 (1()(a)", "31(1)(a)", "W"),
    ("s.31(1)(a)", "31(1)(a)", ""),
    ("Section 40(2) & (3A)(a)", "40(2) 40(3A)(a)", ""),
    ("Sec. 24 (1)", "24(1)", ""),
    ("section 31(1)(a) to (c)", "31(1)(a) 31(1)(b) 31(1)(c)", "W"),
    ("31(1)(a)–(c)", "31(1)(a) 31(1)(b) 31(1)(c)", "W"),
    ("43.2", "43(2)", "W"),
    ("31.1.a", "31(1)(a)", "W"),
    ("31 1(a)", "31(1)(a)", "W"),
    ("31(1a)", "31(1)(a)", "W"),
    ("30(1)(ai)", "30(1)(a)(i)", "W"),
    ("31(1)(a", "31(1)(a)", "W"),
    ("31(1)(a))", "31(1)(a)", "W"),
    ("(31(1)(a))", "31(1)(a)", ""),
    ("[s.31(1)(a)]", "31(1)(a)", ""),
    ("３１（１）（ａ）", "31(1)(a)", ""),
    ("31(1)\u200b(a)", "31(1)(a)", ""),
    ("4O(2)", "40(2)", "W"),
    ("3l(1)(a)", "31(1)(a)", "W"),
    ("31(I)(a)", "31(1)(a)", "W"),
    ("22A(1)(b)(IV)", "22A(1)(b)(iv)", ""),
    ("40(5b)(A)(I)", "40(5B)(a)(i)", ""),
    ("40(2), 3A(a)", "40(2) 40(3A)(a)", "W"),
    ("s40(2) by virtue of s40(3A)(a)", "40(2) 40(3A)(a)", ""),
    ("30(2)(a)(i)(b)", "30(2)(a)(i) 30(2)(b)", ""),
    ("S.31 (1)(a),(b) & (c)", "31(1)(a) 31(1)(b) 31(1)(c)", ""),
    ("23(1) or 24(1), in the alternative", "23(1) 24(1)", ""),
    ("s31(1)(a) (prevention of crime)", "31(1)(a)", "W"),
    ("24(1) National Security and 31(1)(a)(b) Law Enforcement", "24(1) 31(1)(a) 31(1)(b)", ""),
    ("adran 31(1)(a)", "31(1)(a)", ""),
    ("adrannau 24(1) a 31(3)", "24(1) 31(3)", ""),
    ("FOIA s 12(1)", "12(1)", "I"),
    ("sections 14(1) and 14(2)", "14(1) 14(2)", "II"),
    ("1(3), 8(1) and 9(1)", "1(3) 8(1) 9(1)", "III"),
]
PARTLY = [
    ("sections 24(1)/31(1)", "24(1)", "31(1)", "EXM-01"),
    ("40(2)(3)", "40(2)", "40(3)", "EXM-09"),
    ("Section 40(2) and (3)", "40(2)", "40(3)", "EXM-09"),
    ("DPA 1998 and 40(2)", "40(2)", "DPA 1998", "EXM-09"),
    ("30(1)a", "", "30(1)(a)", "EXM-01"),
    ("S31", "", "31", "EXM-01"),
    ("38(1)", "", "38(1)", "EXM-01"),
    ("31a", "", "31(a)", "EXM-01"),
    ("31(1)(z)", "", "31(1)(z)", "EXM-01"),
    ("section 12", "", "12", "CST-11"),
    ("Section 17", "", "17", "EXM-01"),
    ("24(3)", "", "24(3)", "EXM-01"),
    ("23(1) or 24(1)", "23(1) 24(1)", "or 24", "EXM-01"),
    ("sections 30 to 31", "", "to 31", "EXM-01"),
    ("Data Protection Act 1998", "", "Data Protection Act 1998", "EXM-09"),
    ("FOISA s38(1)(b)", "", "FOISA s38(1)(b)", "EXM-01"),
    ("regulation 12(5)(b)", "", "regulation 12(5)(b)", "EXM-01"),
    ("hello", "", "hello", "EXM-01"),
    ("", "", "", "EXM-01"),
]


@pytest.mark.parametrize(("written", "cited", "severities"), UNDERSTOOD)
def test_what_people_write_is_made_out_and_its_faults_named(written: str, cited: str, severities: str) -> None:
    reading = read(written)
    assert " ".join(reading.cited) == cited
    assert "".join(each.severity for each in reading.problems) == severities
    assert not reading.blocking


@pytest.mark.parametrize(("written", "cited", "wrong", "rule"), PARTLY)
def test_what_specifies_nothing_is_named_beside_what_does(written: str, cited: str, wrong: str, rule: str) -> None:
    reading = read(written)
    assert " ".join(reading.cited) == cited
    assert (wrong, rule, "B") in {(each.cited, each.rule, each.severity) for each in reading.problems}
    assert all(each.problem and each.next_step for each in reading.problems)


def test_exemptions_and_procedural_grounds_are_told_apart() -> None:
    reading = read("24(1), 12(1) and 31(1)(a)")
    assert (reading.provisions, reading.procedural) == (("24(1)", "31(1)(a)"), ("12(1)",))


def test_a_citation_without_end_is_refused_at_once() -> None:
    reading = read("31(1)(a), " * 10_000)
    assert reading.cited == ()
    assert [each.rule for each in reading.problems] == ["EXM-01"]


def test_a_reading_of_nothing_is_empty() -> None:
    assert (Reading().provisions, Reading().procedural, Reading().blocking) == ((), (), ())
