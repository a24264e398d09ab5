"""`python -m gateway demo` as a person starts it, in a directory of its own and on ports that are free."""

import json
import re
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import Signals
from subprocess import run
from typing import Any

from gateway.demo.processes import Children
from gateway.demo.program import Program

DEMO = (sys.executable, "-m", "gateway", "demo")
DEMO_READY_WITHIN = 180.0
"""Seconds: ten programs start, each of which may take as long as `READY_WITHIN` on a machine that is busy."""
_ADDRESS = re.compile(rb"GraphiQL +(http://[^/\s]+)")


@dataclass(frozen=True, slots=True)
class DemoGateway:
    """The running demo: its address, its accounts, its data (logs in `data / "logs"`)."""

    url: str
    accounts: list[Mapping[str, Any]]
    data: Path


def demo_accounts() -> list[Mapping[str, Any]]:
    """What `python -m gateway demo --accounts` prints."""
    printed = run((*DEMO, "--accounts"), check=True, capture_output=True)  # noqa: S603 - our own program
    accounts: list[Mapping[str, Any]] = json.loads(printed.stdout)
    return accounts


def demo_program(data: Path) -> Program:
    """The demo, for a supervisor of its own; it ends as by Ctrl-C."""
    return Program(
        name="demo",
        command=(*DEMO, "--port", "0", "--data", str(data)),
        environment={"PYTHONUNBUFFERED": "1"},
        ready=re.compile(rb"Ctrl-C ends everything"),
        stop_signal=Signals.SIGINT,
    )


@asynccontextmanager
async def running_demo(directory: Path) -> AsyncIterator[DemoGateway]:
    """Starts the demo and waits until it says that it is ready."""
    data = directory / "data"
    async with Children(directory) as children:
        await children.start(demo_program(data), DEMO_READY_WITHIN)
        address = _ADDRESS.search((directory / "demo.log").read_bytes())
        assert address is not None, "the demo named no address"
        yield DemoGateway(address[1].decode(), demo_accounts(), data)
