"""The processes of a service with a seeded bug: `python -m services.operations.chaos.process BUG serve|work NAME`.

Without a bug the harness runs the product's own commands instead.
"""

import os
import sys

from flask import Flask

from services.operations.chaos.bugs import BUGS, PROCESS


def api(name: str, bug: str) -> Flask:
    """What gunicorn loads."""
    from services import wsgi

    BUGS[bug]()
    return wsgi.api(name)


def main(bug: str, command: str, name: str) -> None:
    """Become that process."""
    from services import cli

    if command == "work":
        BUGS[bug]()
        cli.main(["work", name])
    else:
        _serve(bug, name)


def _serve(bug: str, name: str) -> None:
    """Let `candour serve` choose all arguments of gunicorn, save the application, which is the one above."""
    from services import cli

    become = os.execve

    def with_the_bug(program: str, arguments: list[str], environment: dict[str, str]) -> None:
        become(program, [*arguments[:-1], f"{PROCESS}:api('{name}', '{bug}')"], environment)

    os.execve = with_the_bug  # type: ignore[assignment]
    cli.main(["serve", name])


if __name__ == "__main__":
    main(*sys.argv[1:])
