"""Notices: each is rendered from data, kept with its template, version and digest, and mailed or recorded as posted."""

import logging
from datetime import date, timedelta
from html import unescape
from typing import Any

from sqlalchemy import Row, func, select, update

from services.intake import checking, clockwork, mailing
from services.intake.casefile import authority_codes, case_row, details_of, requester_row
from services.intake.checking import Outgoing
from services.intake.covering import Covering
from services.intake.models import case, notice
from shared.chassis.blobs import BlobChanged
from shared.chassis.errors import Finding, Invalid, NotFound, Refused
from shared.chassis.events.values import Code, Digest
from shared.chassis.uow import UnitOfWork
from shared.contracts.intake import NoticeNotTaken, NoticeSent
from shared.letters.letter import Letter
from shared.letters.notice import Notice, render
from shared.letters.review_notices import ReviewOutcome

SEND_NOTICE = "send notice"
"""The timer that sends a notice; its key is the case id and the notice's number."""
LONGEST_PAUSE = timedelta(minutes=10)
UNTITLED = "A request for information"
"""What a notice calls a case that nobody has given a title yet."""

_logger = logging.getLogger(__name__)


def heading(uow: UnitOfWork, row: Row[Any]) -> dict[str, Any]:
    """What every notice on the case begins with."""
    return {
        "reference": row.reference,
        "title": row.title or UNTITLED,
        "authorities": tuple(authority_codes(uow, [row.id])[row.id]),
        "received_on": row.received_on,
    }


def dated(uow: UnitOfWork, row: Row[Any], *, method: str, posted_on: date | None) -> date:
    """The day that a notice is given on: today by e-mail, or the day on which it was posted."""
    if posted_on is None:
        return uow.today
    if method != "post":
        mend = "Leave it out, or choose the method 'post'."
        raise Invalid([Finding("posted_on", "An e-mail leaves today.", next_step=mend)])
    if not row.received_on <= posted_on <= uow.today:
        mend = "Give the day on which it was posted: not before the request came, and not after today."
        raise Invalid([Finding("posted_on", "It cannot have been posted on this day.", "CLK-01", mend)])
    return posted_on


def give(uow: UnitOfWork, row: Row[Any], given: Notice, on: date, *, method: str) -> int:
    """Have the notice sent by e-mail, or record that it was posted on that day; its number.

    A notice that tells who asked does not leave: the covering words greet by name, it does not (CON-01).
    """
    if method == "email":
        person = requester_row(uow, row.id)
        mailing.recipient(person.email, person.name)
    return _keep(uow, row, render(given, on), on, method=method, state="waiting" if method == "email" else "sent")


def give_if_possible(uow: UnitOfWork, row: Row[Any], given: Notice) -> int:
    """The same by e-mail where nobody is there to post it: without an address it waits to be posted."""
    person = requester_row(uow, row.id)
    letter = render(given, uow.today)
    try:
        mailing.recipient(person.email, person.name)
    except Refused:
        number = _keep(uow, row, letter, uow.today, method="email", state="refused")
        _note(uow, row.id, number, last_error_kind="no address")
        return number
    return _keep(uow, row, letter, uow.today, method="email", state="waiting")


def hand_over(uow: UnitOfWork, key: str) -> mailing.NotTaken | None:
    """Give the notice to the mail relay, outside a transaction; why it did not take it, or None."""
    kept = _of(uow, key)
    if kept.state == "waiting":
        try:
            mailing.require_passed(checking.worst(uow, kept.case_id, _outgoing(uow, kept)))
            mailing.hand_over(_message(uow, kept), uow.config.mail_relay)
        except mailing.NotTaken as reason:
            return reason
        except BlobChanged:
            return mailing.NotTaken("bytes changed", final=True)
    return None


def note_sending(uow: UnitOfWork, key: str, refused: mailing.NotTaken | None) -> int | None:
    """Record that the notice has left, or try again after a growing pause. Where the relay never will take it, it was
    not given: its number, for whoever undoes what it did."""
    kept = _of(uow, key)
    if kept.state != "waiting":
        return None
    if isinstance(refused, mailing.NotChecked):
        checking.ask(uow, kept.case_id, _outgoing(uow, kept))
        uow.schedule(SEND_NOTICE, key, uow.now + mailing.LOOK_AGAIN)
        return None
    attempts = kept.attempts + 1
    if refused is None:
        _note(uow, kept.case_id, kept.number, attempts=attempts, last_error_kind=None)
        _sent(uow, kept, uow.today, method="email")
        return None
    told = {"subject": kept.case_id, "kind": refused.kind, "attempts": attempts}
    _logger.warning("The mail relay did not take a notice", extra=told)
    state = "refused" if refused.final else "waiting"
    _note(uow, kept.case_id, kept.number, state=state, attempts=attempts, last_error_kind=refused.kind)
    if refused.final:
        uow.record(NoticeNotTaken(kind=Code(kept.kind), letter=Digest(kept.letter)), subject=kept.case_id)
        return int(kept.number)
    uow.schedule(SEND_NOTICE, key, uow.now + min(timedelta(seconds=2 ** min(attempts, 10)), LONGEST_PAUSE))
    return None


