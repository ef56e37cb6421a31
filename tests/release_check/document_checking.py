"""How the tests of Word documents ask, and the pieces of text that they share."""

from services.publishing.release_check.bounds import Bounds
from services.publishing.release_check.looking import Look
from services.publishing.release_check.word import inspect
from tests.release_check.checking import POLICY, checked, codes
from tests.release_check.made.documents import Document, paragraph

BY = 'w:id="1" w:author="A. Clerk" w:date="2026-01-05T09:00:00Z"'
PLAIN = paragraph("The force holds the information.")
WHITE = '<w:color w:val="FFFFFF"/>'


def found(document: Document, severity: str = "") -> set[str]:
    return codes(checked(document.bytes(), "answer.docx"), severity)


def looked(document: Document) -> Look:
    """What one document's inspection tells and notes."""
    look = Look(
        name="answer.docx", data=document.bytes(), policy=POLICY, bounds=Bounds(POLICY.limits), descend=lambda *_: None
    )
    inspect(look)
    return look
