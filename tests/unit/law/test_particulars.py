"""What letters say about complaining, as it stood on the day."""

from datetime import date

import pytest

from shared.law.particulars import NoParticulars, particulars


def test_a_letter_names_the_review_periods_the_regulator_and_the_act() -> None:
    told = particulars(date(2026, 6, 12))
    assert told.act.name == "Freedom of Information Act 2000"
    assert told.internal_review.ask_within_working_days == 40
    assert told.internal_review.answer_within_working_days == 20
    assert told.regulator.name == "Information Commissioner"
    assert told.regulator.address[-1] == "SK9 5AF"
    assert told.regulator.website == "https://ico.org.uk"


def test_periods_that_no_code_had_yet_set_are_not_made_up() -> None:
    assert particulars(date(2018, 7, 4)).internal_review.valid_from == date(2018, 7, 4)
    with pytest.raises(
        NoParticulars, match="no InternalReview valid on 2018-07-03; the first is valid from 2018-07-04"
    ):
        particulars(date(2018, 7, 3))
