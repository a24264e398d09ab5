"""The command line: serve, worker, migrate, demo, schema, coops check."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from gateway.clock import system_clock
from gateway.coop_check import check_coops
from gateway.coop_config.problems import CoopFileErrors
from gateway.coop_config.reading import load_coops
from gateway.demo import command as demo_command
from gateway.logs import configure_logs
from gateway.schema.build import printed_schema
from gateway.serving import serve
from gateway.settings import Settings, SettingsErrors, read_settings
from gateway.store.migrate import NotMigrated, migrate
from gateway.wiring import ADAPTERS, CannotStart, open_house
from gateway.worker import run_worker

USAGE = """\
usage: python -m gateway COMMAND

  serve               answer requests at /graphql
  worker              deliver mail, remove ended sessions
  migrate             bring the gateway's database up to date
  schema              print the GraphQL schema
  coops check [DIR]   check the co-ops' files
  demo [--help]       both co-ops with simulated legacy systems, all on this machine

Settings come from GATEWAY_… environment variables: docs/operators/configure.md
"""

COOPS_DIR = Path(__file__).parent / "coops"

MISUSED = 2
"""Exit code for a command that does not exist, and for settings or files that are not as they must be."""


def _announce(told: Mapping[str, object]) -> None:
    sys.stdout.write(f"READY {json.dumps(told)}\n")
    sys.stdout.flush()


def _settings() -> Settings:
    settings = read_settings()
    configure_logs(settings.mode)
    return settings


def _serve(arguments: Sequence[str]) -> int:
    return serve(_settings(), ready=lambda port: _announce({"port": port}))


def _worker(arguments: Sequence[str]) -> int:
    async def work(settings: Settings) -> None:
        async with open_house(settings, os.environ) as house:
            mailers = {code: systems.mailer for code, systems in house.systems.items()}
            await run_worker(house.store, mailers, system_clock, ready=lambda: _announce({}))

    asyncio.run(work(_settings()))
    return 0


def _migrate(arguments: Sequence[str]) -> int:
    asyncio.run(migrate(_settings().database_url.get_secret_value()))
    return 0


def _schema(arguments: Sequence[str]) -> int:
    sys.stdout.write(printed_schema())
    return 0


def _coops(arguments: Sequence[str]) -> int:
    match arguments:
        case ["check"]:
            return check_coops(COOPS_DIR, ADAPTERS, sys.stdout)
        case ["check", directory]:
            return check_coops(Path(directory), ADAPTERS, sys.stdout)
        case _:
            return _misused()


def _demo(arguments: Sequence[str]) -> int:
    return demo_command.main(arguments, load_coops(COOPS_DIR, ADAPTERS))


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "serve": _serve,
    "worker": _worker,
    "migrate": _migrate,
    "schema": _schema,
    "coops": _coops,
    "demo": _demo,
}


def _misused() -> int:
    sys.stderr.write(USAGE)
    return MISUSED


def main(arguments: Sequence[str]) -> int:
    """Runs one command; what keeps it from starting is told in plain words."""
    name, *rest = arguments or [""]
    command = COMMANDS.get(name)
    if command is None:
        return _misused()
    try:
        return command(rest)
    except (SettingsErrors, CoopFileErrors, CannotStart, NotMigrated) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return MISUSED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
