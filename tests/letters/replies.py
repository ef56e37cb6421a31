"""Replies to render: the shapes that real cases take, in words of our own."""

from dataclasses import replace
from typing import Any

from shared.contracts.response import (
    AnsweredPart,
    Attachment,
    Balance,
    Certificate,
    CostEstimate,
    EstimateLine,
    Opinion,
    PersonalData,
    Pointer,
    Reasons,
    Response,
    Showing,
)

NPCC = Pointer(
    name="National Police Chiefs’ Council, Central Referral Unit",
    contact="foi@npcc.example.invalid",
    url="https://www.npcc.example.invalid/foi",
)
STATISTICS = Pointer(
    name="Home Office, Individuals referred to Prevent, yearly tables D1 to D4",
    contact="",
    url="https://www.gov.uk/government/collections/individuals-referred-to-prevent",
)
TACTICS = Reasons(
    citations=("24(1)", "31(1)(a)", "31(1)(b)"),
    harm=(
        "The answers name the systems that a referral does and does not reach.\n\n"
        "Somebody who expects to be referred could use them to judge what is known about them, and to keep what they "
        "plan out of those systems. Officers would learn of plans later, or not at all."
    ),
    likelihood="would be likely to",
    factors_for=(
        "People who may be referred have an interest in knowing where their data goes.",
        "It would inform debate about a programme that is argued over.",
    ),
    factors_against=(
        "Warnings that are missed cannot be made good afterwards.",
        "Partners share what they know because they trust that it is kept safe.",
    ),
    balance=(
        "How the programme works in general is published. What these answers would add tells the public little and "
        "somebody who plans violence a great deal, so the interest in maintaining the exemptions is the greater."
    ),
)
PEOPLE = Reasons(
    citations=("40(2)", "40(3A)(a)"), harm="", likelihood="", factors_for=(), factors_against=(), balance=""
)
DENIAL = Reasons(
    citations=("24(2)", "31(3)"),
    harm="To say for one area whether such a person is known tells that person, or others, how closely it is watched.",
    likelihood="would",
    factors_for=("The public should know that risks are looked for.",),
    factors_against=("Over time, answers of yes and no draw a map.",),
    balance="National figures meet most of the interest; a map of areas outweighs the rest.",
)
ELSEWHERE = Reasons(citations=("21(1)",), harm="", likelihood="", factors_for=(), factors_against=(), balance="")


def part(
    label: str, outcome: str, wording: str, kind: str = "question", parent: str = "", **given: Any
) -> AnsweredPart:
    blank = {"answer": "", "searches": "", "reasons": None, "other_information": None, "pointer": None}
    return AnsweredPart(label=label, parent=parent, kind=kind, wording=wording, outcome=outcome, **{**blank, **given})


