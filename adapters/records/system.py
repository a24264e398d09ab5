"""How a legacy system is doing, as the gateway sees it."""

from dataclasses import dataclass
from enum import Enum


class Circuit(Enum):
    """Whether a system is asked.

    CLOSED: as usual. OPEN: it failed too often, is left alone. HALF_OPEN: one call finds out if it is back.
    """

    CLOSED = "CLOSED"
    OPEN = "OPEN"
    HALF_OPEN = "HALF_OPEN"


@dataclass(frozen=True, slots=True)
class SystemStatus:
    """One system of one co-op (`system`, e.g. "hirosaki/pos"): its circuit, calls under way and in line."""

    system: str
    circuit: Circuit
    calls_in_flight: int
    calls_waiting: int
