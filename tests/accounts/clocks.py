"""A clock that the test moves."""

from datetime import datetime, timedelta

from tests.running import NOW


class MovableClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The time."""
        return self.now

    def advance(self, by: timedelta) -> None:
        """Moves it on."""
        self.now += by
