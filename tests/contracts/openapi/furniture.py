"""What stands in each service when it is tested: cases, consultations and entries on every step of their way."""

from datetime import timedelta
from itertools import cycle

from sqlalchemy import select, update

from services.intake.models import notice
from services.publishing.models import release_check
from shared.chassis.clock import FixedClock
from shared.contracts.ruleset import RULES
from tests.contracts.openapi.furnished import PARTIES, Furnished
from tests.services.audit.happenings import LIFE, ChainedService
from tests.services.consultation import conftest as consulting
from tests.services.decision import said
from tests.services.decision.test_attaching import attach
from tests.services.intake import conftest as receiving
from tests.services.intake.acts import act
from tests.services.intake.bodies import AFTERWARDS, HANDLING
from tests.services.publishing import conftest as publishing
from tests.services.publishing.replies import NINE_QUESTIONS, numbered
from tests.support import OtherService, new_case_id, release_checked, take_in

EACH = 6
"""Of everything, so that one that was used up is not the last."""


def _intake(here: Furnished, clock: FixedClock) -> None:
    officer = here.client("foi-officer")
    decision, checks = (OtherService(name, here.broker, clock) for name in ("decision", "publishing"))
    for _ in range(EACH):
        here.places["confirm_parts"].append({"case_id": receiving.log(officer)["id"]})
        confirmed = receiving.confirm(officer, receiving.log(officer))
        here.places["accept_case"].append({"case_id": confirmed["id"]})
        for name in ("dispatch_reply", *AFTERWARDS):
            here.places[name].append({"case_id": _signed_off(here, decision, checks)})
    take_in(here.runtime)
    for name in AFTERWARDS:
        for place in here.places[name]:
            _answered(here, place["case_id"], asked=name == "answer_review")
    here.places[""] = [places[0] for places in list(here.places.values())]
    for _ in range(EACH):
        _in_hand(here)


def _signed_off(here: Furnished, decision: OtherService, checks: OtherService) -> str:
    """The id of an accepted case whose reply was checked, and signed off."""
    officer = here.client("foi-officer")
    accepted = receiving.confirm(officer, receiving.log(officer))
    body = {"title": "Access to databases of referrals", "topics": ["prevent"]}
    answer = receiving.send(officer, f"{accepted['links']['self']}/acceptance", body, accepted["version"])
    assert answer.status_code == 200, answer.text
    event = receiving.signed_off(here.runtime)
    receiving.take_sign_off(here.runtime, decision, checks, accepted["id"], event)
    return str(accepted["id"])


def _answered(here: Furnished, case_id: str, *, asked: bool) -> None:
    """Have the reply posted, and, where `asked`, a review asked for."""
    officer = here.client("foi-officer")
    ready = officer.get(f"/cases/{case_id}").json
    answer = receiving.send(officer, f"/cases/{case_id}/dispatch", {"method": "post"}, ready["version"])
    assert answer.status_code == 200, answer.text
    if asked:
        act(officer, ready, "take_review_request", method="post")


def _in_hand(here: Furnished) -> None:
    """A request of its own for everything that can be done about one in hand."""
    officer = here.client("foi-officer")
    for name in HANDLING:
        case = receiving.log(officer)
        here.places[name].append({"case_id": case["id"]})
        if before := {"take_clarification": "seek_clarification", "take_payment": "give_fees_notice"}.get(name):
            act(officer, case, before, method="post")
    withdrawn = receiving.log(officer)
    act(officer, withdrawn, "withdraw_request")
    (kept,) = officer.get(withdrawn["links"]["notices"]).json["items"]
    place = {"case_id": withdrawn["id"], "digest": kept["letter"]}
    with here.runtime.engine.begin() as connection:  # as if the mail relay had refused it for good
        connection.execute(update(notice).where(notice.c.case_id == withdrawn["id"]).values(state="refused"))
    here.places["post_notice"][-1] = place
    here.places["read_notice"].append(place)


def _consultation(here: Furnished, clock: FixedClock) -> None:
    intake = OtherService("intake", here.broker, clock)
    cases = [new_case_id() for _ in range(EACH)]
    for case_id in cases:
        intake.says(consulting.accepted("prevent", "national-statistics"), subject=case_id)
    finished = new_case_id()
    intake.says(consulting.accepted("prevent"), subject=finished)
    intake.says(consulting.dispatched(), subject=finished)
    take_in(here.runtime)
    listed = here.client("foi-officer").get("/consultations?limit=100").json["items"]
    everything = [
        {"case_id": item["case_id"], "consultation_id": item["id"], "party_code": party, "topic_code": topic}
        for item, party, topic in zip(listed, cycle(("ctc", "npcc-cru")), cycle(("prevent", "local-prevent")))
    ]
    concluded = cases[0]
    for place, item in zip(everything, listed, strict=True):
        if place["case_id"] not in (concluded, finished):
            here.places[""].append(place)
            asked = "answer_consultation" if item["office"]["party"] == PARTIES[0] else "remind_party"
            here.places[asked].append(place)
    here.places["conclude_consultations"] = here.places[""][::-1]
    here.places["read_conclusion"] = [{"case_id": concluded}]
    body = {"reason": "The evidence held is enough."}
    done = here.client("foi-officer").post(f"/cases/{concluded}/conclusion", json=body)
    assert done.status_code == 201, done.text


