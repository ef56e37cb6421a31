"""The published figures over HTTP, counted over what the other services told."""

import csv
from dataclasses import replace
from datetime import date

import pytest

from shared.chassis.events.values import BlindText, Code
from shared.contracts.intake import CaseClosed, DueDateChanged, ResponseDispatched, ReviewAnswered, ReviewRequested
from shared.contracts.values import Label
from shared.law.statistics import COUNTING_RULES
from tests.services.audit.happenings import ACCEPTED, CAME, CONFIRMED, DIGEST, SENT, SIGNED_OFF
from tests.support import new_case_id, take_in

QUARTER = "/statistics/quarters/2026-Q2"
JOINT = replace(CAME, authorities=(Code("norfolk"), Code("suffolk")))
ASKED = ReviewRequested(asked_on=date(2026, 8, 10), due_on=date(2026, 9, 8), latest_on=date(2026, 10, 6), in_time=True)
REVIEWED = ReviewAnswered(
    answered_on=date(2026, 9, 10),
    due_on=date(2026, 9, 8),
    working_day=22,
    in_time=False,
    outcome=Code("partly_upheld"),
    parts=(),
)
LATE = replace(SENT, dispatched_on=date(2026, 7, 20), in_time=False)


@pytest.fixture
def tell(runtime, others, clock):
    """Tell of a case: each event by the service that records it, some days after the one before."""

    def tell(*events, days=15):
        case_id = new_case_id()
        for event in events:
            service = event.event_type.split(".")[1]
            others[service].says(event, subject=case_id)
            clock.move(days=days)
        take_in(runtime)
        return case_id

    return tell


def counts(answer, table="code_of_practice", regime=0):
    assert answer.status_code == 200, answer.text
    return {line["code"]: line["count"] for line in answer.json["regimes"][regime][table] if line["count"]}


def test_a_case_that_was_answered_is_counted_in_both_tables_and_by_its_exemptions(auditor, whole_case):
    answer = auditor.get(QUARTER)
    assert counts(answer) == {"received": 1, "open_at_end": 1, "processed": 1, "in_time": 1, "granted_in_part": 1}
    assert counts(answer, "categories") == {"partially_withheld": 1, "resolvable": 1}
    assert counts(answer, "exemptions") == {"24": 1, "31": 1, "40": 1}
    assert counts(answer, regime=1) == {}


def test_the_figures_say_what_they_are_and_how_they_are_counted(auditor, whole_case):
    shown = auditor.get(QUARTER).json
    assert (shown["quarter"], shown["first_day"], shown["last_day"]) == ("2026-Q2", "2026-04-01", "2026-06-30")
    assert (shown["as_at"], shown["authority"], shown["left_out"]) == ("2026-08-11", None, [])
    assert (shown["provisional"], shown["regimes"][0]["final_after"]) == (False, "2026-07-10")
    assert {each["rule"] for each in shown["counting_rules"]} == COUNTING_RULES.keys()
    assert auditor.get(shown["links"]["csv"]).status_code == 200


def test_the_figures_of_an_earlier_day_are_those_that_were_known_then(auditor, whole_case):
    before = auditor.get(QUARTER, query_string={"as_at": "2026-07-08"})
    assert counts(before) == {"received": 1, "open_at_end": 1, "outstanding": 1}
    assert before.json["provisional"]


def test_a_case_of_another_quarter_is_not_counted(auditor, whole_case):
    assert counts(auditor.get("/statistics/quarters/2026-Q3")) == {}


def test_a_joint_case_counts_once_for_each_of_its_authorities(auditor, tell):
    tell(JOINT)
    assert counts(auditor.get(QUARTER))["received"] == 2
    for authority in ("norfolk", "suffolk"):
        assert counts(auditor.get(QUARTER, query_string={"authority": authority}))["received"] == 1
    assert counts(auditor.get(QUARTER, query_string={"authority": "gwent"})) == {}


def test_a_share_is_shown_rounded_down_with_its_band(auditor, tell):
    for sent in (SENT, SENT, LATE):
        tell(CAME, CONFIRMED, SIGNED_OFF, sent)
    found = auditor.get(QUARTER).json["regimes"][0]
    assert (found["rates"][0]["per_cent"], found["band"]) == ("66.6", "Unsatisfactory")


def test_without_any_case_there_is_no_share_and_no_band(auditor):
    found = auditor.get(QUARTER).json["regimes"][0]
    assert (found["rates"][0]["per_cent"], found["band"]) == (None, None)


@pytest.mark.parametrize("how", ["not-valid", "other-regime", "business-as-usual"])
def test_what_was_no_request_under_the_act_does_not_count(auditor, tell, how):
    tell(CAME, CaseClosed(how=Code(how), closed_on=date(2026, 6, 15)))
    assert counts(auditor.get(QUARTER)) == {}


@pytest.mark.parametrize("how", ["withdrawn", "lapsed", "transferred"])
def test_a_case_that_ended_without_an_answer_counts_as_received(auditor, tell, how):
    tell(CAME, CaseClosed(how=Code(how), closed_on=date(2026, 6, 15)))
    assert counts(auditor.get(QUARTER)) == {"received": 1, "ended_otherwise": 1}


