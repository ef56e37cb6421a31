"""`candour doctor`: looks over the machine and the running stack, and says what to mend."""

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import click

from services import SERVICES
from services.operations.java import LEAST, installed
from services.operations.stack import addresses, ready
from services.publishing.release_check.malware import ScannerUnavailable, signature_in
from services.publishing.release_check.policy import PolicyError, read_policy
from services.registry import runtime_of
from shared.chassis.config import Config
from shared.chassis.database import DATABASE_TROUBLE
from shared.chassis.events import parking, relay
from shared.chassis.events.broker import BrokerRefused, BrokerUnavailable
from shared.contracts.authorities import AuthoritiesWrong, authorities, use

ENOUGH_SPACE = 2 * 1024**3


@dataclass(frozen=True)
class Look:
    """One thing looked at: how it is (well, wrong, or only worth knowing), and what to do."""

    what: str
    state: str
    words: str


def run(config: Config, *, as_json: bool) -> int:
    """Print every finding; 1 when something is wrong, else 0."""
    found = []
    for look in looks(config):
        found.append(look)
        if not as_json:
            click.echo(f"{look.state:<6} {look.what:<22} {look.words}")
    if as_json:
        click.echo(json.dumps([asdict(look) for look in found], indent=2))
    return 1 if any(look.state == "wrong" for look in found) else 0


def looks(config: Config) -> Iterator[Look]:
    """Everything there is to look at, machine first."""
    yield _well_if(sys.version_info >= (3, 11), "Python", sys.version.split()[0], "install Python 3.11 or later")
    java = installed()
    yield (
        Look("Java", "well", java.version.splitlines()[0])
        if java
        else Look("Java", "note", f"no Java {LEAST} or later: the local broker will fetch a Java runtime for itself")
    )
    free = shutil.disk_usage(config.state if config.state.exists() else ".").free
    yield _well_if(free > ENOUGH_SPACE, "disk", f"{free / 1024**3:.0f} GiB free", "make room: 2 GiB are the least")
    yield _authorities(config)
    yield _release_policy(config)
    yield _malware_scanner(config)
    yield _broker(config)
    for name in SERVICES:
        yield from _service(config, name)
    for name, address in addresses(config).items():
        yield (
            Look(f"{name} answers", "well", address)
            if ready(address)
            else Look(f"{name} answers", "note", f"nothing ready at {address}; start it with `candour up`")
        )


def _well_if(good: bool, what: str, words: str, mend: str) -> Look:
    return Look(what, "well", words) if good else Look(what, "wrong", f"{words}: {mend}")


def _authorities(config: Config) -> Look:
    try:
        use(config.authorities_file)
        return Look("authorities", "well", f"{len(authorities())} in the file")
    except AuthoritiesWrong as error:
        return Look("authorities", "wrong", str(error))


def _release_policy(config: Config) -> Look:
    try:
        policy = read_policy(config.release_policy)
    except PolicyError as error:
        return Look("release policy", "wrong", f"nothing can be checked, so nothing leaves: {error}")
    return Look("release policy", "well", f"ruleset {policy.ruleset}")


def _malware_scanner(config: Config) -> Look:
    if not config.clamd:
        words = "not configured: what leaves is not scanned for malware (CANDOUR_CLAMD)"
        return Look("malware scanner", "note", words)
    try:
        signature_in(b"ready\n", config.clamd)
    except ScannerUnavailable as error:
        return Look("malware scanner", "wrong", f"{error}: start clamd; until then nothing leaves")
    return Look("malware scanner", "well", config.clamd)


def _broker(config: Config) -> Look:
    runtime = runtime_of("audit", config)
    try:
        behind = sum(runtime.broker.lag(runtime.group).values())
        return Look("broker", "well", f"{config.bootstrap_servers}; the ledger is {behind} messages behind")
    except BrokerRefused as error:
        return Look("broker", "wrong", str(error))
    except BrokerUnavailable:
        return Look("broker", "note", f"nothing answers at {config.bootstrap_servers}; start it: candour broker")


def _service(config: Config, name: str) -> Iterator[Look]:
    runtime = runtime_of(name, config)
    try:
        missing = runtime.migrations_pending()
        if missing:
            yield Look(f"{name} database", "wrong", f"lacks {', '.join(missing)}: run `candour migrate {name}`")
            return
        with runtime.engine.connect().execution_options(reading=True) as connection:
            waiting, _ = relay.backlog(connection)
            parked = parking.count(connection)
    except DATABASE_TROUBLE as error:
        yield Look(
            f"{name} database", "wrong", f"cannot be reached ({type(error).__name__}): check CANDOUR_DATABASE_URL"
        )
        return
    yield Look(f"{name} database", "well", f"{waiting} events wait for the relay")
    if parked:
        yield Look(f"{name} parked", "wrong", f"{parked} messages are parked: run `candour parked list {name}`")
