"""`python -m tests.abuse`: every attack many times, and what it costs the gateway."""

import asyncio
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from gateway.accounts import Vault
from gateway.coop_config.reading import load_coops
from gateway.demo.seeding import seed
from gateway.store.migrate import migrate
from gateway.wiring import ADAPTERS
from tests.abuse.footprint import memory_of
from tests.abuse.measuring import Cost, cost_of, costs_of_slow_senders
from tests.abuse.requests import ATTACKS
from tests.abuse.target import attacked_gateway
from tests.conftest import COOPS_DIR
from tests.running import SIGNING_KEY, fixed_clock
from tests.running.legacy import running_legacy_systems
from tests.running.postgres import running_postgres

MEMBERS = 100


def main() -> int:
    """Attacks, and prints the table; ends with 1 when something was answered with a 5xx."""
    costs = asyncio.run(_run(_arguments()))
    return int(any(status >= 500 for cost in costs for status in cost.statuses))


def _arguments() -> Namespace:
    parser = ArgumentParser("python -m tests.abuse", description=__doc__)
    parser.add_argument("--times", type=int, default=50, help="requests of each attack; default %(default)s")
    parser.add_argument("--at-once", type=int, default=8, help="of them at once; default %(default)s")
    parser.add_argument("--slow", type=int, default=500, help="slow connections at once; default %(default)s")
    return parser.parse_args()


async def _run(asked: Namespace) -> list[Cost]:
    directory = Path(tempfile.mkdtemp(prefix="abuse-"))
    coops = load_coops(COOPS_DIR, ADAPTERS)
    async with (
        running_postgres(directory) as postgres,
        running_legacy_systems(postgres, coops, directory, MEMBERS) as legacy,
    ):
        database = await postgres.create("gateway")
        await migrate(database)
        await seed(database, coops, fixed_clock, Vault(SIGNING_KEY))
        async with attacked_gateway(database, legacy.environment, directory) as target:
            before = memory_of(target.pid).now
            costs = [
                await cost_of(target, name, attack, asked.times, asked.at_once)
                for name, attack in ATTACKS.items()
            ]
            costs += await costs_of_slow_senders(target, asked.slow)
            _print(_table(costs))
            _print([f"before: {before:.0f} MiB; in the end: {memory_of(target.pid).now:.0f} MiB"])
            _print(["what others were told instead of their answer:", *target.bystander.failed])
    return costs


def _table(costs: Iterable[Cost]) -> Iterator[str]:
    yield "| attack | status | longest answer, bytes | processor, ms each | memory at most, MiB | others wait, s |"
    yield "|---|---|---|---|---|---|"
    for cost in costs:
        statuses = ", ".join(str(status or "closed") for status in sorted(cost.statuses))
        answer = f"{statuses} | {cost.longest_answer:,}"
        costs_it = f"{cost.processor_ms:.1f} | {cost.grown_by_at_most:+.1f} | {cost.longest_wait:.2f}"
        yield f"| {cost.name} | {answer} | {costs_it} |"


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201 - that is what it is for


if __name__ == "__main__":
    sys.exit(main())
