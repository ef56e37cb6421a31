"""The commands that bring a signed-off reply to the person who asked, and the record that it has left (CLK-21)."""

import logging
from datetime import timedelta
from email.message import EmailMessage
from html import unescape
from typing import Any

from sqlalchemy import Row, select, update

from services.intake import mailing
from services.intake.casefile import case_row, details_of, requester_row
from services.intake.covering import Covering
from services.intake.domain import CASE
from services.intake.models import case, dispatch
from shared.chassis.database import insert_or_update
from shared.chassis.errors import Refused
from shared.chassis.events.values import Digest
from shared.chassis.uow import UnitOfWork
from shared.contracts.intake import ResponseDispatched
from shared.contracts.values import Label
from shared.law.clock import due_date, in_time, working_day_number

SEND = "send"
"""The timer that sends a reply; its key is the case id."""
LONGEST_PAUSE = timedelta(minutes=10)

_logger = logging.getLogger(__name__)


def dispatch_reply(uow: UnitOfWork, case_id: str, *, method: str) -> Row[Any]:
    """Have the reply sent by e-mail, or record that it has left by post or another way today.

    A letter that tells who asked does not leave: it would be published (PUB-02).
    """
    row = case_row(uow, case_id)
    uow.require_version(row)
    state = CASE.next(row.state, "dispatch")
    _refuse_if_it_tells_who_asked(uow, row)
    way = {"case_id": case_id, "method": method, "message_id": None, "attempts": 0, "last_error_kind": None}
    if method == "post":
        insert_or_update(uow.connection, dispatch, [{**way, "state": "sent"}])
        return _record(uow, row, CASE.next(state, "record dispatch"))
    person = requester_row(uow, case_id)
    mailing.recipient(person.email, person.name)
    way["message_id"] = mailing.message_id(case_id, row.draft, uow.config.smtp_sender)
    insert_or_update(uow.connection, dispatch, [{**way, "state": "waiting"}])
    uow.schedule(SEND, case_id, uow.now)
    return uow.advance(case, row, state=state)


def hand_over(uow: UnitOfWork, case_id: str) -> mailing.NotTaken | None:
    """Give the reply to the mail relay; why it did not take it, or None.

    Done outside a transaction: a relay may take its time. When Candour is stopped before it has noted that the
    reply has left, it is handed over again under the same Message-ID, by which mail systems know it again.
    """
    row = case_row(uow, case_id)
    if row.state == "sending":
        way = uow.connection.execute(select(dispatch).where(dispatch.c.case_id == case_id)).one()
        try:
            mailing.hand_over(_message(uow, row, way.message_id), uow.config.mail_relay)
        except mailing.NotTaken as reason:
            return reason
    return None


def note_sending(uow: UnitOfWork, case_id: str, refused: mailing.NotTaken | None) -> None:
    """Record that the reply has left. Where the relay did not take it, try again after a growing pause; where it
    never will, the case goes back to be dispatched another way."""
    row = case_row(uow, case_id)
    if row.state != "sending":
        return
    way = uow.connection.execute(select(dispatch).where(dispatch.c.case_id == case_id)).one()
    attempts = way.attempts + 1
    if refused is None:
        _note(uow, case_id, state="sent", attempts=attempts, last_error_kind=None)
        _record(uow, row, CASE.next(row.state, "record dispatch"))
        return
    told = {"subject": case_id, "kind": refused.kind, "attempts": attempts}
    _logger.warning("The mail relay did not take a reply", extra=told)
    state = "refused" if refused.final else "waiting"
    _note(uow, case_id, state=state, attempts=attempts, last_error_kind=refused.kind)
    if refused.final:
        uow.advance(case, row, state=CASE.next(row.state, "take back"))
    else:
        pause = min(timedelta(seconds=2 ** min(attempts, 10)), LONGEST_PAUSE)
        uow.schedule(SEND, case_id, uow.now + pause)


def _record(uow: UnitOfWork, row: Row[Any], state: str) -> Row[Any]:
    today = uow.today
    uow.record(
        ResponseDispatched(
            letter=Digest(row.letter),
            dispatched_on=today,
            due_on=due_date(row.received_on),
            working_day=working_day_number(row.received_on, today),
            in_time=in_time(row.received_on, today),
            answers=tuple(Label(outcome["label"]) for outcome in row.outcomes),
        ),
        subject=row.id,
    )
    return uow.advance(case, row, state=state, answered_on=today)


def _note(uow: UnitOfWork, case_id: str, **found: Any) -> None:
    uow.connection.execute(update(dispatch).where(dispatch.c.case_id == case_id).values(**found))


def _letter(uow: UnitOfWork, row: Row[Any]) -> tuple[str, str]:
    """The signed-off letter, as a page and as text."""
    return uow.blobs.get(row.letter).decode("utf-8"), uow.blobs.get(row.letter_text).decode("utf-8")


def _message(uow: UnitOfWork, row: Row[Any], identifier: str) -> EmailMessage:
    person = requester_row(uow, row.id)
    letter, letter_text = _letter(uow, row)
    covering = Covering(
        name=person.name,
        reference=row.reference,
        received_on=row.received_on,
        due_on=due_date(row.received_on),
        sent_on=uow.today,
        documents=[document["name"] for document in row.documents],
    )
    return mailing.message(
        covering,
        to=mailing.recipient(person.email, person.name),
        sender=uow.config.smtp_sender,
        identifier=identifier,
        at=uow.now,
        letter=letter,
        letter_text=letter_text,
        documents=[(document, uow.blobs.get(document["digest"])) for document in row.documents],
    )


def _refuse_if_it_tells_who_asked(uow: UnitOfWork, row: Row[Any]) -> None:
    details = details_of(uow, row.id)
    letter, letter_text = _letter(uow, row)
    found = dict.fromkeys([*details.found_in(unescape(letter)), *details.found_in(letter_text)])
    if found:
        raise Refused(
            f"The letter holds {' and '.join(found)}; it will be published.",
            rule="PUB-02",
            next_step="Have it drawn up and signed off again without that. The covering message greets by name.",
        )
