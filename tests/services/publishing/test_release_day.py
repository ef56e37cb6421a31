"""What happens by itself when the day has come."""

from datetime import UTC, datetime

from tests.services.publishing.conftest import at
from tests.services.publishing.replies import ALL_DENIED, NINE_QUESTIONS

PATH = "/cleveland/disclosures/100-25"


def test_an_entry_is_released_at_nine_in_london_on_its_day_and_not_before(others, ticker, clock, public):
    others.answered(ALL_DENIED)
    clock.instant = datetime(2026, 6, 22, 7, 59, 59, tzinfo=UTC)
    assert ticker.run_once() == 0
    assert public.get(PATH).status_code == 404
    clock.move(seconds=1)
    assert ticker.run_once() == 1
    assert public.get(PATH).status_code == 200
    assert ticker.run_once() == 0


def test_a_held_entry_waits_and_comes_out_the_working_day_after_it_is_resumed(others, ticker, clock, public, publisher):
    case_id = others.answered(ALL_DENIED)
    publisher.post(f"/entries/{case_id}/hold", json={"reason": "A check."}, headers=at(1))
    clock.instant = datetime(2026, 7, 3, 12, tzinfo=UTC)  # a Friday, long after its day
    assert ticker.run_once() == 0
    resumed = publisher.post(f"/entries/{case_id}/resume", headers=at(2)).json
    assert resumed["release_on"] == "2026-07-06"
    assert ticker.run_once() == 0
    assert public.get(PATH).status_code == 404
    clock.instant = datetime(2026, 7, 6, 8, tzinfo=UTC)
    assert ticker.run_once() == 1
    assert public.get(PATH).status_code == 200


def test_nothing_happens_to_an_entry_that_was_released_or_withdrawn_before(others, ticker, clock, publisher):
    early, gone = others.answered(ALL_DENIED), others.answered(NINE_QUESTIONS)
    publisher.post(f"/entries/{early}/release", headers=at(1))
    publisher.post(f"/entries/{gone}/withdrawal", json={"reason": "other"}, headers=at(1))
    clock.move(days=30)
    assert ticker.run_once() == 0
    assert publisher.get(f"/entries/{gone}").json["version"] == 2
