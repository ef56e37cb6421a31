"""What the measurements say, not how fast anything is: that depends on the machine and is for `candour bench`."""

import json
import os
from hashlib import sha256
from itertools import pairwise

import pytest

from services.operations import OperationFailed
from services.operations.bench import IDS, run
from services.operations.bench.life import AT_ONCE, lives
from services.operations.bench.memory import processes_of, pss
from services.operations.bench.report import (
    Bound,
    Failure,
    Measurement,
    as_json,
    as_table,
    good,
    middle,
    paired,
    quantile,
)
from shared.chassis.config import Config
from shared.chassis.events.contract import load
from shared.chassis.events.envelope import Envelope


def measured(real: float, floor: float | None = None, bound: Bound | None = None, note: str = "") -> Measurement:
    return Measurement(id="P0", what="work over least work", unit="ms", real=real, floor=floor, bound=bound, note=note)


@pytest.mark.parametrize(
    ("real", "floor", "bound", "verdict"),
    [
        (50, 100, Bound("at least", 0.5), "ok"),
        (49.9, 100, Bound("at least", 0.5), "MISSED"),
        (6, 1, Bound("at most", 6), "ok"),
        (6.1, 1, Bound("at most", 6), "MISSED"),
        (900, None, Bound("at most", 900, "real"), "ok"),
        (901, None, Bound("at most", 900, "real"), "MISSED"),
        (3, 100, None, "reported"),
    ],
)
def test_a_goal_is_met_at_its_very_limit_and_missed_beyond_it(real, floor, bound, verdict):
    assert measured(real, floor, bound).verdict == verdict


def test_a_missed_goal_or_one_that_could_not_be_measured_spoils_the_run():
    missed = measured(1, 100, Bound("at least", 0.5))
    assert good([measured(1)], [])
    assert not good([measured(1), missed], [])
    assert not good([], [Failure("P0", "no disk")])


def test_of_interleaved_rounds_the_one_with_the_middle_ratio_stands_for_all():
    assert paired([100, 10, 50], [60, 9, 10]) == (100, 60)


def test_of_an_even_number_of_rounds_the_lower_of_the_middle_two_stands_for_all():
    assert paired([100, 100], [90, 40]) == (100, 40)


def test_quantiles_are_values_that_were_measured():
    values = [float(number) for number in range(1, 101)]
    assert quantile(values, 0.5) == 51
    assert quantile(values, 0.99) == 100
    assert quantile([7.0], 0.99) == 7
    assert middle([1, 9, 2]) == 2


def test_the_table_shows_every_number_and_says_which_goals_are_missed():
    bound = Bound("at least", 0.5)
    shown = as_table([measured(400, 1_600, bound, "12 connections"), measured(0.17)], [Failure("P9", "no broker")])
    assert "1,600" in shown
    assert "0.25" in shown
    assert "≥ 0.5" in shown
    assert "MISSED" in shown
    assert "reported" in shown
    assert "P0: 12 connections" in shown
    assert "P9 could not be measured: no broker" in shown


def test_the_json_says_the_same_for_programs():
    told = json.loads(as_json([measured(400, 1_600, Bound("at least", 0.5))], []))
    assert told["ok"] is False
    assert told["failures"] == []
    (line,) = told["measurements"]
    assert (line["floor"], line["real"], line["ratio"]) == (1_600, 400, 0.25)
    assert (line["goal"], line["verdict"]) == ("ratio at least 0.5", "MISSED")


def test_an_id_that_nobody_measures_is_refused_with_those_that_are():
    with pytest.raises(OperationFailed, match="P1, P10"):
        run(Config.load({}), only=("P99",), quick=True, as_json=False)


def test_every_goal_of_speed_and_memory_has_something_that_measures_it():
    named = {"P1", "P5", "P7", "P9", "P10", "P11", "P16", "P17", "P18", "P19", "P22", "P23", "P24", "growth"}
    assert named == IDS


def test_a_made_life_is_twenty_events_that_their_contracts_accept():
    made = list(lives(1))
    assert len(made) == 20
    for each in made:
        envelope = Envelope.from_bytes(each.body)
        load(envelope.type, envelope.data)
        assert (envelope.id, envelope.source, envelope.subject) == (each.event_id, each.source, each.subject)
        assert (envelope.sequence, envelope.number, envelope.time) == (each.position, each.number, each.at)
        assert envelope.to_bytes() == each.body


def test_made_lives_are_interleaved_and_number_their_events_without_a_gap():
    made = list(lives(AT_ONCE + 3))
    assert len({each.event_id for each in made}) == len(made)
    assert len({each.subject for each in made[:AT_ONCE]}) == AT_ONCE
    for source in {each.source for each in made}:
        log = [each for each in made if each.source == source]
        assert [each.position for each in log] == list(range(1, len(log) + 1))
        for before, after in pairwise(log):
            assert after.hash == sha256(before.hash.encode() + b"\n" + after.body).hexdigest()
        for subject in {each.subject for each in log}:
            numbers = [each.number for each in log if each.subject == subject]
            assert numbers == list(range(1, len(numbers) + 1))


def test_memory_is_that_of_a_process_and_of_all_that_descend_from_it():
    assert os.getpid() in processes_of(os.getpid())
    assert pss(os.getpid()) > 1
    assert pss(2**30) == 0
