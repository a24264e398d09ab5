"""How much of its time a process spends on compiling."""

from time import perf_counter


class CompileBudget:
    """An allowance of seconds that fills up at a share of the time that passes, and never beyond `most`."""

    def __init__(self, share: float, most: float) -> None:
        self._share = share
        self._most = most
        self._left = most
        self._filled_at = perf_counter()

    def allows(self) -> bool:
        """Whether there is anything left to spend."""
        now = perf_counter()
        self._left = min(self._most, self._left + (now - self._filled_at) * self._share)
        self._filled_at = now
        return self._left > 0

    def spend(self, seconds: float) -> None:
        """It was spent; the allowance may go below nothing, and has to fill up again."""
        self._left -= seconds
