"""The register of parties and of the rules that say which topic goes to whom: its first content and its changes."""

import tomllib
from importlib.resources import files
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from services.consultation.domain import cleared
from services.consultation.models import party, rule, topic
from shared.chassis.database import insert_new
from shared.chassis.errors import Finding, Invalid, NotFound, Refused
from shared.chassis.events.values import Code
from shared.chassis.uow import UnitOfWork


def seed(connection: Connection) -> None:
    """Fill an empty register from `parties.toml`. One that holds a party is left as it is."""
    if connection.execute(select(party.c.id).limit(1)).first() is not None:
        return
    data = tomllib.loads(files(__package__).joinpath("parties.toml").read_text(encoding="utf-8"))
    connection.execute(insert(party), [{"id": Code(code), "version": 1, **row} for code, row in data["party"].items()])
    connection.execute(insert(topic), [{"id": Code(name), "version": 1} for name in data["rule"]])
    pairs = [{"topic": name, "party": code} for name, codes in data["rule"].items() for code in codes]
    connection.execute(insert(rule), pairs)


def add_party(uow: UnitOfWork, *, party_code: str, **office: Any) -> Row[Any]:
    """Enter a new party. Raises `Refused` where there is one of this code."""
    code = _code("party", party_code)
    row = {"id": code, "version": 1, **_checked(office)}
    if not insert_new(uow.connection, party, [row], party.c.id):
        raise Refused(f"There is a party {code} already.", next_step=f"Change it with PUT /parties/{code}.")
    return uow.connection.execute(select(party).where(party.c.id == code)).one()


def change_party(uow: UnitOfWork, row: Row[Any], **office: Any) -> Row[Any]:
    """Change a party from now on: consultations that are open keep the office and the day they were opened with."""
    uow.require_version(row)
    return uow.advance(party, row, **_checked(office))


def change_rule(uow: UnitOfWork, topic_code: str, *, parties: list[str]) -> None:
    """Have the topic go to exactly these parties, for cases that are accepted from now on; none is an answer too.

    A topic without a rule is at version 0.
    """
    insert_new(uow.connection, topic, [{"id": topic_code, "version": 0}], topic.c.id)
    row = uow.connection.execute(select(topic).where(topic.c.id == topic_code)).one()
    uow.require_version(row)
    known = set(uow.connection.execute(select(party.c.id).where(party.c.id.in_(parties))).scalars())
    next_step = "Take a party's code from GET /parties, or add the party with POST /parties."
    unknown = [
        Finding(f"parties.{place}", f"There is no party {code!r}.", next_step=next_step)
        for place, code in enumerate(parties)
        if code not in known
    ]
    if unknown:
        raise Invalid(unknown)
    uow.advance(topic, row)
    uow.connection.execute(delete(rule).where(rule.c.topic == topic_code))
    uow.add(rule, *({"topic": topic_code, "party": code} for code in sorted(known)))


def topic_code(name: str) -> str:
    """The name as a topic's code; `NotFound` where no topic could be called so."""
    try:
        return Code(name)
    except ValueError:
        raise NotFound("topic", name) from None


def _checked(office: dict[str, Any]) -> dict[str, Any]:
    return {**office, **{name: cleared(name, office[name]) for name in ("organisation", "position")}}


def _code(field: str, text: str) -> Code:
    try:
        return Code(text)
    except ValueError as error:
        next_step = "Choose a short code such as 'home-office'."
        raise Invalid([Finding(field, f"It is {error}.", next_step=next_step)]) from None
