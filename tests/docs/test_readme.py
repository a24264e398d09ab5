"""README.md is true: its first query answers as printed, for both co-ops, in the running demo."""

import json
import re
import shlex
from typing import Any

import httpx
import pytest

from tests.docs.markdown import ROOT, blocks
from tests.running import DemoGateway
from tests.running.demo import demo_accounts

PAGE = "README.md"
PRINTED_ADDRESS = "http://127.0.0.1:8000"
SIGN_IN, FIRST_QUERY = (block.text for block in blocks(PAGE) if block.text.startswith("curl "))
HIROSAKI, HOKKAIDO = (json.loads(block.text) for block in blocks(PAGE) if block.language == "json")


async def ran(command: str, demo: DemoGateway, token: str = "") -> Any:
    """A printed curl command's answer, sent to where the demo really is."""
    _, silent, address, *options = shlex.split(command.replace("$TOKEN", token))
    assert silent == "-s"
    given = list(zip(options[::2], options[1::2], strict=True))
    headers = dict(value.split(": ", 1) for option, value in given if option == "-H")
    (body,) = (value for option, value in given if option == "-d")
    async with httpx.AsyncClient(trust_env=False) as client:
        url = address.replace(PRINTED_ADDRESS, demo.url)
        return (await client.post(url, headers=headers, content=body)).json()


@pytest.mark.parametrize(
    ("sign_in", "printed"),
    [
        (SIGN_IN, HIROSAKI),
        (SIGN_IN.replace("hirosaki-taro", "sapporo@example.jp").replace("hirosaki", "hokkaido"), HOKKAIDO),
    ],
    ids=["hirosaki", "hokkaido"],
)
async def test_the_first_query_answers_as_printed(
    sign_in: str, printed: Any, demo_gateway: DemoGateway
) -> None:
    signed_in = (await ran(sign_in, demo_gateway))["data"]["signIn"]
    assert signed_in["errors"] == []
    assert await ran(FIRST_QUERY, demo_gateway, signed_in["token"]) == printed


def test_the_demo_accounts_are_those_of_the_table() -> None:
    table = re.findall(r"^\| (\w+) \| `(\S+)` \|", (ROOT / PAGE).read_text(encoding="utf-8"), re.MULTILINE)
    assert table == [(account["coop"], account["identifier"]) for account in demo_accounts()]
