"""The oracle: judges from outside, when all is quiet, whether anything was lost, doubled or put out of order."""

from services.operations.chaos.findings import Finding
from services.operations.chaos.notes import Notes
from services.operations.chaos.oracle import acts, flow, proofs
from services.operations.chaos.oracle.evidence import Evidence
from services.operations.chaos.rig import Rig


def judge(rig: Rig, notes: Notes) -> tuple[Evidence, list[Finding]]:
    """Everything that is not as it must be; what it was judged from comes with it."""
    evidence = Evidence.of(rig)
    checks = (acts.findings, flow.findings, proofs.findings)
    return evidence, [*notes.troubles, *(found for check in checks for found in check(rig, notes, evidence))]
