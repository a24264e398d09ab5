"""`make bench`, or `python -m tests.bench`: the gateway beside other GraphQL servers, on this machine.

Linux with two cores or more: the server under test has the last one for itself, everything else shares the others.
"""

import asyncio
import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

import uvloop

from tests.bench.contestants import CONTESTANTS, node_is_there, write_coops
from tests.bench.rounds import Figures, Load, Plan, Rounds, say
from tests.bench.workloads import HISTORY, HOME, SIGN_IN, STAFF_LIST
from tests.bench.world import built_world

WORKLOADS = {each.name: each for each in (HOME, STAFF_LIST, HISTORY, SIGN_IN)}


def main() -> None:
    """The command."""
    options = _options()
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        sys.exit("Two cores are needed: one for the server under test, one for everything else.")
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
    parser.add_argument("--members", type=int, default=1000, help="of the co-op")
    parser.add_argument("--signed-in", type=int, default=200, help="who ask")
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
    with TemporaryDirectory(prefix="coop-bench-") as name:
        directory = Path(name)
        write_coops(directory)
        async with built_world(directory, options.members, options.signed_in) as world:
            await Rounds(world, _plan(options), core).play()


if __name__ == "__main__":
    main()
