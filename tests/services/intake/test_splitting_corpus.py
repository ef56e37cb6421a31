"""Requests in all the styles in which people number their questions, or do not, come out under the right labels.

The requests are in our own words: those under `building` served to make the rules; those under `held_out` were written
before them, and measured only afterwards.
"""

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from services.intake.splitting import split
from shared.contracts.values import Label

SETS = ("building", "held_out")
RIGHT = 0.95


def requests(which: str) -> list[dict[str, Any]]:
    folder = files("tests.services.intake") / "requests" / which
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in folder.iterdir()]
    return [request for table in tables for request in table["request"]]


def asked(text: str) -> list[str]:
    return [part.label for part in split(text) if part.kind == "question"]


ALL = [
    pytest.param(request["text"], id=f"{which}: {request['style']}") for which in SETS for request in requests(which)
]


@pytest.mark.parametrize("which", SETS)
def test_nearly_all_questions_bear_exactly_the_right_label(which):
    wanted = right = invented = 0
    for request in requests(which):
        labels, found = request["questions"].split(), asked(request["text"])
        wanted += len(labels)
        right += len(set(labels) & set(found))
        invented += len(set(found) - set(labels))
    assert right >= RIGHT * wanted
    assert invented <= (1 - RIGHT) * wanted


@pytest.mark.parametrize("which", SETS)
def test_nearly_all_requests_come_out_as_a_whole(which):
    outcomes = [asked(request["text"]) == request["questions"].split() for request in requests(which)]
    assert len(outcomes) >= 30
    assert sum(outcomes) >= RIGHT * len(outcomes)


@pytest.mark.parametrize("text", ALL)
def test_no_word_is_lost_and_each_label_is_one(text):
    parts = split(text)
    told = "".join((part.visible_label or "") + part.text for part in parts)
    assert "".join(told.split()) == "".join(text.split())
    labels = [part.label for part in parts]
    assert len(set(labels)) == len(labels)
    for label in labels:
        Label(label)
    before: set[str] = set()
    for part in parts:
        assert part.parent is None or part.parent in before
        before.add(part.label)