def _decision(here: Furnished, clock: FixedClock) -> None:
    names = ("intake", "consultation", "publishing")
    intake, consultation, checks = (OtherService(name, here.broker, clock) for name in names)
    decider = here.client("decision-maker")
    cases = [new_case_id() for _ in range(EACH * 3)]
    for case_id in cases:
        intake.says(said.accepted(), subject=case_id)
        # A consultation is one case's alone; the id is the case's, so that each has its own.
        for event in (said.opened(case_id), said.answered(case_id), said.concluded()):
            consultation.says(event, subject=case_id)
    take_in(here.runtime)
    for number, case_id in enumerate(cases):
        digest = attach(decider, case_id).json["digest"]
        place = {"case_id": case_id, "consultation_id": case_id, "label": "1", "digest": digest}
        here.places[""].append(place)
        if number < EACH:
            for name in ("decide_part", "weigh_advice", "attach_document", "take_off_attachment"):
                here.places[name].append(place)
            continue
        for label, body in (("1", said.WITHHELD), ("2", said.DISCLOSED)):
            assert said.send(decider, "PUT", f"/cases/{case_id}/parts/{label}", body).status_code == 200
        weighed = {"followed": True, "reason": "The harm is real and follows from the information."}
        path = f"/cases/{case_id}/advice/{case_id}/weighing"
        assert said.send(decider, "POST", path, weighed).status_code == 200
        if number < EACH * 2:
            here.places["submit_draft"].append(place)
            continue
        release_checked(here.runtime, checks)
        submitted = said.send(decider, "POST", f"/cases/{case_id}/submission")
        assert submitted.status_code == 200, submitted.text
        here.places["return_draft"].append(place)
    release_checked(here.runtime, checks)
    here.places["sign_off"] = here.places["return_draft"][::-1]


def _publishing(here: Furnished, clock: FixedClock) -> None:
    others = publishing.Others(here.runtime, here.broker, clock)
    publisher = here.client("publisher")
    for number in range(EACH):
        for name in ("hold_entry", "resume_entry", "release_entry", "withdraw_entry"):
            entry_id = others.answered(numbered(len(here.places) * 100 + number * 10 + len(name)))
            here.places[name].append({"entry_id": entry_id})
    released = others.answered(NINE_QUESTIONS)
    for place in [*here.places["withdraw_entry"], {"entry_id": released}]:
        done = publisher.post(f"/entries/{place['entry_id']}/release", headers=publishing.at(1))
        assert done.status_code == 200, done.text
    for place in here.places["resume_entry"]:
        body = {"reason": "The table needs a second look."}
        done = publisher.post(f"/entries/{place['entry_id']}/hold", json=body, headers=publishing.at(1))
        assert done.status_code == 200, done.text
    here.places[""] = [places[0] for places in list(here.places.values())] + [{"entry_id": released}]
    checks = [{"check_id": _to_review(here, others)} for _ in range(EACH)]
    here.places["check_again"] = [{"check_id": _to_review(here, others)} for _ in range(EACH)]
    for name in ("read_check", "accept_findings", "read_clean_copy"):
        here.places[name] = checks
    here.places["read_clean_file"] = [{**check, "name": "figures.csv"} for check in checks]


def _to_review(here: Furnished, others: publishing.Others) -> str:
    """The release check of a document, as if it had asked for a second look; its id."""
    case_id = new_case_id()
    others.wants_to_leave(case_id, b"year,number\n2025,120\n", "figures.csv", "text/csv")
    take_in(here.runtime)
    with here.runtime.engine.begin() as connection:
        this = release_check.c.case_id == case_id
        found = {"state": "to review", "verdict": "review", "ruleset": RULES}
        connection.execute(update(release_check).where(this).values(**found))
        return str(connection.execute(select(release_check.c.id).where(this)).scalar_one())


def _audit(here: Furnished, clock: FixedClock) -> None:
    names = ("intake", "consultation", "decision", "publishing")
    others = {name: ChainedService(name, here.broker, clock) for name in names}
    for _ in range(2):
        case_id, begun = new_case_id(), clock.instant
        for day, name, event in LIFE:
            clock.instant = begun + timedelta(days=day)
            envelope = others[name].says(event, subject=case_id)
            here.places[""].append({"case_id": case_id, "event_id": envelope.id, "quarter": "2026-Q2"})
        clock.instant = begun
    take_in(here.runtime)


FURNITURE = {
    "intake": _intake,
    "consultation": _consultation,
    "decision": _decision,
    "publishing": _publishing,
    "audit": _audit,
}
