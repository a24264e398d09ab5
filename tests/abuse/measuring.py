"""What an attack costs the gateway: memory, processor, and the patience of others."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import count
from typing import NamedTuple

from tests.abuse.attacks import Attack, another
from tests.abuse.footprint import count_anew, memory_of, processor_seconds_of
from tests.abuse.slow_senders import silent, trickled_body, trickled_head
from tests.abuse.target import Target
from tests.abuse.wire import Reply


class Cost(NamedTuple):
    """Of one attack, many times."""

    name: str
    statuses: frozenset[int]
    longest_answer: int
    processor_ms: float
    """Of one request. Others' questions meanwhile are in it."""
    grown_by_at_most: float
    """MiB."""
    longest_wait: float
    """Seconds for which somebody else waited for an answer."""


async def cost_of(target: Target, name: str, attack: Attack, times: int, at_once: int) -> Cost:
    """The attack, so many times, and so many at once."""
    turns, numbers = asyncio.Semaphore(at_once), count(1)

    async def once() -> Reply:
        async with turns:
            return await target.suffer(another(attack.sent, next(numbers)))

    return await _measured(target, name, once, times)


async def costs_of_slow_senders(target: Target, times: int) -> list[Cost]:
    """So many slow senders of each kind, all at once."""
    kinds = {"no request": silent, "a head, trickled": trickled_head, "a body, trickled": trickled_body}
    return [
        await _measured(target, f"{times} connections: {name}", partial(kind, target.port), times)
        for name, kind in kinds.items()
    ]


async def _measured(target: Target, name: str, once: Callable[[], Awaitable[Reply]], times: int) -> Cost:
    bystander = target.bystander
    bystander.waits.clear()
    count_anew(target.pid)
    before, computed = memory_of(target.pid).now, processor_seconds_of(target.pid)
    async with bystander.asking():
        replies = await asyncio.gather(*(once() for _ in range(times)))
    return Cost(
        name,
        frozenset(reply.status for reply in replies),
        max(len(reply.body) for reply in replies),
        1000 * (processor_seconds_of(target.pid) - computed) / times,
        memory_of(target.pid).highest - before,
        max(bystander.waits),
    )
