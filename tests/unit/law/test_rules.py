"""Each rule about decisions with what breaks it: a lawful decision, one change, and the finding that comes of it."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from shared.law.cost import Estimate, EstimateLine
from shared.law.grounds import Balance, Certificate, Factor, Grounds, Harm, Opinion, PersonalData, Showing
from shared.law.outcomes import PartDecision, Pointer, check_part
from shared.law.procedural_refusals import EarlierRequest
from tests.unit.law.test_outcomes import DAY, DISCLOSED, HARM, NAMES, NEITHER, PEOPLE, WEIGHED, WITHHELD

MINUTES = EstimateLine(
    activity="locating", system="The case system", records=9_000, sample_records=20, sample_minutes=Fraction(7)
)
ESTIMATE = Estimate(lines=(MINUTES,), method="Twenty records were timed.", on=DAY, advice="Ask for one year.")
COST = PartDecision(label="1", outcome="cost_refused", citations=("12(1)",), estimate=ESTIMATE)
VEXATIOUS = PartDecision(
    label="1",
    outcome="vexatious",
    citations=("14(1)",),
    considered="It is the fortieth request about one parking space; what it would add is of no value to anybody.",
)
EARLIER = EarlierRequest(
    reference="FOI 1/26",
    complied_with=True,
    same_requester=True,
    similarity="Both ask for the same table.",
    interval="It was answered a week ago and the table changes once a year.",
)
REPEATED = PartDecision(label="1", outcome="repeated", citations=("14(2)",), earlier=EARLIER)


def opinion(**changes: Any) -> Opinion:
    given = {"office": "Chief Constable", "on": DAY, "citations": ("36(2)(c)",), "likelihood": "would be likely to"}
    return Opinion(**{**given, **changes})


def showing(*texts: tuple[str, str]) -> dict[str, Any]:
    return {"showings": tuple(Showing(*each) for each in texts)}


CANDID = replace(WITHHELD, citations=("36(2)(c)",), opinion=opinion())
CERTIFIED = replace(
    WITHHELD,
    citations=("24(1)",),
    certificates=(Certificate(provision="24(3)", by="the Home Secretary", on=DAY, scope="Everything asked for."),),
)
PUBLISHING = replace(
    WITHHELD, citations=("22(1)",), harm=Harm(), **showing(("settled intention", "Decided in May for September."))
)
CONFIDENCE = PartDecision(
    label="1",
    outcome="withheld",
    citations=("41(1)",),
    **showing(
        ("confider", "A partner agency."),
        ("actionable breach", "It was given in confidence and would harm the agency."),
        ("public interest defence", "It was weighed and does not outweigh the confidence."),
    ),
)
PRIVILEGED = replace(
    WITHHELD, citations=("42(1)",), harm=Harm(), **showing(("privilege", "Advice privilege, not waived."))
)
COMMERCIAL = replace(
    WITHHELD,
    citations=("43(2)",),
    **showing(("whose interests", "The supplier’s."), ("own evidence", "The supplier says so in its letter.")),
)
FORBIDDEN = PartDecision(
    label="1",
    outcome="withheld",
    citations=("44(1)(a)",),
    **showing(("enactment", "Section 57 of the Investigatory Powers Act 2016.")),
)
DANGEROUS = replace(WITHHELD, citations=("38(1)(b)",), harm=Harm("It would endanger the officers named.", "would"))
OLD = replace(WITHHELD, citations=("30(1)(b)",), harm=Harm(), oldest_record=date(2010, 5, 1))
APART = replace(
    WITHHELD,
    citations=("24(1)", "31(1)(a)"),
    balance="",
    balances=(Balance(("24(1)",), "Withhold."), Balance(("31(1)(a)",), "Withhold.")),
)
SOUND = {
    "cost": COST,
    "12(2)": replace(
        COST,
        citations=("12(2)",),
        estimate=replace(ESTIMATE, lines=(replace(MINUTES, activity="determining"),), only_whether_held=True),
    ),
    "vexatious": VEXATIOUS,
    "repeated": REPEATED,
    "36": CANDID,
    "36 for statistics": replace(CANDID, opinion=None, statistical=True),
    "a certificate": CERTIFIED,
    "22": PUBLISHING,
    "41": CONFIDENCE,
    "42": PRIVILEGED,
    "43": COMMERCIAL,
    "44": FORBIDDEN,
    "38": DANGEROUS,
    "recent records": OLD,
    "balances apart": APART,
    "factors apart": replace(APART, factors=tuple(replace(each, citations=("24(1)", "31(1)(a)")) for each in WEIGHED)),
    "ncnd beside a published pointer": replace(
        NEITHER, pointer=Pointer(name="Statistics", url="https://stats.example.invalid/")
    ),
    "ncnd, whether held": replace(NEITHER, harm=replace(HARM, text="To say whether records are held by us tells it.")),
}


@pytest.mark.parametrize("decision", SOUND.values(), ids=SOUND)
def test_what_keeps_the_rules_is_lawful(decision: PartDecision) -> None:
    assert [each for each in check_part(decision, DAY) if each.severity != "I"] == []


def harm(text: str) -> dict[str, Any]:
    return {"harm": replace(HARM, text=text)}


def against(text: str) -> dict[str, Any]:
    return {"factors": (*WEIGHED, Factor("favouring non-disclosure", text))}


BREACHES: list[tuple[str, PartDecision, dict[str, Any], str, str]] = [
    ("ACC-01", VEXATIOUS, {"considered": " "}, "considered", "W"),
    ("ACC-01", VEXATIOUS, {"considered": "We are short-staffed."}, "considered", "W"),
    ("ACC-01", VEXATIOUS, {"considered": "The requester is vexatious."}, "considered", "W"),
    ("ACC-01", WITHHELD, {"considered": "Its motive."}, "considered", "B"),
    ("ACC-02", REPEATED, {"earlier": None}, "earlier.reference", "B"),
    ("ACC-02", REPEATED, {"earlier": replace(EARLIER, complied_with=False)}, "earlier.complied_with", "B"),
    ("ACC-02", REPEATED, {"earlier": replace(EARLIER, same_requester=False)}, "earlier.same_requester", "B"),
    ("ACC-02", REPEATED, {"earlier": replace(EARLIER, similarity="")}, "earlier.similarity", "B"),
    ("ACC-02", REPEATED, {"earlier": replace(EARLIER, interval="")}, "earlier.interval", "B"),
    ("ACC-02", DISCLOSED, {"earlier": EARLIER}, "earlier", "B"),
    ("CON-04", COMMERCIAL, showing(("whose interests", "The supplier’s.")), "showings.own evidence", "W"),
    ("CST-01", COST, {"estimate": replace(ESTIMATE, on=date(1999, 1, 1))}, "estimate.on", "B"),
    ("CST-02", COST, {"estimate": replace(ESTIMATE, lines=(replace(MINUTES, records=20),))}, "estimate.lines", "B"),
    (
        "CST-04",
        COST,
        {"estimate": replace(ESTIMATE, lines=(MINUTES, replace(MINUTES, activity="redaction")))},
        "estimate.lines[1].activity",
        "B",
    ),
    ("CST-05", COST, {"estimate": None}, "estimate", "B"),
    ("CST-09", COST, {"citations": ("12(2)",)}, "citations", "B"),
    ("CST-10", COST, {"estimate": replace(ESTIMATE, advice="")}, "estimate.advice", "W"),
    ("CST-11", COST, {"harm": HARM}, "harm.text", "B"),
    ("CST-11", COST, {"factors": WEIGHED, "balance": "Refuse."}, "harm.text", "B"),
    ("CST-11", COST, {"citations": ("12(1)", "31(1)(a)")}, "citations", "B"),
    ("CST-11", WITHHELD, {"citations": ("12(1)", "24(1)")}, "citations", "B"),
    ("CST-11", WITHHELD, {"estimate": ESTIMATE}, "estimate", "B"),
    ("EXM-01", WITHHELD, {"citations": ("31(1)",)}, "citations", "B"),
    ("EXM-01", WITHHELD, {"citations": ("23(2)",)}, "citations", "B"),
    ("EXM-02", NEITHER, {"citations": ("31(1)(a)",)}, "citations", "B"),
    ("EXM-02", WITHHELD, {"citations": ("31(3)",)}, "citations", "B"),
    ("EXM-03", WITHHELD, {"balance": ""}, "balance", "B"),
    ("EXM-03", APART, {"balances": APART.balances[:1]}, "balance", "B"),
    ("EXM-03", APART, {"factors": (WEIGHED[0], replace(WEIGHED[1], citations=("24(1)",)))}, "factors", "B"),
    ("EXM-04", WITHHELD, {"harm": Harm()}, "harm.text", "B"),
    ("EXM-04", WITHHELD, {"harm": Harm("It hurts.", "may")}, "harm.likelihood", "B"),
    ("EXM-04", DANGEROUS, {"harm": Harm("Officers would be found.", "would")}, "harm.text", "W"),
    ("EXM-05", WITHHELD, {"citations": ("23(1)", "24(1)")}, "citations", "B"),
    ("EXM-05", WITHHELD, {"citations": ("30(1)(b)", "31(1)(a)")}, "citations", "B"),
    ("EXM-07", WITHHELD, {"citations": ("35(1)(a)",)}, "citations", "B"),
    ("EXM-07", WITHHELD, {"citations": ("33(2)",)}, "citations", "W"),
    ("EXM-07", CANDID, {"opinion": None}, "opinion", "B"),
    ("EXM-07", CANDID, {"opinion": opinion(office="Deputy Chief Constable")}, "opinion.office", "B"),
    ("EXM-07", CANDID, {"opinion": opinion(office="Head of Legal, for the Chief Constable")}, "opinion.office", "B"),
    ("EXM-07", CANDID, {"opinion": opinion(office="")}, "opinion.office", "B"),
    ("EXM-07", CANDID, {"opinion": opinion(on=None)}, "opinion.on", "B"),
    ("EXM-07", CANDID, {"opinion": opinion(on=date(2026, 7, 1))}, "opinion.on", "B"),
    ("EXM-07", CANDID, {"opinion": opinion(citations=("36(2)(b)(i)",))}, "opinion.citations", "B"),
    ("EXM-07", CANDID, {"opinion": opinion(likelihood="might")}, "opinion.likelihood", "B"),
    ("EXM-07", CANDID, {"opinion": opinion(likelihood="would")}, "harm.likelihood", "B"),
    ("EXM-07", NEITHER, {"citations": ("36(3)",), "opinion": opinion()}, "opinion.citations", "B"),
    ("EXM-07", WITHHELD, {"opinion": opinion()}, "opinion", "B"),
    (
        "EXM-08",
        WITHHELD,
        {"citations": ("31(1)(a)",), "certificates": CERTIFIED.certificates},
        "certificates[0].provision",
        "B",
    ),
    ("EXM-08", CERTIFIED, {"certificates": (Certificate(provision="24(3)"),)}, "certificates[0].on", "I"),
    ("EXM-03", CERTIFIED, {"balance": ""}, "balance", "B"),
    ("EXM-09", NAMES, {"personal_data": None}, "personal_data.interest", "B"),
    ("EXM-09", NAMES, {"personal_data": replace(PEOPLE, whose="")}, "personal_data.whose", "B"),
    ("EXM-09", NAMES, {"personal_data": replace(PEOPLE, necessity="")}, "personal_data.necessity", "B"),
    ("EXM-09", NAMES, {"personal_data": replace(PEOPLE, balance="")}, "personal_data.balance", "B"),
    ("EXM-09", NAMES, {"personal_data": replace(PEOPLE, fairness="")}, "personal_data.fairness", "I"),
    ("EXM-09", NAMES, {"citations": ("40(2)", "40(3)")}, "citations", "B"),
    (
        "EXM-09",
        NAMES,
        {"personal_data": replace(PEOPLE, balance="Condition six is not met.")},
        "personal_data.balance",
        "B",
    ),
    (
        "EXM-09",
        NAMES,
        {"personal_data": replace(PEOPLE, interest="Under the DPA 1998, none.")},
        "personal_data.interest",
        "B",
    ),
    (
        "EXM-09",
        NAMES,
        {"personal_data": replace(PEOPLE, fairness="The GDPR asks for it.")},
        "personal_data.fairness",
        "W",
    ),
    ("EXM-09", NAMES, {"personal_data": replace(PEOPLE, necessity="Article 6(1)(e).")}, "personal_data.necessity", "W"),
    ("EXM-09", WITHHELD, harm("Section 40(5) would be broken."), "harm.text", "B"),
    ("EXM-10", APART, {"balances": (*APART.balances, Balance(("43(2)",), "Withhold."))}, "balances[2].citations", "B"),
    (
        "EXM-10",
        WITHHELD,
        {
            "citations": ("24(1)", "40(2)", "40(3A)(a)"),
            "personal_data": PEOPLE,
            "factors": (replace(WEIGHED[0], citations=("24(1)", "40(2)")), WEIGHED[1]),
        },
        "factors[0].citations",
        "B",
    ),
    ("EXM-10", APART, {"balances": (*APART.balances, Balance((), "Withhold."))}, "balances[2]", "B"),
    ("EXM-11", WITHHELD, {"as_at": None}, "as_at", "W"),
    ("EXM-12", WITHHELD, against("It only feeds curiosity."), "factors[2].text", "W"),
    ("EXM-12", WITHHELD, against("The figures would be misunderstood."), "factors[2].text", "W"),
    ("EXM-12", WITHHELD, against("It would bring bad publicity."), "factors[2].text", "W"),
    ("EXM-13", NEITHER, {"balance": "The information held by the force is sensitive."}, "balance", "B"),
    ("EXM-13", NEITHER, harm("The records we hold would tell whom we confirm."), "harm.text", "B"),
    ("EXM-13", NEITHER, harm("To confirm it would hurt ongoing investigations."), "harm.text", "W"),
    ("EXM-13", NEITHER, {"advice": "We do not hold the rest. We hold this elsewhere."}, "advice", "B"),
    ("EXM-13", NEITHER, {"pointer": Pointer(name="Another force", contact="its team")}, "pointer.contact", "W"),
    ("EXM-14", NEITHER, {"official_confirmation": " "}, "official_confirmation", "W"),
    ("EXM-16", OLD, {"oldest_record": date(2005, 12, 31)}, "oldest_record", "B"),
    ("EXM-16", OLD, {"oldest_record": None}, "oldest_record", "I"),
    ("RN-01", COST, {"answer": "Twelve."}, "answer", "B"),
    ("RN-03", VEXATIOUS, {"citations": ("31(1)(a)",)}, "citations", "B"),
    ("RN-03", REPEATED, {"citations": ()}, "citations", "B"),
    ("RN-05", NEITHER, {"searches": "Everything was searched."}, "searches", "B"),
    ("RN-06", NEITHER, harm("Disclosure would tell criminals where to go."), "harm.text", "B"),
    ("RN-06", WITHHELD, harm("Confirming or denying it would tell criminals."), "harm.text", "B"),
    ("RN-07", WITHHELD, harm("It could possibly tell criminals where to go."), "harm.text", "W"),
    ("RN-07", WITHHELD, harm("It may lead criminals to victims."), "harm.text", "W"),
    ("RN-08", NEITHER, {"balance": "The public interest lies against disclosure."}, "balance", "B"),
    ("RN-08", NEITHER, {"factors": WEIGHED}, "factors[0].side", "B"),
    ("RN-09", NAMES, {"balance": "Withhold."}, "balance", "W"),
    ("RN-09", VEXATIOUS, {"balance": "Refuse."}, "harm.text", "W"),
    ("RN-12", WITHHELD, {"personal_data": PersonalData(whose="Officers.")}, "personal_data", "B"),
    ("TRI-02", NAMES, {"citations": ("40(1)",), "personal_data": None}, "citations", "W"),
    ("TRI-03", WITHHELD, {"citations": ("39(1)(a)",), "harm": Harm()}, "citations", "W"),
    ("s17(1)(c)", PUBLISHING, {"showings": ()}, "showings.settled intention", "B"),
    ("s17(1)(c)", CONFIDENCE, {"showings": CONFIDENCE.showings[:1]}, "showings.actionable breach", "B"),
    ("s17(1)(c)", CONFIDENCE, {"showings": CONFIDENCE.showings[:2]}, "showings.public interest defence", "W"),
    ("s17(1)(c)", PRIVILEGED, showing(("privilege", "It is privileged.")), "showings.privilege", "B"),
    ("s17(1)(c)", COMMERCIAL, showing(("own evidence", "A letter.")), "showings.whose interests", "B"),
    ("s17(1)(c)", FORBIDDEN, {"showings": ()}, "showings.enactment", "B"),
    ("s17(1)(c)", WITHHELD, showing(("enactment", "An Act.")), "showings[0].what", "B"),
]


@pytest.mark.parametrize(
    ("rule", "decision", "changes", "field", "severity"), BREACHES, ids=[f"{row[0]} {row[3]}" for row in BREACHES]
)
def test_a_breach_is_found(
    rule: str, decision: PartDecision, changes: dict[str, Any], field: str, severity: str
) -> None:
    findings = check_part(replace(decision, **changes), DAY)
    assert (rule, field, severity) in {(each.rule, each.field, each.severity) for each in findings}
    assert all(each.message and each.next_step for each in findings)


def test_the_day_of_the_letter_decides_what_is_old_law() -> None:
    decision = replace(NAMES, personal_data=replace(PEOPLE, fairness="The GDPR asks for it."))
    rules = {day: [each.rule for each in check_part(decision, day)] for day in (date(2020, 12, 31), date(2021, 1, 1))}
    assert rules == {date(2020, 12, 31): [], date(2021, 1, 1): ["EXM-09"]}


def test_what_is_refused_of_other_information_is_checked_alike() -> None:
    other = Grounds(citations=("31(3)",), harm=HARM)
    found = {(each.field, each.rule) for each in check_part(replace(WITHHELD, other_information=other), DAY)}
    assert {
        ("other_information.balance", "EXM-03"),
        ("other_information.as_at", "EXM-11"),
        ("other_information.official_confirmation", "EXM-14"),
    } <= found
