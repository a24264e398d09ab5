"""docs/staff.md is true: its examples are run from its top, one after another, and every task of the staff is there."""

import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from graphql import build_schema

from gateway.demo.accounts import demo_accounts
from gateway.schema.build import printed_schema
from gateway.viewer import AccountKind
from tests.docs.markdown import Block, blocks
from tests.docs.test_frontends import as_printed
from tests.lifecycle.portal import Portal, Visitor, running_portal
from tests.running import SIGNING_KEY, LegacySystems
from tests.running.eventually import eventually

PAGE = "docs/staff.md"
CAPTION = re.compile(r"# (?P<who>\S+)\n")
SOMETHING = "…"
SIX_DIGITS = "six digits of the app"
WHO_SIGNS_IN = "staff-hirosaki"
"""In the page's own example."""
ACCOUNTS = {account.identifier: account for account in demo_accounts()}


class Example(NamedTuple):
    """An operation with its variables and its answer, as printed."""

    operation: Block
    variables: Any
    answer: Any

    @property
    def who(self) -> str:
        """Who asks, as the first line says."""
        caption = CAPTION.match(self.operation.text)
        assert caption, f"line {self.operation.line}: the example must begin with who asks"
        return caption["who"]

    @property
    def changes_something(self) -> bool:
        """Whether it is a mutation."""
        return "\nmutation " in self.operation.text


def examples() -> Iterator[Example]:
    """Each operation with the two JSON texts that are printed right after it."""
    page = blocks(PAGE)
    for operation, variables, answer in zip(page, page[1:], page[2:], strict=False):
        if operation.language == "graphql":
            yield Example(operation, json.loads(variables.text), json.loads(answer.text))


class Reader:
    """Somebody who tries the page from its top."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._people: dict[str, Visitor] = {}
        self._last_seen = ""

    async def tries(self, example: Example) -> None:
        """Runs one example. What is only read may take a moment to become what is printed."""
        person, variables = await self._person(example.who), self._filled(example.variables)
        told: dict[str, Any] = {}

        async def is_as_printed() -> bool:
            told.update((await person.post(example.operation.text, **variables)).json())
            return bool(as_printed(told, example.answer) == example.answer)

        if example.changes_something:
            await is_as_printed()
        else:
            with suppress(TimeoutError):
                await eventually(is_as_printed)
        assert as_printed(told, example.answer) == example.answer, f"line {example.operation.line}"
        self._remember(person, told, example.answer)

    async def _person(self, who: str) -> Visitor:
        if who == "nobody":
            return await self._portal.visitor()
        if who not in self._people:
            account = ACCOUNTS[who]
            sign_in = self._portal.staff if account.kind is AccountKind.STAFF else self._portal.signed_in
            self._people[who] = await sign_in(account.coop, who)
        return self._people[who]

    def _filled(self, variables: Any) -> dict[str, Any]:
        text = json.dumps(variables, ensure_ascii=False)
        code = self._portal.app_code(ACCOUNTS[WHO_SIGNS_IN].totp_secret or "")
        filled: dict[str, Any] = json.loads(
            text.replace(f'"{SOMETHING}"', json.dumps(self._last_seen)).replace(SIX_DIGITS, code)
        )
        return filled

    def _remember(self, person: Visitor, told: Any, printed: Any) -> None:
        for self._last_seen in unprinted(told, printed):
            pass
        signed_in = told["data"].get("verifyAuthCode")
        if signed_in is not None:
            self._people[WHO_SIGNS_IN] = person.with_token(signed_in["token"])


def unprinted(told: Any, printed: Any) -> Iterator[str]:
    """What was told where the page prints …"""
    if isinstance(printed, Mapping):
        for key, value in printed.items():
            yield from unprinted(told[key], value)
    elif isinstance(printed, list):
        for each_told, each_printed in zip(told, printed, strict=True):
            yield from unprinted(each_told, each_printed)
    elif printed == SOMETHING:
        yield told


@pytest.fixture
async def portal(
    seeded_database: str, unhurried_coops_dir: Path, legacy_systems: LegacySystems
) -> AsyncIterator[Portal]:
    """MyPage with its worker."""
    async with running_portal(seeded_database, unhurried_coops_dir, legacy_systems, SIGNING_KEY) as portal:
        yield portal


async def test_every_example_is_answered_as_printed(portal: Portal) -> None:
    """A33, A35, B10-B17, D2, D3, D5-D7, E2, E8, E10, E20, E22, E24."""
    reader = Reader(portal)
    for example in examples():
        await reader.tries(example)


def of_staff() -> set[str]:
    """The root fields that are for staff, by the directive on them."""
    schema = build_schema(printed_schema())
    return {
        name
        for root in (schema.query_type, schema.mutation_type)
        if root is not None
        for name, field in root.fields.items()
        if field.ast_node is not None
        and "isStaff" in {directive.name.value for directive in field.ast_node.directives}
    }


def test_every_task_of_the_staff_is_shown() -> None:
    """A field that only lists or finds is at least named."""
    tried = " ".join(example.operation.text for example in examples())
    shown = set(re.findall(r"\w+", tried))

    assert of_staff() - shown == {"publishedNotices"}
