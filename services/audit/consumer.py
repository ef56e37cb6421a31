"""What audit does about events: it takes in every one of every other service."""

from sqlalchemy import Connection

from services.audit import commands
from shared.chassis.events.consumer import Subscriptions, Taken

subscriptions = Subscriptions()


@subscriptions.every
def keep_every_event(connection: Connection, taken: Taken) -> None:
    """Also those whose type or contents this version does not know: the ledger judges nothing."""
    commands.enter(connection, taken)
    commands.summarise(connection, [envelope for _, envelope in taken])
