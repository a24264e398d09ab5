"""Accounts beside those of the demo, and what happens to accounts without an operation of their own."""

from datetime import timedelta

import sqlalchemy as sa

from adapters.records import MemberNumber
from gateway.accounts import Passwords, Vault, open_account
from gateway.accounts.auth_codes import set_totp
from gateway.accounts.reissued import new_reissued_password, reissued_digest
from gateway.store import Store, tables
from gateway.store.records import Account, AccountKind, AccountState, NewAccount
from gateway.viewer import StaffRole
from tests.accounts.hashers import WEAK
from tests.api.asking import OTHER_STAFFS_SECRET, PASSWORD
from tests.running import NOW, SIGNING_KEY


async def open_member(
    store: Store, coop: str, login_id: str, number: str, email: str | None = None
) -> Account:
    """A member's account, registered just now; an address given is a confirmed one."""
    new = NewAccount(
        AccountKind.MEMBER,
        login_id,
        NOW,
        email=email,
        email_verified=email is not None,
        member_number=MemberNumber(number),
    )
    return await _open(store, coop, new)


async def open_staff(store: Store, coop: str, login_id: str, *roles: StaffRole) -> Account:
    """A staff account with exactly these roles, and with an app that gives its codes (E26)."""
    new = NewAccount(AccountKind.STAFF, login_id, NOW, name="五能 線子", roles=frozenset(roles))
    account = await _open(store, coop, new)
    await set_totp(store.of(coop), Vault(SIGNING_KEY), account, OTHER_STAFFS_SECRET, NOW)
    return account


async def _open(store: Store, coop: str, new: NewAccount) -> Account:
    passwords = Passwords(WEAK)
    try:
        return await open_account(store.of(coop), passwords, new, PASSWORD)
    finally:
        passwords.close()


async def reissue_password(store: Store, coop: str, login_id: str) -> str:
    """The password that a forgetful owner would be mailed (A30), good for an hour."""
    at, password = store.of(coop), new_reissued_password()
    account = await at.accounts.by_login_id(login_id)
    assert account is not None
    digest = reissued_digest(Vault(SIGNING_KEY), account.account_id, password)
    await at.accounts.set_reissued(account.account_id, digest, NOW + timedelta(hours=1))
    return password


async def set_account_state(store: Store, coop: str, login_id: str, state: AccountState) -> None:
    """Locks, closes or registers an account; one that is closed by its owner has no password."""
    accounts = tables.accounts
    forgotten = {"password_hash": None} if state is AccountState.CLOSED else {}
    async with store.engine.begin() as connection:
        await connection.execute(
            sa.update(accounts)
            .where(accounts.c.coop == coop, accounts.c.login_id == login_id)
            .values(state=state, **forgotten)
        )


async def take_away(store: Store, table: str) -> None:
    """The database loses a table that the gateway needs."""
    async with store.engine.begin() as connection:
        await connection.execute(sa.text(f"ALTER TABLE {table} RENAME TO {table}_taken_away"))
