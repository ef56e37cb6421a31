"""What happens in the demonstration to a spreadsheet that hides people: stopped, cleaned, and its copy let through."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, Protocol
from urllib.parse import urlencode

from services.operations.client import Caller
from services.operations.poisoned_workbook import poisoned


class Player(Protocol):
    """Who plays the case."""

    decision_maker: Caller
    say: Callable[[str], None]

    def change(
        self, who: Caller, service: str, shown: str, method: str, path: str, body: Any = None, media_type: str = ""
    ) -> None: ...

    def until(self, what: str, reached: Callable[[], bool]) -> None: ...


def attach(player: Player, case_id: str, document: dict[str, Any]) -> None:
    """Attach a document as the officer had it; the release check stops it, and its clean copy goes in its place."""
    content = poisoned(document["sheet"], document["rows"], document["hides"]["sheet"], document["hides"]["rows"])
    _put_on(player, case_id, document, document["name"], content, document["media_type"])
    digest = sha256(content).hexdigest()
    player.until("the document is checked", lambda: _check_of(player, case_id, digest)["state"] != "waiting")
    check = player.decision_maker.get("publishing", _check_of(player, case_id, digest)["links"]["self"])
    player.say(f"    “{document['name']}” was attached, and the release check stops it:")
    for found in check["findings"]:
        place = f"{found['where']}  {found['excerpt']}".rstrip()
        player.say(f"      {found['severity']:<7} {found['code']} ({found['rule']})  {place}")
    copy = player.decision_maker.get("publishing", check["links"]["clean_copy"])
    _take_off(player, case_id, digest)
    for file in copy["files"]:
        cleaned = player.decision_maker.ask("publishing", "GET", file["links"]["self"]).content
        _put_on(player, case_id, document, file["name"], cleaned, file["media_type"])
    names = " and ".join(f"“{file['name']}”" for file in copy["files"])
    player.say(f"    its clean copy {names} goes instead: {copy['summary']}")


def _put_on(player: Player, case_id: str, document: dict[str, Any], name: str, content: bytes, media_type: str) -> None:
    draft = f"/cases/{case_id}"
    path = f"{draft}/attachments?{urlencode({'name': name, 'parts': document['parts']}, doseq=True)}"
    player.change(player.decision_maker, "decision", draft, "POST", path, content, media_type)


def _take_off(player: Player, case_id: str, digest: str) -> None:
    draft = f"/cases/{case_id}"
    player.change(player.decision_maker, "decision", draft, "DELETE", f"{draft}/attachments/{digest}")


def _check_of(player: Player, case_id: str, digest: str) -> dict[str, Any]:
    """The release check of a document; as one that waits while publishing has not heard of it."""
    checks = player.decision_maker.get("publishing", "/checks", case=case_id)["items"]
    return next((each for each in checks if each["digest"] == digest), {"state": "waiting"})
