"""Guessing is slowed by network; nobody is shut out; no address is kept."""

from __future__ import annotations

import gc

import pytest

from people import pace as pace_module
from people.pace import FREE_TRIES, SECONDS_A_TRY, Pace, network_of

HERE, THERE = "203.0.113.7", "203.0.113.8"


class Clock:
    """A clock that moves when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(clock)


def spend(pace: Pace, address: str) -> None:
    assert [pace.take(address) for _ in range(FREE_TRIES)] == [0] * FREE_TRIES


@pytest.mark.promise("I3")
def test_after_many_failures_a_network_waits_seconds(pace: Pace) -> None:
    spend(pace, HERE)
    assert 0 < pace.take(HERE) <= SECONDS_A_TRY
    assert pace.take(THERE) == 0


@pytest.mark.promise("I3")
def test_nobody_is_locked_out_however_long_somebody_guessed(pace: Pace, clock: Clock) -> None:
    for _ in range(10_000):
        pace.take(HERE)
    clock.now += pace.take(HERE)
    assert pace.take(HERE) == 0


def test_a_guesser_gets_ten_tries_a_minute(pace: Pace, clock: Clock) -> None:
    spend(pace, HERE)
    got = 0
    for _ in range(3600):
        clock.now += 1
        got += pace.take(HERE) == 0
    assert 599 <= got <= 600


def test_a_whole_school_may_come_in_from_one_network(pace: Pace) -> None:
    for _ in range(500):
        assert pace.take(HERE) == 0
        pace.give_back(HERE)


def test_giving_back_never_makes_more_than_there_was(pace: Pace) -> None:
    for _ in range(50):
        pace.give_back(HERE)
    spend(pace, HERE)
    assert pace.take(HERE) > 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::99", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_one_household_is_one_network(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.promise("I4")
def test_no_address_is_kept(pace: Pace) -> None:
    spend(pace, HERE)
    kept = repr(pace.__dict__)
    assert HERE not in kept
    assert not [it for it in gc.get_referents(pace._buckets) if it == HERE]
    assert set(Pace().__dict__["_buckets"]) == set()


@pytest.mark.promise("I4")
def test_keys_of_two_processes_cannot_be_joined() -> None:
    one, two = Pace(), Pace()
    one.take(HERE)
    two.take(HERE)
    assert set(one._buckets) != set(two._buckets)


def test_a_flood_of_networks_costs_little_memory(pace: Pace) -> None:
    for n in range(pace_module.MOST_NETWORKS + 50):
        pace.take(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}")
    assert len(pace._buckets) == pace_module.MOST_NETWORKS
