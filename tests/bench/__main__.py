"""`make bench`, or `python -m tests.bench`: the gateway beside other GraphQL servers, on this machine.

Linux with two cores or more: the server under test has the last one for itself, everything else shares the others.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import uvloop

import gateway
from gateway.clock import system_clock
from tests.bench.chart import chart
from tests.bench.contestants import CONTESTANTS, node_is_there, write_coops
from tests.bench.report import Occasion, generator_ceiling, tables
from tests.bench.results import Results
from tests.bench.rounds import Load, Plan, Rounds
from tests.bench.versions import compared_versions
from tests.bench.workloads import WORKLOADS
from tests.bench.world import built_world

DOCS = Path(gateway.__file__).parent.parent / "docs" / "bench"


def main() -> None:
    """The command."""
    options = _options()
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        sys.exit("Two cores are needed: one for the server under test, one for everything else.")
    if not node_is_there() and any(CONTESTANTS[name].on_node for name in options.only):
        sys.exit("The Node servers are not installed: `make bench` does it, or leave them out with --only.")
    os.sched_setaffinity(0, cores[:-1])
    uvloop.run(_measure(options, cores[-1]))


def _options() -> Namespace:
    parser = ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round: a minute or two")
    parser.add_argument("--only", nargs="+", choices=CONTESTANTS, default=list(CONTESTANTS), metavar="SERVER")
    parser.add_argument("--workloads", nargs="+", choices=WORKLOADS, default=list(WORKLOADS))
    parser.add_argument("--modes", nargs="+", choices=("memory", "legacy"), default=["memory", "legacy"])
    parser.add_argument("--loads", nargs="+", type=int, help="connections; 0 for a fixed rate")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=float, help="of each run")
    parser.add_argument(
        "--write", action="store_true", help="keep tables and chart in docs/bench, by the day"
    )
    parser.add_argument("--members", type=int, default=400, help="of the co-op")
    parser.add_argument("--signed-in", type=int, default=120, help="who ask")
    return parser.parse_args()


def _plan(options: Namespace) -> Plan:
    loads = options.loads or ([32] if options.quick else [1, 32, 256, 0])
    return Plan(
        contestants=[CONTESTANTS[name] for name in CONTESTANTS if name in options.only],
        workloads=[WORKLOADS[name] for name in options.workloads],
        loads=[Load(connections) for connections in loads],
        rounds=options.rounds or (1 if options.quick else 5),
        seconds=options.seconds or (1.0 if options.quick else 3.0),
        warm_up=0.5 if options.quick else 2.0,
        modes=options.modes,
    )


async def _measure(options: Namespace, core: int) -> None:
    plan = _plan(options)
    with TemporaryDirectory(prefix="coop-bench-") as name:
        directory = Path(name)
        write_coops(directory)
        async with built_world(directory, options.members, options.signed_in) as world:
            rounds = Rounds(world, plan, core)
            figures = await rounds.play()
    cores = len(os.sched_getaffinity(0)) + 1
    occasion = Occasion(system_clock().date(), cores, plan, rounds.leaves, compared_versions())
    results = Results(figures)
    told = [*occasion.told(), "", generator_ceiling(figures), *tables(results)]
    sys.stdout.write("\n".join(told) + "\n")
    if options.write:
        _keep(occasion, told, chart(results, occasion.when_and_where))


def _keep(occasion: Occasion, told: Sequence[str], picture: str) -> None:
    DOCS.mkdir(exist_ok=True)
    day = occasion.day.isoformat()
    page = [f"# The comparison of {day}", "", f"![Requests per second]({day}.svg)", "", *told]
    (DOCS / f"{day}.md").write_text("\n".join(page) + "\n", encoding="utf-8")
    (DOCS / f"{day}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
