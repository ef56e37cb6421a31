"""What can be done at the front desk. Each command takes a unit of work and commits nothing itself."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, delete

from services.intake import clockwork, privacy, proclaimed
from services.intake.casefile import (
    authority_codes,
    case_row,
    details,
    details_of,
    part_rows,
    request_text,
    requester_row,
)
from services.intake.domain import CASE, CLOSING, ConfirmedPart, check_parts, doubts_about, due_for
from services.intake.email_request import read_email
from services.intake.models import case, case_authority, part, request, requester
from services.intake.references import next_reference
from shared.chassis.database import NEVER
from shared.chassis.errors import Finding, Invalid, Refused
from shared.chassis.events.contract import dump
from shared.chassis.events.values import BlindText, Code
from shared.chassis.private import Private
from shared.chassis.uow import UnitOfWork
from shared.contracts.authorities import Authority
from shared.contracts.decision import SignedOff
from shared.contracts.intake import CaseAccepted, CaseReceived, PartsConfirmed, RequesterRevealed
from shared.contracts.values import Label, Part, Reference
from shared.law.calendar import FIRST_DAY


def receive(
    uow: UnitOfWork,
    *,
    authorities: Sequence[Authority],
    received_on: date,
    channel: str,
    requester_details: Mapping[str, Any],
    text: Private,
    title: str | None = None,
    original: str | None = None,
) -> dict[str, Any]:
    """Take a request in: its clock runs from `received_on`. The new case's columns, and its `authorities`.

    `requester_details` has the columns of the table `requester` but the case's id.
    """
    person = privacy.Requester(**{name: value for name, value in requester_details.items() if name != "category"})
    _require_an_address(person)
    lead = authorities[0]
    due_on = due_for(received_on, uow.today, proclaimed.calendar(uow))
    if title is not None:
        details(person).cleared(title, "title")
    values: dict[str, Any] = {
        "id": uow.new_id(),
        "version": 1,
        "series": lead.series,
        "reference": next_reference(uow, lead, received_on),
        "state": CASE.initial,
        "title": title,
        "channel": channel,
        "received_on": received_on,
        "due_on": due_on,
        "warnings": doubts_about(person.name, person.email, requester_details["category"], text),
        "topics": [],
        "outcomes": [],
        "documents": [],
    }
    case_id = values["id"]
    uow.add(case, **values)
    uow.add(
        case_authority,
        *({"case_id": case_id, "authority": str(each.code), "lead": each is lead} for each in authorities),
    )
    uow.add(requester, case_id=case_id, **requester_details)
    uow.add(request, case_id=case_id, text=text, original=original)
    uow.record(
        CaseReceived(
            reference=values["reference"],
            authorities=tuple(each.code for each in authorities),
            channel=Code(channel),
            received_on=received_on,
            due_on=due_on,
        ),
        subject=case_id,
    )
    return {**values, "authorities": [str(each.code) for each in authorities]}


def receive_email(uow: UnitOfWork, raw: bytes, authorities: Sequence[Authority]) -> dict[str, Any]:
    """Take in a request that came by e-mail, as of the day on which it was delivered (VAL-10)."""
    found = read_email(raw)
    if not found.text.reveal().strip():
        mend = "See whether the request is in an attachment; if so, log it with the staff form."
        raise Invalid([Finding("body", "The e-mail has no words.", "VAL-04", mend)])
    kept = uow.private_blobs.put(raw, media_type="message/rfc822", name="request.eml")
    return receive(
        uow,
        authorities=authorities,
        received_on=_plausible(found.received_on, uow.today),
        channel="email",
        requester_details={
            "name": found.name,
            "email": found.email,
            "postal_address": None,
            "handle": None,
            "category": "not-stated",
        },
        text=found.text,
        original=kept.digest,
    )


def _plausible(day: date | None, today: date) -> date:
    """The day of receipt that an e-mail tells, or today: a sender's clock may be fast, or not be set at all."""
    return day if day is not None and FIRST_DAY <= day <= today else today


