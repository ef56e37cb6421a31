"""How each seeded bug is hunted: with which faults, at which services, and by what it gives itself away."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.operations.chaos.findings import BROKEN_CHAIN, DOUBLED, LOST, PARKED, PROJECTION_DIFFERS


@dataclass(frozen=True, kw_only=True)
class Hunt:
    """`shows_as` are the kinds of finding any of which gives the bug away; `faults` are the weights of the faults that
    expose it (see `faults`), and `targets` the services whose processes they hit."""

    bug: str
    what: str
    shows_as: frozenset[str]
    faults: Mapping[str, int]
    targets: tuple[str, ...] = ("intake",)


_FREEZE = {"freeze": 3, "work": 1}
_CROWD = {"web worker": 1}

HUNTS = {
    hunt.bug: hunt
    for hunt in (
        Hunt(
            bug="mark-before-send",
            what="the relay moves its cursor before the events have arrived",
            shows_as=frozenset({LOST}),
            faults=_FREEZE,
        ),
        Hunt(
            bug="no-inbox",
            what="the consumer notes what it takes in, and never looks whether it has before",
            shows_as=frozenset({DOUBLED, PARKED, PROJECTION_DIFFERS}),
            faults=_FREEZE,
        ),
        Hunt(
            bug="two-transactions",
            what="state and events are committed one after the other",
            shows_as=frozenset({LOST}),
            faults={"hold web": 1},
        ),
        Hunt(
            bug="naive-cursor",
            what="positions are given out before the commit, and the relay goes by position",
            shows_as=frozenset({LOST}),
            faults=_CROWD,
        ),
        Hunt(
            bug="offset-before-commit",
            what="the consumer commits its offsets before its database",
            shows_as=frozenset({LOST, PARKED}),
            faults={"hold work": 3, "work": 1},
            targets=("consultation", "audit"),
        ),
        Hunt(
            bug="ack-unchecked",
            what="the publisher does not wait for what the broker says",
            shows_as=frozenset({LOST}),
            faults=_FREEZE,
        ),
        Hunt(
            bug="unlocked-head",
            what="the head of the chain is read without its lock",
            shows_as=frozenset({BROKEN_CHAIN}),
            faults=_CROWD,
        ),
    )
}
