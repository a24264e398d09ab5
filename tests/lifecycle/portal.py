"""MyPage as its members meet it: the endpoint from any address, the mail that arrives, and time that passes."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pyotp
from pydantic import SecretStr
from starlette.applications import Starlette

from gateway.accounts import Vault
from gateway.app import create_app
from gateway.coop import Coop
from gateway.coop_config.reading import load_coops
from gateway.demo.accounts import demo_accounts
from gateway.settings import Settings
from gateway.store import Store
from gateway.wiring import ADAPTERS, connect_systems
from gateway.worker import Worker
from tests.api.asking import PASSWORD, Answer, Api
from tests.api.own_gateway import MovableClock
from tests.lifecycle.operations import MUTATIONS
from tests.lifecycle.people import STAFF_OF
from tests.running import LegacySystems, Postbox
from tests.running.eventually import eventually

HOME_ADDRESS = "192.0.2.1"
_TOKEN = re.compile(r"#token=([\w-]+)")
_CODE = re.compile(r"認証コード：(\d{6})")
_REISSUED = re.compile(r"再発行パスワード：(\S+)")

Payload = dict[str, Any]
Mail = dict[str, Any]


class Visitor(Api):
    """Somebody at a device: nobody in particular, or signed in."""

    async def does(self, mutation: str, /, **given: Any) -> Payload:
        """The payload of a mutation; it may hold errors a person can put right, and no others."""
        data = await self.data(MUTATIONS[mutation], input=given)
        payload: Payload = data[mutation]
        return payload

    async def done(self, mutation: str, /, **given: Any) -> Payload:
        """The same, of one that must work."""
        payload = await self.does(mutation, **given)
        assert payload["errors"] == []
        return payload

    async def refused(self, mutation: str, /, **given: Any) -> dict[str, Any]:
        """The one error of a mutation that must not work."""
        (error,) = (await self.does(mutation, **given))["errors"]
        found: dict[str, Any] = error
        return found

    async def tries(self, mutation: str, /, **given: Any) -> Answer:
        """Everything that comes back."""
        return await self.ask(MUTATIONS[mutation], input=given)

    def with_token(self, token: str) -> "Visitor":
        """The same device, with a session."""
        return Visitor(self.client, token)


class Portal:
    """One running gateway with its worker; `clock` is both theirs."""

    def __init__(self, app: Starlette, clock: MovableClock, postbox: Postbox, stack: AsyncExitStack) -> None:
        self.clock = clock
        self._app = app
        self._postbox = postbox
        self._stack = stack
        self._seen = 0

    async def visitor(self, address: str = HOME_ADDRESS) -> Visitor:
        """Nobody in particular, with a device of their own at an address."""
        transport = httpx.ASGITransport(self._app, client=(address, 50_000))
        client = httpx.AsyncClient(transport=transport, base_url="https://gateway.test")
        return Visitor(await self._stack.enter_async_context(client))

    async def signed_in(
        self, coop: str, identifier: str, password: str = PASSWORD, address: str = HOME_ADDRESS
    ) -> Visitor:
        """Somebody with a session and no code to give."""
        visitor = await self.visitor(address)
        payload = await visitor.done(
            "signIn", coop=coop, identifier=identifier, password=password, transport="TOKEN"
        )
        assert payload["challenge"] is None
        return visitor.with_token(payload["token"])

    async def staff(self, coop: str, identifier: str | None = None) -> Visitor:
        """A member of the demo's staff, at the desk unless named, signed in with password and app."""
        wanted = identifier or STAFF_OF[coop]
        (account,) = (each for each in demo_accounts() if each.identifier == wanted)
        assert account.totp_secret is not None
        visitor = await self.visitor()
        asked = await visitor.done(
            "signIn", coop=coop, identifier=account.identifier, password=account.password, transport="TOKEN"
        )
        payload = await visitor.done(
            "verifyAuthCode",
            coop=coop,
            challenge=asked["challenge"]["challenge"],
            code=self.app_code(account.totp_secret),
            transport="TOKEN",
        )
        return visitor.with_token(payload["token"])

    def app_code(self, secret: str) -> str:
        """What an authenticator app shows at this time."""
        return pyotp.TOTP(secret).at(self.clock())

    def later(self, **time: float) -> None:
        """Time passes: `later(minutes=5)`."""
        self.clock.let_pass(timedelta(**time))

    async def mail(self, recipient: str, about: str) -> Mail:
        """The mail to somebody whose subject has these words, as soon as it arrives; the latest of several."""
        found: list[Mail] = []

        async def arrived() -> bool:
            found[:] = [each for each in await self.mails(recipient) if about in each["subject"]]
            return bool(found)

        try:
            await eventually(arrived)
        except TimeoutError:
            subjects = [each["subject"] for each in await self.mails(recipient)]
            raise AssertionError(f"no mail about {about} to {recipient}, only {subjects}") from None
        return found[-1]

    async def mails(self, recipient: str) -> list[Mail]:
        """All that has arrived at an address."""
        return [mail for mail in await self._postbox.mails() if recipient in mail["to"]]


def token_in(mail: Mail) -> str:
    """The token of a mailed URL."""
    return _only(_TOKEN, mail)


def code_in(mail: Mail) -> str:
    """The mailed 認証コード."""
    return _only(_CODE, mail)


def reissued_in(mail: Mail) -> str:
    """The mailed 再発行パスワード."""
    return _only(_REISSUED, mail)


def _only(pattern: re.Pattern[str], mail: Mail) -> str:
    found = pattern.search(mail["text"])
    assert found is not None, mail["text"]
    return found[1]


@asynccontextmanager
async def running_portal(
    database: str, coops_dir: Path, systems: LegacySystems, signing_key: str
) -> AsyncIterator[Portal]:
    """The application and a worker over one database, at the time of the tests.

    The postbox is empty, and in the end the POS is as it was, whatever was ordered.
    """
    await systems.postbox.empty()
    clock = MovableClock()
    settings = Settings(
        database_url=SecretStr(database),
        signing_key=SecretStr(signing_key),
        coops_dir=coops_dir,
        deadline_seconds=30,
    )
    coops = load_coops(coops_dir, ADAPTERS)
    app = create_app(settings, clock)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(systems.hirosaki.pos.forget_instructions)
        await stack.enter_async_context(app.router.lifespan_context(app))
        await stack.enter_async_context(working(database, coops, clock, signing_key))
        yield Portal(app, clock, systems.postbox, stack)


@asynccontextmanager
async def working(
    database: str, coops: Mapping[str, Coop], clock: MovableClock, signing_key: str
) -> AsyncIterator[None]:
    """A worker, for as long as the block lasts."""
    store, stop = Store.open(database), asyncio.Event()
    systems = {code: connect_systems(coop, os.environ) for code, coop in coops.items()}
    mailers = {code: each.mailer for code, each in systems.items()}
    points_of_sale = {code: each.pos for code, each in systems.items() if each.pos is not None}
    worker = Worker(store, mailers, points_of_sale, coops, Vault(signing_key), clock)
    working = asyncio.create_task(worker.run(stop))
    try:
        yield
    finally:
        stop.set()
        await working
        for each in systems.values():
            await each.close()
        await store.close()