def test_a_case_whose_events_contradict_each_other_is_left_out_and_named(auditor, tell):
    unlawful = tell(CAME, SIGNED_OFF, replace(SENT, dispatched_on=date(2026, 6, 11)))
    answer = auditor.get(QUARTER)
    assert counts(answer) == {}
    (left_out,) = answer.json["left_out"]
    assert (left_out["case_id"], "CLK-01" in left_out["why"]) == (unlawful, True)


def test_a_review_counts_in_the_quarter_in_which_it_was_asked_for(auditor, tell):
    tell(CAME, CONFIRMED, SIGNED_OFF, SENT, ASKED, REVIEWED)
    assert counts(auditor.get(QUARTER), "reviews") == {}
    answer = auditor.get("/statistics/quarters/2026-Q3")
    assert counts(answer, "reviews") == {"reviews": 1, "within_40": 1, "partly_upheld": 1}
    assert counts(answer, "reviews", regime=1) == counts(answer) == {}
    assert answer.json["left_out"] == []


def test_a_review_that_was_not_answered_then_was_open_then(auditor, tell):
    tell(CAME, CONFIRMED, SIGNED_OFF, SENT, ASKED, REVIEWED)
    before = auditor.get("/statistics/quarters/2026-Q3", query_string={"as_at": "2026-08-20"})
    assert counts(before, "reviews") == {"reviews": 1, "unanswered": 1}


def test_a_review_of_a_joint_case_counts_once_for_each_of_its_authorities(auditor, tell):
    tell(JOINT, CONFIRMED, SIGNED_OFF, SENT, ASKED)
    assert counts(auditor.get("/statistics/quarters/2026-Q3"), "reviews") == {"reviews": 2, "unanswered": 2}
    asked = {"authority": "suffolk"}
    alone = auditor.get("/statistics/quarters/2026-Q3", query_string=asked)
    assert counts(alone, "reviews") == {"reviews": 1, "unanswered": 1}


def test_a_case_that_is_left_out_is_named_once_though_it_was_reviewed_too(auditor, tell):
    unlawful = tell(
        CAME, SIGNED_OFF, replace(SENT, dispatched_on=date(2026, 6, 11)), replace(ASKED, asked_on=date(2026, 6, 29))
    )
    assert [each["case_id"] for each in auditor.get(QUARTER).json["left_out"]] == [unlawful]


def test_the_first_quarter_of_all_can_be_asked_for(auditor, whole_case):
    assert counts(auditor.get("/statistics/quarters/0001-Q1"), "reviews") == {}


def test_the_figures_come_as_a_table_for_a_spreadsheet(auditor, whole_case):
    answer = auditor.get(f"{QUARTER}/figures.csv")
    assert answer.mimetype == "text/csv"
    assert "foi-figures-2026-Q2.csv" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(answer.text.splitlines()))
    shown = auditor.get(QUARTER).json["regimes"]
    for regime in shown:
        for table in ("code_of_practice", "categories", "exemptions", "extensions", "reviews"):
            written = [
                (row["code"], row["rule"], int(row["count"]))
                for row in rows
                if (row["regime"], row["table"]) == (regime["regime"], table)
            ]
            assert written == [(line["code"], line["rule"], line["count"]) for line in regime[table]]
    (in_time, *_) = [row for row in rows if row["table"] == "rates"]
    assert (in_time["count"], in_time["of"]) == ("1", "1")


def test_the_backlog_is_shown_by_age(auditor, tell, clock):
    tell(CAME, ACCEPTED)
    tell(CAME, CONFIRMED, SIGNED_OFF, SENT)
    clock.move(days=200)
    shown = auditor.get("/statistics/backlog").json
    ages = {name: shown[name] for name in ("total", "up_to_six_months", "over_six_months", "over_twelve_months")}
    assert ages == {"total": 1, "up_to_six_months": 0, "over_six_months": 1, "over_twelve_months": 0}
    assert shown["oldest_received_on"] == "2026-06-12"


def test_the_backlog_of_an_earlier_day_holds_what_was_answered_since(auditor, tell, clock):
    tell(CAME, CONFIRMED, SIGNED_OFF, LATE, days=13)
    asked = {"as_at": "2026-07-18", "authority": "metropolitan"}
    assert auditor.get("/statistics/backlog", query_string=asked).json["total"] == 1
    assert auditor.get("/statistics/backlog").json["total"] == 0


def test_a_due_date_that_has_moved_is_the_one_that_counts(auditor, tell):
    moved = DueDateChanged(
        old_due_on=date(2026, 7, 10),
        due_on=date(2026, 8, 3),
        state=Code("running"),
        cause=Code("clarification-received"),
        explanation=BlindText("Clarification came on 3 July."),
        parts=(),
    )
    sent = ResponseDispatched(
        letter=DIGEST,
        dispatched_on=date(2026, 7, 30),
        due_on=date(2026, 8, 3),
        working_day=19,
        in_time=True,
        answers=(Label("1"),),
    )
    tell(CAME, CONFIRMED, moved, SIGNED_OFF, sent)
    assert counts(auditor.get(QUARTER))["in_time"] == 1
