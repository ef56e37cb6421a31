"""Schemathesis over the OpenAPI document of every service: no 5xx, no status, header or shape that is not described.

What it makes up is mixed with what is true, because made-up ids and codes alone end at the first 404: most path
arguments lead to things that are there, some fields have sound values, some requests come at the newest version.
"Valid by schema" is not yet "accepted": a rule of the domain may say no.
"""

import random
from typing import Any
from urllib.parse import parse_qs

import pytest
import schemathesis
from hypothesis import HealthCheck, given, note, seed, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from services import SERVICES
from services.decision.attaching import MEDIA_TYPES
from services.decision.letters import IMPORTED
from shared.chassis.http.handling import Operation
from tests.contracts.openapi.furnished import PARTIES, Furnished, furnish, operations
from tests.contracts.openapi.sound import SOUND, sound

SEED = 20_260_615
EXAMPLES = {GenerationMode.POSITIVE: 6, GenerationMode.NEGATIVE: 4}
"""For each operation and seed."""
MOST_BORDERS = 20
"""Of the cases at the borders of what an operation takes, for each operation."""
CONFIG = schemathesis.Config.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {"enabled": False},  # a rule of the domain may say no
            "missing_required_header": {"expected-statuses": ["400", "422", "428"]},  # 428 is for a missing If-Match
        }
    }
)
ACTORS = ("permitted", "permitted", "permitted", "party", "another party", "nobody", "no token")


@schemathesis.serializer("message/rfc822", "application/octet-stream", *{*MEDIA_TYPES, *IMPORTED})
def as_it_is(context: Any, value: Any) -> bytes:
    """A document goes out as the bytes that it is."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


def credentials(here: Furnished, operation: Operation, actor: str) -> dict[str, str]:
    if actor == "no token":
        return {}
    if actor == "another party":
        return here.token("party", party=PARTIES[1])
    roles = {"permitted": (here.permitted(operation),), "party": ("party",)}
    return here.token(*roles.get(actor, ("nobody",)))


def made_real(sent: Any, here: Furnished, operation: Operation, choose: random.Random) -> None:
    """Put something that is true in the place of some things that were made up."""
    if choose.random() < 0.8:
        led_there(sent, here, operation)
    what = SOUND[here.name, operation.name]
    if what.document is not None and choose.random() < 0.5:
        sent.body, sent.media_type = what.document.decode(), what.media_type
    share = choose.choice((0.0, 0.5, 0.9))
    if isinstance(sent.body, dict) and share:
        for field, value in (sound(here, operation).body or {}).items():
            if field in sent.body and choose.random() < share:
                sent.body[field] = value


def led_there(sent: Any, here: Furnished, operation: Operation) -> None:
    """Have the request go to something that is there, at its newest version."""
    place = here.place(operation)
    for name in sent.path_parameters:
        sent.path_parameters[name] = place[name]
    if "If-Match" in sent.headers:
        sent.headers["If-Match"] = here.version(sent.formatted_path)["If-Match"]


def confirmed(sent: Any, here: Furnished, operation: Operation, actor: str) -> int:
    """Send it and check the answer against the document; the status."""
    token = credentials(here, operation, actor)
    answer = sent.call_and_validate(headers=token)
    if not token:
        assert answer.status_code == 401
    return int(answer.status_code)


def try_out(here: Furnished, document: Any, operation: Operation, mode: GenerationMode, number: int) -> None:
    """Send one operation made-up requests of many actors."""

    @seed(number)
    @settings(max_examples=EXAMPLES[mode], deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(
        sent=document.as_strategy(generation_mode=mode),
        actor=st.sampled_from(ACTORS),
        choose=st.integers(0, 2**32).map(random.Random),
    )
    def holds(sent, actor, choose):
        note(f"repeat with --hypothesis-seed={number}")
        if mode == GenerationMode.POSITIVE:
            made_real(sent, here, operation, choose)
        confirmed(sent, here, operation, actor)

    holds()


@pytest.fixture
def described(tmp_path, request):
    """A service with things in it, and its document as Schemathesis reads it."""
    here = furnish(request.param, tmp_path)
    schema = schemathesis.openapi.from_wsgi("/openapi.json", here.app, headers=here.token("nobody"), config=CONFIG)
    by_name = {operation.name: operation for operation in operations(request.param)}
    found = [each.ok() for each in schema.get_all_operations()]
    assert {each.definition.raw["operationId"] for each in found} == by_name.keys()
    yield here, schema, [(each, by_name[each.definition.raw["operationId"]]) for each in found]
    here.runtime.engine.dispose()


each_service = pytest.mark.parametrize("described", SERVICES, indirect=True)


@each_service
def test_what_is_in_order_is_done_and_answered_as_described(described):
    here, _, offered = described
    for document, operation in offered:
        what, place = SOUND[here.name, operation.name], here.place(operation)
        request = sound(here, operation, place)
        sent = document.Case(
            path_parameters={name: value for name, value in place.items() if f"{name}>" in operation.rule},
            headers=request.headers,
            query=parse_qs(what.query.removeprefix("?")),
            **({"body": request.body or request.content, "media_type": request.media_type} if request.content else {}),
        )
        assert confirmed(sent, here, operation, "permitted") == operation.status


@each_service
@pytest.mark.parametrize("chosen", ["the usual seed", "another seed each time"])
def test_nothing_comes_back_that_is_not_described(described, chosen, request):
    here, _, offered = described
    asked_for = request.config.getoption("--hypothesis-seed")
    other = int(asked_for) if asked_for and asked_for.isdigit() else random.getrandbits(32)
    number = SEED if chosen == "the usual seed" else other
    for document, operation in offered:
        for mode in EXAMPLES:
            try_out(here, document, operation, mode, number)


@each_service
def test_at_the_borders_of_what_is_taken_nothing_else_comes_back(described):
    """One length, number or item more than is taken, a parameter missing or given twice, another method."""
    here, schema, offered = described
    choose = random.Random(SEED)
    for document, operation in offered:
        borders = list(
            schema.iter_coverage_cases(
                document,
                generation_modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE],
                generation_config=schema.config.generation_for(operation=document),
            )
        )
        for sent in choose.sample(borders, min(len(borders), MOST_BORDERS)):
            if all(part.mode == GenerationMode.POSITIVE for part in sent.meta.components.values()):
                led_there(sent, here, operation)
            confirmed(sent, here, operation, "permitted")
