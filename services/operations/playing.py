"""Plays one golden case through the services' HTTP interfaces, as the right people, at the right times."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from services.operations import OperationFailed
from services.operations.attaching import attach
from services.operations.client import Answer, Caller, Unexpected
from services.operations.golden_case import GoldenCase, local
from shared.chassis.clock import FileClock
from shared.chassis.config import Config

PATIENCE = 60.0
"""Seconds to wait for an event to arrive where it is needed."""

DECISION_FIELDS = (
    "outcome",
    "answer",
    "answer_with",
    "searches",
    "citations",
    "harm",
    "factors",
    "balance",
    "as_at",
    "official_confirmation",
    "personal_data",
    "pointer",
    "other_information",
)
Say = Callable[[str], None]


class Player:
    """Plays cases, one after the other. Playing a case that is already there continues nothing and changes nothing."""

    def __init__(self, config: Config, clock: FileClock, say: Say) -> None:
        self._clock = clock
        self.say = say
        self._officer = Caller.as_person(config, "o.finch", "foi-officer")
        self._front_desk = Caller.as_person(config, "web-form", "web-form")
        self.decision_maker = Caller.as_person(config, "d.marsh", "decision-maker")
        self._approver = Caller.as_person(config, "a.heron", "approver")
        self._publisher = Caller.as_person(config, "p.wren", "publisher")
        self._parties: dict[str, Caller] = {}
        self._config = config

    def known(self, case: GoldenCase) -> str | None:
        """The id of the case, if it has been played before. Raises `OperationFailed` when that was broken off."""
        found = self._officer.get("intake", "/cases", q=case.reference)["items"]
        case_id = next((item["id"] for item in found if item["reference"] == case.reference), None)
        if case_id is not None:
            entry = self._publisher.send("publishing", "GET", f"/entries/{case_id}")
            if entry.status != HTTPStatus.OK or entry.body["state"] != "released":
                raise OperationFailed(
                    f"{case.reference} was left half-played when an earlier demonstration was broken off. "
                    f"Begin anew: rm -r {self._config.state}   or choose another folder with --state"
                )
        return case_id

    def play(self, case: GoldenCase) -> str:
        """Take the case from request to published entry; its id."""
        case_id = ""
        for moment, name, table in case.moments:
            self._clock.set(moment)
            if name == "received":
                case_id = self._receive(case, table, moment)
            else:
                getattr(self, f"_{name}")(case, case_id, table)
        self._publish(case, case_id)
        return case_id

    def _receive(self, case: GoldenCase, table: dict[str, Any], moment: datetime) -> str:
        answer = self._log(case, table, moment)
        case_id: str = answer.body["id"]
        self.say(f"  {answer.body['reference']}: logged, due {answer.body['due_on']}")
        proposal = self._officer.ask("intake", "POST", f"/cases/{case_id}/parts/proposal").body
        asked = sum(part["kind"] == "question" for part in proposal["parts"])
        parts = [{**part, "parent": part.get("parent") or None} for part in case["parts"]]
        shown, acceptance = f"/cases/{case_id}", {"title": case["title"], "topics": case["topics"]}
        self.change(self._officer, "intake", shown, "PUT", f"{shown}/parts", {"parts": parts})
        self.change(self._officer, "intake", shown, "POST", f"{shown}/acceptance", acceptance)
        self.say(f"    {asked} questions proposed, {len(parts)} parts confirmed in words that name nobody; accepted")
        self.until("the decision service has the case", lambda: self._has("decision", f"/cases/{case_id}"))
        asked_at = f"/cases/{case_id}/consultations"
        self.until("the consultation service has the case", lambda: self._has("consultation", asked_at))
        wanted = {answer["party"] for answer in case.table.get("answers", [])}
        later = {item["party"] for item in case.table.get("consultations", [])}
        self.until(
            "the parties are asked",
            lambda: wanted - later <= {item["office"]["party"] for item in self._asked(case_id)},
        )
        return case_id

    def _log(self, case: GoldenCase, table: dict[str, Any], moment: datetime) -> Answer:
        key, requester = f"demo-{case.key}", table["requester"]
        if table["channel"] == "email":
            query = urlencode({"authority": case["authorities"][0]})
            raw = _email(requester, case["title"], table["text"], moment)
            return self._officer.ask(
                "intake", "POST", f"/cases/from-email?{query}", raw, media_type="message/rfc822", Idempotency_Key=key
            )
        if table["channel"] == "web-form":
            form = {
                "authority": case["authorities"][0],
                "name": requester["name"],
                "email": requester["email"],
                "text": table["text"],
            }
            return self._front_desk.ask("intake", "POST", "/cases/from-web-form", form, Idempotency_Key=key)
        logged = {
            "authorities": case["authorities"],
            "received_on": moment.date().isoformat(),
            "channel": table["channel"],
            "requester": requester,
            "text": table["text"],
        }
        return self._officer.ask("intake", "POST", "/cases", logged, Idempotency_Key=key)

    def _notice(self, case: GoldenCase, case_id: str, table: dict[str, Any]) -> None:
        shown, body = f"/cases/{case_id}", {name: table[name] for name in ("reason", "expected_on") if name in table}
        self.change(self._officer, "intake", shown, "POST", f"{shown}/{table['kind']}", body)
        sent = f"the {table['kind'].replace('-', ' ')} is sent"
        self.until(sent, lambda: all(item["state"] == "sent" for item in self._notices(case_id)))
        self.say(f"    {sent}")

    def _consultation(self, case: GoldenCase, case_id: str, table: dict[str, Any]) -> None:
        body = {"party": table["party"], "parts": table["parts"], "question": table["question"]}
        key = f"demo-{case.key}-{table['party']}"
        self._officer.ask("consultation", "POST", f"/cases/{case_id}/consultations", body, Idempotency_Key=key)
        self.say(f"    {table['party']} is asked about {', '.join(table['parts'])}")

    def _answer(self, case: GoldenCase, case_id: str, table: dict[str, Any]) -> None:
        party = self._party(table["party"])
        consultation = next(item for item in self._asked(case_id) if item["office"]["party"] == table["party"])
        path = f"/consultations/{consultation['id']}"
        body = {name: table[name] for name in ("position", "citations", "advice")}
        self.change(party, "consultation", path, "POST", f"{path}/answer", body)
        self.until(
            "the advice reaches the decision maker",
            lambda: any(
                item["consultation_id"] == consultation["id"] and item["advice"]
                for item in self._draft(case_id)["advice"]
            ),
        )
        self._decide(
            "POST",
            case_id,
            f"/advice/{consultation['id']}/weighing",
            {"followed": table["followed"], "reason": table["reason"]},
        )
        self.say(f"    {table['party']} answers; its advice is {'followed' if table['followed'] else 'departed from'}")

    def _conclusion(self, case: GoldenCase, case_id: str, table: dict[str, Any]) -> None:
        body = {"reason": table["reason"]} if table.get("reason") else {}
        self._officer.ask("consultation", "POST", f"/cases/{case_id}/conclusion", body)
        self.until("the consultations are concluded", lambda: self._draft(case_id)["consulted"] is not None)

    def _submission(self, case: GoldenCase, case_id: str, table: dict[str, Any]) -> None:
        for decision in case["decisions"]:
            self._decide_parts(case_id, decision)
        for document in case.table.get("attachments", []):
            attach(self, case_id, document)
        self.until("what is attached has passed the release check", lambda: self._passed(case_id))
        self._decide("POST", case_id, "/submission")
        self.say(f"    {len(case['expected']['outcomes'])} parts decided, the letter rendered and submitted")

    def _returned(self, case: GoldenCase, case_id: str, table: dict[str, Any]) -> None:
        self._approve(case_id, "return", {"reason": table["reason"]})
        self._clock.set(local(table["resubmitted_at"]))
        self._decide_parts(case_id, table["then"])
        self._decide("POST", case_id, "/submission")
        self.say("    returned for redraft, redrafted, submitted again")

    def _sign_off(self, case: GoldenCase, case_id: str, table: dict[str, Any]) -> None:
        self.until("everything that is to leave has passed the release check", lambda: self._passed(case_id))
        self._approve(case_id, "sign-off", {"letter": self._draft(case_id)["draft"]["letter"]})
        self.until(
            "the front desk has the signed letter",
            lambda: self._officer.get("intake", f"/cases/{case_id}")["state"] == "ready to send",
        )

    def _dispatch(self, case: GoldenCase, case_id: str, table: dict[str, Any]) -> None:
        self.change(self._officer, "intake", f"/cases/{case_id}", "POST", f"/cases/{case_id}/dispatch", {})
        self.until("the reply is sent", lambda: self._officer.get("intake", f"/cases/{case_id}")["state"] == "answered")
        self.until("the entry is prepared", lambda: self._has("publishing", f"/entries/{case_id}"))
        self.say("    signed off by a second person, and sent")

    def _publish(self, case: GoldenCase, case_id: str) -> None:
        plan, path = case["publication"], f"/entries/{case_id}"
        if plan["mode"] == "held first":
            self._publication(path, "hold", {"reason": plan["reason"]})
            self._clock.set(local(plan["at"]))
            self._publication(path, "resume")
        if plan["mode"] == "by hand":
            self._clock.set(local(plan["at"]))
            self._publication(path, "release")
        else:
            day = datetime.fromisoformat(self._publisher.get("publishing", path)["release_on"])
            self._clock.set(local(day.replace(hour=9, minute=1)))
        self.until("the entry is published", lambda: self._publisher.get("publishing", path)["state"] == "released")
        self.say(f"    published on {', '.join(case['expected']['sites'])} ({plan['mode']})")

    def _decide_parts(self, case_id: str, decision: dict[str, Any]) -> None:
        body = {name: decision[name] for name in DECISION_FIELDS if decision.get(name)}
        for label in decision["labels"]:
            self._decide("PUT", case_id, f"/parts/{quote(label)}", body)

    def _decide(self, method: str, case_id: str, path: str, body: Any = None) -> None:
        draft = f"/cases/{case_id}"
        self.change(self.decision_maker, "decision", draft, method, f"{draft}{path}", body)

    def _approve(self, case_id: str, act: str, body: dict[str, Any]) -> None:
        draft = f"/cases/{case_id}"
        self.change(self._approver, "decision", draft, "POST", f"{draft}/{act}", body)

    def _publication(self, path: str, act: str, body: dict[str, Any] | None = None) -> None:
        self.change(self._publisher, "publishing", path, "POST", f"{path}/{act}", body)

    def change(
        self, who: Caller, service: str, shown: str, method: str, path: str, body: Any = None, media_type: str = ""
    ) -> None:
        """Change what is shown at `shown`. A timer may change it between the reading and the change: as a person
        would, read again then."""
        for _ in range(5):
            version = who.ask(service, "GET", shown).version
            answer = who.send(service, method, path, body, media_type=media_type, If_Match=version)
            if answer.status != HTTPStatus.PRECONDITION_FAILED:
                break
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise Unexpected(f"{method} {service}{path}", answer)

    def _asked(self, case_id: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self._officer.get("consultation", f"/cases/{case_id}/consultations")["items"]
        return items

    def _notices(self, case_id: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self._officer.get("intake", f"/cases/{case_id}/notices")["items"]
        return items

    def _draft(self, case_id: str) -> dict[str, Any]:
        draft: dict[str, Any] = self.decision_maker.get("decision", f"/cases/{case_id}")
        return draft

    def _passed(self, case_id: str) -> bool:
        return all(check["standing"] == "passed" for check in self._draft(case_id)["checks"])

    def _has(self, service: str, path: str) -> bool:
        caller = self._publisher if service == "publishing" else self.decision_maker
        return caller.send(service, "GET", path).status == 200

    def _party(self, code: str) -> Caller:
        if code not in self._parties:
            self._parties[code] = Caller.as_person(self._config, f"{code}.liaison", "party", party=code)
        return self._parties[code]

    def until(self, what: str, reached: Callable[[], bool]) -> None:
        """Wait until events have brought something about. Raises `OperationFailed` where it takes too long."""
        end = time.monotonic() + PATIENCE
        while not reached():
            if time.monotonic() > end:
                raise OperationFailed(f"Waited {PATIENCE:.0f} s in vain until {what}. See `candour parked list`.")
            time.sleep(0.03)


def _email(requester: dict[str, str], subject: str, text: str, moment: datetime) -> bytes:
    message = EmailMessage()
    message["Received"] = f"from mail.example.invalid by mx.example.invalid; {format_datetime(moment)}"
    message["From"] = f"{requester['name']} <{requester['email']}>"
    message["To"] = "foi@police.example.invalid"
    message["Date"] = format_datetime(moment - timedelta(minutes=1))
    message["Subject"] = f"Freedom of Information request: {subject}"
    message.set_content(text)
    return message.as_bytes()
