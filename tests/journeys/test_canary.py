"""Who asked is told to nobody: values like no others go in with a request, and are looked for in all that came out."""

import sys
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from services import SERVICES
from services.operations.stack import addresses
from services.registry import runtime_of
from tests.journeys.canaries import CANARIES, EMAIL, NAME, SEARCHER, whole_life
from tests.journeys.letters import mailed_to
from tests.journeys.searching import Place, answer, files, messages, output, tables
from tests.journeys.stacks import Journeys

pytestmark = [pytest.mark.broker, pytest.mark.slow]


@pytest.fixture(scope="session")
def canary(journeys: Journeys) -> str:
    """The id of a case that was taken through everything, with its requester's details in every place where somebody
    may put them, rightly or wrongly."""
    return whole_life(journeys)


def test_the_requester_is_known_where_replies_are_sent_from(journeys: Journeys, canary: str) -> None:
    """What is looked for elsewhere is there to be found: else finding nothing would mean nothing."""
    found = SEARCHER.places(named("intake", tables_of(journeys, "intake")))
    assert found["intake requester.name"] >= {NAME, "Wyrmqüill"}
    assert found["intake request.text"] == set(CANARIES)
    assert SEARCHER.places(files(journeys.config.state / "blobs" / "private-intake"))
    sent = mailed_to(journeys.config.state / "mail", EMAIL)
    assert sent
    assert all(message["To"].addresses[0].display_name == NAME for message in sent)


def test_intake_keeps_the_requester_in_two_tables_only(journeys: Journeys, canary: str) -> None:
    found = SEARCHER.places(tables_of(journeys, "intake"))
    assert found.keys() == {
        "requester.name",
        "requester.email",
        "requester.postal_address",
        "requester.handle",
        "request.text",
    }


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "intake"])
def test_no_other_database_holds_who_asked(journeys: Journeys, canary: str, name: str) -> None:
    assert SEARCHER.places(tables_of(journeys, name)) == {}


def test_no_message_holds_who_asked(journeys: Journeys, canary: str) -> None:
    assert SEARCHER.places(messages(runtime_of("audit", journeys.config).broker)) == {}


def test_no_file_holds_who_asked_but_the_mail_and_what_was_received(journeys: Journeys, canary: str) -> None:
    """Logs, shared documents, those of other services, counters. Databases and the topic are read row by row."""
    elsewhere = ("mail", "blobs/private-intake", "*.db", "*.db-wal", "*.db-shm", "kafka/data")
    looked_at = list(files(journeys.config.state, without=elsewhere))
    places = {place for place, _ in looked_at}
    assert "file logs/up.log" in places
    assert any(place.startswith("file blobs/shared/") for place in places)
    assert SEARCHER.places(looked_at) == {}


def test_no_metric_holds_who_asked(journeys: Journeys, canary: str) -> None:
    token = journeys.caller("prometheus", "ops").token
    shown = [answer(f"{addresses(journeys.config)[name]}/metrics", token) for name in SERVICES]
    assert all(b"candour_" in data for _, data in shown)
    assert SEARCHER.places(shown) == {}


def test_the_public_site_holds_nothing_of_who_asked(journeys: Journeys, canary: str) -> None:
    root = addresses(journeys.config)["site"]
    entry = journeys.caller("p.wren", "publisher").get("publishing", f"/entries/{canary}")
    (path,) = [each["path"] for each in entry["sites"]]
    site = "/north-yorkshire"
    pages = ["/", f"{site}/", f"{site}/disclosures.json", f"{site}/feed.atom", path, f"{path}.json"]
    shown = [answer(f"{root}{page}") for page in pages]
    assert sum(b"Prevent referrals in the Cleveland area" in data for _, data in shown) == 5
    assert SEARCHER.places(shown) == {}


def test_no_api_shows_who_asked_but_the_one_that_reveals_it(journeys: Journeys, canary: str) -> None:
    token = journeys.caller("everybody", "foi-officer", "decision-maker", "publisher", "auditor").token
    one = f"/cases/{canary}"
    asked = {
        "intake": ("/cases", one, f"{one}/deadline"),
        "consultation": ("/consultations", f"{one}/consultations", f"{one}/consulted", f"{one}/conclusion"),
        "decision": ("/cases", one, f"{one}/letter"),
        "publishing": ("/entries", f"/entries/{canary}"),
        "audit": (f"{one}", f"{one}/timeline"),
    }
    root = addresses(journeys.config)
    shown = [answer(f"{root[name]}{path}", token) for name, paths in asked.items() for path in paths]
    assert SEARCHER.places(shown) == {}


@pytest.mark.parametrize(
    "command",
    [
        ("case", "show", "{case}", "--json"),
        ("case", "list"),
        ("parked", "list"),
        ("events", "tail"),
    ],
    ids=" ".join,
)
def test_no_command_tells_who_asked(journeys: Journeys, canary: str, command: tuple[str, ...]) -> None:
    words = [word.format(case=canary) for word in command]
    shown = output([sys.executable, "-m", "services.cli", *words], journeys.config.environment())
    assert len(shown[1]) > 50
    assert SEARCHER.places([shown]) == {}


def tables_of(journeys: Journeys, name: str) -> list[Place]:
    engine = sa.create_engine(journeys.config.service_database_url(name))
    try:
        return list(tables(engine))
    finally:
        engine.dispose()


def named(name: str, places: list[Place]) -> Iterator[Place]:
    return ((f"{name} {place}", data) for place, data in places)
