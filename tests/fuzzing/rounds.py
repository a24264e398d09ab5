"""Rounds of made-up operations: so many for each root field, everybody asking in turn."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzzing.operations import Operation, operations, roles_at, schema
from tests.fuzzing.people import People, Told, askers
from tests.fuzzing.properties import faults_of


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with an answer, who got it, and to what."""

    fault: str
    who: str
    operation: Operation
    answer: str


@dataclass(slots=True)
class Figures:
    """What was asked, and what came of it. `findings` holds the shortest operation for each fault."""

    by_root_field: Counter[str] = field(default_factory=Counter)
    by_outcome: Counter[str] = field(default_factory=Counter)
    slowest: float = 0
    findings: dict[str, Finding] = field(default_factory=dict)

    def note(self, root_field: str, told: Told) -> None:
        """Counts an answer."""
        self.by_root_field[root_field] += 1
        self.slowest = max(self.slowest, told.seconds)
        errors = told.response.json().get("errors") or ({"extensions": {"code": "data"}},)
        self.by_outcome.update({error["extensions"]["code"] for error in errors})

    def find(self, found: Finding) -> None:
        """Keeps the shortest operation with this fault."""
        known = self.findings.get(found.fault)
        if known is None or len(found.operation.text) < len(known.operation.text):
            self.findings[found.fault] = found


@dataclass(frozen=True, slots=True)
class Fuzzing:
    """Asks everybody's operations, and keeps what it sees."""

    people: People
    at_most_seconds: float
    figures: Figures = field(default_factory=Figures)

    async def round(self, root_fields: Iterable[str], number: int, examples: int) -> None:
        """So many operations of each of these root fields; the same number, the same operations.

        They are made up in a thread of their own, so that the application is never held up.
        """
        loop = asyncio.get_running_loop()
        of = schema()
        for root_field in root_fields:
            given_operations = given(askers(roles_at(of, root_field)), operations(of, root_field))
            asking = given_operations(self._asking(root_field, loop))
            await asyncio.to_thread(seed(number)(_settings(examples)(asking)))

    def _asking(self, root_field: str, loop: asyncio.AbstractEventLoop) -> Callable[[str, Operation], None]:
        def ask(who: str, operation: Operation) -> None:
            told = asyncio.run_coroutine_threadsafe(self.people.ask(who, operation), loop).result()
            self.figures.note(root_field, told)
            for fault in faults_of(told, self.at_most_seconds):
                self.figures.find(Finding(fault, who, operation, told.response.text))

        return ask


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
