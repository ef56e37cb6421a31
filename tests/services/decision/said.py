"""What the other services say, and what people send, in the tests of decision."""

from datetime import date
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shared.chassis.events.values import BlindText, Code, Digest, Identifier
from shared.contracts.consultation import (
    ConsultationAnswered,
    ConsultationOpened,
    ConsultationOverdue,
    ConsultationsConcluded,
    Consulted,
)
from shared.contracts.intake import CaseAccepted, ResponseDispatched
from shared.contracts.values import CitationText, Label, Office, Part, Reference

RECEIVED, DUE = date(2026, 6, 12), date(2026, 7, 13)
ADVICE = "0198c0de-0000-7000-8000-000000000001"
OFFICE = Office(
    party=Code("ctphq"),
    organisation=BlindText("Counter Terrorism Policing Headquarters"),
    position=BlindText("Freedom of information lead"),
)

WITHHELD: dict[str, Any] = {
    "outcome": "withheld",
    "citations": ["s31(1)(a)(b)", "section 24(1)"],
    "harm": {
        "text": "Whoever plans an attack would learn which systems are searched.",
        "likelihood": "would be likely to",
    },
    "factors": [
        {"side": "favouring disclosure", "text": "It would show how referrals are handled."},
        {"side": "favouring non-disclosure", "text": "It would weaken the detection of crime."},
    ],
    "balance": "The public interest lies in keeping the searches effective.",
    "as_at": "2026-06-12",
}
NAMES: dict[str, Any] = {
    "outcome": "withheld",
    "citations": ["40(2) and 40(3A)(a)"],
    "personal_data": {
        "whose": "They are the names of junior officers.",
        "interest": "The public has an interest in who does the work.",
        "necessity": "The ranks serve it without the names.",
        "balance": "Junior officers do not expect to be named.",
        "fairness": "They were told that only ranks are given.",
    },
}
ESTIMATE: dict[str, Any] = {
    "lines": [
        {
            "activity": "locating",
            "system": "The crime recording system",
            "records": 4_200,
            "sample_records": 30,
            "sample_minutes": "75.5",
        }
    ],
    "method": "The note is free text in each record, so every record has to be opened. Thirty were timed.",
    "on": "2026-06-15",
    "advice": "Ask for one year: that would be about 350 records.",
}
COST: dict[str, Any] = {"outcome": "cost_refused", "citations": ["s12(1)"], "estimate": ESTIMATE}
DISCLOSED: dict[str, Any] = {"outcome": "disclosed", "answer": "Notes are deleted after six years."}
NOT_HELD: dict[str, Any] = {"outcome": "not_held", "searches": "The records team searched the policy library."}


def part(label: str, kind: str, wording: str, parent: str | None = None) -> Part:
    return Part(
        label=Label(label), parent=Label(parent) if parent else None, kind=Code(kind), wording=BlindText(wording)
    )


PARTS = (
    part("0", "preamble", "Please answer the following about the case management system."),
    part("1", "question", "Which systems are searched when a referral is made?"),
    part("1.1", "sub_question", "Is a note added to them?", parent="1"),
    part("2", "question", "When are case notes deleted?"),
)


def accepted(*codes: str, parts: tuple[Part, ...] = PARTS, due_on: date = DUE) -> CaseAccepted:
    return CaseAccepted(
        reference=Reference("01.FOI.26.000123"),
        title=BlindText("Case management"),
        authorities=tuple(Code(code) for code in codes or ("metropolitan",)),
        topics=(Code("prevent"),),
        received_on=RECEIVED,
        due_on=due_on,
        parts=parts,
    )


def opened(consultation_id: str = ADVICE) -> ConsultationOpened:
    return ConsultationOpened(
        consultation_id=Identifier(consultation_id),
        office=OFFICE,
        parts=(Label("1"),),
        reply_by=date(2026, 6, 26),
    )


def overdue(consultation_id: str = ADVICE) -> ConsultationOverdue:
    return ConsultationOverdue(
        consultation_id=Identifier(consultation_id), party=OFFICE.party, reply_by=date(2026, 6, 26)
    )


def answered(consultation_id: str = ADVICE) -> ConsultationAnswered:
    return ConsultationAnswered(
        consultation_id=Identifier(consultation_id),
        office=OFFICE,
        parts=(Label("1"),),
        position=Code("objects"),
        citations=(CitationText("24(1)"),),
        advice=BlindText("The searches should stay unknown."),
    )


def concluded(*offices: Office) -> ConsultationsConcluded:
    return ConsultationsConcluded(
        consulted=tuple(
            Consulted(office=office, asked_on=date(2026, 6, 15), replied=True) for office in offices or (OFFICE,)
        )
    )


def dispatched() -> ResponseDispatched:
    return ResponseDispatched(
        letter=Digest("0" * 64),
        dispatched_on=date(2026, 6, 30),
        due_on=DUE,
        working_day=12,
        in_time=True,
        answers=(Label("1"), Label("2")),
    )


def at(version: int | None) -> dict[str, str]:
    return {} if version is None else {"If-Match": f'"{version}"'}


def send(client: FlaskClient, method: str, path: str, body: Any = None, version: int | None = 0) -> TestResponse:
    """Send a change at the version that the case has now (0), at a certain one, or at none (None)."""
    if version == 0:
        version = client.get("/".join(path.split("?")[0].split("/")[:3])).json.get("version", 1)
    return client.open(path, method=method, headers=at(version), **({} if body is None else {"json": body}))


def decided(client: FlaskClient, case_id: str) -> None:
    """Decide both questions and weigh the advice."""
    for path, body in (
        ("parts/1", WITHHELD),
        ("parts/2", DISCLOSED),
    ):
        done = send(client, "PUT", f"/cases/{case_id}/{path}", body)
        assert done.status_code == 200, done.text
    weighed = {"followed": True, "reason": "The harm is real and follows from the information."}
    assert send(client, "POST", f"/cases/{case_id}/advice/{ADVICE}/weighing", weighed).status_code == 200
