"""E-mail messages as mail programs keep them."""

import struct
from collections.abc import Mapping

from tests.release_check.made.old_files import stored


def internet(*parts: bytes) -> bytes:
    """A message of these parts, each with its own header."""
    head = (
        b"From: officer@force.invalid\r\nTo: requester@example.invalid\r\nSubject: Your request\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=EDGE\r\n\r\n"
    )
    return head + b"".join(b"--EDGE\r\n" + each + b"\r\n" for each in parts) + b"--EDGE--\r\n"


def part(content_type: str, content: bytes, *, name: str = "") -> bytes:
    told = f'Content-Disposition: attachment; filename="{name}"\r\n' if name else ""
    return f"Content-Type: {content_type}\r\n{told}\r\n".encode() + content


def outlook(
    body: str, *, html: str = "", rich: bytes = b"", attached: Mapping[str, bytes], inside: bool = False
) -> bytes:
    """A message of Outlook. `inside` attaches another message."""
    streams = {"__properties_version1.0": bytes(32), "__substg1.0_1000001F": body.encode("utf-16-le")}
    if html:
        streams["__substg1.0_10130102"] = html.encode()
    if rich:
        streams["__substg1.0_10090102"] = rich
    for number, (name, content) in enumerate(attached.items()):
        folder = f"__attach_version1.0_#{number:08X}"
        streams[f"{folder}/__substg1.0_3707001F"] = name.encode("utf-16-le")
        streams[f"{folder}/__substg1.0_37010102"] = content
    if inside:
        streams["__attach_version1.0_#000000FF/__substg1.0_3701000D/__properties_version1.0"] = struct.pack("<I", 0) * 8
    return stored(streams)
