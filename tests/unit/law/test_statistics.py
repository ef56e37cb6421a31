"""The published figures: every counting rule, and that the tables add up."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from shared.law.calendar import nth_working_day_after
from shared.law.case_facts import CaseFacts, Extension, PartFacts, Stop
from shared.law.clock import due_date
from shared.law.quarters import Quarter
from shared.law.statistics import COUNTING_RULES, band, figures

Q2 = Quarter(2026, 2)
RECEIVED, DUE = date(2026, 6, 12), date(2026, 7, 14)
AFTER = date(2026, 12, 31)
OPEN = CaseFacts(authorities=("one",), received_on=RECEIVED, due_on=DUE, parts=(PartFacts(label="1"),))


def answered(*outcomes, on=DUE, citations=(), **changes):
    parts = tuple(PartFacts(label=str(n), outcome=outcome, citations=citations) for n, outcome in enumerate(outcomes))
    return replace(OPEN, parts=parts, answered_on=on, **changes)


def counts(lines):
    return {line.code: line.count for line in lines if line.count}


def code_of(case, as_at=AFTER):
    return counts(figures([case], Q2, as_at).code_of_practice)


def categories_of(case, as_at=AFTER):
    return counts(figures([case], Q2, as_at).categories)


@pytest.mark.parametrize(
    ("outcomes", "line", "category", "resolvable"),
    [
        pytest.param(["disclosed"], "granted_in_full", "granted_in_full", 1, id="STA-04 all disclosed"),
        pytest.param(["disclosed", "not_held"], "granted_in_full", "granted_in_full", 1, id="STA-04 the rest not held"),
        pytest.param(["withheld"], "refused_in_full", "fully_withheld", 1, id="STA-05 all withheld"),
        pytest.param(["ncnd"], "refused_in_full", "fully_withheld", 1, id="STA-05 neither confirmed nor denied"),
        pytest.param(["ncnd", "not_held"], "refused_in_full", "fully_withheld", 1, id="STA-05 the rest not held"),
        pytest.param(
            ["withheld", "cost_refused"], "refused_in_full", "fully_withheld", 1, id="STA-05 withheld and cost"
        ),
        pytest.param(["cost_refused"], "refused_in_full", "cost", 1, id="STA-08 cost apart"),
        pytest.param(["vexatious"], "refused_in_full", "vexatious", 1, id="STA-08 vexatious apart"),
        pytest.param(["repeated"], "refused_in_full", "repeated", 1, id="STA-08 repeated apart"),
        pytest.param(["partly_disclosed"], "granted_in_part", "partially_withheld", 1, id="STA-06 a part in part"),
        pytest.param(["disclosed", "ncnd"], "granted_in_part", "partially_withheld", 1, id="STA-06 a mixture"),
        pytest.param(
            ["disclosed", "already_accessible"], "granted_in_part", "partially_withheld", 1, id="STA-06 with section 21"
        ),
        pytest.param(
            ["already_accessible"], "accessible_elsewhere", "accessible_elsewhere", 1, id="STA-05 section 21 alone"
        ),
    ],
)
def test_an_answer_counts_by_what_it_came_to(outcomes, line, category, resolvable):
    case = answered(*outcomes)
    assert code_of(case) == {"received": 1, "open_at_end": 1, "processed": 1, "in_time": 1, line: 1}
    assert categories_of(case) == {category: 1, "resolvable": resolvable}


def test_information_that_is_not_held_is_shown_within_the_refusals_and_is_not_resolvable():
    found = code_of(answered("not_held", "not_held"))
    assert (found["refused_in_full"], found["not_held"]) == (1, 1)
    assert categories_of(answered("not_held")) == {"not_held": 1}


@pytest.mark.parametrize(
    ("case", "as_at", "code", "category"),
    [
        pytest.param(OPEN, DUE, {"outstanding": 1}, {}, id="STA-02 within time"),
        pytest.param(
            OPEN, DUE + timedelta(days=1), {"outstanding": 1, "overdue": 1}, {"out_of_time": 1}, id="STA-02 out of time"
        ),
        pytest.param(
            replace(OPEN, extension=Extension(notified_on=date(2026, 6, 29), until=date(2026, 8, 11))),
            date(2026, 8, 11),
            {"outstanding": 1, "open_extended": 1},
            {"permitted_extension": 1},
            id="STA-02 extended",
        ),
        pytest.param(
            replace(OPEN, due_on=None, stops=(Stop(kind="clarification", since=date(2026, 6, 20)),)),
            AFTER,
            {"outstanding": 1, "open_stopped": 1},
            {"awaiting_clarification": 1},
            id="STA-02 clarification awaited",
        ),
        pytest.param(
            replace(OPEN, due_on=None, stops=(Stop(kind="fee", since=date(2026, 7, 1)),)),
            AFTER,
            {"outstanding": 1},
            {"awaiting_fee": 1},
            id="STA-02 a fee awaited since the quarter ended",
        ),
        pytest.param(
            replace(
                OPEN,
                parts=(PartFacts(label="1"), PartFacts(label="2")),
                stops=(Stop(kind="clarification", since=date(2026, 6, 20), parts=("2",)),),
            ),
            AFTER,
            {"outstanding": 1, "overdue": 1},
            {"out_of_time": 1},
            id="STA-02 a clear part stays due while another is clarified",
        ),
    ],
)
def test_a_request_that_is_not_processed_is_shown_by_where_it_stands(case, as_at, code, category):
    assert code_of(case, as_at) == {"received": 1, "open_at_end": 1, **code}
    assert categories_of(case, as_at) == {"not_yet_processed": 1, **category}


@pytest.mark.parametrize(
    ("closed", "stops", "category"),
    [
        ("withdrawn", (), "ended_otherwise"),
        ("withdrawn", (Stop(kind="clarification", since=date(2026, 6, 20)),), "ended_otherwise"),
        ("transferred", (), "ended_otherwise"),
        ("lapsed", (Stop(kind="fee", since=date(2026, 6, 20)),), "ended_otherwise"),
        ("lapsed", (Stop(kind="clarification", since=date(2026, 6, 20)),), "clarification_needed"),
    ],
)
def test_a_request_that_ended_without_an_answer_is_neither_processed_nor_resolvable(closed, stops, category):
    case = replace(OPEN, due_on=None, closed=closed, closed_on=date(2026, 6, 30), stops=stops)
    assert code_of(case) == {"received": 1, "ended_otherwise": 1}
    assert categories_of(case) == {category: 1}


def test_an_exemption_counts_once_by_its_section_and_cost_is_none():
    citations = ("31(1)(a)", "31(1)(b)", "40(2)", "12(1)", "14(1)")
    found = figures([answered("withheld", "withheld", citations=citations)], Q2, AFTER)
    assert counts(found.exemptions) == {"31": 1, "40": 1}


def test_section_21_alone_is_not_counted_among_the_exemptions():
    alone = answered("already_accessible", citations=("21(1)",))
    beside = answered("withheld", citations=("21(1)", "31(1)(a)"))
    assert counts(figures([alone], Q2, AFTER).exemptions) == {}
    assert counts(figures([beside], Q2, AFTER).exemptions) == {"21": 1, "31": 1}


def test_a_joint_request_counts_once_for_each_authority():
    joint = answered("disclosed", authorities=("one", "two"))
    assert code_of(joint)["received"] == 2
    for authority in ("one", "two"):
        assert counts(figures([joint], Q2, AFTER, authority=authority).code_of_practice)["received"] == 1
    assert counts(figures([joint], Q2, AFTER, authority="three").code_of_practice) == {}


def test_environmental_information_has_a_table_of_its_own():
    cases = [OPEN, replace(OPEN, regime="eir")]
    assert [counts(figures(cases, Q2, DUE, regime=regime).categories) for regime in ("foia", "eir")] == [
        {"not_yet_processed": 1}
    ] * 2


@pytest.mark.parametrize(
    ("received_on", "counted"),
    [(date(2026, 3, 31), 0), (date(2026, 4, 1), 1), (date(2026, 6, 30), 1), (date(2026, 7, 1), 0)],
    ids=str,
)
def test_a_request_counts_in_the_quarter_in_which_it_was_received(received_on, counted):
    case = replace(OPEN, received_on=received_on, due_on=due_date(received_on))
    assert code_of(case).get("received", 0) == counted


@pytest.mark.parametrize(
    ("case", "as_at", "provisional"),
    [
        pytest.param(OPEN, DUE, True, id="its last day is not over"),
        pytest.param(OPEN, DUE + timedelta(days=1), False, id="its last day has passed"),
        pytest.param(
            replace(OPEN, extension=Extension(notified_on=DUE, until=date(2026, 8, 11))),
            date(2026, 8, 11),
            True,
            id="the extension is not over",
        ),
        pytest.param(answered("disclosed", on=RECEIVED), date(2026, 6, 30), True, id="the quarter is not over"),
        pytest.param(
            replace(OPEN, due_on=None, stops=(Stop(kind="fee", since=RECEIVED),)), AFTER, True, id="a fee is awaited"
        ),
    ],
)
def test_figures_are_provisional_until_the_last_case_has_passed_its_day(case, as_at, provisional):
    assert figures([case], Q2, as_at).provisional is provisional


def test_figures_of_an_earlier_day_do_not_know_what_came_later():
    case = answered("disclosed", on=date(2026, 7, 10))
    assert code_of(case, date(2026, 7, 9)) == {"received": 1, "open_at_end": 1, "outstanding": 1}


def test_a_request_that_has_not_come_yet_is_not_counted():
    assert code_of(OPEN, RECEIVED - timedelta(days=1)) == {}
    assert code_of(OPEN, RECEIVED)["received"] == 1


def test_a_request_past_its_day_counts_against_the_rate_and_one_within_it_does_not():
    cases = [answered("disclosed")] * 9 + [OPEN]
    assert figures(cases, Q2, DUE).rates[0].share == 1
    assert figures(cases, Q2, AFTER).rates[0].share == Fraction(9, 10)
    assert figures([], Q2, AFTER).rates[0].share is None


@pytest.mark.parametrize(
    ("share", "named"),
    [
        (Fraction(95, 100), "Good"),
        (Fraction(9499, 10000), "Adequate"),
        (Fraction(9, 10), "Adequate"),
        (Fraction(8999, 10000), "Unsatisfactory"),
        (None, None),
    ],
    ids=str,
)
def test_a_share_is_in_the_regulators_band(share, named):
    assert band(share) == named


def test_extensions_are_banded_by_their_working_days():
    ends = [nth_working_day_after(DUE, days) for days in (1, 20, 21, 40, 41)]
    cases = [replace(OPEN, extension=Extension(notified_on=DUE, until=until)) for until in ends]
    assert counts(figures(cases, Q2, DUE).extensions) == {"1_to_20": 2, "21_to_40": 2, "over_40": 1}


def test_a_quarter_that_has_not_begun_has_no_figures():
    with pytest.raises(ValueError, match="begins on 2026-04-01"):
        figures([], Q2, date(2026, 3, 31))


def test_every_line_names_a_rule_whose_words_are_published():
    found = figures([OPEN], Q2, AFTER)
    lines = (*found.code_of_practice, *found.categories, *found.exemptions, *found.extensions, *found.rates)
    assert {line.rule for line in lines} <= COUNTING_RULES.keys()
