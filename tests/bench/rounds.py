"""Playing the rounds: every server in turn, so that what else the machine does meets all of them."""

import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from math import inf
from statistics import mean
from time import perf_counter

import httpx
import orjson

from gateway.demo.processes import Child, Children
from tests.bench.contestants import GATEWAY, Contestant
from tests.bench.load import Sample, closed_loop, each_once, open_loop
from tests.bench.process_figures import CpuTime, resident_mebibytes
from tests.bench.sameness import answers_of, check_same, leaves_in
from tests.bench.workloads import SCREENS, SIGN_IN, Workload
from tests.bench.world import World

READY_WITHIN = 300.0
"""Seconds: some servers look at everybody before they begin."""
ENOUGH_TO_COMPILE = 3000
"""Answers of one operation after which V8 has compiled what it will."""


BEGIN_ELSEWHERE = 37
"""So many people further on does the next run begin: the same ones first each time would be no crowd."""


@dataclass(frozen=True, slots=True)
class Load:
    """Connections that never rest, or 0 for a fixed rate."""

    connections: int

    @property
    def title(self) -> str:
        """For people."""
        return f"{self.connections} at once" if self.connections else "fixed rate"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is played: `seconds` for each run, after `warm_up` at the first round."""

    contestants: Sequence[Contestant]
    workloads: Sequence[Workload]
    loads: Sequence[Load]
    rounds: int
    seconds: float
    warm_up: float
    modes: Sequence[str] = ("memory", "legacy")


@dataclass(frozen=True, slots=True)
class Figures:
    """One run. Seconds; CPU is that of the server for each request, `generator` the share of its core the load took."""

    mode: str
    workload: str
    load: str
    contestant: str
    rate: float
    p50: float
    p99: float
    cpu: float
    memory: float
    calls: Mapping[str, float]
    """To each legacy system for a thousand requests."""
    generator: float
    upstream: float


@dataclass(frozen=True, slots=True)
class Server:
    """A contestant that runs."""

    contestant: Contestant
    child: Child

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self.child.announced["port"]
        return port


class Rounds:
    """Plays a plan in a world; `core` is the servers' own."""

    def __init__(self, world: World, plan: Plan, core: int) -> None:
        self._world = world
        self._plan = plan
        self._core = core
        self.leaves: dict[str, int] = {}
        self._played = 0

    async def play(self) -> list[Figures]:
        """All figures. Raises `Different` before anything is measured, `BadAnswer` when a server fails."""
        figures = []
        for mode in self._plan.modes:
            async with self._running(mode) as servers:
                await self._prepare(mode, servers)
                for number in range(1, self._plan.rounds + 1):
                    figures += await self._round(mode, servers, number)
        return figures

    @asynccontextmanager
    async def _running(self, mode: str) -> AsyncIterator[list[Server]]:
        in_memory = mode == "memory"
        chosen = [each for each in self._plan.contestants if mode in each.modes]
        async with Children(self._world.directory) as children:
            servers: list[Server] = []
            for contestant in chosen:
                if contestant.name == "floor":
                    await self._tell_floor(servers)
                program = contestant.program(self._world, self._core, in_memory=in_memory)
                servers.append(Server(contestant, await children.start(program, READY_WITHIN)))
            yield servers

    async def _tell_floor(self, servers: Sequence[Server]) -> None:
        """An answer of middling length to each operation."""
        gateway = next(each for each in servers if each.contestant is GATEWAY)
        answers = {}
        for screen in SCREENS:
            given = sorted(await answers_of(gateway.port, self._world.people, screen), key=len)
            answers[screen.operation_name] = given[len(given) // 2].decode()
        (self._world.directory / "answers.json").write_bytes(orjson.dumps(answers))

    async def _prepare(self, mode: str, servers: Sequence[Server]) -> None:
        """Same answers, and everything remembered and compiled that will be."""
        compared = {each.contestant.name: each.port for each in servers if each.contestant.name != "floor"}
        say(f"{mode}: comparing the answers of {', '.join(compared)}")
        like = GATEWAY.name if GATEWAY.name in compared else next(iter(compared))
        answers = await check_same(compared, self._world.people, like)
        for name, given in answers.items():
            self.leaves[name] = round(mean(leaves_in(orjson.loads(each)["data"]) for each in given))
        for server in servers:
            for workload in self._workloads(server, mode):
                say(f"{mode}: warming up {server.contestant.name}, {workload.name}")
                requests = self._world.people.requests(workload)
                if mode == "memory" and workload is not SIGN_IN:
                    await each_once(server.port, requests)
                await warm_up(server.port, requests, self._plan.warm_up)

    def _workloads(self, server: Server, mode: str) -> Sequence[Workload]:
        """Signing in is the gateway's own, and has no legacy system in it."""
        signs_in = server.contestant is GATEWAY and mode == "legacy"
        return [each for each in self._plan.workloads if each is not SIGN_IN or signs_in]

    async def _round(self, mode: str, servers: Sequence[Server], number: int) -> list[Figures]:
        figures = []
        for workload in self._plan.workloads:
            for load in self._loads(workload):
                for server in servers:
                    if workload in self._workloads(server, mode):
                        figures.append(await self._run(mode, server, workload, load))
                        say(f"{mode} {number}/{self._plan.rounds}: {_line(figures[-1])}")
        return figures

    def _loads(self, workload: Workload) -> Sequence[Load]:
        """Nobody signs in twice at once: the gateway looks at few passwords of one account at a time."""
        most = len(self._world.people.logins) if workload is SIGN_IN else inf
        return [load for load in self._plan.loads if load.connections <= most]

    async def _run(self, mode: str, server: Server, workload: Workload, load: Load) -> Figures:
        requests = self._world.people.requests(workload)
        self._played += 1
        begins = self._played * BEGIN_ELSEWHERE % len(requests)
        requests = requests[begins:] + requests[:begins]
        await self._calls(forget=True)
        before = self._cpu(server)
        sample = await _sample(server.port, requests, workload, load, self._plan.seconds)
        used = [now.since(then) for now, then in zip(self._cpu(server), before, strict=True)]
        answered = max(sample.answered, 1)
        calls = await self._calls(forget=False)
        return Figures(
            mode=mode,
            workload=workload.name,
            load=load.title,
            contestant=server.contestant.name,
            rate=sample.rate,
            p50=sample.percentile(50),
            p99=sample.percentile(99),
            cpu=used[0] / answered,
            memory=resident_mebibytes(server.child.pid),
            calls={system: count * 1000 / answered for system, count in calls.items()},
            generator=used[1] / sample.seconds,
            upstream=used[2] / sample.seconds,
        )

    def _cpu(self, server: Server) -> list[CpuTime]:
        """Of the server, of the generator, of what stands for the legacy systems."""
        groups = ([server.child.pid], [os.getpid()], self._world.pids())
        return [CpuTime.of(*pids) for pids in groups]

    async def _calls(self, *, forget: bool) -> dict[str, int]:
        upstream, gate = self._world.count_urls()
        async with httpx.AsyncClient(trust_env=False) as client:
            if forget:
                await client.delete(upstream)
                await client.delete(gate)
                return {}
            web: dict[str, int] = (await client.get(upstream)).json()
            registry: dict[str, int] = (await client.get(gate)).json()
        return {
            "registry": sum(registry.values()),
            "pos": web.get("pos", 0),
            "notices": web.get("notices", 0),
        }


async def warm_up(port: int, requests: Sequence[bytes], seconds: float) -> None:
    """So long, and until what compiles at run time has seen enough; a slow server is not waited for much longer."""
    answered, ends = 0, perf_counter() + 5 * seconds
    while answered < ENOUGH_TO_COMPILE and perf_counter() < ends:
        answered += len((await closed_loop(port, requests, 8, seconds)).latencies)


async def _sample(
    port: int, requests: Sequence[bytes], workload: Workload, load: Load, seconds: float
) -> Sample:
    if load.connections:
        return await closed_loop(port, requests, load.connections, seconds)
    return await open_loop(port, requests, workload.rate, seconds)


def _line(figures: Figures) -> str:
    return (
        f"{figures.workload}, {figures.load}, {figures.contestant}: {figures.rate:.0f}/s,"
        f" p50 {figures.p50 * 1000:.2f} ms, p99 {figures.p99 * 1000:.2f} ms,"
        f" {figures.cpu * 1e6:.0f} µs CPU, {figures.memory:.0f} MiB,"
        f" calls {sum(figures.calls.values()):.0f}, generator {figures.generator:.0%}, upstream {figures.upstream:.0%}"
    )


def say(line: str) -> None:
    """Progress, beside the results."""
    sys.stderr.write(f"{line}\n")
