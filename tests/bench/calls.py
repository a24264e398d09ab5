"""How many calls reach each legacy system."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from tests.api.asking import Api
from tests.bench.stage import AUDIENCE, Audience, Stage
from tests.faults.screens import HIROSAKI_HOME, HOKKAIDO_HOME, NOTICES, POS, REGISTRY, STAFF_LIST, Screen
from tests.faults.trouble import simulator


@dataclass(frozen=True)
class Scenario:
    """So many people who look at a screen at once. `warm`: not the first whom the gateway serves."""

    name: str
    screen: Screen
    people: int
    warm: bool

    def who_asks(self, audience: Audience) -> Sequence[Api]:
        """Members, or for the staff list somebody of the staff."""
        if self.screen is STAFF_LIST:
            return [audience.staff]
        return audience.members[self.screen.coop][: self.people]


SCENARIOS = (
    Scenario("Hirosaki home screen, 1", HIROSAKI_HOME, 1, warm=True),
    Scenario(f"Hirosaki home screen, {AUDIENCE} at once, just started", HIROSAKI_HOME, AUDIENCE, warm=False),
    Scenario(f"Hirosaki home screen, {AUDIENCE} at once", HIROSAKI_HOME, AUDIENCE, warm=True),
    Scenario("Hokkaido home screen, 1", HOKKAIDO_HOME, 1, warm=True),
    Scenario(f"Hokkaido home screen, {AUDIENCE} at once, just started", HOKKAIDO_HOME, AUDIENCE, warm=False),
    Scenario(f"Hokkaido home screen, {AUDIENCE} at once", HOKKAIDO_HOME, AUDIENCE, warm=True),
    Scenario("staff list of 100 members", STAFF_LIST, 1, warm=True),
)


@dataclass(frozen=True)
class Count:
    """The calls of one run by system, and the seconds until everybody had their answer."""

    calls: Counter[str]
    seconds: float


async def count(stage: Stage, scenario: Scenario) -> Count:
    """Plays a scenario once, on a gateway of its own. Raises `AssertionError` when an answer has errors."""
    async with stage.gateway() as audience:
        if scenario.warm:
            await _all_at_once(scenario, audience)
        await stage.systems.forget_calls()
        begun = perf_counter()
        await _all_at_once(scenario, audience)
        seconds = perf_counter() - begun
        return Count(await _calls(stage, scenario.screen), seconds)


async def _all_at_once(scenario: Scenario, audience: Audience) -> None:
    people = scenario.who_asks(audience)
    answers = await asyncio.gather(*(scenario.screen.seen_by(person) for person in people))
    assert not any(answer.errors for answer in answers)


async def _calls(stage: Stage, screen: Screen) -> Counter[str]:
    calls: Counter[str] = Counter()
    for system in (REGISTRY, POS, NOTICES):
        if system == POS and POS not in screen.fields_of:
            continue
        calls[system] = sum((await simulator(stage.systems, screen.coop, system).calls()).values())
    return calls
