"""The accounts of the demo (`accounts.toml`), and how they come into the gateway's store."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from adapters.records import MemberNumber
from gateway.accounts import Passwords, open_account
from gateway.clock import Clock
from gateway.coop import Coop
from gateway.store import Store, tables
from gateway.store.records import AccountKind, DigitalCardState, NewAccount, TermsAcceptance
from gateway.viewer import StaffRole

_FILE = Path(__file__).with_name("accounts.toml")


class DemoAccount(BaseModel):
    """Somebody who can sign in to the demo: `identifier` is a login ID, or where the co-op says so an e-mail
    address. `registered_at` None means this month."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)

    coop: str
    kind: AccountKind
    identifier: str
    password: str
    member_number: MemberNumber | None = None
    registered_at: datetime | None = None
    name: str | None = None
    roles: tuple[StaffRole, ...] = ()
    has_digital_card: bool = False
    label: str

    def registered_by(self, now: datetime) -> datetime:
        """When the account was registered, seen from today."""
        return self.registered_at or now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)

    def opened(self, coop: Coop, now: datetime) -> NewAccount:
        """The account as the store takes it."""
        registered_at = self.registered_by(now)
        return NewAccount(
            kind=self.kind,
            login_id=self.identifier,
            registered_at=registered_at,
            email=self.identifier if "@" in self.identifier else None,
            email_verified="@" in self.identifier,
            member_number=self.member_number,
            terms=TermsAcceptance(coop.terms.version, registered_at),
            name=self.name,
            roles=frozenset(self.roles),
        )


def demo_accounts() -> Sequence[DemoAccount]:
    """All of them, as the file lists them."""
    written = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return [DemoAccount(password=written["password"], **account) for account in written["accounts"]]


def as_json(accounts: Sequence[DemoAccount]) -> str:
    """The accounts for other programs: GraphiQL offers them (`gateway.http.graphiql`)."""
    shown = [account.model_dump(mode="json", by_alias=True, exclude_defaults=True) for account in accounts]
    return json.dumps(shown, ensure_ascii=False, indent=2)


async def seed(database_url: str, coops: Mapping[str, Coop], clock: Clock) -> None:
    """Opens the accounts that are not there yet, and renews what depends on today."""
    store, passwords = Store.open(database_url), Passwords()
    try:
        for account in demo_accounts():
            at = store.of(account.coop)
            if await at.accounts.by_login_id(account.identifier) is None:
                opened = account.opened(coops[account.coop], clock())
                await open_account(at, passwords, opened, account.password)
    finally:
        passwords.close()
        await store.close()
    await _seed_what_nobody_does_yet(database_url, clock())


async def _seed_what_nobody_does_yet(database_url: str, now: datetime) -> None:
    """Registrations stay in this month, and digital cards are there before members can activate them."""
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        for account in demo_accounts():
            await _renew_registration(connection, account, now)
            if account.has_digital_card:
                await _activate_digital_card(connection, account, now)
    await engine.dispose()


async def _renew_registration(connection: AsyncConnection, account: DemoAccount, now: datetime) -> None:
    accounts = tables.accounts
    await connection.execute(
        sa.update(accounts)
        .where(accounts.c.coop == account.coop, accounts.c.login_id == account.identifier)
        .values(registered_at=account.registered_by(now))
    )


async def _activate_digital_card(connection: AsyncConnection, account: DemoAccount, now: datetime) -> None:
    card = {"coop": account.coop, "member_number": account.member_number, "state": DigitalCardState.ACTIVE}
    activated = {**card, "activated_at": account.registered_by(now)}
    await connection.execute(insert(tables.digital_cards).values(activated).on_conflict_do_nothing())
