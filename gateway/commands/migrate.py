"""`migrate`: bring the gateway's database up to date."""

import asyncio
from collections.abc import Sequence

from gateway.commands.process import settings_and_logs
from gateway.store.migrate import migrate


def run(arguments: Sequence[str]) -> int:
    """Any number of times."""
    asyncio.run(migrate(settings_and_logs().database_url.get_secret_value()))
    return 0
