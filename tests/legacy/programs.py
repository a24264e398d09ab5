"""Starts a simulated system as the program it is, and sees to it that it ends cleanly."""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.running import NOW

READY_WITHIN = 30.0
ENDED_WITHIN = 10.0
"""Seconds, on a machine that does other things, too."""


@asynccontextmanager
async def running(
    module: str, *arguments: str, now: str | None = NOW.isoformat()
) -> AsyncIterator[dict[str, Any]]:
    """Yields what the program announced on its READY line; it must end with 0 when told to."""
    clock = ("--now", now) if now else ()
    command = (sys.executable, "-m", module, *arguments, *clock)
    process = await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=PIPE)
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), READY_WITHIN)
    assert line.startswith(b"READY "), f"{module} printed {line!r}"
    try:
        yield json.loads(line.removeprefix(b"READY "))
    finally:
        process.terminate()
        rest, _ = await asyncio.wait_for(process.communicate(), ENDED_WITHIN)
    assert (rest, process.returncode) == (b"", 0)
