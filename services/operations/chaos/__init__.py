"""`candour chaos`: processes are killed at random under load; then an oracle proves that nothing was lost or doubled.

With a seeded bug the same oracle must find it: a harness that cannot fail proves nothing.
"""

from shared.chassis.config import Config


def run(config: Config, *, kills: int, seed: int | None, bug: str | None, as_json: bool) -> int:
    """Without `bug`: 0 when there is nothing to be found. With one, or with "all" of them: 0 when each was found.

    Raises `OperationFailed` for a bug that is not known.
    """
    from services.operations.chaos.command import run_trials  # the processes with a bug in them need none of it

    return run_trials(config, kills=kills, seed=seed, bug=bug, as_json=as_json)
