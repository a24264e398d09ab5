"""When something that failed is tried again."""

import random
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Retries:
    """After `first`, then twice as long each time, up to `longest`."""

    first: timedelta = timedelta(seconds=5)
    longest: timedelta = timedelta(minutes=15)
    limit: int = 100
    """After so many failures somebody must look: with these defaults most of a day, as long as a night."""

    def delay(self, attempts: int) -> timedelta:
        """How long to wait after so many failures: between half and all of it, so that callers spread out."""
        whole = min(self.longest, self.first * (1 << min(attempts - 1, 30)))
        return whole * random.uniform(0.5, 1)  # noqa: S311 - nobody gains by guessing it
