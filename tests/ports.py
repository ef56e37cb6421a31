"""Free ports for servers of the tests, which several test runs look for at the same time.

None is among those that the machine gives to outgoing connections (32,768 and up on Linux): a server that is started a
while after its port was chosen, or once more on the same one, would find it taken now and then, and a client that keeps
trying such a port can come to be connected to itself. Each kind of server has a range of its own.
"""

import random
import socket

SURVIVAL_OFFSETS = range(2_000, 8_000)
"""CANDOUR_PORT_OFFSET of stacks in tests/integration/survival: their ports are below 17,100."""
SINGLE = range(17_100, 24_500)
"""Ports of brokers and databases that belong to no stack."""
JOURNEY_OFFSETS = range(16_500, 23_000)
"""CANDOUR_PORT_OFFSET of the stacks of the journeys: their ports are above 24,500."""


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
        return True


def free_ports(count: int) -> int:
    """The first of `count` free ports in a row."""
    for _ in range(100):
        first = random.choice(SINGLE)
        if all(is_free(first + number) for number in range(count)):
            return first
    raise AssertionError("no free ports")
