"""The floor under a POST: Flask and the bare driver, two inserts, one commit, nothing read or checked.

gunicorn loads it with the very settings of the real service: `services.operations.bench.floor:app("...")`.
"""

import itertools
import os
import sqlite3
import threading
from typing import Any

import psycopg
from flask import Flask, Response

STATE = "CREATE TABLE state (id TEXT PRIMARY KEY, version INTEGER, body TEXT)"
OUTBOX = "CREATE TABLE outbox (id TEXT PRIMARY KEY, body TEXT)"
_BODY = "x" * 1_800
_EVENT = "y" * 500
_ANSWER = b'{"id":"00000000-0000-7000-8000-000000000000","version":1}'


def create(where: str) -> None:
    """The floor's two tables in an empty database: a file's path, or a PostgreSQL connection string."""
    connection = _connect(where)
    for statement in (STATE, OUTBOX):
        connection.execute(statement)
    connection.commit()
    connection.close()


def app(where: str) -> Flask:
    """One route, POST /floor: a row of state and an event, committed together."""
    flask = Flask("floor")
    kept = threading.local()
    numbers = itertools.count()
    write = _write_sqlite if where.startswith("/") else _write_postgresql

    @flask.post("/floor")
    def post() -> Response:
        if not hasattr(kept, "connection"):
            kept.connection = _connect(where)
        write(kept.connection, f"{os.getpid()}-{next(numbers)}")
        return Response(_ANSWER, 201, mimetype="application/json")

    return flask


def _connect(where: str) -> Any:
    if not where.startswith("/"):
        return psycopg.connect(where)
    connection = sqlite3.connect(where, timeout=30, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def _write_sqlite(connection: Any, key: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO state VALUES (?, 1, ?)", (key, _BODY))
    connection.execute("INSERT INTO outbox VALUES (?, ?)", (key, _EVENT))
    connection.execute("COMMIT")


def _write_postgresql(connection: Any, key: str) -> None:
    connection.execute("INSERT INTO state VALUES (%s, 1, %s)", (key, _BODY))
    connection.execute("INSERT INTO outbox VALUES (%s, %s)", (key, _EVENT))
    connection.commit()
