"""How the accounts of the demo come into the gateway's store."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from gateway.accounts import Passwords, Vault, open_account
from gateway.accounts.auth_codes import set_totp
from gateway.clock import Clock
from gateway.coop import Coop
from gateway.demo.accounts import DemoAccount, demo_accounts
from gateway.store import Store, tables
from gateway.store.records import DigitalCardState, NewAccount, TermsAcceptance


async def seed(database_url: str, coops: Mapping[str, Coop], clock: Clock, vault: Vault) -> None:
    """Opens the accounts that are not there yet, and renews what depends on today.

    `vault` must have the signing key of the gateway that is to read the secrets of the staff's apps.
    """
    store, passwords = Store.open(database_url), Passwords()
    try:
        for account in demo_accounts():
            at = store.of(account.coop)
            opened = await at.accounts.by_login_id(account.identifier)
            if opened is None:
                new = _new_account(account, coops[account.coop], clock())
                opened = await open_account(at, passwords, new, account.password)
            if account.totp_secret is not None:
                await set_totp(at, vault, opened, account.totp_secret, clock())
    finally:
        passwords.close()
        await store.close()
    await _seed_what_nobody_does_yet(database_url, clock())


def _new_account(account: DemoAccount, coop: Coop, now: datetime) -> NewAccount:
    registered_at = account.registered_by(now)
    by_email = "@" in account.identifier
    return NewAccount(
        kind=account.kind,
        login_id=account.identifier,
        registered_at=registered_at,
        email=account.identifier if by_email else account.email,
        email_verified=by_email or account.email is not None,
        member_number=account.member_number,
        terms=TermsAcceptance(coop.terms.version, registered_at),
        name=account.name,
        roles=frozenset(account.roles),
    )


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
