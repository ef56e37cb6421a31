"""Letters as other programs left them (text, HTML, PDF, Word), read into paragraphs with their headings and places."""

from shared.letters.reading.document import Document, Paragraph, Trace, Unreadable
from shared.letters.reading.opening import read

__all__ = ["Document", "Paragraph", "Trace", "Unreadable", "read"]
