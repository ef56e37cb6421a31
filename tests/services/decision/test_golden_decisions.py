"""The decisions of the demonstration's cases, as the service takes them and writes the letters."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest

from services.operations.golden_case import golden_cases, local
from services.operations.playing import DECISION_FIELDS
from shared.chassis.events.values import BlindText, Code
from shared.contracts.intake import CaseAccepted
from shared.contracts.values import Label, Part, Reference
from tests.services.decision import said
from tests.services.decision.said import send


def accepted(case):
    return CaseAccepted(
        reference=Reference(case.reference),
        title=BlindText(case["title"]),
        authorities=tuple(map(Code, case["authorities"])),
        topics=tuple(map(Code, case["topics"])),
        received_on=case["received"]["at"].date(),
        due_on=case["expected"]["due_on"],
        parts=tuple(
            Part(
                label=Label(part["label"]),
                parent=Label(part["parent"]) if part["parent"] else None,
                kind=Code(part["kind"]),
                wording=BlindText(part["wording"]),
            )
            for part in case["parts"]
        ),
    )


@pytest.mark.parametrize("case", golden_cases(), ids=lambda case: case.key)
def test_a_golden_case_is_decided_submitted_and_signed_off(case, clock, accept, consult, decider, approver, checked):
    clock.instant = local(case["submission"]["at"]) - timedelta(hours=1)
    case_id = accept(accepted(case))
    consult(case_id, said.concluded())
    for decision in case["decisions"]:
        body = {name: decision[name] for name in DECISION_FIELDS if decision.get(name)}
        for label in decision["labels"]:
            answer = send(decider, "PUT", f"/cases/{case_id}/parts/{label}", body)
            assert answer.status_code == 200, answer.text
    submitted = send(decider, "POST", f"/cases/{case_id}/submission")
    assert submitted.status_code == 200, submitted.text
    checked()
    signed = send(approver, "POST", f"/cases/{case_id}/sign-off", {"letter": submitted.json["draft"]["letter"]})
    assert signed.status_code == 200, signed.text
    with pikepdf.open(BytesIO(decider.get(f"/cases/{case_id}/letter?format=pdf").data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.StructTreeRoot.K is not None
