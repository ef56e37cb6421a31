"""What somebody with the database's files can do to what was recorded, and that `candour verify` names it."""

import re
import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from services import SERVICES
from tests.integration.survival import casework
from tests.integration.survival.running import Running, read_json, running, until

pytestmark = [pytest.mark.broker, pytest.mark.slow]


@pytest.fixture(scope="module")
def stack(tmp_path_factory, kafka):
    """All services' databases, four cases of intake, everything in the ledger; nothing runs any more."""
    state = tmp_path_factory.mktemp("tampering")
    with running(state / "sound", KAFKA_BOOTSTRAP_SERVERS=kafka.address) as stack:
        stack.migrate(*SERVICES)
        workers = [stack.work("intake"), stack.work("audit")]
        web = stack.serve("intake")
        officer = stack.caller()
        for _ in range(4):
            casework.accept(officer, casework.log(officer).body["id"])
        until(lambda: len(stack.ledger()) == len(stack.recorded("intake")) == 12, "twelve events are in the ledger")
        for process in (*workers, web):
            process.kill()
        stack.disconnect()
        yield stack


@pytest.fixture
def copy(stack, tmp_path):
    """A copy of its databases, to be tampered with."""
    folder = tmp_path / "tampered"
    shutil.copytree(stack.state, folder, ignore=shutil.ignore_patterns("run", "logs"))
    return folder


def edit_one(log: sqlite3.Connection) -> None:
    log.execute("UPDATE event_log SET body = replace(body, '\"email\"', '\"phone\"') WHERE position = 4")


def remove_one(log: sqlite3.Connection) -> None:
    log.execute("DELETE FROM event_log WHERE position = 5")


def swap_two(log: sqlite3.Connection) -> None:
    first, second = (row[0] for row in log.execute("SELECT body FROM event_log WHERE position IN (4, 7)"))
    log.execute("UPDATE event_log SET body = ? WHERE position = 4", (second,))
    log.execute("UPDATE event_log SET body = ? WHERE position = 7", (first,))


EVERYTHING = "SELECT position, CAST(body AS BLOB) FROM event_log ORDER BY position"


def edit_one_and_chain_again(log: sqlite3.Connection) -> None:
    """As somebody does who knows how the chain is made."""
    [log_id] = log.execute("SELECT log_id FROM event_log_head").fetchone()
    edit_one(log)
    link = sha256(f"intake\n{log_id}".encode()).hexdigest()
    for position, body in log.execute(EVERYTHING).fetchall():
        link = sha256(link.encode() + b"\n" + body).hexdigest()
        log.execute("UPDATE event_log SET hash = ? WHERE position = ?", (link, position))
    log.execute("UPDATE event_log_head SET hash = ?", (link,))


def cut_the_end_off(log: sqlite3.Connection) -> None:
    log.execute("DELETE FROM event_log WHERE position > 10")


def cut_the_end_off_and_mend_the_head(log: sqlite3.Connection) -> None:
    cut_the_end_off(log)
    log.execute("UPDATE event_log_head SET position = 10, hash = (SELECT hash FROM event_log WHERE position = 10)")
    log.execute("UPDATE relay_cursor SET position = 10")


LOG_ATTACKS = {
    edit_one: [4],
    remove_one: [5],
    swap_two: [4, 7],
    edit_one_and_chain_again: [4],
    cut_the_end_off: [11, 12],
    cut_the_end_off_and_mend_the_head: [11, 12],
}
"""What is done to intake's log, and the positions that must be named for it."""


def edit_the_ledger(audit: sqlite3.Connection) -> None:
    audit.execute("UPDATE ledger SET body = replace(body, '\"email\"', '\"phone\"') WHERE position = 4")


def remove_from_the_ledger(audit: sqlite3.Connection) -> None:
    audit.execute("DELETE FROM ledger WHERE position = 4")


def tamper(folder: Path, service: str, table: str, attack) -> None:
    """Take the guards off, do it, and leave."""
    with closing(sqlite3.connect(folder / f"{service}.db")) as database, database:
        database.execute(f"DROP TRIGGER {table}_no_update")
        database.execute(f"DROP TRIGGER {table}_no_delete")
        attack(database)


def event_at(stack: Running, position: int) -> str:
    return stack.recorded("intake")[position - 1]


def verify(stack: Running, folder: Path, *arguments: str):
    return stack.command("--state", str(folder), "verify", "--all", *arguments)


def test_what_nobody_has_touched_is_verified_with_exit_0(stack, copy):
    done = verify(stack, copy)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Verified: nothing was edited, removed, swapped or cut off." in done.stdout
    assert re.search(r"intake +12 in the log, 12 in the ledger, 12 on the topic", done.stdout)


@pytest.mark.parametrize("attack", LOG_ATTACKS, ids=lambda attack: attack.__name__)
def test_tampering_with_a_log_is_named_by_service_position_and_event(stack, copy, attack):
    tamper(copy, "intake", "event_log", attack)
    done = verify(stack, copy)
    assert done.returncode == 1, done.stdout + done.stderr
    named = re.findall(r"^FAULT  intake, position (\d+), event (\S+) \(foi\.intake\.", done.stdout, re.MULTILINE)
    assert named == [(str(position), event_at(stack, position)) for position in LOG_ATTACKS[attack]]


@pytest.mark.parametrize("attack", [edit_the_ledger, remove_from_the_ledger], ids=lambda attack: attack.__name__)
def test_tampering_with_the_ledger_is_told_to_programs_too(stack, copy, attack):
    tamper(copy, "audit", "ledger", attack)
    done = verify(stack, copy, "--json")
    assert done.returncode == 1, done.stdout + done.stderr
    found = read_json(done)
    assert found["intact"] is False
    [fault] = found["faults"]
    named = (fault["service"], fault["position"], fault["event_id"], fault["disagreeing"])
    assert named == ("intake", 4, event_at(stack, 4), ["ledger"])


def test_a_service_whose_database_is_gone_is_told_in_one_sentence(stack, copy):
    (copy / "decision.db").unlink()
    done = verify(stack, copy)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(
        r"Error: decision has no database at \S+decision.db. Is this the right --state\?\n", done.stderr
    )


@pytest.mark.parametrize(("service", "table"), [("intake", "event_log"), ("audit", "ledger")])
@pytest.mark.parametrize("statement", ["UPDATE {} SET type = 'x'", "DELETE FROM {}"])
def test_sqlite_itself_refuses_to_change_what_was_recorded(copy, service, table, statement):
    with closing(sqlite3.connect(copy / f"{service}.db")) as database:
        with pytest.raises(sqlite3.IntegrityError, match=f"{table} is append-only"):
            database.execute(statement.format(table))
        assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (12,)


@pytest.mark.postgres
@pytest.mark.parametrize(("service", "table"), [("intake", "event_log"), ("audit", "ledger")])
@pytest.mark.parametrize("statement", ["UPDATE {} SET type = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_postgresql_itself_refuses_to_change_what_was_recorded(postgresql, service, table, statement):
    with (
        postgresql.databases(service) as url,
        psycopg.connect(url.replace("+psycopg", "").replace("{service}", service)) as connection,
        pytest.raises(psycopg.errors.RaiseException, match=f"{table} is append-only"),
    ):
        connection.execute(statement.format(table))
