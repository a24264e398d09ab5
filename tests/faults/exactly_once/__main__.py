"""`python -m tests.faults.exactly_once`: the full form, with everything it needs; ends with 1 when the books differ."""

import asyncio
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from random import SystemRandom

from gateway.accounts import Vault
from gateway.coop_config.reading import load_coops
from gateway.demo.seeding import seed
from gateway.store.migrate import migrate
from gateway.wiring import ADAPTERS
from tests.conftest import COOPS_DIR
from tests.faults.exactly_once.figures import Figures, Plan, table_of
from tests.faults.exactly_once.run import run
from tests.faults.exactly_once.world import Ground
from tests.running import SIGNING_KEY, fixed_clock
from tests.running.legacy import running_legacy_systems
from tests.running.postgres import running_postgres

MEMBERS = 4000


def main() -> int:
    """Runs it and prints the figures."""
    figures = asyncio.run(_run(_arguments()))
    print(table_of(figures))  # noqa: T201 - that is what it is for
    return 1 if figures.discrepancies else 0


def _arguments() -> Namespace:
    parser = ArgumentParser("python -m tests.faults.exactly_once", description=__doc__)
    parser.add_argument("--instructions", type=int, default=2000, help="how many; default %(default)s")
    parser.add_argument("--people", type=int, default=300, help="by how many members; default %(default)s")
    parser.add_argument(
        "--every", type=int, default=25, help="steps between kills and faults; default %(default)s"
    )
    parser.add_argument(
        "--seed", type=int, default=SystemRandom().randrange(10**9), help="of the dice; default: any"
    )
    return parser.parse_args()


async def _run(asked: Namespace) -> Figures:
    plan = Plan(asked.instructions, asked.people, asked.every, asked.seed)
    directory = Path(tempfile.mkdtemp(prefix="exactly-once-"))
    print(f"seed {plan.seed}; logs and ledger: {directory}", flush=True)  # noqa: T201 - in case it does not end
    coops = load_coops(COOPS_DIR, ADAPTERS)
    async with (
        running_postgres(directory) as postgres,
        running_legacy_systems(postgres, coops, directory, MEMBERS) as legacy,
    ):
        database = await postgres.create("gateway")
        await migrate(database)
        await seed(database, coops, fixed_clock, Vault(SIGNING_KEY))
        ground = Ground(database, legacy.environment, coops["hirosaki"], MEMBERS)
        return await run(plan, ground, directory)


if __name__ == "__main__":
    sys.exit(main())
