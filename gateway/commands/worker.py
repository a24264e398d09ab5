"""`worker`: deliver mail, answer recovery requests, remove what has expired."""

import asyncio
import os
from collections.abc import Sequence

from gateway.clock import system_clock
from gateway.commands.process import announce, settings_and_logs
from gateway.settings import Settings
from gateway.wiring import open_house
from gateway.worker import run_worker


def run(arguments: Sequence[str]) -> int:
    """Until SIGTERM or SIGINT."""
    asyncio.run(_work(settings_and_logs()))
    return 0


async def _work(settings: Settings) -> None:
    async with open_house(settings, os.environ) as house:
        mailers = {code: systems.mailer for code, systems in house.systems.items()}
        await run_worker(
            house.store, mailers, house.coops, house.vault, system_clock, ready=lambda: announce({})
        )
