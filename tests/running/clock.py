"""The time at which every test happens: noon of a Friday in November."""

from datetime import datetime

from gateway.clock import JAPAN

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=JAPAN)


def fixed_clock() -> datetime:
    """A clock that stands still at `NOW`."""
    return NOW
