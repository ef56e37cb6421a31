"""Two people at the same thing at once, over HTTP: one wins, the other is told; one key makes one case."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.operations.client import Answer, Caller
from tests.integration.survival import casework
from tests.integration.survival.running import Running, running

pytestmark = pytest.mark.slow

ROUNDS = 8


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def stack(request, tmp_path_factory):
    """Intake in two processes."""
    folder = tmp_path_factory.mktemp("two")
    if request.param == "sqlite":
        with running(folder) as stack:
            yield begun(stack)
        return
    cluster = request.getfixturevalue("postgresql")
    with cluster.databases("intake") as url, running(folder, CANDOUR_DATABASE_URL=url) as stack:
        yield begun(stack)


def begun(stack: Running) -> Running:
    stack.migrate("intake")
    stack.serve("intake", CANDOUR_WEB_WORKERS="2")
    return stack


@pytest.fixture
def people(stack) -> list[Caller]:
    """Four people with a connection each that is open already."""
    people = [stack.caller(f"officer.{number}") for number in range(4)]
    for person in people:
        person.ask("intake", "GET", "/cases")
    return people


def at_once(doing: Callable[[Any], Answer], them: Sequence[Any]) -> list[Answer]:
    """What each of them is answered when all do it at the same moment."""
    start = threading.Barrier(len(them))

    def do(one: Any) -> Answer:
        start.wait()
        return doing(one)

    with ThreadPoolExecutor(len(them)) as pool:
        return list(pool.map(do, them))


def test_of_several_who_change_a_case_at_once_one_wins_and_the_others_are_told(stack, people):
    for _ in range(ROUNDS):
        case = casework.log(people[0])
        path = f"/cases/{case.body['id']}"
        answers = at_once(
            lambda person, path=path, case=case: person.send(
                "intake", "PUT", f"{path}/parts", casework.PARTS, If_Match=case.version
            ),
            people,
        )
        assert Counter(answer.status for answer in answers) == {200: 1, 412: 3}
        [won] = [answer for answer in answers if answer.status == 200]
        told = [answer for answer in answers if answer.status == 412]
        assert {answer.body["type"] for answer in told} == {"/problems/stale-version"}
        assert {answer.version for answer in told} == {won.version}
        assert people[0].get("intake", path)["version"] == won.body["version"] == case.body["version"] + 1


def test_one_idempotency_key_makes_one_case_however_often_it_is_sent_at_once(stack):
    for number in range(ROUNDS):
        same_person = [stack.caller("o.finch") for _ in range(4)]
        before = len(stack.cases())
        answers = at_once(lambda caller, number=number: casework.log(caller, key=f"once-{number}"), same_person)
        assert {answer.status for answer in answers} <= {201, 409}
        made = [answer for answer in answers if answer.status == 201]
        assert len({answer.body["id"] for answer in made}) == 1
        assert sum("idempotent-replay" not in answer.headers for answer in made) == 1
        assert len(stack.cases()) == before + 1
        assert casework.log(same_person[0], key=f"once-{number}").body == made[0].body


def test_many_cases_logged_at_once_get_references_without_a_gap_or_a_double(stack, people):
    answers = at_once(lambda person: [casework.log(person) for _ in range(ROUNDS)], people)
    references = sorted(answer.body["reference"] for some in answers for answer in some)
    numbers = sorted(int(reference.rsplit("/", 1)[1]) for reference in references)
    assert numbers == list(range(numbers[0], numbers[0] + 4 * ROUNDS))
