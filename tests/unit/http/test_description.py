"""Schemathesis over the OpenAPI document of the small service: no 5xx, no status or shape that is not described.

"Valid by schema" is not yet "accepted": a page token must have been given out, a rule of the domain may say no.
"""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_nothing_comes_back_that_is_not_described(app, issuer, writer, written, mode):
    token = {"Authorization": f"Bearer {issuer.token('a.patel', ['writer'])}"}
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app, headers=token)
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=30, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
        )
        @given(sent=operation.as_strategy(generation_mode=mode))
        def holds(sent):
            sent.call_and_validate(headers=token, excluded_checks=[positive_data_acceptance])

        holds()
