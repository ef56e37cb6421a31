"""Replies to publish, each after the pattern of one that a force has really given."""

from dataclasses import replace

from shared.contracts.response import AnsweredPart, Attachment, Pointer, Reasons, Response

HARM = Reasons(
    citations=("24(1)", "31(1)(a)", "31(1)(b)"),
    harm="To say which systems are searched would show those who mean harm where they leave traces.\n\n"
    "It would also show where they leave none.",
    likelihood="would be likely to",
    factors_for=("The public could see how referrals are handled.", "It would inform debate about the programme."),
    factors_against=("Tactics would have to be changed at public cost.",),
    balance="The interest in preventing crime outweighs that in disclosure, because the general method is public.",
)
DENIAL = Reasons(
    citations=("24(2)", "31(3)"),
    harm="Numbers for a small area would show where the programme is at work.",
    likelihood="would be likely to",
    factors_for=("The public would be better informed.",),
    factors_against=("Those who are watched would be warned.",),
    balance="Safeguarding national security outweighs the interest in confirming or denying.",
)
ACCESSIBLE = Reasons(citations=("21(1)",), harm="", likelihood="", factors_for=(), factors_against=(), balance="")
GUIDE = b"retention,years\nopen,6\n"
GUIDE_NAME = "retention guide.csv"


def part(label: str, wording: str, outcome: str = "", **more) -> AnsweredPart:
    usual = {
        "parent": "",
        "kind": "question",
        "answer": "",
        "searches": "",
        "reasons": None,
        "other_information": None,
        "pointer": None,
    }
    return AnsweredPart(**{**usual, "label": label, "wording": wording, "outcome": outcome, **more})


def attachment(digest: str) -> Attachment:
    return Attachment(digest=digest, media_type="text/csv", size=len(GUIDE), name=GUIDE_NAME, parts=("1c",))


NINE_QUESTIONS = Response(
    reference="01.FOI.23.029461",
    title="Prevent case management",
    authorities=("metropolitan",),
    received_on="2026-05-05",
    overall="disclosed_in_part",
    parts=(
        part("preamble", "The policy of 2020 provides a number of details. Please answer:", kind="preamble"),
        part("1", "The document notes that these are searched:\no PNC,\no PND,\no OpenSource", kind="context"),
        part("1a", "Are referrals also added to <those> databases?", "withheld", parent="1", reasons=HARM),
        part("1b", "Is a note added about referrals & notes?", "withheld", parent="1", reasons=HARM),
        part("1c", "Are data added to the PCDM?", "disclosed", parent="1", answer="Yes.\n\nSee the guide."),
        part(
            "4a",
            "Please also answer the following:",
            "not_held",
            searches="The case management system was searched for “watchlist”.",
            pointer=Pointer(name="Home Office", contact="FOI requests team", url="https://www.gov.uk/foi"),
        ),
        part("4a.1", "For how long are the data retained?", parent="4a", kind="sub_question"),
        part("4a.2", "What oversight is there?", parent="4a", kind="sub_question"),
        part(
            "5",
            "How many referrals were there?",
            "partly_disclosed",
            answer="There were 41 in the region.",
            other_information=DENIAL,
        ),
        part(
            "6",
            "Please send the national figures.",
            "already_accessible",
            reasons=ACCESSIBLE,
            pointer=Pointer(name="GOV.UK", contact="", url="https://www.gov.uk/prevent-statistics"),
        ),
        part("7", "Which places are watched?", "ncnd", reasons=DENIAL),
        part("8", "Thank you in advance.", kind="closing"),
    ),
    attachments=(),
)
TWO_AUTHORITIES = Response(
    reference="FOI 001905/19",
    title="Prevent database",
    authorities=("norfolk", "suffolk"),
    received_on="2026-05-05",
    overall="disclosed_in_full",
    parts=(
        part("1", "Does your force hold a Prevent database?", "disclosed", answer="No."),
        part("2", "Do others have access?", "not_held", searches="No list of them is kept."),
    ),
    attachments=(),
)
ALL_DENIED = Response(
    reference="100 - 25",
    title="Prevent referrals",
    authorities=("cleveland",),
    received_on="2026-03-02",
    overall="ncnd",
    parts=(part("1", "How many people were referred?", "ncnd", reasons=DENIAL),),
    attachments=(),
)


def numbered(number: int) -> Response:
    """One of many cases of one force."""
    reference = f"{number} - 26"
    return replace(ALL_DENIED, reference=reference, title=f"Request number {number}", received_on="2026-05-05")
