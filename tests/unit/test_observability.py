"""Logs and metrics: one event is one line, and nothing that came from outside is in it."""

import io
import json
import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.chassis.observability import correlation, metrics
from shared.chassis.observability.logging import LONGEST, JsonLines, configure


@pytest.fixture(scope="module")
def log():
    """A logger and what it wrote."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines("intake"))
    logger = logging.Logger("test")
    logger.addHandler(handler)

    def written() -> list[dict]:
        text = stream.getvalue()
        stream.seek(0)
        stream.truncate()
        assert text.endswith("\n")
        assert text.isascii()
        return [json.loads(line, parse_constant=pytest.fail) for line in text[:-1].split("\n")]

    return logger, written


HOSTILE = ["a\nb", "a\r\nb", "\x1b[31m", "\x00", '"}{"x":"', "\u2028\u2029\x85", "\ud800", "x" * 1_000_000, "%s %d"]


@pytest.mark.parametrize("text", HOSTILE)
def test_one_event_is_one_line_whatever_is_in_it(log, text):
    logger, written = log
    logger.info("said %s", text, extra={"route": text, "reason": text})
    [line] = written()
    assert line["service"] == "intake"
    assert line["message"].startswith("said ")
    assert len(line["route"]) <= LONGEST + 3


@given(st.text(), st.one_of(st.text(), st.floats(), st.integers(), st.binary(), st.lists(st.text()), st.none()))
def test_any_text_and_any_value_make_one_line(log, text, value):
    logger, written = log
    logger.warning(text, extra={"value": value, "nested": {("a", 1): text}})
    [line] = written()
    assert line["level"] == "WARNING"
    assert line["nested"] == "(dict)"


def test_an_exception_is_written_as_its_type_and_its_places_without_its_message(log):
    logger, written = log

    def inner():
        raise KeyError("canary-inner")

    def outer():
        try:
            inner()
        except KeyError as error:
            raise ValueError("canary-outer") from error

    try:
        outer()
    except ValueError:
        logger.exception("it failed")
    [line] = written()
    assert "canary" not in json.dumps(line)
    kinds = [entry for entry in line["exception"] if " " not in entry]
    assert kinds == ["builtins.ValueError", "builtins.KeyError"]
    assert any(entry.endswith(" inner") for entry in line["exception"])


def test_a_line_carries_the_ids_of_what_is_being_done(log):
    logger, written = log
    with correlation.carried("c-1", "e-1", None, "s-1"):
        logger.info("working")
        logger.info("working", extra={"subject": "s-2"})
    first, second = written()
    assert (first["correlation_id"], first["subject"]) == ("c-1", "s-1")
    assert second["subject"] == "s-2"
    assert first["time"].endswith("+00:00")


def test_a_process_logs_to_standard_output_and_a_failing_log_call_tells_nothing(capsys, monkeypatch):
    root = logging.getLogger()
    before = (root.handlers[:], root.level, logging.raiseExceptions, sys.excepthook)
    try:
        configure("intake", "INFO")
        logging.getLogger("x").info("%d", "canary")
        logging.getLogger("x").info("good")
        sys.excepthook(ValueError, ValueError("canary"), None)
    finally:
        root.handlers[:], level, logging.raiseExceptions, sys.excepthook = before
        root.setLevel(level)
        logging.captureWarnings(False)
    shown = capsys.readouterr()
    assert "canary" not in shown.out + shown.err
    assert [json.loads(line)["message"] for line in shown.out.splitlines()] == ["good", "ended by an error"]


CANARIES = {"token": "canary-token", "path": "canary-path", "query": "canary-query", "body": "canary-body"}


def test_a_request_is_logged_by_its_route_and_by_nothing_that_was_sent(tmp_path, log):
    from shared.chassis.clock import FixedClock
    from shared.chassis.events.memory import MemoryBroker
    from shared.chassis.local_issuer import LocalIssuer
    from tests.support import MORNING, runtime_for
    from tests.unit.http import notes

    logger, written = log
    runtime = runtime_for(notes.service, tmp_path, FixedClock(MORNING), MemoryBroker("test"))
    issuer = LocalIssuer.of(runtime.config)
    client = runtime.app().test_client()
    root = logging.getLogger("shared")
    root.addHandler(logger.handlers[0])
    level = root.level
    root.setLevel(logging.INFO)
    try:
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issuer.token('canary-person', ['writer'])}"
        client.post("/notes?canary=query", json={"text": "canary-body"}, headers={"X-Canary": "canary-header"})
        client.post("/notes", json={"text": "canary-body"}, headers={"Idempotency-Key": "canary-key"})
        client.post("/notes", json={"text": "canary-body"})
        client.get("/canary-path")
        client.get("/notes/canary-path")
        notes.trouble["trouble"] = ValueError("canary-trouble")
        client.post("/notes", json={"text": "other"})
        client.environ_base["HTTP_AUTHORIZATION"] = "Bearer canary-token"
        client.get("/notes")
        client.get("/live")
    finally:
        notes.trouble.clear()
        root.removeHandler(logger.handlers[0])
        root.setLevel(level)
        runtime.engine.dispose()
    lines = written()
    assert "canary" not in json.dumps(lines)
    requests = [(line["route"], line["status"]) for line in lines if line["message"] == "request"]
    assert requests == [
        ("/notes", 422),
        ("/notes", 201),
        ("/notes", 409),
        ("(none)", 404),
        ("(none)", 404),
        ("/notes", 500),
        ("/notes", 401),
    ]
    assert b"canary" not in metrics.exposition(None, runtime.gauges())


def test_every_metric_has_help_and_the_house_prefix():
    text = metrics.exposition(
        None, [(name, dict.fromkeys(labels, "x"), 1.0) for name, (_, labels) in metrics.GAUGES.items()]
    )
    ours = [line.split(" ", 3) for line in text.decode().splitlines() if line.startswith("# HELP candour_")]
    assert len(ours) >= len(metrics.GAUGES) + 6
    assert all(len(words) == 4 and words[3].endswith(".") for words in ours)


def test_a_reading_that_nobody_declared_is_refused():
    with pytest.raises(KeyError):
        metrics.exposition(None, [("candour_unheard_of", {}, 1.0)])


def test_the_series_of_a_worker_begin_at_nought():
    metrics.expect_work("warehouse", ("relay",))
    text = metrics.exposition(None, []).decode()
    assert 'candour_messages_total{outcome="parked",service="warehouse"} 0.0' in text
    assert 'candour_events_published_total{service="warehouse"} 0.0' in text
    assert 'candour_loop_failures_total{loop="relay",service="warehouse"} 0.0' in text
