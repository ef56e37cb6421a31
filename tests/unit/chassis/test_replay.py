"""What a service derives from events alone can be built again from the topic, byte for byte, and acts upon nobody."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from shared.chassis.database import Instant, open_engine
from shared.chassis.events import parking
from shared.chassis.events.broker import Message
from shared.chassis.events.replay import MOST_TOLD, NotEmpty, differences, replay
from shared.chassis.events.values import BlindText, Code
from tests.support import OtherService, log_of, new_case_id, send_out, take_in
from tests.unit.chassis import parcels
from tests.unit.chassis.parcels import Arrived, arrival


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr("shared.chassis.events.consumer.PAUSES", (0, 0, 0, 0))


@pytest.fixture
def rebuild(runtime, broker, tmp_path):
    """Build parcels again from the topic, each time in a new database."""
    made = []

    def rebuild():
        made.append(replay(parcels.service, runtime.config, broker, tmp_path / f"scratch-{len(made)}.db"))
        return made[-1]

    yield rebuild
    for rebuilt in made:
        rebuilt.engine.dispose()


@pytest.fixture
def busy(runtime, broker, clock, sorting_office):
    """Two sources, several subjects, duplicates, and the service's own answers coming back."""
    other = OtherService("airport", broker, clock)
    subjects = [new_case_id() for _ in range(20)]
    for number in range(3):
        for subject in subjects:
            for source in (sorting_office, other):
                envelope = source.says(arrived(f"place-{number}"), subject=subject)
                source.sends(envelope)
        take_in(runtime)
        send_out(runtime)
    take_in(runtime)
    return runtime


def arrived(place="depot"):
    return Arrived(place=Code(place), note=BlindText("on time"))


def changed(runtime, statement):
    with runtime.engine.begin() as connection:
        connection.execute(statement)


def test_a_projection_built_again_is_byte_for_byte_the_same(busy, rebuild):
    rebuilt = rebuild()
    with rebuilt.engine.connect() as connection:
        assert len(connection.execute(select(arrival)).all()) == 120
    assert differences(busy.engine, rebuilt.engine, [arrival]) == []


def test_building_it_again_twice_gives_the_same(busy, rebuild):
    assert differences(rebuild().engine, rebuild().engine, [arrival]) == []


def test_nothing_is_recorded_or_sent_a_second_time(busy, broker, rebuild):
    before = sum(1 for _ in broker.read_all())
    rebuilt = rebuild()
    assert log_of(rebuilt) == []
    assert sum(1 for _ in broker.read_all()) == before
    assert broker.lag(busy.group) == dict.fromkeys(range(12), 0)


def test_trouble_in_handlers_that_act_does_not_touch_it(runtime, sorting_office, rebuild):
    parcels.trouble["swamp"] = RuntimeError()
    sorting_office.says(arrived("swamp"), subject=new_case_id())
    with rebuild().engine.connect() as connection:
        assert [row.place for row in connection.execute(select(arrival))] == ["swamp"]
        assert parking.count(connection) == 0


def test_more_messages_than_one_batch_are_all_taken(runtime, sorting_office, rebuild, monkeypatch):
    monkeypatch.setattr("shared.chassis.events.replay.BATCH", 7)
    for _ in range(50):
        sorting_office.says(arrived(), subject=new_case_id())
    with rebuild().engine.connect() as connection:
        assert len(connection.execute(select(arrival)).all()) == 50


def test_what_the_service_has_parked_is_parked_here_too_and_all_else_is_the_same(
    runtime, broker, sorting_office, rebuild
):
    gapped = sorting_office.says(arrived(), subject=new_case_id())
    sorting_office.sends(replace(gapped, id=new_case_id(), number=3))
    sorting_office.sends(replace(gapped, id=new_case_id(), number=2, data={"place": "not a code!"}))
    broker.publisher("vandal").publish([Message(key=new_case_id(), value=b"{not json")])
    sorting_office.says(arrived(), subject=new_case_id())
    take_in(runtime)
    rebuilt = rebuild()
    assert reasons(rebuilt) == reasons(runtime) == ["behind", "gap", "unreadable"]
    assert differences(runtime.engine, rebuilt.engine, [arrival]) == []


def reasons(runtime):
    with runtime.engine.connect() as connection:
        return sorted(row.reason for row in parking.waiting(connection))


def test_a_database_that_holds_something_already_is_refused(busy, broker):
    with pytest.raises(NotEmpty):
        replay(parcels.service, busy.config, broker, busy.engine)


def test_it_can_be_built_in_a_database_named_by_its_url(busy, broker, tmp_path):
    rebuilt = replay(parcels.service, busy.config, broker, f"sqlite:///{tmp_path}/named.db")
    assert differences(busy.engine, rebuilt.engine, [arrival]) == []
    rebuilt.engine.dispose()


def test_what_was_changed_added_or_taken_away_is_named_without_its_contents(busy, rebuild):
    rebuilt = rebuild()
    with busy.engine.connect() as connection:
        first, second, *_ = connection.execute(select(arrival).order_by(arrival.c.event_id)).all()
    changed(busy, update(arrival).where(arrival.c.event_id == first.event_id).values(place="swamp", number=7))
    changed(busy, delete(arrival).where(arrival.c.event_id == second.event_id))
    changed(busy, insert(arrival).values(event_id="zzz", parcel_id="p", place="nowhere", number=1))
    assert differences(busy.engine, rebuilt.engine, [arrival]) == [
        f"arrival {first.event_id}: differs in place, number",
        f"arrival {second.event_id}: the topic says so, and it is not there",
        "arrival zzz: is there, and the topic does not say so",
    ]


def test_many_differences_are_counted(busy, rebuild):
    rebuilt = rebuild()
    changed(busy, delete(arrival))
    found = differences(busy.engine, rebuilt.engine, [arrival])
    assert (len(found), found[-1]) == (MOST_TOLD + 1, "arrival: and 100 more")


@pytest.fixture
def two_engines(tmp_path):
    engines = [open_engine(f"sqlite:///{tmp_path}/{name}.db") for name in ("one", "other")]
    yield engines
    for engine in engines:
        engine.dispose()


def table_of(kind):
    return Table("thing", MetaData(), Column("id", Integer, primary_key=True), Column("value", kind))


@pytest.mark.parametrize(
    ("kind", "value", "other"),
    [
        (String(9), "é", "e\u0301"),
        (String(9), "", None),
        (Boolean, True, False),
        (JSON, {"a": [1, 2]}, {"a": [2, 1]}),
        (JSON, [1], [True]),
        (LargeBinary, b"\x00", b"\x00\x00"),
        (Date, date(2026, 6, 15), date(2026, 6, 16)),
        (
            Instant,
            datetime(2026, 6, 15, 9, 0, 0, 1, tzinfo=UTC),
            datetime(2026, 6, 15, 9, 0, 0, 2, tzinfo=UTC),
        ),
    ],
)
def test_every_kind_of_value_is_compared_exactly(two_engines, kind, value, other):
    thing = table_of(kind)
    for engine, last in zip(two_engines, (value, other), strict=True):
        thing.metadata.create_all(engine)
        with engine.begin() as connection:
            connection.execute(insert(thing), [{"id": 1, "value": value}, {"id": 2, "value": last}])
    assert differences(*two_engines, [thing]) == ["thing 2: differs in value"]


def test_a_table_without_a_primary_key_cannot_be_compared(two_engines):
    thing = Table("thing", MetaData(), Column("id", Integer))
    with pytest.raises(ValueError, match="no primary key"):
        differences(*two_engines, [thing])
