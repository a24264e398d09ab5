"""Who asks: nobody, members, a guardian and staff of every role, each time in a session of its own."""

import time
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import NamedTuple
from uuid import UUID

import httpx
from hypothesis import strategies as st
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.accounts.tokens import new_token, token_hash
from gateway.store import Store
from gateway.store.records import Origin, SessionLimits
from tests.fuzzing.operations import Operation
from tests.running import fixed_clock

NOBODY = "nobody"
ACCOUNTS: Mapping[str, tuple[str, str]] = {
    "member of Hirosaki": ("hirosaki", "hirosaki-taro"),
    "guardian": ("hirosaki", "hirosaki-ichiro"),
    "member of Hokkaido": ("hokkaido", "sapporo@example.jp"),
    "desk and office of Hirosaki": ("hirosaki", "staff-hirosaki"),
    "store of Hirosaki": ("hirosaki", "store-hirosaki"),
    "auditor of Hirosaki": ("hirosaki", "auditor-hirosaki"),
    "desk and office of Hokkaido": ("hokkaido", "staff-hokkaido@example.jp"),
    "administrator of Hokkaido": ("hokkaido", "admin-hokkaido@example.jp"),
}
WHO = (NOBODY, *ACCOUNTS)
ROLES: Mapping[str, Set[str]] = {
    "desk and office of Hirosaki": {"DESK", "OFFICE"},
    "store of Hirosaki": {"STORE"},
    "auditor of Hirosaki": {"AUDITOR"},
    "desk and office of Hokkaido": {"DESK", "OFFICE"},
    "administrator of Hokkaido": {"ADMINISTRATOR"},
}
A_DAY = SessionLimits(idle=timedelta(days=1), absolute=timedelta(days=1))


def askers(roles: Set[str]) -> st.SearchStrategy[str]:
    """Anybody, but mostly those with one of these roles; those who are no staff where there are none."""
    meant = [who for who in WHO if ROLES.get(who, set()) & roles or (not roles and who not in ROLES)]
    return st.one_of(
        st.sampled_from(meant), st.sampled_from(meant), st.sampled_from(meant), st.sampled_from(WHO)
    )


class Told(NamedTuple):
    """A response, and how long it took."""

    response: httpx.Response
    seconds: float


@dataclass(frozen=True, slots=True)
class People:
    """Everybody, before one application."""

    client: httpx.AsyncClient
    store: Store
    ids: Mapping[str, UUID]

    @classmethod
    async def before(cls, app: ASGIApp, store: Store) -> "People":
        """Looks everybody's account up."""
        ids = {}
        for who, (coop, login_id) in ACCOUNTS.items():
            account = await store.of(coop).accounts.by_login_id(login_id)
            assert account is not None, who
            ids[who] = account.account_id
        transport = httpx.ASGITransport(_EverElsewhere(app), raise_app_exceptions=False)
        return cls(httpx.AsyncClient(transport=transport, base_url="https://gateway.test"), store, ids)

    async def ask(self, who: str, operation: Operation) -> Told:
        """What one of them is told, in a new session: the operation may end it."""
        headers = {} if who == NOBODY else {"Authorization": f"Bearer {await self._token(who)}"}
        asked = {"query": operation.text, "variables": operation.variables}
        began = time.perf_counter()
        response = await self.client.post("/graphql", json=asked, headers=headers)
        return Told(response, time.perf_counter() - began)

    async def _token(self, who: str) -> str:
        token, origin = new_token(), Origin("192.0.2.1", None)
        await self.store.of(ACCOUNTS[who][0]).sessions.start(
            token_hash(token), self.ids[who], A_DAY, fixed_clock(), origin=origin, device_label=None
        )
        return token


class _EverElsewhere:
    """Every request comes from another address: what one address may do is not what is looked for here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._numbers = count()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        number = next(self._numbers)
        scope["client"] = (f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}", 50_000)
        await self._app(scope, receive, send)
