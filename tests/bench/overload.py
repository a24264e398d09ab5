"""`python -m tests.bench.overload`: one gateway process is asked for four times what it can serve, and then for half.

First its capacity is found (connections that never rest), then what is normal (half of that, evenly). Then requests
leave at four times its capacity, whatever becomes of those before, and at last at half again. Two cores or more: the
gateway has the last one for itself.
"""

import os
import shutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, cycle, islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import uvloop

from gateway.demo.processes import Child, Children
from tests.bench.contestants import GATEWAY
from tests.bench.load import BadAnswer, closed_loop
from tests.bench.offering import Offered, Outcome, offered
from tests.bench.process_figures import processor_name, resident_mebibytes
from tests.bench.rounds import say
from tests.bench.workloads import HISTORY, HOME, STAFF_LIST, People, Workload
from tests.bench.world import COOP, World, built_world
from tests.conftest import COOPS_DIR

MIX: Mapping[Workload, int] = {HOME: 70, HISTORY: 20, STAFF_LIST: 10}
"""Of a hundred requests. Passwords have a line of their own (docs/decisions/passwords.md)."""
AT_ONCE = 64
NORMAL = 0.5
AS_SHIPPED = ("GATEWAY_MAX_REQUESTS_IN_PROGRESS", "GATEWAY_DEADLINE_SECONDS")
"""What a comparison of servers sets, and this measurement leaves as it is."""


def main() -> None:
    """The command."""
    options = _options()
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        sys.exit("Two cores are needed: one for the gateway, one for everything else.")
    os.sched_setaffinity(0, cores[:-1])
    uvloop.run(_measure(options, cores[-1]))


def _options() -> Namespace:
    parser = ArgumentParser("python -m tests.bench.overload", description=__doc__)
    parser.add_argument("--times", type=float, default=4.0, help="what it can serve")
    parser.add_argument(
        "--seconds", type=float, default=20.0, help="of overload; the other phases have a quarter"
    )
    parser.add_argument("--members", type=int, default=1000, help="of the co-op")
    parser.add_argument("--signed-in", type=int, default=200, help="who ask")
    return parser.parse_args()


async def _measure(options: Namespace, core: int) -> None:
    with TemporaryDirectory(prefix="coop-bench-") as name:
        directory = Path(name)
        _write_coop(directory / GATEWAY.coops)
        async with (
            built_world(directory, options.members, options.signed_in) as world,
            Children(directory) as children,
        ):
            child = await children.start(GATEWAY.program(_as_shipped(world), core, in_memory=False))
            try:
                await _play(child, mixed(world.people), options)
            except BadAnswer as failure:
                sys.exit(f"{failure}\n{child.log_tail()}")


def _write_coop(directory: Path) -> None:
    """The co-op's file, as it is."""
    directory.mkdir()
    shutil.copy(COOPS_DIR / f"{COOP}.toml", directory)


def _as_shipped(world: World) -> World:
    kept = {name: value for name, value in world.environment.items() if name not in AS_SHIPPED}
    return replace(world, environment=kept)


def mixed(people: People) -> list[bytes]:
    """Requests of every kind, as often as the mix has them, in an order that is always the same."""
    each = {workload: cycle(people.requests(workload)) for workload in MIX}
    requests = list(
        chain.from_iterable(islice(each[workload], 20 * share) for workload, share in MIX.items())
    )
    Random(20261120).shuffle(requests)  # noqa: S311 - an order, not a secret
    return requests


async def _play(child: Child, requests: Sequence[bytes], options: Namespace) -> None:
    port, short = child.announced["port"], options.seconds / 4
    say("warming up")
    await closed_loop(port, requests, 16, short)
    say("capacity")
    capacity = (await closed_loop(port, requests, AT_ONCE, short)).rate
    phases = {"normal": NORMAL, "overload": options.times, "afterwards": NORMAL}
    seen: dict[str, Offered] = {}
    memory: dict[str, float] = {}
    for name, share in phases.items():
        say(f"{name}: {share * capacity:.0f} requests a second")
        seconds = options.seconds if name == "overload" else short
        seen[name] = await offered(port, requests, share * capacity, seconds)
        memory[name] = resident_mebibytes(child.pid)
    sys.stdout.write("\n".join(_told(capacity, seen, memory)) + "\n")


def _told(capacity: float, seen: Mapping[str, Offered], memory: Mapping[str, float]) -> Iterator[str]:
    yield f"One process, {processor_name()}; capacity {capacity:.0f} requests a second ({AT_ONCE} at once)."
    yield ""
    yield "| | asked/s | served/s | p50 | p99 | refused/s | p50 | p99 | failed | memory |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for name, phase in seen.items():
        yield (
            f"| {name} | {phase.rate:.0f} | {_rated(phase, Outcome.SERVED)} | {_rated(phase, Outcome.REFUSED)}"
            f" | {len(phase.latencies(Outcome.FAILED))} | {memory[name]:.0f} MiB |"
        )
    yield ""
    after = seen["afterwards"]
    by_second = ", ".join(f"{p99 * 1000:.0f} ms" for p99 in after.p99_by_second())
    yield f"Afterwards, p99 second by second: {by_second}. Refused last: {_refused_last(after)}."


def _rated(phase: Offered, outcome: Outcome) -> str:
    ordered = sorted(phase.latencies(outcome))
    if not ordered:
        return "0 | |"
    p50, p99 = (ordered[int(len(ordered) * percent / 100)] for percent in (50, 99))
    return f"{len(ordered) / phase.seconds:.0f} | {p50 * 1000:.0f} ms | {p99 * 1000:.0f} ms"


def _refused_last(phase: Offered) -> str:
    last = max((each.asked_at for each in phase.answers if each.outcome is Outcome.REFUSED), default=None)
    return "never" if last is None else f"{last:.2f} s after the overload"


if __name__ == "__main__":
    main()
