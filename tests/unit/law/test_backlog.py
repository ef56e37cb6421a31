"""The overdue requests by their age."""

from dataclasses import replace
from datetime import date

import pytest

from shared.law.backlog import backlog
from shared.law.case_facts import CaseFacts, PartFacts
from shared.law.clock import due_date

RECEIVED, DUE = date(2026, 6, 12), date(2026, 7, 14)
OPEN = CaseFacts(authorities=("one",), received_on=RECEIVED, due_on=DUE, parts=(PartFacts(label="1"),))


def test_the_backlog_is_counted_by_age():
    received = [date(2024, 6, 3), date(2025, 11, 3), date(2026, 2, 2), date(2026, 6, 12)]
    cases = [replace(OPEN, received_on=day, due_on=due_date(day)) for day in received]
    found = backlog(cases, date(2026, 7, 20))
    assert (found.total, found.up_to_six_months, found.over_six_months, found.over_twelve_months) == (4, 2, 2, 1)
    assert found.oldest_received_on == date(2024, 6, 3)
    assert backlog(cases, date(2026, 7, 20), authority="two").total == 0


@pytest.mark.parametrize(("on", "over"), [(date(2026, 2, 28), 0), (date(2026, 3, 1), 1)], ids=str)
def test_six_months_end_with_the_month_where_it_has_no_such_day(on, over):
    case = replace(OPEN, received_on=date(2025, 8, 31), due_on=due_date(date(2025, 8, 31)))
    assert backlog([case], on).over_six_months == over
