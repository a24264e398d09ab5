"""`python -m gateway demo` as a person meets it."""

import os
import re
import socket
import sys
from dataclasses import replace
from pathlib import Path
from signal import SIGINT, SIGKILL
from subprocess import CompletedProcess, run

import httpx
import pytest

from gateway.demo.processes import Children
from tests.running import DemoGateway
from tests.running.demo import DEMO, DEMO_READY_WITHIN, demo_accounts, demo_program
from tests.running.process_table import children_of, until_gone

looks_into_proc = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def demo(*arguments: str) -> CompletedProcess[str]:
    """Runs the command to its end."""
    return run((*DEMO, *arguments), capture_output=True, text=True, check=False, timeout=60)  # noqa: S603


def test_the_accounts_can_be_had_as_json() -> None:
    first, *others = demo_accounts()
    assert first == {
        "coop": "hirosaki",
        "kind": "MEMBER",
        "identifier": "hirosaki-taro",
        "password": "demo-coop-2026",
        "memberNumber": "210100000001",
        "registeredAt": "2025-04-10T09:00:00+09:00",
        "email": "hirosaki@example.jp",
        "label": "Member 弘前 太郎: student with Pico, meal card, unreceived prepaid",
    }
    assert [account["identifier"] for account in others] == [
        "hirosaki-ichiro",
        "takasaki",
        "shirakami",
        "staff-hirosaki",
        "store-hirosaki",
        "auditor-hirosaki",
        "admin-hirosaki",
        "sapporo@example.jp",
        "kitami@example.jp",
        "asahikawa@example.jp",
        "staff-hokkaido@example.jp",
        "store-hokkaido@example.jp",
        "auditor-hokkaido@example.jp",
        "admin-hokkaido@example.jp",
    ]
    assert {account["label"] for account in others if "totpSecret" in account} == {
        "Staff (desk, office)",
        "Staff (store)",
        "Staff (auditor)",
        "Staff (administrator)",
    }


async def test_the_running_demo_answers(demo_gateway: DemoGateway) -> None:
    async with httpx.AsyncClient(base_url=demo_gateway.url, trust_env=False) as client:
        answer = await client.post("/graphql", json={"query": "{ coops { code } }"})
        page = await client.get("/graphiql")
    assert answer.json() == {"data": {"coops": [{"code": "hirosaki"}, {"code": "hokkaido"}]}}
    assert page.status_code == 200
    assert "GraphiQL" in page.text


async def test_a_second_demo_with_the_same_data_is_refused(demo_gateway: DemoGateway) -> None:
    second = demo("--port", "0", "--data", str(demo_gateway.data))
    assert second.returncode == 1
    assert second.stderr == (
        f"A demo with the data in {demo_gateway.data} is running already; --data names other data.\n"
    )


def test_a_port_in_use_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = demo("--port", str(port), "--data", str(tmp_path))
    assert refused.returncode == 1
    assert refused.stderr == (
        f"Port {port} cannot be used (Address already in use); choose another: make run PORT=8080\n"
    )
    assert refused.stdout == ""


def test_a_demo_without_its_people_is_refused() -> None:
    refused = demo("--members", "3")
    assert refused.returncode == 2
    assert "write 20 or more: the people of the demo accounts are among the first" in refused.stderr


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data of demos that run one after another, so that only the first has to load the registries."""
    return tmp_path_factory.mktemp("data")


@looks_into_proc
async def test_ctrl_c_while_it_starts_ends_what_runs_already(tmp_path: Path, data: Path) -> None:
    at_the_first_program = replace(demo_program(data), ready=re.compile(b"Bringing the gateway's database"))
    async with Children(tmp_path) as children:
        child = await children.start(at_the_first_program)
        started = children_of(child.pid)
        assert any("postgres" in command for command in started.values())
        os.kill(child.pid, SIGINT)
        assert await child.ended == 0
        await until_gone(started)


@looks_into_proc
async def test_ctrl_c_ends_everything(tmp_path: Path, data: Path) -> None:
    async with Children(tmp_path) as children:
        child = await children.start(demo_program(data), DEMO_READY_WITHIN)
        started = children_of(child.pid)
        assert len(started) == 9, "PostgreSQL, five legacy systems, the postbox, the gateway, its worker"
        os.kill(child.pid, SIGINT)
        assert await child.ended == 0
        await until_gone(started)


@looks_into_proc
async def test_a_program_that_dies_is_named_and_ends_the_rest(tmp_path: Path, data: Path) -> None:
    async with Children(tmp_path) as children:
        child = await children.start(demo_program(data), DEMO_READY_WITHIN)
        started = children_of(child.pid)
        victim = next(pid for pid, command in started.items() if "legacy.pos " in command)
        os.kill(victim, SIGKILL)
        assert await child.ended == 1
        await until_gone(started)
        told = (tmp_path / "demo.log").read_text(encoding="utf-8")
        log = data / "logs" / "hirosaki-pos.log"
        assert f"\nhirosaki-pos was ended by SIGKILL.\nThe end of {log}:\n    READY " in told
