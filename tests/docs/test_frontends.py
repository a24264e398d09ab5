"""docs/frontends.md is true: its examples are run as printed, and every error code stands in it."""

import json
import re
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any

import httpx
import pytest

from gateway.errors import ErrorCode
from tests.api.asking import Api
from tests.docs.markdown import ROOT, Block, blocks, pairs
from tests.running import LegacySystem, LegacySystems

PAGE = "docs/frontends.md"
CAPTION = re.compile(r"# (?P<who>\S+?)(?:, (?P<when>while|after) the (?P<system>\w+) (?:is|went) down)?\n")
CO_OP_OF = {"hirosaki-taro": "hirosaki", "sapporo@example.jp": "hokkaido", "kitami@example.jp": "hokkaido"}
STEP = "# step "
"""So begin the examples that build on one another: tests/lifecycle/test_documented_path.py runs those."""
EXAMPLES = [pair for pair in pairs(PAGE, "graphql") if not pair[0].text.startswith(STEP)]


@pytest.mark.parametrize(("operation", "answer"), EXAMPLES, ids=[f"line {op.line}" for op, _ in EXAMPLES])
async def test_an_example_is_answered_as_printed(
    operation: Block, answer: Block, gateway_client: httpx.AsyncClient, legacy_systems: LegacySystems
) -> None:
    caption = CAPTION.match(operation.text)
    assert caption, f"line {operation.line}: the example must begin with who asks"
    person = await signed_in(Api(gateway_client), caption["who"])
    async with AsyncExitStack() as trouble:
        if caption["when"] == "after":
            await person.ask(operation.text)
        if caption["system"]:
            await trouble.enter_async_context(down(legacy_systems, caption["system"]))
        told = (await person.post(operation.text)).json()
    assert as_printed(told, json.loads(answer.text)) == json.loads(answer.text)


async def signed_in(api: Api, who: str) -> Api:
    return api if who == "nobody" else await api.signed_in(CO_OP_OF[who], who)


def down(systems: LegacySystems, name: str) -> AbstractAsyncContextManager[None]:
    """The Hirosaki co-op's system of that name, refusing everybody."""
    own = systems.hirosaki
    system: LegacySystem = {"POS": own.pos, "registry": own.registry, "mailer": own.mailer}[name]
    return system.fault("error")


def as_printed(told: Any, printed: Any) -> Any:
    """What was told, cut where the page cuts it: a printed text that ends with … stands for any that begins so."""
    if isinstance(told, dict) and isinstance(printed, dict):
        return {key: as_printed(value, printed.get(key)) for key, value in told.items()}
    if isinstance(told, list) and isinstance(printed, list) and len(told) == len(printed):
        return [as_printed(*both) for both in zip(told, printed, strict=True)]
    if isinstance(told, str) and isinstance(printed, str) and printed.endswith("…"):
        return printed if told.startswith(printed[:-1]) else told
    return told


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 8


def test_every_error_code_is_explained() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    (table,) = re.findall(r"^\| code \|.*?\n\n", page, re.MULTILINE | re.DOTALL)
    explained = re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)
    assert sorted(explained) == sorted(code.value for code in ErrorCode)


async def test_the_cookies_are_set_as_printed(gateway_client: httpx.AsyncClient) -> None:
    (printed,) = (block.text for block in blocks(PAGE) if block.text.startswith("Set-Cookie:"))
    (sign_in,) = (block for block in blocks(PAGE) if "transport: COOKIE" in block.text)
    response = await Api(gateway_client).post(sign_in.text)
    cookies = [
        re.sub(r"(?<==)[^;]+(?=; HttpOnly)", "…", each) for each in response.headers.get_list("set-cookie")
    ]
    assert "".join(f"Set-Cookie: {cookie}\n" for cookie in cookies) == printed
