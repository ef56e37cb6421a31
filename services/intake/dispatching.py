"""The commands that bring a signed-off reply to the person who asked, and the record that it has left (CLK-21)."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from email.message import EmailMessage
from html import unescape
from typing import Any

from sqlalchemy import Row, select, update

from services.intake import checking, clockwork, mailing
from services.intake.casefile import case_row, details_of, requester_row
from services.intake.checking import Outgoing
from services.intake.covering import ReplyCovering
from services.intake.domain import CASE
from services.intake.models import case, dispatch
from shared.chassis.blobs import BlobChanged
from shared.chassis.database import NEVER, insert_or_update
from shared.chassis.errors import Refused
from shared.chassis.events.values import Digest
from shared.chassis.uow import UnitOfWork
from shared.contracts.intake import ResponseDispatched
from shared.contracts.values import Label
from shared.law.clock import ClockEvent

SEND = "send"
"""The timer that sends a reply; its key is the case id."""
LONGEST_PAUSE = timedelta(minutes=10)
LETTER_AS_PDF = "letter.pdf"
"""What the letter is called among the files of the message."""

_logger = logging.getLogger(__name__)


def dispatch_reply(uow: UnitOfWork, case_id: str, *, method: str) -> Row[Any]:
    """Have the reply sent by e-mail, or record that it has left by post or another way today.

    A letter that tells who asked does not leave: it would be published (PUB-02). Neither does anything that has not
    passed the release check, the covering words of the e-mail included (REL-26, REL-27).
    """
    row = case_row(uow, case_id)
    uow.require_version(row)
    state = CASE.next(row.state, "dispatch")
    _refuse_while_nothing_is_due(row)
    files = _unchanged_files(uow, row)
    _refuse_if_it_tells_who_asked(uow, case_id, files)
    way = {"case_id": case_id, "method": method, "message_id": None, "attempts": 0, "last_error_kind": None}
    if method == "post":
        checking.refuse_unless_passed(uow, case_id, files)
        insert_or_update(uow.connection, dispatch, [{**way, "state": "sent"}])
        return _record(uow, row, CASE.next(state, "record dispatch"))
    person = requester_row(uow, case_id)
    mailing.recipient(person.email, person.name)
    way["message_id"] = mailing.message_id(case_id, row.draft, uow.config.smtp_sender)
    checking.refuse_what_is_stopped(uow, case_id, files)
    checking.ask(uow, case_id, [*files, checking.words_of(_covering(uow, row))])
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
            mailing.require_passed(checking.worst(uow, case_id, _outgoing(uow, row)))
            mailing.hand_over(_message(uow, row, way.message_id), uow.config.mail_relay)
        except mailing.NotTaken as reason:
            return reason
        except BlobChanged:
            return mailing.NotTaken("bytes changed", final=True)
    return None


def wake(uow: UnitOfWork, case_id: str, digest: str) -> None:
    """Send, or take back, a reply that waited for the report on this document alone."""
    row = uow.once(select(case).where(case.c.id == case_id, case.c.state == "sending"))
    if row is not None and checking.was_last_awaited(uow, case_id, digest, _outgoing(uow, row)):
        uow.schedule(SEND, case_id, uow.now)


def note_sending(uow: UnitOfWork, case_id: str, refused: mailing.NotTaken | None) -> None:
    """Record that the reply has left. Where the relay did not take it, try again after a growing pause; where it
    never will, the case goes back to be dispatched another way."""
    row = case_row(uow, case_id)
    if row.state != "sending":
        return
    if isinstance(refused, mailing.NotChecked):
        checking.ask(uow, case_id, _outgoing(uow, row))
        uow.schedule(SEND, case_id, uow.now + mailing.LOOK_AGAIN)
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
    move = _answered(uow, row)
    clock = move.clock
    assert clock.due is not None, "a day was due when it was dispatched"
    uow.record(
        ResponseDispatched(
            letter=Digest(row.letter),
            dispatched_on=uow.today,
            due_on=clock.answer_by or clock.due,
            working_day=clock.working_day_of_response or 0,
            in_time=bool(clock.in_time),
            answers=tuple(Label(outcome["label"]) for outcome in row.outcomes),
        ),
        subject=row.id,
    )
    return clockwork.keep_end(uow, row, move, state=state, answered_on=uow.today)


def _answered(uow: UnitOfWork, row: Row[Any]) -> clockwork.Move:
    """What the reply comes to if it leaves today."""
    return clockwork.moved(uow, row, ClockEvent(kind="responded", on=uow.today))


def _refuse_while_nothing_is_due(row: Row[Any]) -> None:
    if row.due_on == NEVER:
        raise Refused(
            "Clarification or a fee is awaited: it is not plain yet what is to be answered.",
            rule="CLK-07",
            next_step="Take in what has come, or wait: unanswered, it lapses by itself.",
        )


def _note(uow: UnitOfWork, case_id: str, **found: Any) -> None:
    uow.connection.execute(update(dispatch).where(dispatch.c.case_id == case_id).values(**found))


def _files(uow: UnitOfWork, row: Row[Any]) -> list[Outgoing]:
    """Everything that leaves: the letter in its forms, then the documents. Raises `BlobChanged` for bytes that are not
    those that were signed off."""
    forms = [(row.letter, "text/html", "letter.html"), (row.letter_text, "text/plain", "letter.txt")]
    forms += [(row.letter_pdf, "application/pdf", LETTER_AS_PDF)] if row.letter_pdf else []
    forms += ((each["digest"], each["media_type"], each["name"]) for each in row.documents)
    return [
        Outgoing(name=name, media_type=media_type, content=uow.blobs.get(digest)) for digest, media_type, name in forms
    ]


def _unchanged_files(uow: UnitOfWork, row: Row[Any]) -> list[Outgoing]:
    try:
        return _files(uow, row)
    except BlobChanged:
        raise Refused(
            "The stored bytes of the reply are no longer those that were checked and signed off.",
            rule="REL-27",
            next_step="Tell whoever runs Candour: the document store was changed from outside, or is broken.",
        ) from None


def _covering(uow: UnitOfWork, row: Row[Any]) -> ReplyCovering:
    """The words around the reply if it leaves today."""
    clock = _answered(uow, row).clock
    clarified = [part.receipt for part in clock.parts if part.receipt and part.receipt > row.received_on]
    attached = [LETTER_AS_PDF] if row.letter_pdf else []
    return ReplyCovering(
        name=requester_row(uow, row.id).name,
        reference=row.reference,
        received_on=row.received_on,
        clarified_on=max(clarified, default=None),
        due_on=clock.answer_by or row.due_on,
        sent_on=uow.today,
        late_on=None if clock.in_time else clock.working_day_of_response,
        documents=[*attached, *(each["name"] for each in row.documents)],
    )


def _outgoing(uow: UnitOfWork, row: Row[Any]) -> list[Outgoing]:
    """All that the e-mail says to anybody but by name."""
    return [*_files(uow, row), checking.words_of(_covering(uow, row))]


def _message(uow: UnitOfWork, row: Row[Any], identifier: str) -> EmailMessage:
    person = requester_row(uow, row.id)
    letter, letter_text, *attached = _files(uow, row)
    return mailing.message(
        _covering(uow, row),
        to=mailing.recipient(person.email, person.name),
        sender=uow.config.smtp_sender,
        identifier=identifier,
        at=uow.now,
        letter=letter.content.decode("utf-8"),
        letter_text=letter_text.content.decode("utf-8"),
        documents=attached,
    )


def _refuse_if_it_tells_who_asked(uow: UnitOfWork, case_id: str, files: Sequence[Outgoing]) -> None:
    details = details_of(uow, case_id)
    page, text, *_ = (file.content.decode("utf-8", "replace") for file in files)
    found = dict.fromkeys([*details.found_in(unescape(page)), *details.found_in(text)])
    if found:
        raise Refused(
            f"The letter holds {' and '.join(found)}; it will be published.",
            rule="PUB-02",
            next_step="Have it drawn up and signed off again without that. The covering message greets by name.",
        )
