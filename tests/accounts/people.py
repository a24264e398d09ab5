"""Accounts that the tests open, and how they sign in."""

from datetime import timedelta

import pyotp
import sqlalchemy as sa

from adapters.records import MemberNumber
from gateway.accounts import (
    Attempt,
    AuthCodeRequired,
    CodeAttempt,
    Entrance,
    SignedIn,
    open_account,
    sign_in,
    submit_auth_code,
)
from gateway.accounts.auth_codes import set_totp
from gateway.store import CoopStore, Store
from gateway.store.records import (
    AccessLogEntry,
    AccessLogQuery,
    Account,
    AccountKind,
    AccountState,
    NewAccount,
    Origin,
    SessionLimits,
)
from gateway.store.tables import accounts
from gateway.viewer import StaffRole
from tests.running import NOW

PASSWORD = "demo-coop-2026"
LIMITS = SessionLimits(idle=timedelta(minutes=30), absolute=timedelta(hours=12))
PHONE = Origin("192.0.2.7", "Mozilla/5.0 (iPhone)")
ELSEWHERE = Origin("198.51.100.9", "curl/8")
NUMBER = MemberNumber("210100000001")
STAFF_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

TARO = NewAccount(
    AccountKind.MEMBER,
    "hirosaki-taro",
    registered_at=NOW,
    member_number=NUMBER,
    email="taro@example.jp",
    email_verified=True,
)
ICHIRO = NewAccount(AccountKind.GUARDIAN, "hirosaki-ichiro", registered_at=NOW, member_number=NUMBER)
SACHIKO = NewAccount(
    AccountKind.MEMBER,
    "sachiko@example.jp",
    registered_at=NOW,
    member_number=MemberNumber("10000002"),
    email="sachiko@example.jp",
    email_verified=True,
)
STAFF = NewAccount(
    AccountKind.STAFF,
    "staff-hirosaki",
    registered_at=NOW,
    name="窓口 花子",
    roles=frozenset({StaffRole.DESK, StaffRole.OFFICE}),
)


async def opened(entrance: Entrance, new: NewAccount = TARO) -> Account:
    """An account with the password of the tests; staff have an app for codes as well."""
    account = await open_account(entrance.store, entrance.passwords, new, PASSWORD)
    if new.kind is AccountKind.STAFF:
        await set_totp(entrance.store, entrance.vault, account, STAFF_SECRET, entrance.clock())
    return await present(entrance, account)


async def present(entrance: Entrance, account: Account) -> Account:
    """An account as it is now."""
    found = (await entrance.store.accounts.by_id([account.account_id]))[account.account_id]
    assert found is not None
    return found


async def signed_in(entrance: Entrance, new: NewAccount = TARO, device_label: str | None = None) -> SignedIn:
    """A session of an account that was opened before."""
    outcome = await sign_in(entrance, Attempt(new.login_id, PASSWORD, PHONE, device_label))
    if isinstance(outcome, AuthCodeRequired):
        code = pyotp.TOTP(STAFF_SECRET).at(entrance.clock())
        attempt = CodeAttempt(outcome.challenge, code, PHONE, device_label)
        answer = await submit_auth_code(entrance, attempt)
        assert isinstance(answer, SignedIn)
        return answer
    assert isinstance(outcome, SignedIn)
    return outcome


async def log_of(store: CoopStore) -> list[AccessLogEntry]:
    """The newest lines of the access log, newest first."""
    return list((await store.access_log.page(AccessLogQuery(limit=200))).items)


async def in_state(store: Store, account: Account, state: AccountState) -> None:
    """Puts an account into a state, whatever leads there; one that is closed by its owner has no password."""
    forgotten = {"password_hash": None} if state is AccountState.CLOSED else {}
    async with store.engine.begin() as connection:
        change = sa.update(accounts).where(accounts.c.account_id == account.account_id)
        change = change.values(state=state, **forgotten)
        await connection.execute(change)
