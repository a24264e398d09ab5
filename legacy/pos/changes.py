"""What instructions have changed about a member, on top of what the population says."""

from dataclasses import dataclass, field
from datetime import date, datetime

from legacy.population.person import Stop


@dataclass(frozen=True, slots=True)
class Moved:
    """Web points that became a sum to be received."""

    slip_number: str
    day: date
    points: int


@dataclass(frozen=True, slots=True)
class Received:
    """A sum received onto the card at a register; `sequence` numbers the journal entry."""

    slip_number: str
    at: datetime
    store: str
    sequence: int
    amount: int
    from_web_points: bool


@dataclass(slots=True)
class Changes:
    """One member's changes. `stop` is None after a release; it counts only once `stop_decided`."""

    moved: list[Moved] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    stop: Stop | None = None
    stop_decided: bool = False

    def decide_stop(self, stop: Stop | None) -> None:
        """Suspended from now on, or not any more."""
        self.stop, self.stop_decided = stop, True

    def received_on(self, slip_number: str) -> date | None:
        """The day a sum was received at a register, None when it was not."""
        return next((each.at.date() for each in self.received if each.slip_number == slip_number), None)
