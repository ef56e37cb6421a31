"""A service is a value: one declaration that the chassis serves, relays, consumes for, ticks for and migrates."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import MetaData, Table

from shared.chassis.events.consumer import Subscriptions
from shared.chassis.lifecycle import Lifecycle
from shared.chassis.timers import Timers

if TYPE_CHECKING:
    from flask import Blueprint


@dataclass(frozen=True, kw_only=True)
class Site:
    """Pages for the public that a service serves beside its API, on a port of their own, without a token."""

    port: int
    pages: "Blueprint"


@dataclass(frozen=True, kw_only=True)
class Service:
    """Everything that is particular to one service.

    `permissions` maps each action to the roles that may do it. `migrations` is the package that holds the migrations of
    `tables`. `projections` are the tables that are filled by
    projecting handlers alone and can be rebuilt from the topic. `seed` fills reference data into a new database.
    `upkeep` is done, in a unit of work of its own, when the worker begins and every hour after.
    """

    name: str
    title: str
    port: int
    topic: str
    routes: tuple["Blueprint", ...]
    permissions: Mapping[str, Set[str]]
    tables: MetaData
    migrations: str
    lifecycles: tuple[Lifecycle, ...] = ()
    subscriptions: Subscriptions = field(default_factory=Subscriptions)
    timers: Timers = field(default_factory=Timers)
    projections: tuple[Table, ...] = ()
    seed: Callable[[Any], None] | None = None
    upkeep: Callable[[Any], None] | None = None
    gauges: Callable[[Any], list[tuple[str, dict[str, str], float]]] | None = None
    site: Site | None = None
