"""A small service that has nothing to do with the product, to test the HTTP layer with: notes on a board."""

from flask import Blueprint, Response
from marshmallow import Schema, fields, validate
from sqlalchemy import Column, Integer, MetaData, String, Table, select

from shared.chassis.database import NAMING, Instant
from shared.chassis.errors import Finding, Forbidden, Invalid, NotFound
from shared.chassis.events.contract import event
from shared.chassis.events.values import Code
from shared.chassis.http.body import Document
from shared.chassis.http.site import reading
from shared.chassis.http.views import Routes
from shared.chassis.lifecycle import Lifecycle
from shared.chassis.service import Service, Site

metadata = MetaData(naming_convention=NAMING)
note = Table(
    "note",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("text", String(500), nullable=False, unique=True),
    Column("written_at", Instant, nullable=False),
)
NOTE = Lifecycle(
    name="note",
    initial="written",
    final=frozenset({"torn"}),
    transitions={("written", "pin"): "pinned", ("pinned", "tear"): "torn", ("written", "tear"): "torn"},
)


@event("test.notes.written.v1")
class Written:
    colour: Code


class Line(Schema):
    words = fields.String(required=True)
    places = fields.List(fields.Integer(strict=True))


class WriteNote(Schema):
    """A note to write."""

    text = fields.String(
        required=True,
        validate=validate.Length(1, 500),
        metadata={"rule": "board rule 3", "next_step": "Write 1 to 500 characters."},
    )
    lines = fields.List(fields.Nested(Line))


class NoteLinks(Schema):
    self = fields.String()


class NoteView(Schema):
    """A note as it hangs there."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True)
    text = fields.String(required=True)
    links = fields.Nested(NoteLinks)


class Filters(Schema):
    state = fields.List(fields.String(validate=validate.OneOf(NOTE.states)))


class Shout(Schema):
    loud = fields.Boolean(load_default=False)


notes = Routes("notes", description="Notes on a board.")
trouble: dict[str, Exception] = {}
"""What goes wrong inside a view: the tests put it in and take it out."""


def _shown(row):
    return {**row._mapping, "links": {"self": f"/notes/{row.id}"}}


def _found(uow, note_id):
    row = uow.once(select(note).where(note.c.id == note_id))
    if row is None:
        raise NotFound("note", note_id)
    return row


@notes.command("POST", "/notes", action="write", body=WriteNote, returns=NoteView, creates=True)
def write_note(uow, body):
    """Write a note."""
    if "trouble" in trouble:
        raise trouble["trouble"]
    if body["text"] == "rude":
        raise Invalid([Finding("text", "It is rude.", "board rule 1", "Be polite.")])
    identity = uow.new_id()
    uow.add(note, id=identity, version=1, state="written", text=body["text"], written_at=uow.now)
    uow.record(Written(colour=Code("yellow")), subject=identity)
    return _shown(_found(uow, identity))


@notes.command("POST", "/notes/<uuid:note_id>/pin", action="pin", returns=NoteView, versioned=True)
def pin_note(uow, note_id):
    """Pin a note to the board."""
    row = _found(uow, note_id)
    uow.require_version(row)
    state = NOTE.next(row.state, "pin")
    return uow.advance(note, row, state=state)


@notes.command("DELETE", "/notes/<uuid:note_id>", action="tear")
def tear_note(uow, note_id):
    """Tear a note off. It is one's own only."""
    raise Forbidden("Only its writer tears a note off.", rule="board rule 2")


@notes.command(
    "PUT",
    "/notes/<uuid:note_id>/picture",
    action="write",
    media_types=("image/png",),
    max_body=2_000_000,
    parameters=Shout,
    returns=Shout,
)
def add_picture(uow, picture, note_id, parameters):
    """Add a picture."""
    assert picture.media_type == "image/png"
    return parameters


@notes.query("/notes/<uuid:note_id>", action="read", returns=NoteView)
def read_note(uow, note_id):
    """One note."""
    return _found(uow, note_id)


@notes.query("/notes/<uuid:note_id>/picture", action="read", produces=("image/png",))
def read_picture(uow, note_id):
    """Its picture."""
    return Document(b"\x89PNG", "image/png", name='café "1".png')


@notes.page("/notes", action="read", filters=Filters, returns=NoteView)
def list_notes(uow, filters):
    """The notes in the order of their writing."""
    query = select(note)
    if filters.get("state"):
        query = query.where(note.c.state.in_(filters["state"]))
    return query, (note.c.written_at, note.c.id)


@notes.page("/latest", action="read", returns=NoteView)
def list_latest(uow, filters):
    """The notes, the last first."""
    return select(note), (note.c.written_at.desc(), note.c.id.desc()), lambda rows: [_shown(row) for row in rows]


board = Blueprint("board", __name__)


@board.get("/")
def front():
    with reading() as uow:
        return Response(f"<p>{len(uow.all(select(note)))} notes</p>", mimetype="text/html")


@board.get("/broken")
def broken():
    raise ValueError("canary-in-a-message")


PERMISSIONS = {
    "write": {"writer"},
    "pin": {"writer", "keeper"},
    "tear": {"writer"},
    "read": {"writer", "reader"},
}

service = Service(
    name="notes",
    title="Notes",
    port=8198,
    topic="test.notes",
    routes=(notes,),
    permissions=PERMISSIONS,
    tables=metadata,
    migrations="tests.unit.http.notes_migrations",
    lifecycles=(NOTE,),
    site=Site(port=8197, pages=board),
)
