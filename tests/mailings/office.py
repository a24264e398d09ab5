"""A co-op whose members are mailed: its real legacy systems, accounts of the test's own, and time that passes."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa

from adapters.records import MemberNumber
from gateway.accounts import Entrance, Passwords, ThrottleLimits, Vault
from gateway.clock import JAPAN
from gateway.coop import Coop
from gateway.mailings import MailingRounds, mailings_of
from gateway.store import CoopStore, Store
from gateway.store.mailing_tables import mailing_rounds
from gateway.store.records import Account, AccountKind, AlertPreferences, MailKind, NewAccount, SessionLimits
from gateway.store.tables import outbox_mail
from gateway.systems import Systems
from gateway.viewer import StaffRole, StaffViewer
from gateway.wiring import connect_systems
from tests.accounts.hashers import WEAK
from tests.running import NOW, SIGNING_KEY


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Letter:
    """A mail in the outbox."""

    recipient: str
    subject: str
    text: str


@dataclass(frozen=True)
class Office:
    """One co-op."""

    coop: Coop
    everything: Store
    store: CoopStore
    systems: Systems
    passwords: Passwords
    watch: Watch

    @property
    def rounds(self) -> MailingRounds:
        """Its mailings, as a worker that has just started does them."""
        mailings = mailings_of(self.coop, self.systems.registry, self.systems.pos, self.watch)
        return MailingRounds(self.coop, self.store, mailings, self.watch)

    @property
    def entrance(self) -> Entrance:
        """What staff's operations work with."""
        return Entrance(
            coop=self.coop,
            store=self.store,
            registry=self.systems.registry,
            passwords=self.passwords,
            vault=Vault(SIGNING_KEY),
            session_limits=SessionLimits(idle=timedelta(hours=1), absolute=timedelta(hours=12)),
            throttle_limits=ThrottleLimits(),
            clock=self.watch,
        )

    async def staff(self) -> StaffViewer:
        """A member of the office."""
        account = await self.store.accounts.by_login_id("staff")
        if account is None:
            account = await self.store.accounts.add(
                NewAccount(AccountKind.STAFF, "staff", NOW, name="五能 線子"), "not a hash"
            )
        roles = frozenset({StaffRole.OFFICE})
        return StaffViewer(
            coop_code=self.coop.code, account_id=account.account_id, session_id=uuid4(), roles=roles
        )

    @asynccontextmanager
    async def restarted(self) -> AsyncIterator["Office"]:
        """The same for another worker, whose connections and circuits know nothing of this one's."""
        systems = connect_systems(self.coop, os.environ)
        try:
            yield replace(self, systems=systems)
        finally:
            await systems.close()

    async def do_what_is_due(self) -> None:
        """Until there is nothing left for now."""
        rounds = self.rounds
        while await rounds.go_on():
            pass

    async def on(self, year: int, month: int, day: int, hour: int, minute: int = 0) -> None:
        """What is due at a time in Japan."""
        self.watch.now = datetime(year, month, day, hour, minute, tzinfo=JAPAN)
        await self.do_what_is_due()

    async def account(
        self, number: str, kind: AccountKind = AccountKind.MEMBER, *, verified: bool = True
    ) -> Account:
        """Somebody's account; the address is `<number>@example.jp`, a guardian's `<number>p@example.jp`."""
        login_id = f"{number}p" if kind is AccountKind.GUARDIAN else number
        new = NewAccount(
            kind,
            f"id-{login_id}",
            NOW,
            email=f"{login_id}@example.jp",
            email_verified=verified,
            member_number=MemberNumber(number),
        )
        return await self.store.accounts.add(new, "not a hash")

    async def wants(self, account: Account, *, below: int | None = None, ready: bool = False) -> None:
        """Which alerts an account has set."""
        await self.store.preferences.set_alerts(AlertPreferences(account.account_id, below, ready))

    async def letters(self, kind: MailKind) -> list[Letter]:
        """What was queued of one kind, by recipient."""
        query = sa.select(outbox_mail).where(outbox_mail.c.kind == kind).order_by(outbox_mail.c.recipient)
        async with self.everything.engine.connect() as connection:
            return [Letter(row.recipient, row.subject, row.text) for row in await connection.execute(query)]

    async def recipients(self, kind: MailKind) -> list[str]:
        """Whom it went to, by name."""
        return [letter.recipient.partition("@")[0] for letter in await self.letters(kind)]

    async def due_at(self, kind: MailKind) -> datetime:
        """When the walk of a kind goes on."""
        query = sa.select(mailing_rounds.c.due_at).where(mailing_rounds.c.kind == kind)
        async with self.everything.engine.connect() as connection:
            due: datetime = (await connection.scalars(query)).one()
            return due


@asynccontextmanager
async def office_of(coop: Coop, database: str) -> AsyncIterator[Office]:
    """The co-op, with connections of its own; the environment points at the legacy systems."""
    store, systems = Store.open(database), connect_systems(coop, os.environ)
    passwords = Passwords(WEAK)
    try:
        yield Office(coop, store, store.of(coop.code), systems, passwords, Watch())
    finally:
        passwords.close()
        await systems.close()
        await store.close()
