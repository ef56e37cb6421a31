"""Lifecycles as tables: which action leads from which state to which, checked when loaded, drawn by itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.chassis.errors import Refused


class TransitionRefused(Refused):
    """The action is not allowed in this state; `allowed` lists those that are."""

    def __init__(self, lifecycle: str, state: str, action: str, allowed: tuple[str, ...]) -> None:
        choices = ", ".join(f"'{name}'" for name in allowed) or "nothing: it is finished"
        super().__init__(
            f"A {lifecycle} that is '{state}' does not allow '{action}'.",
            next_step=f"Allowed now: {choices}.",
            allowed=allowed,
        )
        self.state = state
        self.action = action


@dataclass(frozen=True, kw_only=True)
class Lifecycle:
    """The life of one kind of thing.

    `transitions` maps (state, action) to the next state. Building it raises `ValueError` when a state cannot be
    reached from `initial`, when a state that is not final has no way out, or when a final state has one.
    """

    name: str
    initial: str
    final: frozenset[str]
    transitions: Mapping[tuple[str, str], str]
    states: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        states = {self.initial} | {state for state, _ in self.transitions} | set(self.transitions.values())
        object.__setattr__(self, "states", tuple(self._in_order()))
        if unreachable := states - set(self.states):
            raise ValueError(f"{self.name}: no way leads to {sorted(unreachable)}")
        leaving = {state for state, _ in self.transitions}
        if stuck := states - leaving - self.final:
            raise ValueError(f"{self.name}: no way leads out of {sorted(stuck)}")
        if wrong := self.final & leaving:
            raise ValueError(f"{self.name}: {sorted(wrong)} are final and yet have a way out")

    def next(self, state: str, action: str) -> str:
        """The state that `action` leads to, or `TransitionRefused`."""
        try:
            return self.transitions[state, action]
        except KeyError:
            raise TransitionRefused(self.name, state, action, self.allowed(state)) from None

    def allowed(self, state: str) -> tuple[str, ...]:
        """The actions that are possible in `state`, in the table's order."""
        return tuple(action for source, action in self.transitions if source == state)

    def as_markdown(self) -> str:
        """A table and a diagram, for the documentation."""
        rows = "\n".join(f"| {source} | {action} | {target} |" for (source, action), target in self.transitions.items())
        names = {state: re.sub(r"\W", "_", state) for state in self.states}
        arrows = "\n".join(
            f"    {names[source]} --> {names[target]}: {action}"
            for (source, action), target in self.transitions.items()
        )
        ends = "\n".join(f"    {names[state]} --> [*]" for state in self.states if state in self.final)
        return (
            f"| In state | action | leads to |\n|---|---|---|\n{rows}\n\n"
            f"```mermaid\nstateDiagram-v2\n    [*] --> {names[self.initial]}\n{arrows}\n{ends}\n```\n"
        )

    def _in_order(self) -> list[str]:
        reached = [self.initial]
        for state in reached:
            for (source, _), target in self.transitions.items():
                if source == state and target not in reached:
                    reached.append(target)
        return reached
