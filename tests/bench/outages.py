"""How long a home screen takes while a system is out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter

from tests.api.asking import Api
from tests.bench.stage import Stage
from tests.faults.screens import HIROSAKI_HOME, NOTICES, POS, REGISTRY
from tests.faults.trouble import simulator, trouble

UNTIL_THE_CIRCUIT_OPENS = 5
"""Failed calls in a row, as the co-op's file has it; a request makes at least one."""


@dataclass(frozen=True)
class Outage:
    """A system and what is wrong with it; nothing is when `system` is None."""

    system: str | None
    fault: str = ""

    @property
    def name(self) -> str:
        """For a person."""
        wrong = {"stopped": "stopped", "timeout": "hangs"}
        return "all well" if self.system is None else f"{self.system} {wrong[self.fault]}"


OUTAGES = (
    Outage(None),
    *(Outage(system, fault) for fault in ("stopped", "timeout") for system in (REGISTRY, POS, NOTICES)),
)


@dataclass(frozen=True)
class Look:
    """One answer: after how many seconds, with how many errors."""

    seconds: float
    errors: int


@dataclass(frozen=True)
class Looks:
    """A member of whom nothing is known, one who was served before, the first again with the circuit open."""

    unknown: Look
    known: Look
    spared: Look


async def look(stage: Stage, outage: Outage) -> Looks:
    """Plays an outage once, on a gateway of its own that has served somebody before."""
    async with stage.gateway() as audience:
        newcomer, regular = audience.members["hirosaki"][:2]
        await _look(regular)
        async with _playing(stage, outage):
            unknown, known = await _look(newcomer), await _look(regular)
            for _ in range(UNTIL_THE_CIRCUIT_OPENS):
                await _look(newcomer)
            return Looks(unknown, known, spared=await _look(newcomer))


@asynccontextmanager
async def _playing(stage: Stage, outage: Outage) -> AsyncIterator[None]:
    if outage.system is None:
        yield
        return
    async with trouble(simulator(stage.systems, "hirosaki", outage.system), outage.fault):
        yield


async def _look(person: Api) -> Look:
    begun = perf_counter()
    answer = await HIROSAKI_HOME.seen_by(person)
    return Look(perf_counter() - begun, len(answer.errors))
