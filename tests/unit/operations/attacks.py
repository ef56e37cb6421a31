"""What somebody with the password of a database could do to what was recorded."""

from dataclasses import replace

from sqlalchemy import delete, insert, select, text, update

from services.audit.models import ledger
from shared.chassis.events.envelope import Envelope
from shared.chassis.events.inbox import subject_progress
from shared.chassis.events.log import event_log, event_log_head, genesis, link
from shared.chassis.events.relay import relay_cursor
from tests.support import new_case_id


def log_rows(connection):
    return [dict(row._mapping) for row in connection.execute(select(event_log).order_by(event_log.c.position))]


def write_log(connection, rows, *, log_id=None):
    """Put these rows in place of the log, with a chain and a head that are right in themselves."""
    log_id = log_id or connection.execute(select(event_log_head.c.log_id)).scalar_one()
    connection.execute(delete(event_log))
    previous = genesis("intake", log_id)
    for position, row in enumerate(rows, 1):
        envelope = replace(Envelope.from_bytes(row["body"]), sequence=position)
        row |= {"position": position, "event_id": envelope.id, "body": envelope.to_bytes(), "type": envelope.type}
        previous = row["hash"] = link(previous, row["body"])
        connection.execute(insert(event_log).values(row))
    connection.execute(update(event_log_head).values(log_id=log_id, position=len(rows), hash=previous))


def doctored(body):
    return bytes(body).replace(b'"channel":"post"', b'"channel":"phone"')


def edit(connection):
    row = log_rows(connection)[2]
    connection.execute(update(event_log).where(event_log.c.position == 3).values(body=doctored(row["body"])))


def edit_and_chain_again(connection):
    rows = log_rows(connection)
    rows[2]["body"] = doctored(rows[2]["body"])
    write_log(connection, rows)


def remove(connection):
    connection.execute(delete(event_log).where(event_log.c.position == 3))


def remove_and_chain_again(connection):
    rows = log_rows(connection)
    del rows[2]
    write_log(connection, rows)


def swap(connection):
    rows = log_rows(connection)
    for position, other in ((3, 4), (4, 3)):
        body = rows[other - 1]["body"]
        connection.execute(update(event_log).where(event_log.c.position == position).values(body=body))


def swap_and_chain_again(connection):
    rows = log_rows(connection)
    rows[2], rows[3] = rows[3], rows[2]
    write_log(connection, rows)


def cut_off(connection):
    connection.execute(delete(event_log).where(event_log.c.position > 4))


def cut_off_and_mend_the_head(connection):
    write_log(connection, log_rows(connection)[:4])


def put_an_old_copy_back(connection):
    cut_off_and_mend_the_head(connection)
    connection.execute(update(relay_cursor).values(position=4))


def begin_a_new_log(connection):
    write_log(connection, log_rows(connection), log_id=new_case_id())


def forged(row):
    envelope = Envelope.from_bytes(row["body"])
    made = replace(envelope, id=new_case_id(), subject=new_case_id(), number=1)
    return {**row, "body": made.to_bytes(), "subject": made.subject, "number": 1}


def insert_in_the_middle(connection):
    rows = log_rows(connection)
    write_log(connection, [*rows[:2], forged(rows[0]), *rows[2:]])


def insert_at_the_end_as_if_sent(connection):
    rows = log_rows(connection)
    write_log(connection, [*rows, forged(rows[0])])
    connection.execute(update(relay_cursor).values(position=7))


LOG_ATTACKS = {
    edit: [3],
    edit_and_chain_again: [3],
    remove: [3],
    remove_and_chain_again: [3, 4, 5, 6],
    swap: [3, 4],
    swap_and_chain_again: [3, 4],
    cut_off: [5, 6],
    cut_off_and_mend_the_head: [5, 6],
    put_an_old_copy_back: [5, 6],
    begin_a_new_log: [1],
    insert_in_the_middle: [3, 4, 5, 6],
}
"""What is done to the log of six events, and the positions at which it then stands alone against ledger and topic."""


def in_ledger(position):
    return (ledger.c.source == "intake") & (ledger.c.position == position)


def edit_the_ledger(connection):
    body = connection.execute(select(ledger.c.body).where(in_ledger(3))).scalar_one()
    connection.execute(update(ledger).where(in_ledger(3)).values(body=doctored(body)))


def change_a_column_of_the_ledger(connection):
    connection.execute(update(ledger).where(in_ledger(3)).values(actor_id="somebody.else"))


def change_a_hash_of_the_ledger(connection):
    connection.execute(update(ledger).where(in_ledger(3)).values(chain="0" * 64))


def remove_from_the_ledger(connection):
    connection.execute(delete(ledger).where(in_ledger(3)))


def remove_from_the_ledger_and_hide_it(connection):
    subject = connection.execute(select(ledger.c.subject).where(in_ledger(3))).scalar_one()
    connection.execute(delete(ledger).where(in_ledger(3)))
    connection.execute(delete(subject_progress).where(subject_progress.c.subject == subject))


LEDGER_ATTACKS = (
    edit_the_ledger,
    change_a_column_of_the_ledger,
    change_a_hash_of_the_ledger,
    remove_from_the_ledger,
    remove_from_the_ledger_and_hide_it,
)
"""What is done to intake's third event in the ledger."""


def drop_the_log(connection):
    connection.execute(text("DROP TABLE event_log"))
