"""`serve` as an operator starts it: READY, a clean end, and one plain sentence when it cannot start."""

import os
import re
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import CompletedProcess, run

import httpx
import pytest

from gateway.demo.processes import Children
from gateway.demo.program import python_program
from tests.running import SIGNING_KEY, LegacySystems, Postgres

NOBODY_LISTENS = "postgresql://postgres@127.0.0.1:1/gateway"


def settings(database: str, legacy: LegacySystems) -> dict[str, str]:
    return {
        **legacy.environment,
        "GATEWAY_DATABASE_URL": database,
        "GATEWAY_SIGNING_KEY": SIGNING_KEY,
        "GATEWAY_PORT": "0",
    }


def gateway(*arguments: str, environment: Mapping[str, str]) -> CompletedProcess[str]:
    """Runs a command to its end."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GATEWAY_", "H"))}
    command = (sys.executable, "-m", "gateway", *arguments)
    return run(  # noqa: S603 - our own program
        command, env={**kept, **environment}, capture_output=True, text=True, check=False, timeout=60
    )


async def test_serve_answers_and_ends_in_peace(
    tmp_path: Path, seeded_database: str, legacy_systems: LegacySystems
) -> None:
    environment = settings(seeded_database, legacy_systems)
    async with Children(tmp_path) as children:
        child = await children.start(python_program("gateway", "gateway", "serve", environment=environment))
        url = f"http://127.0.0.1:{child.announced['port']}"
        async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
            answer = await client.post("/graphql", json={"query": "{ coops { code } }"})
        os.kill(child.pid, signal.SIGTERM)

        assert answer.json() == {"data": {"coops": [{"code": "hirosaki"}, {"code": "hokkaido"}]}}
        assert await child.ended == 0


@pytest.mark.parametrize("command", ["serve", "worker"])
async def test_a_database_that_was_never_migrated_is_told_in_one_sentence(
    postgres: Postgres, legacy_systems: LegacySystems, command: str
) -> None:
    async with postgres.database() as empty:
        refused = gateway(command, environment=settings(empty, legacy_systems))

    assert (refused.returncode, refused.stdout) == (2, "")
    told = r"The database is at step none, this program needs step \w+: run `python -m gateway migrate` .* first\.\n"
    assert re.fullmatch(told, refused.stderr)


@pytest.mark.parametrize("command", ["serve", "worker", "migrate"])
def test_a_database_that_is_not_there_is_told_in_one_sentence(
    legacy_systems: LegacySystems, command: str
) -> None:
    refused = gateway(command, environment=settings(NOBODY_LISTENS, legacy_systems))

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.count("\n") == 1
    assert refused.stderr.startswith("The database cannot be reached (")


def test_what_the_environment_lacks_is_told_a_sentence_a_line() -> None:
    refused = gateway("serve", environment={"GATEWAY_DATABASE_URL": NOBODY_LISTENS})

    assert refused.returncode == 2
    assert "HIROSAKI_POS_KEY" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_command_that_does_not_exist_is_answered_with_those_that_do() -> None:
    refused = gateway("sreve", environment={})

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("usage: python -m gateway COMMAND\n")


def test_a_list_of_accounts_waits_for_no_database_and_no_web_server() -> None:
    """Each command imports what it needs, and no more."""
    program = (
        "import sys\nfrom gateway.__main__ import main\n"
        "assert main(['demo', '--accounts']) == 0\n"
        "print([name for name in ('sqlalchemy', 'strawberry', 'uvicorn') if name in sys.modules], file=sys.stderr)"
    )
    listed = run((sys.executable, "-c", program), capture_output=True, text=True, check=True)  # noqa: S603

    assert listed.stderr == "[]\n"
