"""What can go wrong between the gateway and a legacy system.

AdapterError
├── Unavailable            no connection, an error of the system's own
│   ├── Closed             closed at night (閉局中); `reopens_at` where the system says so
│   └── NotAsked           spared: its circuit is open, or too many callers are in line
├── TimedOut               no answer before the deadline
├── Garbled                an answer that cannot be read
├── Incomplete             an answer that lacks what was asked for
└── Refused                an instruction that it will never carry out as it was given

The message of each is for operators and goes to the log only, never to a client.
"""

from datetime import datetime


class AdapterError(Exception):
    """A legacy system (`system`, e.g. "hirosaki/pos") did not do what was asked of it."""

    def __init__(self, system: str, detail: str) -> None:
        super().__init__(f"{system}: {detail}")
        self.system = system
        self.detail = detail


class Unavailable(AdapterError):
    """It cannot be asked, or says that it failed."""


class Closed(Unavailable):
    """It is closed, as it is every night."""

    def __init__(self, system: str, detail: str, reopens_at: datetime | None = None) -> None:
        super().__init__(system, detail)
        self.reopens_at = reopens_at


class NotAsked(Unavailable):
    """It was left alone: it failed too often just now, or too many callers are in line."""


class TimedOut(AdapterError):
    """It did not answer in time."""


class Garbled(AdapterError):
    """It answered, and the answer cannot be read."""


class Incomplete(AdapterError):
    """It answered, and not for everything it was asked."""


class Refused(AdapterError):
    """It does not take this instruction: it cannot read it, or knows another one under its id. Somebody must look."""
