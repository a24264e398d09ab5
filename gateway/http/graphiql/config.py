"""What the page is told about this gateway."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An invented person whom the page signs in with one click. Never offered outside the demo."""

    coop: str
    identifier: str
    password: str
    label: str
    totp_secret: Annotated[str | None, Field(alias="totpSecret")] = None
    """Of the authenticator app that staff sign in with (Base32): the page does what the app would."""


@dataclass(frozen=True, slots=True)
class Example:
    """An operation to begin with, opened as a tab."""

    title: str
    query: str
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GraphiqlConfig:
    """Where the page sends its operations (a path of this origin), and what it offers to begin with."""

    endpoint: str
    examples: Sequence[Example]
    demo_accounts: Sequence[DemoAccount] = ()

    def as_json(self) -> bytes:
        """The answer of `/graphiql/config.json`; its shape is `Config` in src/config.ts."""
        document = {
            "endpoint": self.endpoint,
            "demoAccounts": [_shown(account) for account in self.demo_accounts],
            "examples": [
                {"title": example.title, "query": example.query, "variables": example.variables}
                for example in self.examples
            ],
        }
        return json.dumps(document, ensure_ascii=False).encode()


def _shown(account: DemoAccount) -> dict[str, str]:
    secret = {} if account.totp_secret is None else {"totpSecret": account.totp_secret}
    return {
        "coop": account.coop,
        "identifier": account.identifier,
        "password": account.password,
        "label": account.label,
        **secret,
    }
