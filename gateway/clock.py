"""The clock is passed in wherever time matters, so that a rule never asks the machine."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Gives the present as an aware time in Japan."""

JAPAN = ZoneInfo("Asia/Tokyo")


def system_clock() -> datetime:
    """The machine's time, in Japan."""
    return datetime.now(JAPAN)
