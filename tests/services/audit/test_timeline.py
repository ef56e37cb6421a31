"""A case's story in words, and what was known of it on a given day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.audit.sentences import SENTENCES, sentence
from services.audit.story import fold
from shared.chassis.events.contract import dump, event_types
from tests.services.audit.conftest import FRIDAY
from tests.services.audit.happenings import ALSO_OPENED, ASKED, CAME, LIFE, OPENED, UNANSWERED
from tests.support import new_case_id, take_in


def day(number):
    return (FRIDAY + timedelta(days=number)).date().isoformat()


@pytest.fixture
def known(auditor, whole_case):
    """What was known on a day, counted from the request."""

    def known(number):
        answer = auditor.get(f"/cases/{whole_case}?as_at={day(number)}")
        assert answer.status_code == 200, answer.text
        return answer.json

    return known


def test_the_timeline_tells_every_event_in_order(client_as, whole_case):
    shown = client_as("foi-officer").get(f"/cases/{whole_case}/timeline").json
    assert [item["type"] for item in shown["items"]] == [event.event_type for _, _, event in LIFE]
    assert [item["service"] for item in shown["items"]] == [name for _, name, _ in LIFE]
    first = shown["items"][0]
    assert first["words"] == (
        "A request came in by web form on 12 June 2026 and was numbered 01.FOI.26.000017."
        " An answer is due by 10 July 2026."
    )
    assert (first["time"], first["actor_role"]) == ("2026-06-12T09:00:00+00:00", "foi-officer")
    assert first["data"] == dump(CAME)
    assert shown["links"] == {"self": f"/cases/{whole_case}/timeline", "case": f"/cases/{whole_case}"}


def test_the_timeline_as_at_a_day_ends_with_that_day(auditor, whole_case):
    items = auditor.get(f"/cases/{whole_case}/timeline?as_at={day(3)}").json["items"]
    assert len(items) == 5
    assert auditor.get(f"/cases/{whole_case}/timeline?as_at={day(-1)}").json["items"] == []


def test_a_day_ends_at_midnight_in_london(runtime, intake, clock, auditor):
    case_id = new_case_id()
    for instant in (datetime(2026, 6, 12, 22, 59, 59, tzinfo=UTC), datetime(2026, 6, 12, 23, 0, tzinfo=UTC)):
        clock.instant = instant  # one hour behind the clocks of London in June
        intake.says(CAME, subject=case_id)
    take_in(runtime)
    assert auditor.get(f"/cases/{case_id}?as_at=2026-06-12").json["events"] == 1
    assert auditor.get(f"/cases/{case_id}?as_at=2026-06-13").json["events"] == 2


def test_before_the_request_nothing_was_known(known):
    shown = known(-1)
    assert (shown["events"], shown["reference"], shown["last_at"], shown["parts"]) == (0, None, None, [])


def test_on_the_first_day_the_request_and_its_wording_were_known(known):
    shown = known(0)
    assert (shown["reference"], shown["title"], shown["due_on"]) == ("01.FOI.26.000017", None, "2026-07-10")
    assert [part["label"] for part in shown["parts"]] == ["1", "1a"]
    assert shown["consultations"] == []


def test_while_consultation_ran_it_was_known_who_had_been_asked(known):
    states = {one["id"]: one["state"] for one in known(15)["consultations"]}
    assert states == {ASKED: "open", UNANSWERED: "overdue"}
    assert known(12)["consultations"][0]["reminders"] == 1


def test_afterwards_it_was_known_who_had_answered(known):
    shown = known(17)
    asked, unanswered = shown["consultations"]
    assert (asked["state"], asked["position_taken"], asked["followed"]) == ("answered", "wants_ncnd", None)
    assert (unanswered["state"], shown["consultations_concluded"]) == ("no reply", True)
    assert known(18)["consultations"][0]["followed"] is True


def test_drafts_are_known_by_their_number_and_state(known):
    drafts = [(known(number)["draft"], known(number)["draft_state"]) for number in (18, 19, 20, 21, 24)]
    assert drafts == [
        (None, None),
        (1, "awaiting sign-off"),
        (1, "returned"),
        (2, "awaiting sign-off"),
        (2, "signed off"),
    ]
    outcomes = {one["label"]: one["outcome"] for one in known(24)["outcomes"]}
    assert outcomes == {"1": "ncnd", "1a": "partly_disclosed"}
    assert (known(23)["overall"], known(24)["overall"]) == (None, "disclosed_in_part")


def test_dispatch_and_publication_are_known_when_they_happen(known):
    assert known(26)["dispatch"] is None
    assert known(27)["dispatch"] == {"dispatched_on": "2026-07-09", "working_day": 19, "in_time": True}
    entry = [(known(number)["entry_state"], known(number)["release_on"]) for number in (26, 27, 28, 31, 60)]
    assert entry == [
        (None, None),
        ("prepared", "2026-07-16"),
        ("held", None),
        ("prepared", "2026-07-17"),
        ("withdrawn", None),
    ]
    sites = [{"site": "metropolitan", "path": "/metropolitan/disclosures/prevent-referrals"}]
    assert (known(35)["published"], known(60)["published"]) == (sites, [])


def test_without_a_day_everything_is_known(auditor, whole_case):
    shown = auditor.get(f"/cases/{whole_case}").json
    assert (shown["events"], shown["as_at"]) == (len(LIFE), None)
    assert shown["links"]["timeline"] == f"/cases/{whole_case}/timeline"


def test_a_story_goes_on_past_events_that_it_cannot_read(intake):
    envelope = intake.says(CAME, subject=new_case_id())
    story = fold([replace(envelope, data={}), replace(envelope, type="foi.intake.fee-paid.v7"), envelope])
    assert (story.events, story.reference) == (3, CAME.reference)


def test_what_is_said_of_a_consultation_that_was_never_opened_is_passed_over(intake):
    envelopes = [intake.says(event, subject=new_case_id()) for _, name, event in LIFE if name != "intake"]
    story = fold([one for one in envelopes if one.type not in (OPENED.event_type, ALSO_OPENED.event_type)])
    assert story.consultations == {}
    assert story.events == len(envelopes) - 2


def test_there_are_words_for_every_event_of_the_published_language():
    published = {kind for name, kind in event_types().items() if name.startswith(("foi.", "candour."))}
    assert published <= set(SENTENCES)


@pytest.mark.parametrize(("_day", "_name", "event"), LIFE, ids=[event.event_type for _, _, event in LIFE])
def test_a_sentence_is_one_that_a_person_can_read(_day, _name, event):
    words = sentence(event.event_type, dump(event))
    assert words[0].isupper()
    assert words.endswith(".")
    assert not any(mark in words for mark in ("_", "{", "(Value", "datetime"))


def test_what_this_version_has_no_words_for_is_shown_plainly():
    assert sentence("foi.intake.fee-paid.v7", {}) == (
        "Something happened that this version has no words for: foi.intake.fee-paid.v7."
    )
    assert sentence(CAME.event_type, {"due_on": 7}).startswith("An event that does not fit its contract")
