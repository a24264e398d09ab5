"""How often something may be tried: every number of the throttle, in one place (docs/decisions/throttling.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

REMEMBERED = 365 * DAY
"""What is never forgotten by and by is forgotten after so long without a try."""

_DOUBLINGS = 32  # more would overflow, and reach every longest delay


class Scope(Enum):
    """What is counted: tries against somebody, or by somebody."""

    ACCOUNT = "ACCOUNT"
    ACCOUNT_AT_ADDRESS = "ACCOUNT_AT_ADDRESS"
    ACCOUNT_ON_DEVICE = "ACCOUNT_ON_DEVICE"
    ADDRESS = "ADDRESS"
    PROVISIONAL = "PROVISIONAL"
    PROVISIONAL_AT_ADDRESS = "PROVISIONAL_AT_ADDRESS"
    AUTH_CODE = "AUTH_CODE"
    AUTH_CODE_MAIL = "AUTH_CODE_MAIL"
    MAIL_FROM_ADDRESS = "MAIL_FROM_ADDRESS"
    MAIL_TO_RECIPIENT = "MAIL_TO_RECIPIENT"
    REGISTRATION_FROM_ADDRESS = "REGISTRATION_FROM_ADDRESS"
    INQUIRY_FROM_ADDRESS = "INQUIRY_FROM_ADDRESS"


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many tries are `free`; after each further one the wait doubles, from `first_wait` to `longest_wait`.

    One try is forgotten every `forgets_one_every`; without it, none until a success. After `at_most` tries
    waiting does not help any more.
    """

    free: int
    first_wait: timedelta
    longest_wait: timedelta
    forgets_one_every: timedelta | None = None
    at_most: int | None = None

    def wait_after(self, tries: int) -> timedelta:
        """How long nothing is let through after so many."""
        beyond = tries - self.free
        if beyond < 0:
            return timedelta(0)
        doubled: int = 2 ** min(beyond, _DOUBLINGS)
        return min(self.longest_wait, self.first_wait * doubled)

    def forgotten(self, tries: int, since: datetime, now: datetime) -> tuple[int, datetime]:
        """What is left of the tries, and from when on forgetting goes on."""
        if self.forgets_one_every is None or tries == 0 or now < since:
            return tries, now if tries == 0 else since
        forgotten = (now - since) // self.forgets_one_every
        if forgotten >= tries:
            return 0, now
        return tries - forgotten, since + forgotten * self.forgets_one_every

    def means_nothing_from(self, tries: int, since: datetime, now: datetime) -> datetime:
        """When a count may be deleted."""
        if self.forgets_one_every is None:
            return now + REMEMBERED
        return since + tries * self.forgets_one_every


def _allowances() -> Mapping[Scope, Allowance]:
    return {
        Scope.ACCOUNT: Allowance(3, SECOND, 30 * SECOND),
        Scope.ACCOUNT_AT_ADDRESS: Allowance(3, SECOND, HOUR, forgets_one_every=HOUR),
        Scope.ACCOUNT_ON_DEVICE: Allowance(3, SECOND, HOUR, forgets_one_every=HOUR),
        Scope.ADDRESS: Allowance(100, SECOND, MINUTE, forgets_one_every=10 * SECOND),
        Scope.PROVISIONAL: Allowance(3, 15 * MINUTE, DAY, at_most=10),
        Scope.PROVISIONAL_AT_ADDRESS: Allowance(10, MINUTE, HOUR, forgets_one_every=HOUR),
        Scope.AUTH_CODE: Allowance(5, 30 * SECOND, HOUR),
        Scope.AUTH_CODE_MAIL: Allowance(5, MINUTE, HOUR, forgets_one_every=10 * MINUTE),
        Scope.MAIL_FROM_ADDRESS: Allowance(20, MINUTE, HOUR, forgets_one_every=3 * MINUTE),
        Scope.MAIL_TO_RECIPIENT: Allowance(5, MINUTE, HOUR, forgets_one_every=10 * MINUTE),
        Scope.REGISTRATION_FROM_ADDRESS: Allowance(
            20, 10 * SECOND, 10 * MINUTE, forgets_one_every=3 * MINUTE
        ),
        Scope.INQUIRY_FROM_ADDRESS: Allowance(5, MINUTE, HOUR, forgets_one_every=10 * MINUTE),
    }


@dataclass(frozen=True, slots=True)
class ThrottleLimits:
    """All of them. `locks_after` consecutive failures an account is locked (NIST SP 800-63B-4: 100 at most)."""

    allowances: Mapping[Scope, Allowance] = field(default_factory=_allowances)
    locks_after: int = 100
