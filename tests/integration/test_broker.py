"""What the chassis relies on of a broker: the same suite holds Kafka and the memory broker to it."""

import signal
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.chassis.events.broker import (
    MAX_MESSAGE_BYTES,
    PARTITIONS,
    Broker,
    BrokerUnavailable,
    InstanceFenced,
    Message,
    MessageRefused,
    Publisher,
    Received,
    Subscription,
    waves,
)
from shared.chassis.events.memory import MemoryBroker
from tests.integration.broker_fixtures import put_to_sleep, topic_on

LONG = 25.0  # seconds: a dead member's session and what follows it


@dataclass
class Subject:
    """A broker under test, and how to take it away and bring it back."""

    broker: Broker
    take_away: Callable[[], None]
    bring_back: Callable[[], None]


@pytest.fixture(params=["memory", pytest.param("kafka", marks=pytest.mark.broker)])
def subject(request: pytest.FixtureRequest) -> Iterator[Subject]:
    topic = f"candour.test.{uuid.uuid4().hex}"
    if request.param == "memory":
        memory = MemoryBroker(topic)
        yield Subject(
            memory, lambda: setattr(memory, "unavailable", True), lambda: setattr(memory, "unavailable", False)
        )
        return
    local = request.getfixturevalue("kafka")
    awake = lambda: local.send(signal.SIGCONT)  # noqa: E731
    yield Subject(topic_on(local, topic, delivery_timeout=2.0), lambda: put_to_sleep(local), awake)
    awake()


@pytest.fixture
def broker(subject: Subject) -> Broker:
    return subject.broker


@pytest.fixture
def publisher(broker: Broker) -> Iterator[Publisher]:
    publisher = broker.publisher("test")
    yield publisher
    publisher.close()


@pytest.fixture
def subscribe(broker: Broker) -> Iterator[Callable[[str, str], Subscription]]:
    opened: list[Subscription] = []

    def subscribe(group: str, instance: str) -> Subscription:
        opened.append(broker.subscribe(group, instance))
        return opened[-1]

    yield subscribe
    for subscription in opened:
        subscription.close()


def messages(count: int, keys: int = 5) -> list[Message]:
    return [Message(f"key-{number % keys}", str(number).encode()) for number in range(count)]


def polled(subscription: Subscription, count: int, within: float = LONG) -> list[Received]:
    """What the subscription gives until it has given `count` different messages."""
    found: list[Received] = []
    deadline = time.monotonic() + within
    while len({(one.partition, one.offset) for one in found}) < count:
        assert time.monotonic() < deadline, f"only {len(found)} of {count} came"
        found += subscription.poll(0.5)
    return found


def values(received: Sequence[Received]) -> set[int]:
    return {int(one.value) for one in received}


def test_what_is_acknowledged_can_be_read(broker: Broker, publisher: Publisher) -> None:
    publisher.publish([Message("a", b"one", (("ce_id", b"1"), ("traceparent", b"00"))), Message(None, b"two")])
    found = sorted(broker.read_all(), key=lambda one: one.value)
    assert [(one.key, one.value, one.headers) for one in found] == [
        ("a", b"one", (("ce_id", b"1"), ("traceparent", b"00"))),
        (None, b"two", ()),
    ]


def test_the_messages_of_one_key_keep_their_order(broker: Broker, publisher: Publisher) -> None:
    publisher.publish(messages(60))
    publisher.publish(messages(60))
    by_key = defaultdict(list)
    for one in broker.read_all():
        by_key[one.key].append(int(one.value))
    assert by_key == {f"key-{n}": [*range(n, 60, 5), *range(n, 60, 5)] for n in range(5)}
    assert len({(one.key, one.partition) for one in broker.read_all()}) == 5


def test_offsets_count_from_nought_in_every_partition(broker: Broker, publisher: Publisher) -> None:
    publisher.publish(messages(40, keys=40))
    by_partition = defaultdict(list)
    for one in broker.read_all():
        by_partition[one.partition].append(one.offset)
    assert by_partition.keys() <= set(range(PARTITIONS))
    assert all(offsets == list(range(len(offsets))) for offsets in by_partition.values())


def test_an_empty_topic_reads_as_nothing(broker: Broker) -> None:
    assert list(broker.read_all()) == []


def test_what_was_not_committed_comes_again(broker, publisher, subscribe) -> None:
    publisher.publish(messages(10))
    first = subscribe("readers", "reader-1")
    assert values(polled(first, 10)) == set(range(10))
    first.close()
    assert values(polled(subscribe("readers", "reader-1"), 10)) == set(range(10))


def test_what_was_committed_does_not_come_again(broker, publisher, subscribe) -> None:
    publisher.publish(messages(10))
    first = subscribe("readers", "reader-1")
    first.commit(polled(first, 10))
    first.close()
    publisher.publish([Message("key-0", b"10")])
    assert values(polled(subscribe("readers", "reader-1"), 1)) == {10}


