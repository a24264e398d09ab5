"""Token buckets: so much at once, and so much more each second."""

import pytest

from gateway.http.rates.buckets import MOST_KEYS, Buckets, Rate, Taken
from gateway.http.rates.fields import rate_fields


class Seconds:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def buckets(seconds: Seconds) -> Buckets:
    """Ten at once, two a second."""
    return Buckets(Rate(10, 2), seconds)


def test_so_much_may_be_taken_at_once(buckets: Buckets) -> None:
    taken = [buckets.take("a") for _ in range(11)]

    assert [each.left for each in taken] == [9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0]
    assert [each.wait for each in taken] == [0] * 10 + [0.5]


def test_what_was_taken_comes_back_by_and_by_and_no_more(buckets: Buckets, seconds: Seconds) -> None:
    buckets.take("a", 10)
    seconds.now += 1.5
    assert buckets.take("a", 3) == Taken(0, 0)
    seconds.now += 1000
    assert buckets.take("a", 1) == Taken(9, 0)


def test_what_is_refused_takes_nothing(buckets: Buckets, seconds: Seconds) -> None:
    buckets.take("a", 9)
    assert [buckets.take("a", 5) for _ in range(3)] == [Taken(1, 2)] * 3
    seconds.now += 2
    assert buckets.take("a", 5) == Taken(0, 0)


def test_what_is_more_than_a_bucket_holds_takes_a_full_one(buckets: Buckets) -> None:
    assert buckets.take("a", 1000) == Taken(0, 0)
    assert buckets.take("a", 1000) == Taken(0, 5)


def test_each_key_has_its_own(buckets: Buckets) -> None:
    buckets.take("a", 10)
    assert buckets.take("b") == Taken(9, 0)


def test_the_memory_is_bounded(buckets: Buckets) -> None:
    for number in range(MOST_KEYS + 1):
        buckets.take(str(number), 10)

    assert len(buckets._levels) == MOST_KEYS
    assert buckets.take("0") == Taken(9, 0)
    assert buckets.take(str(MOST_KEYS)).wait > 0


def test_the_fields_say_what_a_policy_allows_and_what_is_left() -> None:
    assert rate_fields("address", Rate(1000, 200), Taken(998.4, 0)) == {
        "RateLimit-Policy": '"address";q=1000;w=5',
        "RateLimit": '"address";r=998;t=1',
    }
