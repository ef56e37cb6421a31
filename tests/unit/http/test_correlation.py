import re
from uuid import uuid4

import pytest

from shared.chassis.observability import correlation
from tests.support import log_of

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def test_the_callers_ids_run_through_to_the_events(writer, runtime):
    caller = str(uuid4())
    headers = {"X-Correlation-ID": caller.upper(), "traceparent": TRACE}
    answer = writer.post("/notes", json={"text": "x"}, headers=headers)
    assert answer.headers["X-Correlation-ID"] == caller
    [envelope] = log_of(runtime)
    assert (envelope.correlation_id, envelope.traceparent) == (caller, TRACE)


@pytest.mark.parametrize("sent", ["", "x", "jo@example.com", "0" * 36, "é", "{0197a3c2-5b1e-7c4d-9f00-2a6b8c1d3e4f}"])
def test_an_id_that_is_no_uuid_is_replaced(writer, runtime, sent):
    answer = writer.post("/notes", json={"text": "x"}, headers={"X-Correlation-ID": sent, "traceparent": sent})
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-.*", answer.headers["X-Correlation-ID"])
    [envelope] = log_of(runtime)
    assert (envelope.correlation_id, envelope.traceparent) == (answer.headers["X-Correlation-ID"], None)


@pytest.mark.parametrize(
    "trace",
    [
        TRACE.upper(),
        TRACE + "-x",
        TRACE.replace("00-", "ff-", 1),
        "00-" + "0" * 32 + "-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-" + "0" * 16 + "-01",
        TRACE + "\n",
    ],
)
def test_a_malformed_trace_context_is_not_passed_on(trace):
    correlation.begin(None, trace)
    assert correlation.traceparent.get() is None


def test_a_problem_carries_the_correlation_id(writer):
    answer = writer.get("/nothing")
    assert answer.json["correlation_id"] == answer.headers["X-Correlation-ID"]


def test_what_handles_an_event_works_under_its_ids_and_leaves_none_behind():
    before = correlation.correlation_id.get()
    with correlation.carried("c", "e", TRACE, "s"):
        assert correlation.correlation_id.get() == "c"
        assert correlation.causation_id.get() == "e"
        assert correlation.traceparent.get() == TRACE
        assert correlation.subject.get() == "s"
    assert correlation.correlation_id.get() == before
