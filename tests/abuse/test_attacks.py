"""Whatever is sent, the answer is small and says one thing, and others are served at the same time."""

import asyncio
import json

import pytest

from tests.abuse.attacks import Attack
from tests.abuse.footprint import memory_of
from tests.abuse.requests import ATTACKS
from tests.abuse.target import Target
from tests.abuse.wire import Reply

AT_ONCE = 4
MEBIBYTES = 64
"""By which the process may have grown after an attack: what is sent at once, and room for what others ask."""


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
async def test_an_attack_is_answered_within_bounds_and_others_are_served(
    target: Target, attack: Attack
) -> None:
    before = memory_of(target.pid).now
    async with target.bystander.asking():
        replies = await asyncio.gather(*(target.suffer(attack.sent) for _ in range(AT_ONCE)))

    assert {reply.status for reply in replies} == {attack.status}, replies[0].body[:500]
    assert target.bystander.failed == []
    assert memory_of(target.pid).now - before < MEBIBYTES
    for reply in replies:
        assert len(reply.body) <= attack.at_most_bytes
        assert told(reply) == [attack.code] * attack.errors if attack.code else told(reply) == []


def told(reply: Reply) -> list[str]:
    """The codes of the errors; nothing suggests a name that exists."""
    assert b"Did you mean" not in reply.body
    if "json" not in reply.headers.get("content-type", ""):
        return []
    return [error["extensions"]["code"] for error in json.loads(reply.body).get("errors", ())]
