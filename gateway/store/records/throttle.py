"""What the throttle counts."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Count:
    """Failures of one kind by or against somebody. `key` and `family` are keyed hashes of whom.

    Counts of one `family` are set to zero together. `counted_since` is where forgetting goes on from;
    from `expires_at` on the count means nothing and may be deleted.
    """

    key: bytes
    family: bytes | None
    failures: int
    counted_since: datetime
    blocked_until: datetime | None
    expires_at: datetime
