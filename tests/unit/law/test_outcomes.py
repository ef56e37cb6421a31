"""What a lawful decision on a part holds, rule by rule."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shared.law.grounds import (
    AGAINST_CONFIRMATION,
    FAVOURING_CONFIRMATION,
    FAVOURING_DISCLOSURE,
    FAVOURING_NON_DISCLOSURE,
    Factor,
    Grounds,
    Harm,
    Opinion,
    PersonalData,
)
from shared.law.outcomes import OUTCOMES, OVERALL, PartDecision, Pointer, check_part, overall_outcome
from shared.law.procedural_refusals import PROVISIONS_OF

DAY = date(2026, 6, 30)
HARM = Harm("Those who mean harm would learn where fewer people are referred.", "would be likely to")
WEIGHED = (
    Factor(FAVOURING_DISCLOSURE, "The public pays for the programme."),
    Factor(FAVOURING_NON_DISCLOSURE, "Referrals would dry up."),
)
NCND_WEIGHED = (
    Factor(FAVOURING_CONFIRMATION, "People would know whether the force records it."),
    Factor(AGAINST_CONFIRMATION, "The answer itself would show where coverage is thin."),
)
STATISTICS = Pointer(name="Home Office statistics", url="https://www.gov.uk/government/collections/prevent-statistics")

DISCLOSED = PartDecision(label="1", outcome="disclosed", answer="Yes.")
WITHHELD = PartDecision(
    label="1a",
    outcome="withheld",
    citations=("24(1)", "31(1)(a)", "31(1)(b)"),
    harm=HARM,
    factors=WEIGHED,
    balance="The balance lies in withholding.",
    as_at=DAY,
)
PEOPLE = PersonalData(
    whose="They are the names of junior officers.",
    interest="The public has an interest in who does the work.",
    necessity="The ranks serve it without the names.",
    balance="Junior officers do not expect to be named.",
    fairness="They were told that only ranks are given.",
)
NAMES = PartDecision(label="9", outcome="withheld", citations=("40(2)", "40(3A)(a)"), personal_data=PEOPLE)
PARTLY = replace(WITHHELD, outcome="partly_disclosed", answer="Everything but the names of places.")
NEITHER = PartDecision(
    label="1",
    outcome="ncnd",
    citations=("24(2)", "31(3)"),
    harm=HARM,
    factors=NCND_WEIGHED,
    balance="The balance lies in neither confirming nor denying.",
    as_at=DAY,
    official_confirmation="National statistics exist; none are for one force.",
)
ANY_OTHER = Grounds(
    citations=("24(2)", "31(3)"),
    harm=HARM,
    factors=NCND_WEIGHED,
    balance="As above.",
    as_at=DAY,
    official_confirmation="None was found.",
)
BOTH = replace(WITHHELD, other_information=ANY_OTHER)
NOT_HELD = PartDecision(
    label="4",
    outcome="not_held",
    searches="The unit's case system and shared drive were searched.",
    pointer=Pointer(name="National Police Chiefs' Council", contact="its freedom of information team"),
)
ELSEWHERE = PartDecision(label="2", outcome="already_accessible", citations=("21(1)",), pointer=STATISTICS)
LAWFUL = {
    "disclosed": DISCLOSED,
    "withheld": WITHHELD,
    "names": NAMES,
    "partly": PARTLY,
    "ncnd": NEITHER,
    "withheld, and any other information ncnd": BOTH,
    "not held": NOT_HELD,
    "already accessible": ELSEWHERE,
    "class based, no harm": replace(WITHHELD, citations=("30(1)(b)",), harm=Harm()),
    "30(3) and 31(3) together": replace(NEITHER, citations=("30(3)", "31(3)")),
    "23(5) and 24(2) together": replace(NEITHER, citations=("23(5)", "24(2)")),
    "23 or 24 in the alternative": replace(WITHHELD, citations=("23(1)", "24(1)"), in_the_alternative=True),
    "a purpose of 31(2)": replace(WITHHELD, citations=("31(1)(g)", "31(2)(b)")),
    "absolute beside qualified": replace(WITHHELD, citations=("40(2)", "40(3A)(a)", "31(1)(a)"), personal_data=PEOPLE),
    "ncnd of personal data": PartDecision(
        label="1",
        outcome="ncnd",
        citations=("40(5B)(a)(i)",),
        personal_data=PEOPLE,
        official_confirmation="None was found.",
    ),
    "the chief officer's opinion": replace(
        WITHHELD,
        citations=("36(2)(b)(i)",),
        opinion=Opinion(office="Chief Constable", on=DAY, citations=("36(2)(b)(i)",), likelihood="would be likely to"),
    ),
    "disclosed, any other information ncnd": PartDecision(
        label="1", outcome="partly_disclosed", answer="Twelve.", other_information=ANY_OTHER
    ),
    "withheld with statistics elsewhere": replace(WITHHELD, pointer=STATISTICS),
}


@pytest.mark.parametrize("decision", LAWFUL.values(), ids=LAWFUL.keys())
def test_a_lawful_decision_has_no_findings(decision: PartDecision) -> None:
    assert [each for each in check_part(decision, DAY) if each.severity != "I"] == []


FAULTS: list[tuple[str, PartDecision, dict[str, Any], set[tuple[str, str, str]]]] = [
    ("an unknown outcome", DISCLOSED, {"outcome": "granted"}, {("RN-01", "outcome", "B")}),
    ("disclosed without an answer", DISCLOSED, {"answer": " "}, {("RN-01", "answer", "B")}),
    ("partly disclosed without an answer", PARTLY, {"answer": ""}, {("RN-01", "answer", "B")}),
    ("disclosed yet an exemption cited", DISCLOSED, {"citations": ("24(1)",)}, {("RN-03", "citations", "B")}),
    ("withheld without a citation", WITHHELD, {"citations": ()}, {("RN-03", "citations", "B")}),
    ("partly disclosed without grounds", DISCLOSED, {"outcome": "partly_disclosed"}, {("RN-03", "citations", "B")}),
    ("withheld with an answer", WITHHELD, {"answer": "Twelve."}, {("RN-01", "answer", "W")}),
    ("a bare section", WITHHELD, {"citations": ("24(1)", "31")}, {("EXM-01", "citations", "B")}),
    ("an unknown limb", WITHHELD, {"citations": ("24(1)", "31(1)(z)")}, {("EXM-01", "citations", "B")}),
    ("31(1)(g) without a purpose", WITHHELD, {"citations": ("31(1)(g)",)}, {("EXM-01", "citations", "B")}),
    ("30(2)(a) without 30(2)(b)", WITHHELD, {"citations": ("30(2)(a)(i)",)}, {("EXM-01", "citations", "B")}),
    ("withheld under an ncnd provision", WITHHELD, {"citations": ("24(2)",)}, {("EXM-02", "citations", "B")}),
    ("ncnd under withholding provisions", NEITHER, {"citations": ("24(1)",)}, {("EXM-02", "citations", "B")}),
    (
        "ncnd under section 21, which has no such provision",
        NEITHER,
        {"citations": ("24(2)", "21(1)"), "pointer": STATISTICS},
        {("EXM-02", "citations", "B")},
    ),
    ("no factor for disclosure", WITHHELD, {"factors": WEIGHED[1:]}, {("EXM-03", "factors", "B")}),
    ("no factor against disclosure", WITHHELD, {"factors": WEIGHED[:1]}, {("EXM-03", "factors", "B")}),
    (
        "a blank factor",
        WITHHELD,
        {"factors": (WEIGHED[0], Factor(FAVOURING_NON_DISCLOSURE, " "))},
        {("EXM-03", "factors", "B")},
    ),
    ("no balance", WITHHELD, {"balance": "\n"}, {("EXM-03", "balance", "B")}),
    (
        "a qualified condition of section 40 without a test",
        NAMES,
        {"citations": ("40(2)", "40(4A)(b)"), "as_at": DAY},
        {("EXM-03", "factors", "B"), ("EXM-03", "balance", "B")},
    ),
    (
        "factors about disclosure in an ncnd decision",
        NEITHER,
        {"factors": WEIGHED},
        {("EXM-03", "factors", "B"), ("RN-08", "factors[0].side", "B"), ("RN-08", "factors[1].side", "B")},
    ),
    ("no harm", WITHHELD, {"harm": Harm("", "would")}, {("EXM-04", "harm.text", "B")}),
    ("no likelihood", WITHHELD, {"harm": Harm("It hurts.")}, {("EXM-04", "harm.likelihood", "B")}),
    ("a likelihood of could", WITHHELD, {"harm": Harm("It hurts.", "could")}, {("EXM-04", "harm.likelihood", "B")}),
    ("30 and 31 at once", WITHHELD, {"citations": ("30(1)(b)", "31(1)(a)")}, {("EXM-05", "citations", "B")}),
    ("23 and 24 at once", WITHHELD, {"citations": ("23(1)", "24(1)")}, {("EXM-05", "citations", "B")}),
    ("section 35", WITHHELD, {"citations": ("35(1)(a)",)}, {("EXM-07", "citations", "B")}),
    ("section 36 without the opinion", WITHHELD, {"citations": ("36(2)(c)",)}, {("EXM-07", "opinion", "B")}),
    ("section 33", WITHHELD, {"citations": ("33(2)",)}, {("EXM-07", "citations", "W")}),
    ("40(2) without its condition", NAMES, {"citations": ("40(2)",)}, {("EXM-09", "citations", "B")}),
    ("a condition without 40(2)", NAMES, {"citations": ("40(3A)(a)",)}, {("EXM-09", "citations", "B")}),
    (
        "numbering of before 2018",
        NAMES,
        {"citations": ("40(2)", "40(3)")},
        {("EXM-09", "citations", "B")},
    ),
    ("an ncnd decision that answers", NEITHER, {"answer": "None."}, {("RN-05", "answer", "B")}),
    ("an ncnd decision that tells of searches", NEITHER, {"searches": "All."}, {("RN-05", "searches", "B")}),
    (
        "other information where nothing is confirmed",
        NEITHER,
        {"other_information": ANY_OTHER},
        {("RN-05", "other_information", "B")},
    ),
    (
        "other information beside none held",
        NOT_HELD,
        {"other_information": ANY_OTHER},
        {("RN-05", "other_information", "B")},
    ),
    (
        "disclosed in full and yet other information refused",
        DISCLOSED,
        {"other_information": ANY_OTHER},
        {("RN-01", "outcome", "B")},
    ),
    (
        "other information under withholding provisions and without a balance",
        BOTH,
        {"other_information": replace(ANY_OTHER, citations=("24(1)",), balance="")},
        {("EXM-02", "other_information.citations", "B"), ("EXM-03", "other_information.balance", "B")},
    ),
    (
        "a test for an absolute exemption",
        NAMES,
        {"factors": WEIGHED, "balance": "Withhold."},
        {("RN-09", "balance", "W")},
    ),
    ("harm for an absolute exemption", NAMES, {"harm": HARM}, {("RN-09", "harm.text", "W")}),
    ("not held yet exempt", NOT_HELD, {"citations": ("24(1)",)}, {("RN-11", "citations", "B")}),
    ("not held without searches", NOT_HELD, {"searches": ""}, {("RN-11", "searches", "B")}),
    ("a pointer without a way there", NOT_HELD, {"pointer": Pointer(name="NPCC")}, {("RN-11", "pointer.contact", "B")}),
    (
        "a pointer to nobody",
        NOT_HELD,
        {"pointer": Pointer(contact="foi@example.org")},
        {("RN-11", "pointer.name", "B")},
    ),
    (
        "a pointer that is no web address",
        NOT_HELD,
        {"pointer": Pointer(name="NPCC", url="javascript:alert(1)")},
        {("RN-17", "pointer.url", "B")},
    ),
    ("already accessible, nowhere said", ELSEWHERE, {"pointer": Pointer()}, {("RN-17", "pointer.url", "B")}),
    (
        "section 21 relied on within a refusal, nowhere said",
        WITHHELD,
        {"citations": ("21(1)", "24(1)")},
        {("RN-17", "pointer.url", "B")},
    ),
    ("already accessible without section 21", ELSEWHERE, {"citations": ()}, {("RN-03", "citations", "B")}),
    ("already accessible under another", ELSEWHERE, {"citations": ("23(1)",)}, {("RN-03", "citations", "B")}),
]


@pytest.mark.parametrize(
    ("decision", "changes", "expected"), [fault[1:] for fault in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_a_fault_is_found_with_its_rule_its_field_and_what_to_do(
    decision: PartDecision, changes: dict[str, Any], expected: set[tuple[str, str, str]]
) -> None:
    findings = [each for each in check_part(replace(decision, **changes), DAY) if each.severity != "I"]
    assert {(finding.rule, finding.field, finding.severity) for finding in findings} == expected
    assert all(finding.message and finding.next_step for finding in findings)


def test_a_decision_with_nothing_in_it_is_told_everything_at_once() -> None:
    findings = check_part(replace(NEITHER, factors=(), balance="", harm=Harm()))
    assert [finding.field for finding in findings] == ["harm.text", "harm.likelihood", "factors", "factors", "balance"]


@pytest.mark.parametrize(
    ("outcomes", "overall"),
    [
        ("disclosed", "disclosed_in_full"),
        ("disclosed disclosed not_held", "disclosed_in_full"),
        ("disclosed withheld not_held", "disclosed_in_part"),
        ("disclosed ncnd", "disclosed_in_part"),
        ("disclosed already_accessible", "disclosed_in_part"),
        ("partly_disclosed", "disclosed_in_part"),
        ("partly_disclosed withheld", "disclosed_in_part"),
        ("withheld", "refused"),
        ("withheld not_held", "refused"),
        ("withheld ncnd", "refused"),
        ("withheld already_accessible", "refused"),
        ("ncnd already_accessible", "refused"),
        ("ncnd ncnd", "ncnd"),
        ("ncnd not_held", "ncnd"),
        ("already_accessible", "already_accessible"),
        ("already_accessible not_held", "already_accessible"),
        ("not_held not_held", "not_held"),
        ("cost_refused", "refused"),
        ("disclosed cost_refused", "disclosed_in_part"),
        ("vexatious repeated not_held", "refused"),
    ],
)
def test_the_outcome_of_a_case_is_derived_from_its_parts(outcomes: str, overall: str) -> None:
    assert overall_outcome(outcomes.split()) == overall
    assert overall in OVERALL


@pytest.mark.parametrize("outcomes", ["", "granted", "disclosed granted"])
def test_no_parts_or_an_unknown_outcome_come_to_nothing(outcomes: str) -> None:
    with pytest.raises(ValueError, match="one part or more"):
        overall_outcome(outcomes.split())


def test_section_17_applies_to_every_outcome_that_refuses_something() -> None:
    refusing = {code for code, outcome in OUTCOMES.items() if outcome.refuses}
    assert refusing == {"partly_disclosed", "withheld", "ncnd", "already_accessible", *PROVISIONS_OF}
    assert {code for code in refusing if not OUTCOMES[code].exempts} == set(PROVISIONS_OF)
