"""A notice of every kind, in words of our own, and the day on which it is given."""

from datetime import date
from typing import Any

from shared.letters.notice import Notice
from shared.letters.notices import (
    Acknowledgement,
    Clarification,
    Extension,
    FeesNotice,
    HoldingLetter,
    InvalidRequest,
    Lapse,
    OtherRegime,
    Transfer,
    Withdrawal,
)
from shared.letters.review_notices import Correction, ReviewAcknowledgement, ReviewedPart, ReviewOutcome

ABOUT: dict[str, Any] = {
    "reference": "100 - 26",
    "title": "Use of drones",
    "authorities": ("cleveland",),
    "received_on": date(2026, 6, 12),
}
DUE = date(2026, 7, 14)
EARLY, ON_TIME, LATE = date(2026, 6, 16), date(2026, 7, 10), date(2026, 7, 20)

ACKNOWLEDGEMENT = Acknowledgement(
    **ABOUT,
    due_on=DUE,
    skipped=(
        (date(2026, 6, 13), "Saturday"),
        (date(2026, 6, 14), "Sunday"),
        (date(2026, 6, 15), "a bank holiday in Scotland (World Cup)"),
        (date(2026, 7, 13), "a bank holiday in Northern Ireland (Battle of the Boyne, substitute day)"),
    ),
)
CLARIFICATION = Clarification(
    **ABOUT,
    parts=("2",),
    unclear="Please send me everything on the usual flights.",
    needed="Please tell us:\n- which flights you mean, by purpose or by place\n- which years you are interested in",
    lapse_on=date(2026, 8, 16),
    others_due_on=DUE,
)
FEES = FeesNotice(
    **ABOUT,
    amount_pence=4_250,
    purpose="Copies of 170 pages of plans that exist on paper only, at 25p a page.",
    how_to_pay="Call the number on our website and quote the reference, or send a cheque to Cleveland Police.",
    last_day_to_pay=date(2026, 9, 15),
)
EXTENSION = Extension(
    **ABOUT,
    parts=("1", "3"),
    citations=("31(1)(a)", "24(1)"),
    reason=(
        "To disclose when and where drones fly would be likely to help people who plan crimes to avoid them. We have "
        "yet to weigh that against the public’s interest in how they are watched."
    ),
    estimated_on=date(2026, 8, 10),
    due_on=DUE,
    others=True,
)
TRANSFER = Transfer(
    **ABOUT,
    parts=("4",),
    to="National Police Air Service",
    contact="foi@air-service.example.invalid",
    permitted_on=date(2026, 6, 15),
    transferred_on=date(2026, 6, 16),
    ours="We do not hold flight records of aircraft. We searched the records of our operations department.",
    due_on=DUE,
)
OTHER = OtherRegime(
    **ABOUT,
    regime="eir",
    why="You ask how loud the aircraft are, and noise is among what the Regulations call environmental information.",
    due_on=DUE,
)
HOLDING = HoldingLetter(
    **ABOUT,
    due_on=DUE,
    reason="The unit that flies the drones needed longer than we had planned to find its records for 2024.",
    expected_on=date(2026, 7, 31),
)
INVALID = InvalidRequest(
    **ABOUT,
    rules=("VAL-02", "VAL-04"),
    advice="You could ask, for example, how many flights there were in a year, or for the policy on filming.",
)
LAPSE = Lapse(
    **{**ABOUT, "received_on": date(2026, 5, 1)},
    parts=("2",),
    awaited="clarification",
    asked_on=date(2026, 5, 4),
    lapsed_on=date(2026, 7, 4),
)
REVIEW = ReviewAcknowledgement(
    **ABOUT, asked_on=date(2026, 7, 17), due_on=date(2026, 8, 17), latest_on=date(2026, 9, 15)
)
OUTCOME = ReviewOutcome(
    **ABOUT,
    asked_on=date(2026, 6, 17),
    responded_on=date(2026, 6, 16),
    due_on=DUE,
    reviewed=(
        ReviewedPart(parts=("1", "2"), result="upheld", reasons="The harm is real and follows from the information."),
        ReviewedPart(
            parts=("3",),
            result="partly_upheld",
            reasons="Yearly totals tell nobody where a drone will fly.",
            now="We disclose the totals:\n- 2024: 311 flights\n- 2025: 402 flights",
        ),
    ),
)
CORRECTION = Correction(
    **ABOUT,
    parts=("2",),
    responded_on=date(2026, 7, 1),
    wrong="We told you that notes are necessarily kept in the case system.",
    right="Notes are not necessarily kept in the case system: some are kept by the unit that took them.",
    effect="Our decision on the question does not change.",
)
GIVEN: dict[str, tuple[Notice, date]] = {
    "acknowledgement": (ACKNOWLEDGEMENT, EARLY),
    "clarification": (CLARIFICATION, EARLY),
    "fees-notice": (FEES, EARLY),
    "extension": (EXTENSION, ON_TIME),
    "transfer": (TRANSFER, EARLY),
    "other-regime": (OTHER, EARLY),
    "holding-letter": (HOLDING, LATE),
    "invalid-request": (INVALID, EARLY),
    "lapse": (LAPSE, LATE),
    "withdrawal": (Withdrawal(**ABOUT, withdrawn_on=EARLY), EARLY),
    "review-acknowledgement": (REVIEW, LATE),
    "review-outcome": (OUTCOME, LATE),
    "correction": (CORRECTION, LATE),
}
"""By kind."""
