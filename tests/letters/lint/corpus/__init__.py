"""Letters to lint: sound ones and faulty ones, whole, in words of our own."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Sample:
    """A letter and the rules that must find something in it; `blocks` are those whose finding must block."""

    name: str
    text: str
    held_out: bool = False
    rules: tuple[str, ...] = ()
    blocks: tuple[str, ...] = field(default=())


def _read(name: str) -> tuple[Sample, ...]:
    endings = tomllib.loads((_HERE / "endings.toml").read_text(encoding="utf-8"))
    rows = tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))["letter"]
    return tuple(
        Sample(
            name=row["name"],
            text=re.sub(r"@@(\w+)@@", lambda match: endings[match[1]], row["text"]),
            held_out=row.get("held_out", False),
            rules=tuple(row.get("rules", ())),
            blocks=tuple(row.get("blocks", ())),
        )
        for row in rows
    )


FAULTY = _read("faulty")
SOUND = _read("sound")
