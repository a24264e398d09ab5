"""Mutations with their errors whole, and the mails that they cause."""

import re
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from gateway.store import Store
from gateway.store.tables import outbox_mail
from tests.api.asking import Answer, Api

ERRORS = """
errors {
  __typename code message path
  ... on TooManyAttempts { retryAt }
  ... on PasswordRefused { reasons messages }
  ... on InsufficientPoints { transferable }
  ... on ManualChannelRequired { channels { kind url phone } }
}
"""
GOOD_PASSWORD = "kawakaze-to-ringo-72"


async def do(api: Api, mutation: str, selection: str = "", **given: Any) -> Any:
    """The payload of a mutation with this input: its errors, and what else is selected."""
    return (await api.data(_operation(mutation, selection), input=given))[mutation]


async def tried(api: Api, mutation: str, selection: str = "", **given: Any) -> Answer:
    """Everything that comes back, also of a mutation that must not even begin."""
    return await api.ask(_operation(mutation, selection), input=given)


def _operation(mutation: str, selection: str) -> str:
    of_type = f"{mutation[0].upper()}{mutation[1:]}Input"
    return f"mutation Do($input: {of_type}!) {{ {mutation}(input: $input) {{ {ERRORS} {selection} }} }}"


async def done(api: Api, mutation: str, selection: str = "", **given: Any) -> Any:
    """The same, which must have worked."""
    payload = await do(api, mutation, selection, **given)
    assert payload.pop("errors") == []
    return payload


async def refusal(api: Api, mutation: str, **given: Any) -> Any:
    """The one error of a mutation that must not work."""
    (error,) = (await do(api, mutation, **given))["errors"]
    return error


def input_error(code: str, message: str, *field: str) -> dict[str, Any]:
    """An error about an input field."""
    return {"__typename": "InputError", "code": code, "message": message, "path": ["input", *field]}


@dataclass(frozen=True)
class Written:
    """A mail in the outbox."""

    kind: str
    text: str

    def token(self) -> str:
        """What its URL carries."""
        return self._only(r"#token=([\w-]+)")

    def code(self) -> str:
        """The one-time code in it."""
        return self._only(r"(?<!\d)(\d{6})(?!\d)")

    def _only(self, pattern: str) -> str:
        (found,) = set(re.findall(pattern, self.text))
        return str(found)


async def mails_to(store: Store, recipient: str) -> list[Written]:
    """What waits for somebody in the outbox, the oldest first."""
    mails = (
        sa.select(outbox_mail)
        .where(outbox_mail.c.recipient == recipient)
        .order_by(outbox_mail.c.queued_at, outbox_mail.c.mail_id)
    )
    async with store.engine.connect() as connection:
        return [Written(row.kind.value, row.text) for row in await connection.execute(mails)]


async def only_mail_to(store: Store, recipient: str) -> Written:
    """The one mail there is."""
    (mail,) = await mails_to(store, recipient)
    return mail
