"""What the `candour` command runs: the stack, the local broker, the demonstration, the measurements."""


class OperationFailed(Exception):
    """A command cannot go on. The message says why, and what to run or to change."""
