"""`worker`: carry out instructions, deliver mail and reminders, answer recovery requests, remove what has expired."""

import asyncio
import os
from collections.abc import Sequence

from gateway.clock import system_clock
from gateway.commands.process import announce, settings_and_logs
from gateway.forgetting import forgetting_changed_members
from gateway.settings import Settings
from gateway.wiring import open_house
from gateway.worker import run_worker


def run(arguments: Sequence[str]) -> int:
    """Until SIGTERM or SIGINT."""
    asyncio.run(_work(settings_and_logs()))
    return 0


async def _work(settings: Settings) -> None:
    async with (
        open_house(settings, os.environ) as house,
        forgetting_changed_members(house.store, house.systems),
    ):
        mailers = {code: systems.mailer for code, systems in house.systems.items()}
        points_of_sale = {code: systems.pos for code, systems in house.systems.items() if systems.pos}
        await run_worker(
            house.store,
            mailers,
            points_of_sale,
            house.coops,
            house.vault,
            system_clock,
            ready=lambda: announce({}),
            registries={code: systems.registry for code, systems in house.systems.items()},
        )
