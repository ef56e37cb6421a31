"""The product under fire, in short; `candour chaos` is the long version."""

import json
import shutil
from collections import Counter

import pytest

from services.operations import OperationFailed
from services.operations.broker import LocalBroker
from services.operations.chaos import report, run
from services.operations.chaos.bugs import BUGS
from services.operations.chaos.findings import Finding
from services.operations.chaos.hunts import HUNTS
from services.operations.chaos.trial import MOST_KILLS, Trial, sound, with_bug
from shared.chassis.config import Config

SEED = 20_060
CONFIG = Config.load({"CANDOUR_ENV": "test"})

pytestmark = [pytest.mark.broker, pytest.mark.slow, pytest.mark.timeout(150)]


def settle(trial: Trial) -> None:
    assert trial.as_expected, report.in_words(trial)
    shutil.rmtree(trial.state)


def test_nothing_is_lost_doubled_or_put_out_of_order_by_kills_under_load():
    trial = sound(CONFIG, 15, SEED, print)
    settle(trial)
    assert trial.kills.total() == 15
    assert trial.acknowledged > 50


@pytest.mark.parametrize("bug", HUNTS)
def test_each_seeded_bug_is_found(bug: str, kafka: LocalBroker):
    trial = with_bug(CONFIG, HUNTS[bug], SEED, print, kafka)
    settle(trial)
    assert trial.kills.total() <= MOST_KILLS


def test_what_a_trial_came_to_can_be_read_by_a_program():
    finding = Finding(kind="lost", service="intake", what="gone")
    trial = Trial(bug="no-inbox", seed=1, kills=Counter(work=2), findings=[finding], expected=frozenset({"lost"}))
    told = json.loads(json.dumps(trial.as_json()))
    assert told["kills"] == {"work": 2}
    assert told["findings"] == [{"kind": "lost", "service": "intake", "what": "gone", "case_id": ""}]
    assert told["as_expected"]


def test_every_seeded_bug_is_hunted():
    assert set(BUGS) == set(HUNTS)


def test_a_bug_that_does_not_exist_is_refused_with_the_names_of_those_that_do():
    with pytest.raises(OperationFailed, match="no-inbox"):
        run(CONFIG, kills=1, seed=1, bug="no-such-bug", as_json=False)
