"""The health of the legacy systems, as this process sees it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.errors import AdapterError
from adapters.ports import System
from adapters.records import SystemStatus
from gateway.context import Context
from gateway.outage import LegacySystem

PING_SECONDS = 2.0
"""What has not answered a ping by then does not answer. A mailer may take longer over a mail, unseen by anybody."""


@dataclass(frozen=True, slots=True)
class KnownStatus:
    """What a system answers to a ping, and the state of its circuit."""

    system: LegacySystem
    status: SystemStatus
    answers: bool


async def systems(context: Context) -> Sequence[KnownStatus]:
    """Every system of the viewer's co-op, all asked at once."""
    return await asyncio.gather(*(_ask(kind, system) for kind, system in context.at_home().systems.all()))


async def _ask(kind: LegacySystem, system: System) -> KnownStatus:
    try:
        async with asyncio.timeout(PING_SECONDS):
            await system.ping()
    except (AdapterError, TimeoutError):
        return KnownStatus(kind, system.status(), answers=False)
    return KnownStatus(kind, system.status(), answers=True)
