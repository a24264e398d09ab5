"""A client of the GraphQL endpoint, as tests want it: ask, and look at data and errors."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
import pyotp

from gateway.demo.accounts import demo_accounts
from tests.running import NOW

PASSWORD = "demo-coop-2026"

SIGN_IN = """
mutation SignIn($coop: CoopCode!, $identifier: String!, $password: String!) {
  signIn(input: {coop: $coop, identifier: $identifier, password: $password, transport: TOKEN}) {
    errors { code message path }
    challenge { challenge }
    token
  }
}
"""
VERIFY = """
mutation Verify($coop: CoopCode!, $challenge: String!, $code: String!) {
  verifyAuthCode(input: {coop: $coop, challenge: $challenge, code: $code, transport: TOKEN}) {
    errors { code message path }
    token
  }
}
"""
TOTP_SECRETS = {account.identifier: account.totp_secret for account in demo_accounts()}
"""Of the demo's staff, who sign in with a code (E26)."""
OTHER_STAFFS_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Of the staff whom tests add."""
CODES_AT_ONE_TIME = (-30, 0, 30)
"""Seconds around a time whose codes are taken then, each once: so often can one member of staff sign in."""


@dataclass(frozen=True)
class Answer:
    """What came back. `data` is None when the operation did not run."""

    data: Any
    errors: list[dict[str, Any]]
    extensions: dict[str, Any]

    def only_error(self) -> dict[str, Any]:
        """The one error there is."""
        (error,) = self.errors
        return error

    def codes(self) -> dict[str, str]:
        """The code of each error by its path, such as `viewer.member.pico`."""
        return {".".join(map(str, error["path"])): error["extensions"]["code"] for error in self.errors}


class Api:
    """The endpoint, for somebody who is signed in, or for nobody."""

    def __init__(self, client: httpx.AsyncClient, token: str | None = None, now: datetime = NOW) -> None:
        self.client = client
        self.token = token
        self.now = now

    async def post(self, query: str, **variables: Any) -> httpx.Response:
        """The bare response to an operation."""
        headers = {} if self.token is None else {"Authorization": f"Bearer {self.token}"}
        return await self.client.post(
            "/graphql", json={"query": query, "variables": variables}, headers=headers
        )

    async def ask(self, query: str, **variables: Any) -> Answer:
        """An operation's answer."""
        told = (await self.post(query, **variables)).json()
        return Answer(told.get("data"), told.get("errors", []), told.get("extensions", {}))

    async def data(self, query: str, **variables: Any) -> Any:
        """The data of an operation that must not have errors."""
        answer = await self.ask(query, **variables)
        assert answer.errors == []
        return answer.data

    async def signed_in(self, coop: str, identifier: str, password: str = PASSWORD) -> "Api":
        """The same endpoint for a demo account; staff answer with the code of their app."""
        data = await self.data(SIGN_IN, coop=coop, identifier=identifier, password=password)
        assert data["signIn"]["errors"] == []
        challenge = data["signIn"]["challenge"]
        if challenge is None:
            return Api(self.client, data["signIn"]["token"], self.now)
        token = await self._token_by_code(coop, identifier, challenge["challenge"])
        return Api(self.client, token, self.now)

    async def _token_by_code(self, coop: str, identifier: str, challenge: str) -> str:
        secret = TOTP_SECRETS.get(identifier) or OTHER_STAFFS_SECRET
        for seconds in CODES_AT_ONE_TIME:
            code = pyotp.TOTP(secret).at(self.now + timedelta(seconds=seconds))
            data = await self.data(VERIFY, coop=coop, challenge=challenge, code=code)
            if data["verifyAuthCode"]["token"] is not None:
                token: str = data["verifyAuthCode"]["token"]
                return token
        raise AssertionError(f"{identifier} has used up the codes of this time")
