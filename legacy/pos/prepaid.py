"""How a card's money came and went, month by month, so that it runs down to the present balance.

The purchases are given, and so are balance and points of today. What is free is when money was put in. Each
month is settled from an opening to a closing balance, with deposits in thousands of yen between them; only
the very first deposit takes up odd yen.

Points are read off a meter of the yen spent with Pico: one point a hundred yen. When 200 points are full, the
register tops up 200 yen before it takes the money (B4). A purchase that fills them costs 200 yen or more, so
no purchase ever adds to the balance, and every way back from the present stays at or above zero.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from random import Random
from typing import NamedTuple

YEN_PER_POINT = 100
TOP_UP = 200
"""Points, and the yen they become."""
_METER = TOP_UP * YEN_PER_POINT
_NOTE = 1_000
_HIGHEST = 30_000


class Flow(NamedTuple):
    """A month of a card: balances at both ends, yen got for Web points, yen deposited, the meter before it.

    `welcome_points` come with the first deposit: what the meter showed when the card was new.
    """

    opening: int
    closing: int
    web_points: int
    deposits: int
    meter: int
    welcome_points: int


def settled(
    spent: Sequence[int], web_points: Sequence[int], balance: int, points: int, rng: Random
) -> list[Flow]:
    """One flow a month for the yen spent and got for Web points in it; the last ends at the present."""
    used = [month for month, yen in enumerate(spent) if yen]
    if not used:
        return [Flow(0, 0, 0, 0, 0, 0)] * len(spent)
    first, after = used[0], used[-1] + 1
    meters = _meters(spent, points)
    net = [
        yen - TOP_UP * top_ups(*readings) - moved
        for yen, moved, readings in zip(spent, web_points, pairwise(meters), strict=True)
    ]
    closings = [0] * first + _closings(net[first:after], balance, rng) + [balance] * (len(spent) - after)
    return [
        Flow(
            opening=opening,
            closing=closings[month],
            web_points=web_points[month],
            deposits=closings[month] - opening + net[month],
            meter=meters[month],
            welcome_points=meters[0] // YEN_PER_POINT if month == first else 0,
        )
        for month, opening in enumerate([0, *closings[:-1]])
    ]


def top_ups(before: int, after: int) -> int:
    """How often the meter fills 200 points on its way."""
    return after // _METER - before // _METER


def points_between(before: int, after: int) -> int:
    """Points earned while the meter went from one reading to another."""
    return after // YEN_PER_POINT - before // YEN_PER_POINT


def _meters(spent: Sequence[int], points: int) -> list[int]:
    """Readings before each month and at the end, where it stands at the present points."""
    start = (points * YEN_PER_POINT - sum(spent)) % _METER
    return list(accumulate(spent, initial=start))


def _closings(net: Sequence[int], balance: int, rng: Random) -> list[int]:
    odd_yen = (balance + sum(net)) % _NOTE
    forward = list(_wished(net, odd_yen, rng))
    if forward:
        forward[-1] = balance
    for month in range(len(net) - 1, 0, -1):
        forward[month - 1] = min(forward[month - 1], forward[month] + net[month])
    return forward


def _wished(net: Sequence[int], balance: int, rng: Random) -> Iterator[int]:
    """Closing balances as the member's habits have it, as if the present were free."""
    for out in net:
        wish = 0.0 if rng.random() < 0.15 else min(rng.gammavariate(2, 2_250), _HIGHEST)
        balance -= out
        if out:
            balance += _NOTE * max(0, -int((balance - wish) // _NOTE))
        yield balance
