"""What has happened so far, as something to wait for."""

import asyncio


class Progress:
    """Counts what comes forward: requests accepted, and requests settled."""

    def __init__(self) -> None:
        self.count = 0
        self._moved = asyncio.Event()

    def note(self) -> None:
        """One more."""
        self.count += 1
        self._moved.set()
        self._moved = asyncio.Event()

    async def reached(self, count: int) -> None:
        """Waits until there are so many."""
        while self.count < count:
            await self._moved.wait()
