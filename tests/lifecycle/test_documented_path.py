"""docs/frontends.md, "Register": every step as printed, one after another, with the mail between them."""

import json
import re
from typing import Any

from tests.docs.markdown import Block, blocks
from tests.docs.test_frontends import PAGE, STEP, as_printed
from tests.lifecycle.portal import Mail, Portal, token_in

CAPTION = re.compile(rf"{STEP}(?P<step>\d+), (?:nobody|with the token of step (?P<after>\d+))\n")
STEPS = 7


def section() -> list[Block]:
    """From the first step to the answer of the last."""
    page = blocks(PAGE)
    steps = [number for number, block in enumerate(page) if block.text.startswith(STEP)]
    return page[steps[0] : steps[-1] + 2]


async def test_the_path_to_the_home_screen_is_as_printed(portal: Portal) -> None:
    """A1-A24 as a frontend meets them; a … in an operation is the token of the mail before it."""
    tokens: dict[str | None, str] = {}
    mail: Mail | None = None
    operations: list[str] = []
    for block, following in zip(section(), [*section()[1:], None], strict=True):
        if block.language == "text":
            mail = await _arrived(portal, block.text)
        if block.language != "graphql":
            continue
        caption = CAPTION.match(block.text)
        assert caption, f"line {block.line}: a step must say whose session it has"
        assert following is not None
        operation = block.text if mail is None else block.text.replace('"…"', f'"{_token(mail)}"')
        visitor = (await portal.visitor()).with_token(tokens.get(caption["after"], ""))
        told = (await visitor.post(operation)).json()
        printed = json.loads(following.text)
        assert as_printed(told, printed) == printed, f"line {following.line}"
        tokens[caption["step"]] = _session(told)
        operations.append(caption["step"])
    assert operations == [str(step + 1) for step in range(STEPS)]


async def _arrived(portal: Portal, printed: str) -> Mail:
    head = dict(line.split(": ", 1) for line in printed.strip().splitlines())
    mail = await portal.mail(head["To"], head["Subject"])
    assert mail["from"] == head["From"]
    return mail


def _token(mail: Mail) -> str:
    return token_in(mail) if "#token=" in mail["text"] else "…"


def _session(told: dict[str, Any]) -> str:
    signed_in = told["data"].get("signIn") or {}
    return signed_in.get("token") or ""
