"""The letter of a case in every form, and what the linter says of it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from services.decision.casefile import draft_of, read_file
from services.decision.domain import CaseFile
from services.decision.records import outcome_of
from services.decision.response import response_of
from shared.chassis.errors import Finding, Invalid
from shared.chassis.uow import UnitOfWork
from shared.letters.letter import Letter
from shared.letters.lint import Decided, lint, verdict
from shared.letters.lint.decided import DecidedPart
from shared.letters.reading.document import Unreadable
from shared.letters.replies import render

HTML, TEXT, PDF, JSON = "text/html", "text/plain", "application/pdf", "application/json"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS: Mapping[str, str] = {"html": HTML, "text": TEXT, "pdf": PDF, "docx": WORD}
"""The forms that the letter can be read in, with their media types."""

IMPORTED = (HTML, TEXT, PDF, WORD)
"""What a letter from elsewhere may come as."""
LARGEST = 20_000_000
"""Bytes of a letter from elsewhere."""


def letter_in(uow: UnitOfWork, case_id: str, form: str) -> bytes:
    """The letter in one of `FORMS`: the submitted bytes where it is submitted, else a preview of what is decided.

    The Word copy is made from the submitted page each time, and gives the same bytes each time.
    """
    row = draft_of(uow, case_id)
    letter = _submitted(uow, row) if row.letter else _preview(uow, case_id)
    if form == "pdf":
        return uow.private_blobs.get(row.letter_pdf) if row.letter_pdf else as_pdf(letter)
    if form == "docx":
        from shared.letters.word import word  # as with the PDF

        return word(letter)
    return letter.html if form == "html" else letter.text


def as_pdf(letter: Letter) -> bytes:
    """The letter as PDF/UA-1."""
    from shared.letters.pdf import pdf  # half a second and much memory, which only those pay who ask for a PDF

    return pdf(letter)


def require_sound(letter: Letter, file: CaseFile) -> None:
    """Raises `Invalid` with everything that keeps a letter from leaving, by the linter's rules and these decisions."""
    grave = [each for each in lint(letter.html, _decided(file)) if each.severity == "B"]
    if grave:
        raise Invalid([Finding("letter", f"{each.why} See {each.where}.", each.rule, each.mend) for each in grave])


def linted_for(uow: UnitOfWork, case_id: str, content: bytes) -> dict[str, Any]:
    """What the linter says of a letter on this case that was written elsewhere, read beside what is decided here.

    Raises `Invalid` where it cannot be read.
    """
    file = read_file(uow, case_id)
    try:
        findings = lint(content, _decided(file) if file.decided else None)
    except Unreadable as error:
        next_step = "Send the letter as text, HTML, PDF or Word (.docx)."
        raise Invalid([Finding("letter", f"The letter cannot be read: {error}.", "RN-18", next_step)]) from None
    return {"verdict": verdict(findings), "findings": [each.as_json() for each in findings]}


def _decided(file: CaseFile) -> Decided:
    """The decisions as the linter compares a letter with them."""
    outcomes = (outcome_of(file.decisions[part.label]) for part in file.questions if part.label in file.decided)
    return Decided(
        parts=tuple(
            DecidedPart(str(each.label), str(each.outcome), tuple(map(str, each.citations))) for each in outcomes
        ),
        reference=file.reference,
        authorities=file.authorities,
        received_on=file.received_on,
        due_on=file.due_on,
    )


def _preview(uow: UnitOfWork, case_id: str) -> Letter:
    return render(response_of(read_file(uow, case_id)), uow.today, preview=True)


def _submitted(uow: UnitOfWork, row: Row[Any]) -> Letter:
    html, text = (uow.private_blobs.get(digest) for digest in (row.letter, row.letter_text))
    return Letter("reply", row.template or "", row.template_version or 0, html, text)
