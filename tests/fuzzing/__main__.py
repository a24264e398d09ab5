"""`python -m tests.fuzzing --minutes 5`: made-up operations for so long; ends with 1 when something was found."""

import asyncio
import os
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stdout
from pathlib import Path
from random import SystemRandom

from pydantic import SecretStr

from gateway.accounts import Vault
from gateway.app import create_app
from gateway.coop_config.reading import load_coops
from gateway.demo.seeding import seed
from gateway.settings import Settings
from gateway.store import Store
from gateway.store.migrate import migrate
from gateway.wiring import ADAPTERS
from tests.api.own_gateway import changed_coops
from tests.conftest import COOPS_DIR
from tests.fuzzing.figures import table_of
from tests.fuzzing.operations import FAREWELLS, root_fields, schema
from tests.fuzzing.people import People
from tests.fuzzing.rounds import Figures, Fuzzing
from tests.running import SIGNING_KEY, fixed_clock
from tests.running.legacy import running_legacy_systems
from tests.running.postgres import running_postgres

EXAMPLES = 10
"""Of each root field in a round."""
SLACK_SECONDS = 2.0
"""Beyond the deadline: a second in which the gateway says that it is too late, and one for a busy machine."""


def main() -> int:
    """Asks, and prints the figures."""
    asked = _arguments()
    directory = Path(tempfile.mkdtemp(prefix="fuzzing-"))
    print(f"seed {asked.seed}; the gateway's log: {directory / 'gateway.log'}", flush=True)  # noqa: T201
    with (directory / "gateway.log").open("w", encoding="utf-8") as log, redirect_stdout(log):
        figures = asyncio.run(_run(asked, directory))
    print(table_of(figures))  # noqa: T201 - that is what it is for
    return 1 if figures.findings else 0


def _arguments() -> Namespace:
    parser = ArgumentParser("python -m tests.fuzzing", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5, help="how long; default %(default)s")
    parser.add_argument("--only", nargs="*", help="root fields; default: all")
    parser.add_argument(
        "--seed", type=int, default=SystemRandom().randrange(10**6), help="of the first round; default: any"
    )
    return parser.parse_args()


async def _run(asked: Namespace, directory: Path) -> Figures:
    async with _fuzzing(directory) as fuzzing:
        until, number = time.monotonic() + 60 * asked.minutes, asked.seed
        lasting = [name for name in asked.only or root_fields(schema()) if name not in FAREWELLS]
        while time.monotonic() < until:
            for root_field in lasting:
                if time.monotonic() < until:
                    await fuzzing.round([root_field], number, EXAMPLES)
            number += 1
        await fuzzing.round(FAREWELLS, number, EXAMPLES)
        return fuzzing.figures


@asynccontextmanager
async def _fuzzing(directory: Path) -> AsyncIterator[Fuzzing]:
    """Everything that is needed, started, with the deadline that the product has."""
    coops = load_coops(COOPS_DIR, ADAPTERS)
    patient = changed_coops(COOPS_DIR, directory, "timeout_seconds = 1.5", "timeout_seconds = 4.0")
    async with (
        running_postgres(directory) as postgres,
        running_legacy_systems(postgres, coops, directory) as legacy,
    ):
        database = await postgres.create("gateway")
        await migrate(database)
        await seed(database, coops, fixed_clock, Vault(SIGNING_KEY))
        os.environ.update(legacy.environment)
        settings = Settings(
            database_url=SecretStr(database), signing_key=SecretStr(SIGNING_KEY), coops_dir=patient
        )
        app = create_app(settings, fixed_clock)
        store = Store.open(database, connections=1)
        async with app.router.lifespan_context(app):
            yield Fuzzing(await People.before(app, store), settings.deadline_seconds + SLACK_SECONDS)
        await store.close()


if __name__ == "__main__":
    sys.exit(main())
