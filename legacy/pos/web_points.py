"""Web points: earned in the co-op's app, moved to prepaid money in two hundreds (B5, B6)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

UNIT = 200
_ENOUGH_SPENT = 2_000
"""Yen with Pico in a month in which Web points are received, so that they are used up again."""
_REASONS = (
    "アプリ利用ポイント",
    "ひとことカード投稿①",
    "学食アンケート回答(2026年度 春学期)",
    "総代会出席～書面議決～",
    "生協アプリ歩数チャレンジ達成ボーナス",
)
_MOVED = "プリペイド移行"


class WebEntry(NamedTuple):
    """One line of the history: points earned, or moved when negative."""

    day: date
    points: int
    reason: str


def moved_by_month(rng: Random, spent: Sequence[int]) -> list[int]:
    """How many points a member who collects them received as prepaid money in each month but the latest."""
    moved = [0] * len(spent)
    for month, yen in enumerate(spent[:-1]):
        if rng.random() < 0.25 and month >= 2 and yen >= _ENOUGH_SPENT:
            moved[month] = rng.choice((1, 1, 2, 3)) * UNIT
    return moved


def moved(day: date, points: int) -> WebEntry:
    """The line a transfer leaves."""
    return WebEntry(day, -points, _MOVED)


def history(rng: Random, transfers: Sequence[WebEntry], web_points: int, last_day: date) -> list[WebEntry]:
    """Oldest first: before each transfer enough was earned for it, and the rest until the last day."""
    entries = [entry for each in transfers for entry in (*_earned(rng, -each.points, each.day), each)]
    entries += _earned(rng, web_points, last_day)
    return sorted(entries, key=lambda each: each.day)


def _earned(rng: Random, points: int, until: date) -> Iterator[WebEntry]:
    while points > 0:
        some = min(points, rng.choice((10, 20, 50, 100)))
        points -= some
        day = until - timedelta(days=rng.randrange(1, 90))
        yield WebEntry(day, some, rng.choice(_REASONS))
