"""`candour demo`: everything on this machine, and five cases through it from request to published answer."""

import json
import signal
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import click

from services import SERVICES
from services.operations.client import Caller
from services.operations.golden_case import GoldenCase, golden_cases
from services.operations.playing import Player
from services.operations.stack import Stack, addresses, prepare, refuse_taken_ports
from services.operations.verify import verify
from shared.chassis.clock import FileClock
from shared.chassis.config import Config

Say = Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """How one case went: what the summary shows of it, and in what it differs from what was to be expected."""

    reference: str
    title: str
    outcomes: dict[str, str]
    overall: str
    received_on: str
    due_on: str
    working: list[str]
    answered_on: str
    working_day: int
    in_time: bool
    consulted: list[str]
    published: list[str]
    stopped: list[str]
    differences: list[str]


def run(config: Config, say: Say, *, once: bool, as_json: bool) -> int:
    """Start everything, play the cases, print the summary; then wait for Ctrl-C, or stop at once with `once`.
    0 when every case went through as expected and everything verified."""
    config = replace(config, clock_file=config.clock_file or config.state / "clock")
    assert config.clock_file is not None
    clock = FileClock(config.clock_file)
    refuse_taken_ports(config)
    prepare(config, say)
    stack = Stack(config)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    say("Starting Apache Kafka, five services, their workers, the public site and a mail catcher ...")
    good = False
    try:
        stack.start()
        stack.wait_until_ready()
        good = _play_all(config, clock, say, as_json)
        if not once:
            say("\nEverything keeps running. Ctrl-C stops it.")
            stack.wait()
    except KeyboardInterrupt:
        say("")
    finally:
        say("Stopping ...")
        stack.stop()
        clock.set(datetime.now(UTC))
    return 0 if good else 1


def _play_all(config: Config, clock: FileClock, say: Say, as_json: bool) -> bool:
    player, ids = Player(config, clock, say), {}
    for case in golden_cases():
        known = player.known(case)
        say(f"{case.reference}: {case['story'] if known is None else 'was played before'}")
        ids[case.key] = known or player.play(case)
    clock.set(datetime.now(UTC))
    say("Verifying logs, ledger and topic ...")
    found = [_look(config, case, ids[case.key]) for case in golden_cases()]
    report = verify(config, SERVICES, patience=30)
    good = not report.faults and not any(outcome.differences for outcome in found)
    if as_json:
        click.echo(json.dumps(_as_json(config, found, report, good), indent=2))
    else:
        click.echo(_in_words(config, found, report))
    return good


def _look(config: Config, case: GoldenCase, case_id: str) -> Outcome:
    officer = Caller.as_person(config, "o.finch", "foi-officer", "decision-maker", "publisher")
    shown = officer.get("intake", f"/cases/{case_id}")
    deadline = officer.get("intake", f"/cases/{case_id}/deadline")
    consulted = officer.get("consultation", f"/cases/{case_id}/consultations")["items"]
    entry = officer.get("publishing", f"/entries/{case_id}")
    dispatched = next(
        item
        for item in officer.get("audit", f"/cases/{case_id}/timeline")["items"]
        if item["type"].endswith("dispatched.v1")
    )
    made = Outcome(
        reference=shown["reference"],
        title=shown["title"],
        outcomes={item["label"]: item["outcome"] for item in shown["outcomes"]},
        overall=shown["overall"],
        received_on=shown["received_on"],
        due_on=shown["due_on"],
        working=deadline["working"],
        answered_on=shown["answered_on"],
        working_day=dispatched["data"]["working_day"],
        in_time=dispatched["data"]["in_time"],
        consulted=sorted({item["office"]["party"] for item in consulted}),
        published=[f"{addresses(config)['site']}{item['path']}" for item in entry["sites"]],
        stopped=_stopped(officer, case_id),
        differences=[],
    )
    return replace(made, differences=_differences(case, made, [item["site"] for item in entry["sites"]]))


def _stopped(officer: Caller, case_id: str) -> list[str]:
    """What the release check did not let leave, and why."""
    stopped = officer.get("publishing", "/checks", case=case_id, state="blocked")["items"]
    checks = [officer.get("publishing", each["links"]["self"]) for each in stopped]
    return [
        f"{check['name']}: {', '.join(dict.fromkeys(found['code'] for found in check['findings']))}" for check in checks
    ]


def _differences(case: GoldenCase, made: Outcome, sites: list[str]) -> list[str]:
    expected: dict[str, Any] = case["expected"]
    got = {
        **asdict(made),
        "reference": made.reference,
        "sites": sorted(sites),
        "consulted": made.consulted,
    }
    wanted = {
        **{name: expected[name] for name in ("working_day", "in_time", "overall", "outcomes")},
        "due_on": expected["due_on"].isoformat(),
        "reference": case.reference,
        "sites": sorted(expected["sites"]),
        "consulted": sorted(expected["consulted"]),
    }
    return [f"{name}: expected {wanted[name]}, got {got[name]}" for name in wanted if got[name] != wanted[name]]


def _as_json(config: Config, found: list[Outcome], report: Any, good: bool) -> dict[str, Any]:
    return {
        "ok": good,
        "cases": [asdict(outcome) for outcome in found],
        "verification": report.as_json(),
        "addresses": addresses(config),
    }


def _in_words(config: Config, found: list[Outcome], report: Any) -> str:
    stopped = [f"  {case.reference}  {each}" for case in found for each in case.stopped]
    lines = ["", "Stopped before it left; a clean copy went instead:", *stopped, ""] if stopped else [""]
    for case in found:
        time = "in time" if case.in_time else "LATE"
        counts = {name: list(case.outcomes.values()).count(name) for name in dict.fromkeys(case.outcomes.values())}
        lines += [
            f"{case.reference}  {case.title}",
            f"  outcome     {case.overall.replace('_', ' ')}: "
            + ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items()),
            f"  due         {case.due_on}, received {case.received_on}; answered {case.answered_on} on working day "
            f"{case.working_day}: {time}",
            *(f"                {line}" for line in case.working),
            f"  consulted   {', '.join(case.consulted) or 'nobody'}",
            *(f"  published   {address}" for address in case.published),
            *(f"  DIFFERS     {difference}" for difference in case.differences),
            "",
        ]
    lines += [report.in_words(), "", "Open now:"]
    lines += [
        f"  {name:<13}{address}{'/docs' if name != 'site' else ''}" for name, address in addresses(config).items()
    ]
    lines.append("  A token for the APIs: candour token --role foi-officer --person you")
    return "\n".join(lines)
