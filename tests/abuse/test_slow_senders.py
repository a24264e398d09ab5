"""Who sends slowly is closed off: by the gateway itself, and before it by the documented load balancer."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gateway.demo.processes import Children
from tests.abuse.footprint import open_files_of
from tests.abuse.slow_senders import silent, trickled_body, trickled_head
from tests.abuse.target import Target
from tests.scale_out.haproxy import haproxy

AT_ONCE = 20


@pytest.fixture
async def load_balancer(target: Target, tmp_path: Path) -> AsyncIterator[int]:
    """The port of HAProxy as documented, before this one gateway."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port: int = unused.getsockname()[1]
    async with Children(tmp_path) as children:
        await children.start(haproxy(tmp_path, port, [target.port]))
        yield port


async def test_the_gateway_gives_slow_senders_up_and_serves_others(target: Target) -> None:
    before = open_files_of(target.pid)
    async with target.bystander.asking(), asyncio.TaskGroup() as senders:
        heads = [senders.create_task(trickled_head(target.port)) for _ in range(AT_ONCE)]
        bodies = [senders.create_task(trickled_body(target.port)) for _ in range(AT_ONCE)]
        nothing = [senders.create_task(silent(target.port)) for _ in range(AT_ONCE)]

    assert {sender.result().status for sender in heads} == {408}
    assert {sender.result().status for sender in nothing} == {408}
    assert {sender.result().status for sender in bodies} == {408}
    assert target.bystander.failed == []
    assert open_files_of(target.pid) <= before + 1


async def test_slow_senders_get_no_further_than_the_load_balancer(target: Target, load_balancer: int) -> None:
    async with target.bystander.asking(), asyncio.TaskGroup() as senders:
        heads = [senders.create_task(trickled_head(load_balancer)) for _ in range(AT_ONCE)]
        bodies = [senders.create_task(trickled_body(load_balancer)) for _ in range(AT_ONCE)]

    assert {sender.result().status for sender in [*heads, *bodies]} == {408}
    assert target.bystander.failed == []
