"""E-mail messages: they never leave as such (REL-12), and what is attached is inspected so that the report says it
all."""

import email
import email.policy
import io
import re
from email.message import EmailMessage
from typing import Any

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.looking import Look
from services.publishing.release_check.recognising import recognise

_PROPERTY = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})(?:-[0-9A-F]{8})?", re.I)
_BODY, _HTML, _RICH, _DATA, _LONG_NAME, _NAME = "1000", "1013", "1009", "3701", "3707", "3704"
_TEXT, _OLD_TEXT, _OBJECT = "001F", "001E", "000D"


def inspect(look: Look) -> None:
    """Note that the file is a message, pass its text on, and inspect its attachments."""
    if recognise(look.data, look.name) == "msg":
        _inspect_outlook(look)
    else:
        _inspect_internet(look)


def _inspect_internet(look: Look) -> None:
    message = email.message_from_bytes(look.data, policy=email.policy.default)
    attached = 0
    for part in _parts(message):
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            continue
        content = _content(part)
        name = part.get_filename()
        if part.get_content_type() == "text/plain" and not name:
            look.text("the message", content.decode(part.get_content_charset() or "utf-8", "replace"))
        elif content:
            attached += 1
            look.inside(name or f"part {attached}{_ending(part)}", content)
        if part.defects:
            look.found("unreadable", f"a part of the message ({type(part.defects[0]).__name__})")
    look.found("email_container", f"the message, with {attached} files")


def _parts(message: EmailMessage) -> list[EmailMessage]:
    """The parts, those of a message that is attached left to its own inspection."""
    found: list[EmailMessage] = []
    waiting: list[Any] = [message]
    while waiting:
        part = waiting.pop()
        found.append(part)
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            waiting += reversed(list(part.iter_parts()))
    return found


def _content(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner: Any = part.get_payload()
        return inner[0].as_bytes() if inner else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _ending(part: EmailMessage) -> str:
    return {"text/html": ".html", "message/rfc822": ".eml", "text/calendar": ".txt"}.get(part.get_content_type(), "")


def _inspect_outlook(look: Look) -> None:
    import olefile

    look.found("email_container", "the message")
    try:
        with olefile.OleFileIO(io.BytesIO(look.data)) as compound:
            attachments: dict[str, dict[str, bytes]] = {}
            for path in compound.listdir():
                found = _PROPERTY.fullmatch(path[-1])
                if found is None or len(path) > 2:
                    _note_message_inside(look, path)
                elif len(path) == 2:
                    properties = attachments.setdefault(path[0], {})
                    properties[found[1] + found[2].upper()] = compound.openstream(path).read()
                else:
                    _inspect_body(look, found[1], found[2].upper(), compound.openstream(path).read())
    except (OSError, ValueError, IndexError) as error:
        raise Unreadable(f"is a message that cannot be read ({type(error).__name__})") from None
    for number, properties in enumerate(each for key, each in attachments.items() if key.startswith("__attach")):
        _inspect_attachment(look, number + 1, properties)


def _note_message_inside(look: Look, path: list[str]) -> None:
    """A message or object that is attached without being a file of its own; told once for each."""
    is_inside = len(path) > 2 and path[1].upper().startswith(f"__SUBSTG1.0_{_DATA}{_OBJECT}")
    if is_inside and path[2].startswith("__properties"):
        look.found("embedded_object", f"attachment {path[0][-8:].lstrip('0') or '0'} is a message or an object")


def _inspect_body(look: Look, number: str, kind: str, content: bytes) -> None:
    if number == _BODY:
        look.text("the message", _text(content, kind))
    elif number == _HTML and content:
        look.inside("the message.html", content if kind not in (_TEXT,) else _text(content, kind).encode())
    elif number == _RICH and content:
        look.found("unknown_part", "the message as packed rich text")


def _inspect_attachment(look: Look, number: int, properties: dict[str, bytes]) -> None:
    names = (properties.get(f"{which}{kind}") for which in (_LONG_NAME, _NAME) for kind in (_TEXT, _OLD_TEXT))
    kinds = (kind for _ in range(2) for kind in (_TEXT, _OLD_TEXT))
    name = next((_text(value, kind) for value, kind in zip(names, kinds, strict=True) if value), "")
    for key, content in properties.items():
        if key.startswith(_DATA) and not key.endswith(_OBJECT) and content:
            look.inside(name or f"attachment {number}", content)


def _text(content: bytes, kind: str) -> str:
    return content.decode("utf-16-le" if kind == _TEXT else "cp1252", "replace").rstrip("\x00")