def record_posting(uow: UnitOfWork, case_id: str, digest: str, *, posted_on: date | None) -> Row[Any]:
    """Record that a notice which could not be e-mailed has left by post or another way."""
    row = case_row(uow, case_id)
    uow.require_version(row)
    kept = notice_of(uow, case_id, digest)
    on = dated(uow, row, method="post", posted_on=posted_on)
    if kept.kind == ReviewOutcome.kind or clockwork.is_moved_by(uow, case_id, kept.number):
        raise Refused(
            "This notice takes effect on the day on which it is given.",
            rule="CLK-06",
            next_step="Give it anew, with the method 'post'.",
        )
    if kept.state != "refused":
        raise Refused(
            f"This notice is '{kept.state}': only one that could not be e-mailed is posted instead.",
            next_step="See its state at the case's notices.",
        )
    row = uow.advance(case, row)
    _sent(uow, kept, on, method="post")
    return row


def notice_of(uow: UnitOfWork, case_id: str, digest: str) -> Row[Any]:
    """The notice with this letter, or `NotFound`; of two with the same bytes the later one."""
    query = select(notice).where(notice.c.case_id == case_id, notice.c.letter == digest)
    row = uow.connection.execute(query.order_by(notice.c.number.desc()).limit(1)).one_or_none()
    if row is None:
        raise NotFound("notice", digest)
    return row


def letter_of(uow: UnitOfWork, kept: Row[Any]) -> Letter:
    """The notice as it left."""
    return Letter(
        kind=kept.kind,
        template=kept.template,
        version=kept.template_version,
        html=uow.private_blobs.get(kept.letter),
        text=uow.private_blobs.get(kept.letter_text),
    )


def _keep(uow: UnitOfWork, row: Row[Any], letter: Letter, on: date, *, method: str, state: str) -> int:
    _refuse_if_it_tells_who_asked(uow, row.id, letter)
    last = select(func.coalesce(func.max(notice.c.number), 0)).where(notice.c.case_id == row.id)
    number = int(uow.connection.execute(last).scalar_one()) + 1
    keep = uow.private_blobs.put
    uow.add(
        notice,
        case_id=row.id,
        number=number,
        kind=letter.kind,
        template=letter.template,
        template_version=letter.version,
        letter=keep(letter.html, media_type="text/html", name="notice.html").digest,
        letter_text=keep(letter.text, media_type="text/plain", name="notice.txt").digest,
        dated=on,
        method=method,
        message_id=mailing.message_id(row.id, f"n{number}", uow.config.smtp_sender) if method == "email" else None,
        state=state,
        attempts=0,
    )
    kept = _of(uow, f"{row.id}/{number}")
    checking.ask(uow, row.id, _outgoing(uow, kept))
    if state == "waiting":
        uow.schedule(SEND_NOTICE, f"{row.id}/{number}", uow.now)
    elif state == "sent":
        _sent(uow, kept, on, method=method)
    return number


def _sent(uow: UnitOfWork, kept: Row[Any], on: date, *, method: str) -> None:
    _note(uow, kept.case_id, kept.number, state="sent", sent_on=on, method=method)
    uow.record(
        NoticeSent(
            kind=Code(kept.kind),
            template=Code(kept.template),
            version=kept.template_version,
            letter=Digest(kept.letter),
            sent_on=on,
            method=Code(method),
        ),
        subject=kept.case_id,
    )


def _of(uow: UnitOfWork, key: str) -> Row[Any]:
    case_id, _, number = key.partition("/")
    query = select(notice).where(notice.c.case_id == case_id, notice.c.number == int(number))
    return uow.connection.execute(query).one()


def _note(uow: UnitOfWork, case_id: str, number: int, **found: Any) -> None:
    this = update(notice).where(notice.c.case_id == case_id, notice.c.number == number)
    uow.connection.execute(this.values(**found))


def wake(uow: UnitOfWork, case_id: str, digest: str) -> None:
    """Send, or take back, the notices of a case that waited for the report on this document alone."""
    for kept in uow.all(select(notice).where(notice.c.case_id == case_id, notice.c.state == "waiting")):
        if checking.was_last_awaited(uow, case_id, digest, _outgoing(uow, kept)):
            uow.schedule(SEND_NOTICE, f"{case_id}/{kept.number}", uow.now)


def _outgoing(uow: UnitOfWork, kept: Row[Any]) -> list[Outgoing]:
    """What leaves with a notice: the letter as a page and as text, and the covering words."""
    letter = letter_of(uow, kept)
    return [
        Outgoing(name="notice.html", media_type="text/html", content=letter.html),
        Outgoing(name="notice.txt", media_type="text/plain", content=letter.text),
        checking.words_of(_covering(uow, kept)),
    ]


def _covering(uow: UnitOfWork, kept: Row[Any]) -> Covering:
    return Covering(name=requester_row(uow, kept.case_id).name, reference=case_row(uow, kept.case_id).reference)


def _message(uow: UnitOfWork, kept: Row[Any]) -> Any:
    person = requester_row(uow, kept.case_id)
    letter = letter_of(uow, kept)
    return mailing.message(
        _covering(uow, kept),
        to=mailing.recipient(person.email, person.name),
        sender=uow.config.smtp_sender,
        identifier=kept.message_id,
        at=uow.now,
        letter=letter.html.decode("utf-8"),
        letter_text=letter.text.decode("utf-8"),
    )


def _refuse_if_it_tells_who_asked(uow: UnitOfWork, case_id: str, letter: Letter) -> None:
    details = details_of(uow, case_id)
    pages = (unescape(letter.html.decode("utf-8")), letter.text.decode("utf-8"))
    found = dict.fromkeys(what for page in pages for what in details.found_in(page))
    if found:
        raise Refused(
            f"The notice holds {' and '.join(found)}; others will read it.",
            rule="CON-01",
            next_step="Word it without that. The covering message greets by name.",
        )