SEARCHED = "The Prevent team and the policy library were searched by title and by the words “watchlist” and “template”."
NINE = Response(
    reference="01.FOI.23.029461",
    title="Prevent case management",
    authorities=("metropolitan",),
    received_on="2023-03-02",
    overall="disclosed_in_part",
    parts=(
        part("0", "", "The Prevent policy of 2020 describes how referrals are handled.", "preamble"),
        part("1", "", "It says that these are searched:\n- the Police National Computer\n- local systems", "context"),
        part("1a", "withheld", "Are referrals added to them?", parent="1", reasons=TACTICS),
        part("1b", "withheld", "Is a note added to them?", parent="1", reasons=TACTICS),
        part("1c", "disclosed", "Does data from them go into the case system?", parent="1", answer="Yes."),
        part("2", "disclosed", "Are case notes deleted?", answer="Yes, as the retention schedule says:\n- six years"),
        part("3", "already_accessible", "How many referrals were there?", reasons=ELSEWHERE, pointer=STATISTICS),
        part("4", "not_held", "Please release the guidance on watchlists.", searches=SEARCHED, pointer=NPCC),
        part("4.1", "", "For how long is data kept?", "sub_question", parent="4"),
        part("5", "not_held", "Please release the template.", searches=SEARCHED, pointer=NPCC),
        part("7", "ncnd", "Was anybody in Hackney added this year?", reasons=DENIAL, pointer=STATISTICS),
        part("9", "partly_disclosed", "Who was consulted?", answer="- Home Office: lead", reasons=PEOPLE),
    ),
    attachments=(
        Attachment(
            digest="0" * 64, media_type="application/pdf", size=48_213, name="Retention schedule.pdf", parts=("2",)
        ),
    ),
)
ALL_DENIED = replace(
    NINE,
    reference="100 - 25",
    authorities=("cleveland",),
    overall="ncnd",
    parts=tuple(part(label, "ncnd", f"Question {label}?", reasons=DENIAL) for label in ("1", "2", "3", "4")),
    attachments=(),
)
TWO_AUTHORITIES = replace(
    NINE,
    reference="FOI 001905/19",
    authorities=("norfolk", "suffolk"),
    overall="disclosed_in_full",
    parts=(
        part("1", "disclosed", "Do you have a database of your own?", answer="No."),
        part("2", "disclosed", "Can you see a national one?", answer="Yes, both of us can."),
        part("5", "not_held", "Who else can see it?", searches="Both forces asked their Prevent leads."),
    ),
    attachments=(),
)
WITHHELD_AND_OTHER = replace(
    NINE,
    reference="151_18",
    authorities=("west-midlands",),
    overall="refused",
    parts=tuple(
        part(label, "withheld", f"Question {label}?", reasons=TACTICS, other_information=DENIAL) for label in ("1", "2")
    ),
    attachments=(),
)
IN_THE_ALTERNATIVE = replace(
    WITHHELD_AND_OTHER,
    parts=(part("1", "withheld", "What came from them?", reasons=replace(TACTICS, citations=("23(1)", "24(1)"))),),
)
ALL = {
    "nine": NINE,
    "all denied": ALL_DENIED,
    "two authorities": TWO_AUTHORITIES,
    "withheld and other": WITHHELD_AND_OTHER,
    "in the alternative": IN_THE_ALTERNATIVE,
}
COST = CostEstimate(
    provision="12(1)",
    method=(
        "Custody records do not have a field for this. Each would have to be read. We read twenty of them, chosen at "
        "random, and timed it."
    ),
    lines=(
        EstimateLine(
            activity="locating", system="Custody system", records=1, minutes_each="45", sample_records=0, minutes=45
        ),
        EstimateLine(
            activity="extracting",
            system="Custody system",
            records=1_240,
            minutes_each="3.5",
            sample_records=20,
            minutes=4_340,
        ),
    ),
    minutes=4_385,
    pence=182_709,
    limit_pence=45_000,
    pence_per_hour=2_500,
)
ADVICE = "If you ask for one month instead of five years, we expect to be able to answer within the limit."
REFUSED_OTHERWISE = replace(
    NINE,
    reference="2022/25709",
    authorities=("gwent",),
    overall="refused",
    parts=(
        part("1", "cost_refused", "How many people in custody had been stopped?", estimate=COST, advice=ADVICE),
        part("2", "cost_refused", "And how many in the five years before?", estimate=COST, advice=ADVICE),
        part(
            "3",
            "cost_refused",
            "Do you hold any note of a visit?",
            estimate=replace(
                COST,
                provision="12(2)",
                lines=(replace(COST.lines[1], activity="determining"),),
                minutes=4_340,
                pence=180_834,
                together_with=("2022/25700", "2022/25701"),
            ),
            advice="We see no way to bring this within the limit.",
        ),
        part(
            "4",
            "vexatious",
            "Please send the same question to every officer.",
            considered="To ask every officer would take weeks.\n\nWe see little value in it to the public.",
        ),
        part(
            "5",
            "repeated",
            "How many referrals were there in 2021?",
            earlier="2022/25650",
            considered="We gave you this figure on 4 May 2022. It has not changed since.",
            advice="The figure for 2022 will be published in December.",
        ),
    ),
    attachments=(),
)
RICH = replace(
    NINE,
    reference="151_18",
    authorities=("west-midlands",),
    overall="refused",
    parts=(
        part(
            "1",
            "withheld",
            "What did the panel advise?",
            reasons=replace(
                TACTICS,
                citations=("36(2)(b)(i)", "42(1)"),
                balances=(Balance(citations=("42(1)",), text="Advice that may be read by anybody is not sought."),),
                as_at="2023-03-30",
                opinion=Opinion(
                    office="Chief Constable",
                    on="2023-03-20",
                    citations=("36(2)(b)(i)",),
                    likelihood="would be likely to",
                ),
                showings=(Showing(what="privilege", text="Legal advice privilege, which was not waived."),),
            ),
        ),
        part(
            "2",
            "withheld",
            "Who sat on it?",
            reasons=replace(
                PEOPLE,
                personal_data=PersonalData(
                    whose="Three members of the public, who would be known from their posts.",
                    interest="The public has an interest in knowing who advises the police.",
                    necessity="Their organisations are published, which serves that interest.",
                    balance="They were promised that they would not be named, and nothing outweighs that.",
                    fairness="To name them would be a surprise to them.",
                ),
            ),
        ),
        part(
            "3",
            "withheld",
            "What came from the agencies?",
            reasons=replace(
                PEOPLE,
                citations=("23(1)",),
                certificates=(
                    Certificate(
                        provision="23(2)", by="the Home Secretary", on="2023-03-21", scope="Two letters of 2021."
                    ),
                ),
            ),
        ),
    ),
    attachments=(),
)
ALL |= {"refused otherwise": REFUSED_OTHERWISE, "rich in reasons": RICH}
