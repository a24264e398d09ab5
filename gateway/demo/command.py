"""Starts the whole demo, says where it is, and ends everything on Ctrl-C."""

import asyncio
import fcntl
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from signal import SIGHUP, SIGINT, SIGTERM

from gateway.clock import system_clock
from gateway.coop import Coop
from gateway.demo.banner import show
from gateway.demo.databases import DatabaseError
from gateway.demo.processes import Children, ProgramError
from gateway.demo.supervisor import Demo
from gateway.demo.systems import LOOPBACK
from gateway.demo.terminal import complain, say
from gateway.demo.wishes import Wishes


def run_demo(wishes: Wishes, coops: Mapping[str, Coop]) -> int:
    """Runs it. The exit code is 0 after Ctrl-C, and 1 when the demo could not start or lost a program."""
    try:
        _require_free(wishes.port)
        with _only_one_demo(wishes.data):
            return asyncio.run(_run(wishes, coops))
    except InTheWayError as error:
        complain(str(error))
        return 1


class InTheWayError(Exception):
    """Something on this machine keeps the demo from starting; says what to do about it."""


@contextmanager
def _only_one_demo(data: Path) -> Iterator[None]:
    data.mkdir(parents=True, exist_ok=True)
    with (data / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InTheWayError(
                f"A demo with the data in {data} is running already; --data names other data."
            ) from None
        yield


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise InTheWayError(
                f"Port {port} cannot be used ({error.strerror}); choose another: make run PORT=8080"
            ) from None


async def _run(wishes: Wishes, coops: Mapping[str, Coop]) -> int:
    async with Children(wishes.data / "logs") as children:
        try:
            await _run_until_told_to_end(Demo(wishes, coops, children, system_clock), children)
        except (ProgramError, DatabaseError) as error:
            complain(f"\n{error}")
            return 1
    return 0


async def _run_until_told_to_end(demo: Demo, children: Children) -> None:
    told_to_end = asyncio.create_task(_signal())
    death = asyncio.create_task(children.death())
    coming_up = asyncio.create_task(demo.bring_up())
    await asyncio.wait({told_to_end, death, coming_up}, return_when=asyncio.FIRST_COMPLETED)
    if coming_up.done():
        show(coming_up.result())
        await asyncio.wait({told_to_end, death}, return_when=asyncio.FIRST_COMPLETED)
    coming_up.cancel()
    await asyncio.wait({coming_up})
    if death.done():
        raise death.result()
    say("\nEnding everything")


async def _signal() -> None:
    """Waits for Ctrl-C, for `kill`, or for the terminal to be closed."""
    told = asyncio.Event()
    for number in (SIGINT, SIGTERM, SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    await told.wait()
