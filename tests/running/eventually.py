"""Waiting for what happens in another process, where no event comes from."""

import asyncio
from collections.abc import Awaitable, Callable

LOOKS_AGAIN_AFTER = 0.01


async def eventually(true: Callable[[], Awaitable[bool]], within: float = 10) -> None:
    """Returns as soon as it is true; raises `TimeoutError` when it is not within so many seconds."""
    async with asyncio.timeout(within):
        while not await true():  # noqa: ASYNC110 - that is what this function is for
            await asyncio.sleep(LOOKS_AGAIN_AFTER)
