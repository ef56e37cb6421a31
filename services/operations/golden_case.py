"""The five cases of the demonstration, as data: what was asked, who was consulted, what was decided, and when.

They follow real published responses of police forces in their questions, outcomes, provisions and parties; the
words are the project's own, the people are invented, and the replies are lawful where the originals were not.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any

from shared.chassis.clock import CIVIL


@dataclass(frozen=True)
class GoldenCase:
    """One case. `table` is its TOML file; `moments` are its steps in the order of their times."""

    key: str
    reference: str
    table: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.table[name]

    @property
    def moments(self) -> list[tuple[datetime, str, dict[str, Any]]]:
        """(when, which step, its table), from receipt to dispatch. The entry's release comes after that."""
        table = self.table
        steps = [("received", table["received"])]
        steps += [("consultation", item) for item in table.get("consultations", [])]
        steps += [("answer", item) for item in table.get("answers", [])]
        steps += [("notice", item) for item in table["notices"]]
        steps += [(name, table[name]) for name in ("conclusion", "submission", "sign_off", "dispatch")]
        if "returned" in table:
            steps.append(("returned", table["returned"]))
        return sorted((local(item["at"]), name, item) for name, item in steps)


def local(moment: datetime) -> datetime:
    """A time as written in the files, Europe/London, as an instant."""
    return moment.replace(tzinfo=CIVIL)


def golden_cases() -> list[GoldenCase]:
    """All of them, the earliest first."""
    folder = resources.files(__package__) / "golden"
    tables = [
        tomllib.loads(file.read_text(encoding="utf-8")) for file in folder.iterdir() if file.name.endswith(".toml")
    ]
    tables.sort(key=lambda table: table["received"]["at"])
    return [GoldenCase(table["key"], table["reference"], table) for table in tables]
