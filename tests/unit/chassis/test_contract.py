"""Event types are frozen, derived from their annotations, additive, and each declared once."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from shared.chassis.events.contract import UnknownShape, dump, event, event_types, fact, load, schema_of
from shared.chassis.events.values import BlindText, Code


@fact
class Stamp:
    country: Code
    pence: int


@event("test.contract.posted.v1")
class Posted:
    """A parcel has been posted."""

    on: date
    registered: bool
    stamps: tuple[Stamp, ...]
    note: BlindText | None


POSTED = Posted(on=date(2026, 6, 15), registered=True, stamps=(Stamp(country=Code("gb"), pence=120),), note=None)
DATA = {"on": "2026-06-15", "registered": True, "stamps": [{"country": "gb", "pence": 120}], "note": None}


def test_an_event_is_dumped_to_plain_data_and_loaded_back():
    assert dump(POSTED) == DATA
    assert load("test.contract.posted.v1", DATA) == POSTED


def test_a_field_that_may_be_missing_may_be_missing():
    assert load("test.contract.posted.v1", {key: DATA[key] for key in DATA if key != "note"}) == POSTED


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"on": "15 June"}, "on"),
        ({"on": None}, "on"),
        ({"registered": "perhaps"}, "registered"),
        ({"stamps": {}}, "stamps"),
        ({"stamps": [{"country": "gb"}]}, "stamps"),
        ({"stamps": [{"country": "GB!", "pence": 1}]}, "stamps"),
        ({"stamps": [{"country": "gb", "pence": 1.5}]}, "stamps"),
        ({"stamps": [{"country": "gb", "pence": "1"}]}, "stamps"),
        ({"note": "mail me: a.b@example.org"}, "note"),
        ({"note": 7}, "note"),
    ],
)
def test_data_that_does_not_fit_is_refused_with_the_field(change, where):
    with pytest.raises(UnknownShape) as refused:
        load("test.contract.posted.v1", DATA | change)
    assert list(refused.value.errors) == [where]


def test_an_unknown_type_is_not_guessed_at():
    with pytest.raises(KeyError):
        load("test.contract.posted.v2", DATA)


def test_an_event_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        POSTED.registered = False


@pytest.mark.parametrize(
    "change",
    [{"on": "2026-06-15"}, {"registered": 1}, {"stamps": []}, {"stamps": (Code("gb"),)}, {"note": "plain"}],
)
def test_a_value_that_is_not_of_the_declared_type_is_refused_when_it_is_made(change):
    made = {"on": POSTED.on, "registered": True, "stamps": (), "note": None}
    with pytest.raises(TypeError, match=f"Posted.{next(iter(change))} must be"):
        Posted(**(made | change))


def test_a_type_is_declared_once():
    with pytest.raises(ValueError, match="declared twice"):

        @event("test.contract.posted.v1")
        class Again:
            place: Code


def test_declared_types_are_listed_and_the_list_cannot_be_changed():
    assert event_types()["test.contract.posted.v1"] is Posted
    with pytest.raises(TypeError):
        event_types()["test.other.v1"] = Posted


def test_the_schema_has_the_fields_of_the_class():
    assert list(schema_of(Posted).fields) == list(DATA)
