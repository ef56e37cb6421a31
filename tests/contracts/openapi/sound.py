"""For every operation a request that is in order: what is done wrong to it, one thing at a time, is the test."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import count
from typing import Any

from services.intake.domain import KINDS
from shared.chassis.http.handling import Operation
from tests.contracts.openapi.furnished import Furnished, as_json, path_of
from tests.services.decision.said import ESTIMATE, WITHHELD
from tests.services.intake.bodies import AFTERWARDS, HANDLING
from tests.services.intake.conftest import form

Body = dict[str, Any] | Callable[[Furnished, Mapping[str, str]], dict[str, Any]]
EMAIL = (
    b"Received: from a by b; Fri, 12 Jun 2026 09:00:00 +0100\nFrom: Quilla Zephyrine <q.zephyrine@example.org>\n"
    b"Subject: Dogs\n\nHow many police dogs were on duty in 2025?\n"
)
_CODES = count()


@dataclass(frozen=True)
class Sound:
    """What to send: a JSON body, a document, or neither."""

    body: Body | None = None
    document: bytes | None = None
    media_type: str = "application/json"
    query: str = ""


def _letter(here: Furnished, place: Mapping[str, str]) -> dict[str, Any]:
    shown = here.client("approver").get(f"/cases/{place['case_id']}").json
    return {"letter": (shown or {}).get("draft", {}).get("letter") or "0" * 64}


def _new_party(here: Furnished, place: Mapping[str, str]) -> dict[str, Any]:
    return {"party": f"unit-{next(_CODES)}", "organisation": "A unit", "position": "Its lead", "reply_within": 5}


_FORM = {
    "authority": "gwent",
    "name": "Ms Quilla Zephyrine",
    "email": "quilla.z@example.org",
    "postal_address": "1 Low Road\nNewport",
    "handle": "quilla",
    "category": "individual",
    "text": "How many police dogs were on duty in 2025?",
}
_PARTS = [
    {"label": "1", "parent": None, "kind": KINDS[2], "visible_label": "1.", "wording": "How many dogs were there?"},
    {"label": "1a", "parent": "1", "kind": KINDS[3], "visible_label": "a)", "wording": "How many of them work?"},
]
_PARTY = {"organisation": "A unit", "position": "Its lead", "reply_within": 5}

SOUND: dict[tuple[str, str], Sound] = {
    ("intake", "log_request"): Sound(form(title="Referrals", requester={"category": "individual"})),
    ("intake", "log_email"): Sound(document=EMAIL, media_type="message/rfc822", query="?authority=gwent"),
    ("intake", "log_web_form"): Sound(_FORM),
    ("intake", "list_cases"): Sound(),
    ("intake", "read_case"): Sound(),
    ("intake", "read_deadline"): Sound(),
    ("intake", "propose_parts"): Sound(),
    ("intake", "confirm_parts"): Sound({"parts": _PARTS}),
    ("intake", "accept_case"): Sound({"title": "Police dogs", "topics": ["prevent"]}),
    ("intake", "reveal_requester"): Sound({"reason": "To post the reply."}),
    ("intake", "dispatch_reply"): Sound({"method": "email"}),
    ("intake", "read_plan"): Sound(),
    ("intake", "read_calendar"): Sound(),
    ("intake", "suggest_routes"): Sound(),
    ("intake", "list_notices"): Sound(),
    ("intake", "read_notice"): Sound(),
    **{("intake", name): Sound(body) for name, body in {**HANDLING, **AFTERWARDS}.items()},
    ("consultation", "list_consultations_of_case"): Sound(),
    ("consultation", "open_consultation"): Sound(
        {"party": "ctc", "parts": ["1"], "question": "Would the number tell anything?"}
    ),
    ("consultation", "list_consultations"): Sound(),
    ("consultation", "read_consultation"): Sound(),
    ("consultation", "answer_consultation"): Sound(
        {"position": "objects", "citations": ["31(1)(a)"], "advice": "It would show where work is under way."}
    ),
    ("consultation", "remind_party"): Sound(),
    ("consultation", "conclude_consultations"): Sound({"reason": "The evidence held is enough."}),
    ("consultation", "read_conclusion"): Sound(),
    ("consultation", "read_consulted"): Sound(),
    ("consultation", "list_parties"): Sound(),
    ("consultation", "add_party"): Sound(_new_party),
    ("consultation", "read_party"): Sound(),
    ("consultation", "change_party"): Sound(_PARTY),
    ("consultation", "list_rules"): Sound(),
    ("consultation", "read_rule"): Sound(),
    ("consultation", "change_rule"): Sound({"parties": ["ctphq"]}),
    ("decision", "list_cases"): Sound(),
    ("decision", "read_case"): Sound(),
    ("decision", "decide_part"): Sound(WITHHELD),
    ("decision", "weigh_advice"): Sound({"followed": True, "reason": "The harm is real and follows."}),
    ("decision", "attach_document"): Sound(
        document=b"year,number\n2025,41\n", media_type="text/csv", query="?name=dogs.csv&parts=2"
    ),
    ("decision", "read_attachment"): Sound(),
    ("decision", "take_off_attachment"): Sound(),
    ("decision", "read_letter"): Sound(),
    ("decision", "lint_letter"): Sound(document=b"We do not hold the information.\n", media_type="text/plain"),
    ("decision", "work_out_cost"): Sound(ESTIMATE),
    ("decision", "submit_draft"): Sound(),
    ("decision", "return_draft"): Sound({"reason": "Say more about the public interest."}),
    ("decision", "sign_off"): Sound(_letter),
    ("publishing", "list_entries"): Sound(),
    ("publishing", "read_entry"): Sound(),
    ("publishing", "hold_entry"): Sound({"reason": "The table needs a second look."}),
    ("publishing", "resume_entry"): Sound(),
    ("publishing", "release_entry"): Sound(),
    ("publishing", "withdraw_entry"): Sound({"reason": "inaccurate"}),
    ("publishing", "list_checks"): Sound(),
    ("publishing", "read_check"): Sound(),
    ("publishing", "check_again"): Sound(),
    ("publishing", "read_clean_copy"): Sound(),
    ("publishing", "read_clean_file"): Sound(),
    ("publishing", "accept_findings"): Sound({"reason": "Only the authority's own address stands in it."}),
    ("audit", "list_cases"): Sound(),
    ("audit", "read_case"): Sound(),
    ("audit", "read_timeline"): Sound(),
    ("audit", "list_events"): Sound(),
    ("audit", "read_event"): Sound(),
    ("audit", "verify_ledger"): Sound(),
    ("audit", "read_quarter"): Sound(),
    ("audit", "download_quarter"): Sound(),
    ("audit", "read_backlog"): Sound(),
}
"""Every operation of every service. A new one stands here before its tests can be right."""


@dataclass
class Request:
    """One request, ready to be sent or spoilt."""

    method: str
    path: str
    headers: dict[str, str]
    content: bytes | None
    body: dict[str, Any] | None
    media_type: str

    def sent(self, client: Any, content: bytes | None = None, **headers: str) -> Any:
        """Send it, or other content in its place."""
        told = {**self.headers, **headers}
        if content is None and self.content is None:
            return client.open(self.path, method=self.method, headers=told)
        data = self.content if content is None else content
        media_type = told.pop("Content-Type", self.media_type)
        return client.open(self.path, method=self.method, data=data, content_type=media_type, headers=told)


def sound(here: Furnished, operation: Operation, place: dict[str, str] | None = None) -> Request:
    """A request in order for what is there, at its newest version."""
    what = SOUND[here.name, operation.name]
    place = here.place(operation) if place is None else place
    path = path_of(operation, place) + what.query
    body = what.body(here, place) if callable(what.body) else deepcopy(what.body)
    content = as_json(body) if body is not None else what.document
    headers = here.version(path) if operation.versioned else {}
    return Request(operation.method, path, headers, content, body, what.media_type)
