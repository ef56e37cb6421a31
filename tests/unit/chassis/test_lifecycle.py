"""Lifecycles are tables that refuse to be wrong, say what is allowed, and draw themselves."""

import pytest

from shared.chassis.errors import Refused
from shared.chassis.lifecycle import Lifecycle, TransitionRefused

DOOR = Lifecycle(
    name="door",
    initial="open",
    final=frozenset({"bricked up"}),
    transitions={
        ("open", "close"): "closed",
        ("closed", "open"): "open",
        ("closed", "lock"): "locked",
        ("locked", "unlock"): "closed",
        ("open", "brick up"): "bricked up",
    },
)


def test_an_action_leads_to_the_state_that_the_table_names():
    assert DOOR.next("closed", "lock") == "locked"


def test_a_wrong_action_is_refused_with_what_is_allowed():
    with pytest.raises(TransitionRefused) as refused:
        DOOR.next("closed", "brick up")
    assert isinstance(refused.value, Refused)
    assert refused.value.allowed == DOOR.allowed("closed") == ("open", "lock")
    assert str(refused.value) == "A door that is 'closed' does not allow 'brick up'."
    assert refused.value.next_step == "Allowed now: 'open', 'lock'."


def test_in_a_final_state_nothing_is_allowed():
    with pytest.raises(TransitionRefused) as refused:
        DOOR.next("bricked up", "open")
    assert refused.value.next_step == "Allowed now: nothing: it is finished."


def test_the_states_come_in_the_order_in_which_they_are_reached():
    assert DOOR.states == ("open", "closed", "bricked up", "locked")


def lifecycle(transitions, *, initial="a", final=("z",)):
    return Lifecycle(name="thing", initial=initial, final=frozenset(final), transitions=transitions)


@pytest.mark.parametrize(
    ("transitions", "complaint"),
    [
        ({("a", "go"): "z", ("x", "go"): "z"}, r"no way leads to \['x'\]"),
        ({("a", "go"): "z", ("a", "stray"): "b"}, r"no way leads out of \['b'\]"),
        ({("a", "go"): "z", ("z", "back"): "a"}, r"\['z'\] are final and yet have a way out"),
        ({("a", "stay"): "a", ("x", "go"): "y", ("y", "go"): "x"}, r"no way leads to \['x', 'y'\]"),
        ({}, r"no way leads out of \['a'\]"),
    ],
)
def test_a_table_with_a_hole_in_it_is_refused_when_loaded(transitions, complaint):
    with pytest.raises(ValueError, match=complaint):
        lifecycle(transitions)


def test_it_draws_itself_as_a_table_and_a_diagram():
    drawn = DOOR.as_markdown()
    assert "| closed | lock | locked |" in drawn
    assert "    [*] --> open\n" in drawn
    assert "    open --> bricked_up: brick up\n" in drawn
    assert "    bricked_up --> [*]\n" in drawn
