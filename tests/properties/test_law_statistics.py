"""The published tables add up, whatever the cases."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.law.case_facts import UNANSWERED_ENDS, CaseFacts, Extension, PartFacts, Stop
from shared.law.clock import due_date
from shared.law.outcomes import OUTCOMES
from shared.law.quarters import Quarter
from shared.law.statistics import figures

Q2 = Quarter(2026, 2)


@st.composite
def cases(draw):
    received_on = draw(st.dates(date(2026, 3, 1), date(2026, 7, 31)))
    after = st.integers(0, 120).map(lambda days: received_on + timedelta(days=days))
    ending = draw(st.sampled_from(["open", "answered", *UNANSWERED_ENDS]))
    labels = [str(n) for n in range(draw(st.integers(1, 4)))]
    outcome = st.sampled_from(sorted(OUTCOMES)) if ending == "answered" else st.none()
    changes = {"answered_on": draw(after)} if ending == "answered" else {}
    if ending in UNANSWERED_ENDS:
        changes = {"closed": ending, "closed_on": draw(after)}
    notified_on = draw(after)
    return CaseFacts(
        authorities=draw(st.sampled_from([("one",), ("two",), ("one", "two")])),
        received_on=received_on,
        due_on=due_date(received_on),
        parts=tuple(PartFacts(label=label, outcome=draw(outcome)) for label in labels),
        extension=draw(st.none() | st.just(Extension(notified_on=notified_on, until=notified_on + timedelta(days=30)))),
        stops=draw(st.just(()) | after.map(lambda since: (Stop(kind="fee", since=since),))),
        asked_too_late=draw(st.booleans()),
        **changes,
    )


@given(st.lists(cases(), max_size=12), st.dates(date(2026, 4, 1), date(2026, 12, 31)))
def test_the_tables_add_up_and_the_authorities_add_up_to_the_whole(facts, as_at):
    whole = figures(facts, Q2, as_at)
    code = {line.code: line.count for line in whole.code_of_practice}
    categories = {line.code: line for line in whole.categories}
    assert code["received"] == code["processed"] + code["ended_otherwise"] + code["outstanding"]
    assert code["processed"] == code["in_time"] + code["in_extended_time"] + code["late"]
    results = ("granted_in_full", "granted_in_part", "refused_in_full", "accessible_elsewhere")
    assert code["processed"] == sum(code[line] for line in results)
    assert code["not_held"] <= code["refused_in_full"]
    assert code["overdue"] <= code["outstanding"]
    assert code["open_extended"] + code["open_stopped"] <= code["open_at_end"]
    own = [line for line in categories.values() if line.within is None and line.code != "resolvable"]
    assert sum(line.count for line in own) == code["received"]
    assert categories["resolvable"].count == code["processed"] - code["not_held"]
    each = [figures(facts, Q2, as_at, authority=authority) for authority in ("one", "two")]
    for table in ("code_of_practice", "categories", "exemptions", "extensions"):
        sums = [
            sum(lines) for lines in zip(*([line.count for line in getattr(one, table)] for one in each), strict=True)
        ]
        assert sums == [line.count for line in getattr(whole, table)]
