"""A POS that tests give instructions to: apart from the others', and each test takes members nobody else has."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from adapters import pos_web
from adapters.records import MemberNumber
from gateway.coop import Coop
from gateway.demo.processes import Children
from gateway.demo.systems import Simulation
from tests.adapters.policies import PATIENT
from tests.running.clock import NOW
from tests.running.legacy import LegacySystem

MEMBERS = 1500
WEB_POINTS = 400
"""What every member has at least whom a test takes."""


@dataclass(frozen=True, slots=True)
class OwnPos:
    """The running POS."""

    system: LegacySystem
    _members: Iterator[MemberNumber]

    def take(self) -> MemberNumber:
        """A member whom no test has taken: with 400 Web points or more, and a Pico that is not suspended."""
        return next(self._members)


@asynccontextmanager
async def running_pos(coop: Coop, logs: Path) -> AsyncIterator[OwnPos]:
    """Starts the POS of a co-op, in which nothing has been ordered yet."""
    simulator = Simulation(MEMBERS, logs, NOW).of(coop, smtp_port=0)["pos"]
    async with Children(logs) as children, httpx.AsyncClient(trust_env=False) as http:
        child = await children.start(simulator.program())
        system = LegacySystem(children, simulator, child, simulator.control_url(child.announced), http)
        yield OwnPos(system, iter(await _members(system)))


async def _members(system: LegacySystem) -> list[MemberNumber]:
    config = pos_web.PosWebConfig(url=system.url, terminal="TEST", key=system.key, policy=PATIENT)
    pos = pos_web.connect("hirosaki/pos", config)
    numbers = [MemberNumber(f"2101{index:08d}") for index in range(101, MEMBERS + 1)]
    found = []
    for start in range(0, len(numbers), 100):
        some = numbers[start : start + 100]
        balances, suspensions = await pos.balances(some), await pos.suspensions(some)
        for number in some:
            balance = balances.of(number)
            if balance and balance.web_points >= WEB_POINTS and suspensions.of(number) is None:
                found.append(number)
    await pos.close()
    return found
