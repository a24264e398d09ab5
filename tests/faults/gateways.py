"""Gateways in this process, each with circuits and memories of its own."""

import re
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from gateway.clock import Clock
from gateway.settings import Settings
from tests.api.asking import Api
from tests.api.own_gateway import running_gateway as running_app
from tests.running import SIGNING_KEY, fixed_clock

PATIENT_DEADLINE = 30.0
"""Seconds for what takes a moment: that this machine is busy is no outage."""
_LIMIT = re.compile(r"(?m)^(\[systems\.(\w+)\.limits\]\ntimeout_seconds = )[0-9.]+")


def patient_but_for(hanging: Collection[str], deadline: float, directory: Path, copies: Path) -> Path:
    """Copies of the co-op files by which these systems alone are not waited for until shortly before the deadline."""

    def limit(shipped: re.Match[str]) -> str:
        return shipped[0] if shipped[2] in hanging else f"{shipped[1]}{deadline - 0.5}"

    for file in directory.glob("*.toml"):
        text, limits = _LIMIT.subn(limit, file.read_text(encoding="utf-8"))
        assert limits >= 3, f"{file} says elsewhere how long a system is waited for"
        (copies / file.name).write_text(text, encoding="utf-8")
    return copies


@asynccontextmanager
async def running_gateway(
    url: str, *, coops_dir: Path, clock: Clock = fixed_clock, deadline_seconds: float = PATIENT_DEADLINE
) -> AsyncIterator[Api]:
    """A gateway that has not asked any legacy system yet, for nobody in particular.

    `url` is its database, `coops_dir` has its co-ops' files. The environment points it at the legacy systems.
    """
    settings = Settings(
        database_url=SecretStr(url),
        signing_key=SecretStr(SIGNING_KEY),
        coops_dir=coops_dir,
        deadline_seconds=deadline_seconds,
    )
    async with running_app(settings, clock) as api:
        yield api
