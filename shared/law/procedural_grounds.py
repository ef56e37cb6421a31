"""The grounds for not answering that are no exemptions: cost, vexatious, repeated, fees and the like (CST-11, RN-09).

The data is `procedural_grounds.toml`, whose head explains each key.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class ProceduralGround:
    """One ground of Part I. `notice` is the provision of the notice that it takes, empty where it takes none; `needs`
    says what must be recorded with it. To cite it as an exemption breaks `rule`; `instead` says what it is.
    """

    text: str
    code: str
    title: str
    notice: str
    instead: str
    rule: str
    needs: tuple[str, ...]
    source: str


_DATA = tomllib.loads(files(__package__).joinpath("procedural_grounds.toml").read_text(encoding="utf-8"))
PROCEDURAL: dict[str, ProceduralGround] = {
    row["text"]: ProceduralGround(**{**row, "needs": tuple(row["needs"])}) for row in _DATA["ground"]
}
"""Every procedural ground by its provision, in the order of the Act."""