def confirm_parts(uow: UnitOfWork, case_id: str, parts: Sequence[ConfirmedPart]) -> Row[Any]:
    """Settle what the request asks, in wording that tells nothing of who asked. Doing it again replaces the parts."""
    row = case_row(uow, case_id)
    uow.require_version(row)
    state = CASE.next(row.state, "confirm parts")
    asker = details_of(uow, case_id)
    findings = [*check_parts(parts), *clockwork.check_labels(uow, case_id, [each.label for each in parts])]
    for place, each in enumerate(parts):
        findings += asker.findings(each.wording, f"parts.{place}.wording")
        findings += asker.findings(each.visible_label or "", f"parts.{place}.visible_label")
    if findings:
        raise Invalid(findings)
    row = uow.advance(case, row, state=state)
    uow.connection.execute(delete(part).where(part.c.case_id == case_id))
    rows = [{"case_id": case_id, "position": n, **vars(each)} for n, each in enumerate(parts, start=1)]
    uow.add(part, *rows)
    uow.record(PartsConfirmed(parts=tuple(_published(each) for each in parts)), subject=case_id)
    explanation = "The questions were confirmed anew; what has happened so far holds for them (CLK-08)."
    return clockwork.tell(uow, row, cause="parts-confirmed", explanation=explanation) or row


def accept(uow: UnitOfWork, case_id: str, *, title: str, topics: Sequence[str]) -> Row[Any]:
    """Hand the case on to be worked on by the other services."""
    row = case_row(uow, case_id)
    uow.require_version(row)
    state = CASE.next(row.state, "accept")
    if row.due_on == NEVER:
        raise Refused(
            "Nothing is due while clarification or a fee is awaited for the whole request.",
            rule="CLK-07",
            next_step="Take in what has come, or wait: unanswered, it lapses by itself.",
        )
    blind_title = details_of(uow, case_id).cleared(title, "title")
    given_up = {part.part for part in clockwork.clock_of(uow, row).parts if part.state == "lapsed"}
    row = uow.advance(case, row, state=state, title=title, topics=list(topics), accepted_at=uow.now)
    uow.record(
        CaseAccepted(
            reference=Reference(row.reference),
            title=blind_title,
            authorities=tuple(Code(code) for code in authority_codes(uow, [case_id])[case_id]),
            topics=tuple(Code(topic) for topic in topics),
            received_on=row.received_on,
            due_on=row.due_on,
            parts=tuple(_published(each, given_up) for each in part_rows(uow, case_id)),
        ),
        subject=case_id,
    )
    return row


def reveal(uow: UnitOfWork, case_id: str, *, reason: str) -> tuple[Row[Any], Private]:
    """Who asked and what they sent, for a reason that goes on record (CON-01)."""
    case_row(uow, case_id)
    person = requester_row(uow, case_id)
    cleared = details(person).cleared(reason, "reason")
    uow.record(RequesterRevealed(reason=cleared), subject=case_id)
    return person, request_text(uow, case_id)


def take_sign_off(uow: UnitOfWork, case_id: str, signed: SignedOff) -> None:
    """The reply is approved: keep exactly which bytes are to leave; none for a case that was closed meanwhile."""
    row = case_row(uow, case_id)
    if row.state in CLOSING.values():
        return
    uow.advance(
        case,
        row,
        state=CASE.next(row.state, "take sign-off"),
        draft=signed.draft,
        letter=signed.letter,
        letter_text=signed.letter_text,
        letter_pdf=signed.letter_pdf,
        response=signed.response,
        overall=signed.overall,
        outcomes=dump(signed.outcomes),
        documents=dump(signed.documents),
    )


def _require_an_address(person: privacy.Requester) -> None:
    if not (person.email or person.postal_address or person.handle):
        mend = "Give an e-mail address, a postal address or a handle that a reply can be sent to (section 8(1)(b))."
        raise Invalid([Finding("requester", "There is no address to reply to.", "VAL-03", mend)])


def _published(each: Any, given_up: Collection[str] = ()) -> Part:
    """The part for everybody. A question that has lapsed asks nothing any more: it is only context (CLK-10)."""
    return Part(
        label=Label(each.label),
        parent=Label(each.parent) if each.parent else None,
        kind=Code("context" if each.label in given_up else each.kind),
        wording=BlindText(each.wording),
    )
