"""The natural way of one case, from the request to the published entry, as far as the rig's services reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from services.operations.chaos.notes import Act, Notes, type_of
from services.operations.chaos.people import People
from shared.contracts.authorities import authorities
from shared.contracts.consultation import ConsultationAnswered, ConsultationsConcluded
from shared.contracts.decision import AdviceWeighed, DraftSubmitted, PartDecided, SignedOff
from shared.contracts.intake import CaseAccepted, CaseReceived, PartsConfirmed, ResponseDispatched
from shared.contracts.publishing import EntryReleased

AUTHORITIES = (["metropolitan"], ["gwent"], ["norfolk", "suffolk"])
TOPICS = (["prevent"], ["counter-terrorism"], ["round-robin", "national-statistics"])
QUESTIONS = {"1": "How many referrals were made last year?", "2": "How many of them led to further action?"}
MARK = "Our mark is {}."
PAST_ACCEPTED = ("accepted", "ready to send", "sending", "answered")


@dataclass
class Life:
    """Takes one case along. `mark` tells it from all others; every step raises `GivenUp` when the time is over."""

    people: People
    notes: Notes
    services: Sequence[str]
    random: Random
    mark: str
    today: date
    case_id: str = ""

    def log(self) -> None:
        """Have the request logged."""
        self.authorities = self.random.choice(AUTHORITIES)
        asked = " ".join(QUESTIONS.values())
        body = {
            "authorities": self.authorities,
            "received_on": self.today.isoformat(),
            "channel": "post",
            "requester": {"name": "Rowena Thistlewick", "email": address_of(self.mark), "category": "media"},
            "text": f"{asked} {MARK.format(self.mark)}",
        }
        self.notes.mark(self.mark)
        self.case_id = self.people.create("o.finch", "intake", "/cases", body, self.mark)["id"]
        self.notes.mark(self.mark, self.case_id)
        self.notes.acknowledge(self._act(CaseReceived))

    @property
    def at(self) -> str:
        """The case's path, the same in every service."""
        return f"/cases/{self.case_id}"

    def live(self) -> None:
        """All the rest of the way."""
        self._accept()
        consultations = self._hear_the_parties()
        if not {"decision", "publishing"} <= set(self.services):
            return  # nothing is signed off that publishing has not checked
        self._decide([each["id"] for each in consultations])
        self._send()
        self._publish()

    def _accept(self) -> None:
        parts = [{"label": label, "kind": "question", "wording": text} for label, text in QUESTIONS.items()]
        self._intake("PUT", "/parts", {"parts": parts}, PartsConfirmed, lambda case: case["state"] != "received")
        accepted = {"title": "Referrals and what became of them", "topics": self.random.choice(TOPICS)}
        self._intake("POST", "/acceptance", accepted, CaseAccepted, lambda case: case["state"] in PAST_ACCEPTED)

    def _hear_the_parties(self) -> list[dict[str, Any]]:
        page = self.people.until("o.finch", "consultation", f"{self.at}/consultations", lambda page: page["items"])
        for each in page["items"]:
            path = f"/consultations/{each['id']}"
            self.people.change(
                each["office"]["party"],
                "consultation",
                "POST",
                f"{path}/answer",
                {"position": "no_objection", "citations": [], "advice": "We see no harm in it."},
                [self._act(ConsultationAnswered, each["id"])],
                at=path,
                done=lambda consultation: consultation["state"] == "answered",
            )
        concluded = self._act(ConsultationsConcluded)
        self.people.create("o.finch", "consultation", f"{self.at}/conclusion", {}, f"end-{self.mark}", concluded)
        items: list[dict[str, Any]] = page["items"]
        return items

    def _decide(self, consultations: list[str]) -> None:
        self.people.until("d.marsh", "decision", self.at, lambda case: case["consulted"] is not None)
        for each in consultations:
            weighed = {"followed": True, "reason": "It is sound."}
            path = f"/advice/{each}/weighing"
            self._decision("d.marsh", "POST", path, weighed, self._act(AdviceWeighed, each), _has_weighed(each))
        for number, label in enumerate(QUESTIONS, start=1):
            decided = {"outcome": "disclosed", "answer": f"There were {number * 12}."}
            act = self._act(PartDecided, label)
            self._decision("d.marsh", "PUT", f"/parts/{label}", decided, act, _has_decided(label))
        act = self._act(DraftSubmitted)
        self._decision("d.marsh", "POST", "/submission", None, act, lambda case: case["state"] != "deciding")
        shown = self.people.until("a.heron", "decision", self.at, lambda case: case["draft"]["letter"])
        self.people.until("a.heron", "decision", self.at, _has_passed)
        letter = {"letter": shown["draft"]["letter"]}
        signed = self._act(SignedOff)
        self._decision("a.heron", "POST", "/sign-off", letter, signed, lambda case: case["state"] == "signed off")

    def _send(self) -> None:
        self.people.until("o.finch", "intake", self.at, lambda case: case["state"] != "accepted")
        gone = ("sending", "answered")
        self._intake("POST", "/dispatch", {}, ResponseDispatched, lambda case: case["state"] in gone)
        self.people.until("o.finch", "intake", self.at, lambda case: case["state"] == "answered")

    def _publish(self) -> None:
        path = f"/entries/{self.case_id}"
        self.people.until("p.wren", "publishing", path, lambda entry: True)
        known = authorities()
        sites = [str(site.code) for code in self.authorities for site in known[code].sites]
        self.people.change(
            "p.wren",
            "publishing",
            "POST",
            f"{path}/release",
            None,
            [self._act(EntryReleased, site) for site in sites],
            at=path,
            done=lambda entry: entry["state"] == "released",
        )

    def _intake(self, method: str, path: str, body: Any, event: Any, done: Any) -> None:
        act = self._act(event)
        self.people.change("o.finch", "intake", method, self.at + path, body, [act], at=self.at, done=done)

    def _decision(self, person: str, method: str, path: str, body: Any, act: Act, done: Any) -> None:
        self.people.change(person, "decision", method, self.at + path, body, [act], at=self.at, done=done)

    def _act(self, event: Any, about: str = "") -> Act:
        return Act(type_of(event), self.case_id, about)


def address_of(mark: str) -> str:
    """Where the reply to a request goes: an address for each, so that the mail catcher can tell them apart."""
    return f"{mark}@requester.example.invalid"


def _has_passed(case: Any) -> bool:
    """Whether everything that would leave has passed the release check."""
    return all(check["standing"] == "passed" for check in case["checks"])


def _has_weighed(consultation_id: str) -> Any:
    return lambda case: any(
        each["consultation_id"] == consultation_id and each["weighing"] is not None for each in case["advice"]
    )


def _has_decided(label: str) -> Any:
    return lambda case: any(part["label"] == label and part["decision"] is not None for part in case["parts"])
