"""Japan time: legacy systems mean it and do not say so."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]

JAPAN = ZoneInfo("Asia/Tokyo")


def system_clock() -> datetime:
    """The machine's time, in Japan."""
    return datetime.now(JAPAN)
