"""Reads what a requester and a visitor of the public site were given, as a person would: the words."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path


def mailed_to(mail: Path, address: str) -> list[EmailMessage]:
    """The messages that the mail catcher has for one address."""
    found = []
    for file in sorted((mail / "new").iterdir()):
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
        assert isinstance(message, EmailMessage)
        if message["X-RcptTo"] == address:
            found.append(message)
    return found


def body(message: EmailMessage, kind: str) -> str:
    """The words of the text or html part."""
    part = message.get_body(preferencelist=(kind,))
    assert part is not None, f"the message has no {kind} part"
    content = part.get_content()
    return words(content) if kind == "html" else plain(content)


def plain(text: str) -> str:
    """The text on one line, however it is wrapped."""
    return " ".join(text.split())


def words(page: str) -> str:
    """What a page says."""
    reader = _Words()
    reader.feed(page)
    reader.close()
    return plain("".join(reader.said))


class _Words(HTMLParser):
    INLINE = frozenset({"a", "strong", "em", "span", "abbr"})

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag == "style"
        self.said.append("" if tag in self.INLINE else " ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag == "style"
        self.said.append("" if tag in self.INLINE else " ")

    def handle_data(self, data: str) -> None:
        self.said.append("" if self._silent else data)