def test_a_commit_of_some_leaves_the_later_ones(broker, publisher, subscribe) -> None:
    publisher.publish(messages(10, keys=1))
    first = subscribe("readers", "reader-1")
    first.commit(sorted(polled(first, 10), key=lambda one: one.offset)[:4])
    first.close()
    assert values(polled(subscribe("readers", "reader-1"), 6)) == {4, 5, 6, 7, 8, 9}


def test_groups_do_not_disturb_one_another(broker, publisher, subscribe) -> None:
    publisher.publish(messages(10))
    first = subscribe("readers", "reader-1")
    first.commit(polled(first, 10))
    assert values(polled(subscribe("others", "other-1"), 10)) == set(range(10))


def test_a_message_without_news_is_an_empty_poll(broker, subscribe) -> None:
    assert subscribe("readers", "reader-1").poll(0.5) == []


def test_the_lag_is_what_is_not_yet_committed(broker, publisher, subscribe) -> None:
    assert sum(broker.lag("readers").values()) == 0
    publisher.publish(messages(10))
    assert sum(broker.lag("readers").values()) == 10
    reader = subscribe("readers", "reader-1")
    received = polled(reader, 10)
    done = received[0].partition
    reader.commit([one for one in received if one.partition == done])
    lag = broker.lag("readers")
    assert set(lag) == set(range(PARTITIONS))
    assert lag[done] == 0
    assert sum(lag.values()) == len([one for one in received if one.partition != done])
    reader.commit(received)
    assert sum(broker.lag("readers").values()) == 0


def test_two_members_share_the_work_and_the_second_takes_over(broker, publisher, subscribe) -> None:
    first, second = subscribe("readers", "reader-1"), subscribe("readers", "reader-2")
    publisher.publish(messages(48, keys=48))
    before = polled(first, 48)
    seen: dict[str, list[Received]] = {"first": [], "second": []}
    deadline = time.monotonic() + LONG
    while not (seen["first"] and seen["second"] and len(values(seen["first"] + seen["second"])) == 48):
        assert time.monotonic() < deadline
        seen["second"] += second.poll(0.2)
        seen["first"] += first.poll(0.2)
    given_away = [one for one in before if first.lost(one)]
    assert 0 < len(given_away) < 48
    assert {one.partition for one in given_away} == {one.partition for one in seen["second"]}
    first.commit(given_away)
    assert sum(broker.lag("readers").values()) == 48, "a member that lost a partition commits nothing there"
    first.close()
    assert values(polled(second, 48)) | values(seen["second"]) == set(range(48))


def test_a_member_that_was_replaced_under_its_own_name_is_told(broker, publisher, subscribe) -> None:
    first, second = subscribe("readers", "reader-1"), subscribe("readers", "reader-1")
    publisher.publish(messages(5))
    polled(first, 5)
    polled(second, 5)
    with pytest.raises(InstanceFenced, match="must stop"):
        polled(first, 1)
    assert second.poll(0.2) == []


def test_a_message_that_is_too_large_is_refused_by_name_and_the_next_one_is_not(broker, publisher) -> None:
    large = Message("large", b"x" * (MAX_MESSAGE_BYTES + 1))
    with pytest.raises(MessageRefused) as refusal:
        publisher.publish([Message("a", b"1"), large, Message("b", b"2")])
    assert refusal.value.message is large
    assert "'large'" in str(refusal.value)
    publisher.publish([Message("c", b"3")])
    assert "c" in {one.key for one in broker.read_all()}
    assert "large" not in {one.key for one in broker.read_all()}


def test_a_message_of_nearly_the_largest_size_arrives(broker, publisher) -> None:
    value = bytes(range(256)) * (MAX_MESSAGE_BYTES // 256 - 4)
    publisher.publish([Message("large", value)])
    assert [one.value for one in broker.read_all()] == [value]


def test_a_broker_that_is_away_says_so_and_works_again_later(subject, broker, publisher, subscribe) -> None:
    publisher.publish([Message("a", b"1")])
    reader = subscribe("readers", "reader-1")
    received = polled(reader, 1)
    subject.take_away()
    started = time.monotonic()
    with pytest.raises(BrokerUnavailable):
        publisher.publish([Message("a", b"2")])
    assert time.monotonic() - started < 12
    with pytest.raises(BrokerUnavailable):
        reader.commit(received)
    subject.bring_back()
    publisher.publish([Message("a", b"2"), Message("a", b"3")])
    in_order = list(dict.fromkeys(int(one.value) for one in broker.read_all()))
    assert in_order == [1, 2, 3]
    reader.commit([one for one in polled(reader, 2) if not reader.lost(one)])
    assert sum(broker.lag("readers").values()) == 0


@given(st.lists(st.sampled_from(["a", "b", "c", None])))
def test_no_wave_holds_a_key_twice_and_every_key_keeps_its_order(keys: list[str | None]) -> None:
    items = list(enumerate(keys))
    sent = waves(items, key=lambda item: item[1])
    for wave in sent:
        named = [key for _, key in wave if key is not None]
        assert len(named) == len(set(named))
    flat = [item for wave in sent for item in wave]
    assert sorted(flat) == items
    for key in {"a", "b", "c"}:
        assert [item for item in flat if item[1] == key] == [item for item in items if item[1] == key]
