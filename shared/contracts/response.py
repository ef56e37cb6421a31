"""The reply as data: what decision renders letters from, and publishing renders the disclosure log entry from.

It is kept in the blob store and named in events by its digest. It holds what the public may read and nothing of who
asked: salutation, dates of sending and the covering message are intake's.
"""

from dataclasses import asdict, dataclass
from typing import Any

import orjson

KINDS_OF_DOCUMENT = {
    "application/pdf": "PDF",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument spreadsheet",
    "application/vnd.oasis.opendocument.text": "OpenDocument text",
    "application/vnd.oasis.opendocument.presentation": "OpenDocument presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel spreadsheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint presentation",
    "image/jpeg": "JPEG picture",
    "image/png": "PNG picture",
    "text/csv": "CSV",
    "text/plain": "plain text",
}
"""What may be attached to a reply, by media type, as people call it."""


@dataclass(frozen=True, kw_only=True)
class Pointer:
    """Where the information is, or may be, instead (s16, s21). `contact` and `url` may be empty."""

    name: str
    contact: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """The reasonable opinion that section 36 rests on: by which `office`, on which day, on which limbs, and whether the
    harm "would" or "would be likely to" follow (EXM-07)."""

    office: str
    on: str
    citations: tuple[str, ...]
    likelihood: str


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A Minister's certificate under section 23(2), 24(3) or 34(3): `by` whom, on which day, of what (EXM-08)."""

    provision: str
    by: str
    on: str
    scope: str


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """Whose data they are, the three steps of Article 6(1)(f) of the UK GDPR, and fairness (EXM-09)."""

    whose: str
    interest: str
    necessity: str
    balance: str
    fairness: str


@dataclass(frozen=True, kw_only=True)
class Showing:
    """One of the things that an exemption asks to be shown: `what` as the catalogue of exemptions calls it."""

    what: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Balance:
    """Where the public interest lies for these qualified provisions, weighed together (EXM-10)."""

    citations: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """Why something is refused: provisions, harm, public interest. Empty where the provision needs none.

    `balance` is for all that is weighed, `balances` where some provisions are weighed apart; `as_at` is the day as at
    which the public interest was judged (EXM-11).
    """

    citations: tuple[str, ...]
    harm: str
    likelihood: str
    factors_for: tuple[str, ...]
    factors_against: tuple[str, ...]
    balance: str
    balances: tuple[Balance, ...] = ()
    as_at: str = ""
    opinion: Opinion | None = None
    certificates: tuple[Certificate, ...] = ()
    personal_data: PersonalData | None = None
    showings: tuple[Showing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EstimateLine:
    """One activity on one system of records. `activity` is a code of regulation 4(3), `minutes` what all records take,
    a begun minute as a whole one, and `minutes_each` a decimal; `sample_records` is 0 where no sample was taken."""

    activity: str
    system: str
    records: int
    minutes_each: str
    sample_records: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class CostEstimate:
    """What section 12 rests on. `provision` is 12(1) or 12(2), `method` tells how the estimate was made,
    `together_with` are the references of other requests whose cost is added (regulation 5)."""

    provision: str
    method: str
    lines: tuple[EstimateLine, ...]
    minutes: int
    pence: int
    limit_pence: int
    pence_per_hour: int
    together_with: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AnsweredPart:
    """One part and what was decided about it. `other_information` refuses to confirm or deny anything beyond.

    `estimate` is for a refusal on cost, `considered` for one as vexatious or repeated, and `earlier` the reference of
    the request that is repeated; `advice` is what section 16 asks for beside any refusal.
    """

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
    estimate: CostEstimate | None = None
    considered: str = ""
    earlier: str = ""
    advice: str = ""


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
    read = {
        "pointer": Pointer(**item["pointer"]) if item["pointer"] else None,
        "reasons": _reasons(item["reasons"]),
        "other_information": _reasons(item["other_information"]),
        "estimate": _estimate(item.get("estimate")),
    }
    return AnsweredPart(**{**item, **read})


def _reasons(item: dict[str, Any] | None) -> Reasons | None:
    if item is None:
        return None
    read: dict[str, Any] = {name: tuple(item[name]) for name in ("citations", "factors_for", "factors_against")}
    read["balances"] = tuple(Balance(**_citing(each)) for each in item.get("balances", ()))
    read["certificates"] = tuple(Certificate(**each) for each in item.get("certificates", ()))
    read["showings"] = tuple(Showing(**each) for each in item.get("showings", ()))
    if item.get("opinion"):
        read["opinion"] = Opinion(**_citing(item["opinion"]))
    if item.get("personal_data"):
        read["personal_data"] = PersonalData(**item["personal_data"])
    return Reasons(**{**item, **read})


def _citing(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "citations": tuple(item["citations"])}


def _estimate(item: dict[str, Any] | None) -> CostEstimate | None:
    if item is None:
        return None
    lines = tuple(EstimateLine(**line) for line in item["lines"])
    return CostEstimate(**{**item, "lines": lines, "together_with": tuple(item["together_with"])})
