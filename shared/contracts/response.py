"""The reply as data: what decision renders letters from, and publishing renders the disclosure log entry from.

It is kept in the blob store and named in events by its digest. It holds what the public may read and nothing of who
asked: salutation, dates of sending and the covering message are intake's.
"""

from dataclasses import asdict, dataclass
from typing import Any

import orjson


@dataclass(frozen=True, kw_only=True)
class Pointer:
    """Where the information is, or may be, instead (s16, s21). `contact` and `url` may be empty."""

    name: str
    contact: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """Why something is refused: provisions, harm, public interest. Empty texts where the provision needs none."""

    citations: tuple[str, ...]
    harm: str
    likelihood: str
    factors_for: tuple[str, ...]
    factors_against: tuple[str, ...]
    balance: str


@dataclass(frozen=True, kw_only=True)
class AnsweredPart:
    """One part and what was decided about it. `other_information` refuses to confirm or deny anything beyond."""

    label: str
    parent: str
    kind: str
    wording: str
    outcome: str
    answer: str
    searches: str
    reasons: Reasons | None
    other_information: Reasons | None
    pointer: Pointer | None


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that goes with the reply, for the parts named."""

    digest: str
    media_type: str
    size: int
    name: str
    parts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Response:
    """A whole reply. `overall` is derived from the parts' outcomes. Dates are ISO texts."""

    reference: str
    title: str
    authorities: tuple[str, ...]
    received_on: str
    overall: str
    parts: tuple[AnsweredPart, ...]
    attachments: tuple[Attachment, ...]

    def to_bytes(self) -> bytes:
        """One writing for one reply, so that its digest names it."""
        return orjson.dumps(asdict(self), option=orjson.OPT_SORT_KEYS)

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Response":
        data = orjson.loads(raw)
        parts = tuple(_part(item) for item in data.pop("parts"))
        attachments = tuple(Attachment(**{**item, "parts": tuple(item["parts"])}) for item in data.pop("attachments"))
        return cls(**{**data, "authorities": tuple(data["authorities"])}, parts=parts, attachments=attachments)


def _part(item: dict[str, Any]) -> AnsweredPart:
    pointer = Pointer(**item["pointer"]) if item["pointer"] else None
    return AnsweredPart(
        **{
            **item,
            "pointer": pointer,
            "reasons": _reasons(item["reasons"]),
            "other_information": _reasons(item["other_information"]),
        }
    )


def _reasons(item: dict[str, Any] | None) -> Reasons | None:
    if item is None:
        return None
    lists = {name: tuple(item[name]) for name in ("citations", "factors_for", "factors_against")}
    return Reasons(**{**item, **lists})
