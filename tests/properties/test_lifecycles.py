"""Every lifecycle of every service, walked at random: only what the table allows happens, and an end can be reached."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import SERVICES
from services.registry import service_named
from shared.chassis.lifecycle import Lifecycle, TransitionRefused

LIFECYCLES = [(name, lifecycle) for name in SERVICES for lifecycle in service_named(name).lifecycles]
every_lifecycle = pytest.mark.parametrize(
    ("service", "lifecycle"), LIFECYCLES, ids=lambda item: getattr(item, "name", item)
)


@every_lifecycle
@given(data=st.data())
def test_a_walk_at_random_takes_only_steps_of_the_table_and_ends_in_a_final_state_or_can_go_on(
    service, lifecycle, data
):
    actions = sorted({action for _, action in lifecycle.transitions})
    state = lifecycle.initial
    for _ in range(30):
        action = data.draw(st.sampled_from(actions))
        if action in lifecycle.allowed(state):
            state = lifecycle.next(state, action)
        else:
            with pytest.raises(TransitionRefused) as refused:
                lifecycle.next(state, action)
            assert refused.value.allowed == lifecycle.allowed(state)
        assert state in lifecycle.states
        assert bool(lifecycle.allowed(state)) == (state not in lifecycle.final)


@every_lifecycle
def test_from_every_state_an_end_can_be_reached_or_the_beginning_where_there_is_no_end(service, lifecycle):
    ends = set(lifecycle.final) or {lifecycle.initial}
    while more := {source for (source, _), target in lifecycle.transitions.items() if target in ends} - ends:
        ends |= more
    assert set(lifecycle.states) - ends == set()


@every_lifecycle
def test_states_fit_the_columns_that_keep_them_and_every_action_is_in_the_infinitive(service, lifecycle):
    assert all(state == state.strip().lower() and len(state) <= 20 for state in lifecycle.states)
    assert all(action == action.strip().lower() for _, action in lifecycle.transitions)


states = st.sampled_from("abcdefgh")
tables = st.dictionaries(st.tuples(states, st.sampled_from(["go", "stay", "back"])), states, max_size=14)


@given(tables, st.frozensets(states, max_size=3))
def test_a_table_that_loads_has_no_dead_end_and_nothing_out_of_reach(transitions, final):
    try:
        lifecycle = Lifecycle(name="thing", initial="a", final=final, transitions=transitions)
    except ValueError:
        assert has_a_hole(transitions, final)
        return
    assert not has_a_hole(transitions, final)
    assert all(
        f"| {source} | {action} | {target} |" in lifecycle.as_markdown()
        for (source, action), target in transitions.items()
    )


def has_a_hole(transitions, final):
    """Said once more, in other words than the engine's."""
    mentioned = {"a"} | {source for source, _ in transitions} | set(transitions.values())
    reached: set[str] = set()
    front = {"a"}
    while front:
        reached |= front
        front = {target for (source, _), target in transitions.items() if source in front} - reached
    leaving = {source for source, _ in transitions}
    return bool(mentioned - reached or mentioned - leaving - final or leaving & final)
