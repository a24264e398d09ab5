"""A gateway with a clock or settings of the test's own."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from gateway.app import create_app
from gateway.clock import Clock
from gateway.settings import Settings
from tests.api.asking import Api
from tests.running import NOW, fixed_clock


class MovableClock:
    """Stands still until the test lets time pass."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def let_pass(self, time: timedelta) -> None:
        """It is that much later."""
        self.now += time


def changed_coops(directory: Path, copies: Path, old: str, new: str) -> Path:
    """Copies of the co-op files that say `new` where the originals say `old`."""
    for file in directory.glob("*.toml"):
        text = file.read_text(encoding="utf-8").replace(old, new)
        (copies / file.name).write_text(text, encoding="utf-8")
    return copies


def coops_that_ask_anew(directory: Path, copies: Path) -> Path:
    """Copies of the co-op files by which every screen asks for everything."""
    for file in directory.glob("*.toml"):
        text = re.sub(
            r"(?m)^fresh_seconds = [0-9.]+", "fresh_seconds = 0.0", file.read_text(encoding="utf-8")
        )
        (copies / file.name).write_text(text, encoding="utf-8")
    return copies


@asynccontextmanager
async def running_gateway(settings: Settings, clock: Clock = fixed_clock) -> AsyncIterator[Api]:
    """The application, started; nobody is signed in."""
    app = create_app(settings, clock)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="https://gateway.test") as client:
            yield Api(client, now=clock())
