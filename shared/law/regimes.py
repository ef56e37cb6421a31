"""The regimes under which recorded information is asked for by working days, as far as their clocks differ.

The Freedom of Information Act 2000, the Environmental Information Regulations 2004 (CLK-23) and the Freedom of
Information (Scotland) Act 2002 (TRI-11), which each have their own calendar, extension and provisions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from shared.law.calendar import SCOTLAND, UNION, Calendar

RegimeName = Literal["foia", "eir", "foisa"]


@dataclass(frozen=True, kw_only=True)
class Regime:
    """How one regime counts. All numbers are working days.

    `ground` is what may extend the time to `extended_days`: a public interest test, which leaves the due date of the
    notice where it is, or a request both complex and voluminous, which moves the due date itself; None: nothing may.
    `fee_days`: working days to pay after a fees notice; None: three calendar months beginning with it. The provisions
    are named as working and findings quote them.
    """

    name: RegimeName
    calendar: Calendar
    response_days: int = 20
    extended_days: int = 40
    ground: Literal["public interest", "complex and voluminous"] | None
    fee_days: int | None = None
    review_days: int
    time_limit: str
    working_day: str
    clarification: str
    receipt_after_clarification: str
    fees: str
    disregard: str


REGIMES: Mapping[str, Regime] = {
    regime.name: regime
    for regime in (
        Regime(
            name="foia",
            calendar=UNION,
            ground="public interest",
            review_days=20,
            time_limit="section 10(1)",
            working_day="every bank holiday in any part of the United Kingdom (section 10(6))",
            clarification="section 1(3)",
            receipt_after_clarification="section 10(6)(b)",
            fees="section 9(2)",
            disregard="section 10(2)",
        ),
        Regime(
            name="eir",
            calendar=UNION,
            ground="complex and voluminous",
            fee_days=60,
            review_days=40,
            time_limit="regulation 5(2)",
            working_day="every bank holiday in any part of the United Kingdom (regulation 2(1))",
            clarification="regulation 9(2)",
            receipt_after_clarification="regulation 9(4)",
            fees="regulation 8(5)",
            disregard="regulation 8(6)",
        ),
        Regime(
            name="foisa",
            calendar=SCOTLAND,
            ground=None,
            review_days=20,
            time_limit="section 10(1) of the Scottish Act",
            working_day="every bank holiday in Scotland (section 73 of the Scottish Act)",
            clarification="section 1(3) of the Scottish Act",
            receipt_after_clarification="section 10(1)(b) of the Scottish Act",
            fees="section 9 of the Scottish Act",
            disregard="section 10(2) of the Scottish Act",
        ),
    )
}
