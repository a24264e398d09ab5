"""Places for requests in progress: so many at once, so many in line behind them for a while, and nobody more.

Who only waits for a legacy system is no work. So while this process has little to do, some of those in line are let
in beside those who hold its places.
"""

import asyncio
from collections import deque
from time import thread_time

from gateway.errors import Overloaded

LOOKS_AFTER = 0.01
"""Seconds: so long the work is measured, again and again while anybody is in line."""
LITTLE = LOOKS_AFTER / 2
"""Of work in that time; being late counts as work, for then others had the processor."""
LET_IN_AT_ONCE = 4
"""What they do has to show before more are let in."""


class Places:
    """The places of one process: `async with places:` holds one. Who is in line gets the next free one in turn."""

    def __init__(self, at_once: int, in_line: int, patience: float, held_up: int = 0) -> None:
        """`patience` is how many seconds one waits in line before it is sent away after all.

        `held_up`: how many more are let in at most while there is little to do.
        """
        self._at_once = at_once
        self._most = at_once + held_up
        self._in_line = in_line
        self._patience = patience
        self._in_progress = 0
        self._line: deque[asyncio.Future[None]] = deque()
        self._looks = False

    def check(self) -> None:
        """Raises `Overloaded` when there is neither a place nor a place in line."""
        if self._in_progress >= self._at_once and len(self._line) >= self._in_line:
            raise Overloaded

    async def __aenter__(self) -> None:
        """Takes a place. Raises `Overloaded` when there is none, now or in time."""
        self.check()
        if self._in_progress < self._at_once:
            self._in_progress += 1
        else:
            await self._stand_in_line()

    async def __aexit__(self, *_: object) -> None:
        """Gives it back."""
        self._give_back()

    async def _stand_in_line(self) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._line.append(turn)
        self._look_later()
        try:
            async with asyncio.timeout(self._patience):
                await turn
        except (TimeoutError, asyncio.CancelledError) as gone:
            if turn.cancelled():
                self._line = deque(each for each in self._line if each is not turn)
            else:
                self._give_back()  # it was their turn at the same moment
            if isinstance(gone, TimeoutError):
                raise Overloaded from None
            raise

    def _give_back(self) -> None:
        self._in_progress -= 1
        self._let_in(self._at_once)

    def _let_in(self, most: int) -> None:
        while self._line and self._in_progress < most:
            turn = self._line.popleft()
            if not turn.done():
                self._in_progress += 1
                turn.set_result(None)

    def _look_later(self) -> None:
        if self._looks or self._most == self._at_once:
            return
        self._looks = True
        loop = asyncio.get_running_loop()
        loop.call_later(LOOKS_AFTER, self._look, loop.time() + LOOKS_AFTER, thread_time())

    def _look(self, due: float, worked_before: float) -> None:
        late = asyncio.get_running_loop().time() - due
        if late + thread_time() - worked_before < LITTLE:
            self._let_in(min(self._most, self._in_progress + LET_IN_AT_ONCE))
        self._looks = False
        if self._line:
            self._look_later()
