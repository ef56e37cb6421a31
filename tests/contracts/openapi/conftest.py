from collections.abc import Callable, Iterator

import pytest

from tests.contracts.openapi.furnished import Furnished, furnish


@pytest.fixture(scope="session")
def furnished(tmp_path_factory) -> Iterator[Callable[[str], Furnished]]:
    """Each service with things in it, made once for the tests that leave enough for the next one."""
    made: dict[str, Furnished] = {}

    def of(name: str) -> Furnished:
        if name not in made:
            made[name] = furnish(name, tmp_path_factory.mktemp(name))
        return made[name]

    yield of
    for each in made.values():
        each.runtime.engine.dispose()
