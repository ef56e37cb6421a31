"""The search for canaries finds what there is: in every kind of place, in every way of writing."""

import base64
import json
import quopri
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from shared.chassis.events.broker import Message
from shared.chassis.events.memory import MemoryBroker
from tests.journeys.canaries import CANARIES, EMAIL, NAME, SEARCHER
from tests.journeys.searching import answer, files, messages, output, tables
from tests.journeys.stacks import clean_environment

ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "as it is": lambda text: text.encode(),
    "lower case": lambda text: text.lower().encode(),
    "upper case": lambda text: text.upper().encode(),
    "JSON": lambda text: json.dumps({"who": text}).encode(),
    "URL": lambda text: quote(text, safe="").encode(),
    "URL in lower case": lambda text: quote(text.lower()).lower().encode(),
    "Latin-1": lambda text: text.encode("latin-1"),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "quoted-printable": lambda text: quopri.encodestring(f"{'x' * 70}{text}".encode()),
    "quoted-printable header": lambda text: quopri.encodestring(text.encode(), header=True),
    "base64 at 0": lambda text: base64.b64encode(f"...{text}...".encode()),
    "base64 at 1": lambda text: base64.b64encode(f"....{text}.".encode()),
    "base64 at 2": lambda text: base64.b64encode(f".....{text}".encode()),
    "base64 of upper case": lambda text: base64.urlsafe_b64encode(f"x{text.upper()}".encode()),
    "base64 on several lines": lambda text: base64.encodebytes(b"x" * 50 + text.encode()),
}


@pytest.mark.parametrize("encode", ENCODINGS.values(), ids=ENCODINGS)
@pytest.mark.parametrize("word", CANARIES)
def test_the_search_finds_every_word_however_it_is_written(word: str, encode: Callable[[str], bytes]) -> None:
    assert word in SEARCHER.found_in(b"before " + encode(word) + b" after")


def test_the_search_finds_nothing_where_nothing_is() -> None:
    assert SEARCHER.found_in(b"Dear Zebulon, 17 Mews, ZX97 8QJ, wyrm, quill. " * 100) == set()


@pytest.mark.parametrize("place", ["key", "value", "header"])
def test_the_search_finds_what_a_message_holds(place: str) -> None:
    broker = MemoryBroker("scratch")
    broker.publisher("somebody").publish(
        [
            Message(
                key=EMAIL if place == "key" else "key",
                value=b"{}" if place != "value" else json.dumps({"a": EMAIL}).encode(),
                headers=(("who", EMAIL.encode()),) if place == "header" else (),
            )
        ]
    )
    assert len(SEARCHER.places(messages(broker))) == 1


COLUMNS = (("t", "TEXT", NAME), ("j", "JSON", json.dumps({"who": [NAME]})), ("b", "BLOB", NAME.encode()))


@pytest.mark.parametrize(("column", "kind", "value"), COLUMNS, ids=[kind for _, kind, _ in COLUMNS])
def test_the_search_finds_what_a_table_holds(tmp_path: Path, column: str, kind: str, value: Any) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'scratch.db'}")
    check_that_a_row_is_found(engine, column, kind, value)


@pytest.mark.postgres
@pytest.mark.parametrize(("column", "kind", "value"), COLUMNS, ids=[kind for _, kind, _ in COLUMNS])
def test_the_search_finds_what_a_postgresql_table_holds(postgresql, column: str, kind: str, value: Any) -> None:
    with postgresql.databases("scratch") as url:
        engine = sa.create_engine(url.format(service="scratch"))
        check_that_a_row_is_found(engine, column, {"BLOB": "BYTEA", "JSON": "JSONB"}.get(kind, kind), value)


def check_that_a_row_is_found(engine: sa.Engine, column: str, kind: str, value: Any) -> None:
    try:
        with engine.begin() as connection:
            connection.execute(sa.text(f'CREATE TABLE "case" (id INTEGER, {column} {kind})'))
            connection.execute(sa.text('INSERT INTO "case" VALUES (1, NULL)'))
        assert SEARCHER.places(tables(engine)) == {}
        with engine.begin() as connection:
            connection.execute(sa.text('INSERT INTO "case" VALUES (2, :value)'), {"value": value})
        assert SEARCHER.places(tables(engine)).keys() == {f"case.{column}"}
    finally:
        engine.dispose()


@pytest.mark.parametrize("name", ["logs/up.log", "blobs/shared/ab/abcd", f"run/{EMAIL}"])
def test_the_search_finds_what_a_file_holds(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\x00\xff" * 1_000 + b'12:00 intake | {"message": "' + EMAIL.encode() + b'"}')
    assert SEARCHER.places(files(tmp_path, without=("mail", "*.db"))).keys() == {f"file {name}"}
    assert SEARCHER.places(files(tmp_path, without=(str(Path(name).parent),))) == {}


@pytest.mark.parametrize("status", [200, 404])
@pytest.mark.parametrize("place", ["header", "body"])
def test_the_search_finds_what_an_address_answers(place: str, status: int) -> None:
    class Telling(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("X-Who", EMAIL if place == "header" else "nobody")
            self.end_headers()
            self.wfile.write(f'candour_requests{{who="{NAME if place == "body" else ""}"}} 1'.encode())

        def log_message(self, *_: Any) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Telling) as server:
        threading.Thread(target=server.handle_request).start()
        assert len(SEARCHER.places([answer(f"http://127.0.0.1:{server.server_port}/metrics")])) == 1


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_the_search_finds_what_a_command_writes(stream: str) -> None:
    program = f"import sys; sys.{stream}.buffer.write({NAME!r}.encode())"
    assert len(SEARCHER.places([output([sys.executable, "-c", program], clean_environment())])) == 1
