"""Accounts that the tests open, and how they sign in."""

from datetime import timedelta

from adapters.records import MemberNumber
from gateway.accounts import Attempt, Passwords, SignedIn, open_account, sign_in
from gateway.store import CoopStore
from gateway.store.records import Account, AccountKind, NewAccount, Origin, SessionLimits
from gateway.viewer import StaffRole
from tests.running import NOW, fixed_clock

PASSWORD = "demo-coop-2026"
LIMITS = SessionLimits(idle=timedelta(minutes=30), absolute=timedelta(hours=12))
PHONE = Origin("192.0.2.7", "Mozilla/5.0 (iPhone)")
NUMBER = MemberNumber("210100000001")

TARO = NewAccount(AccountKind.MEMBER, "hirosaki-taro", registered_at=NOW, member_number=NUMBER)
ICHIRO = NewAccount(AccountKind.GUARDIAN, "210100000001p", registered_at=NOW, member_number=NUMBER)
STAFF = NewAccount(
    AccountKind.STAFF,
    "staff-hirosaki",
    registered_at=NOW,
    name="窓口 花子",
    roles=frozenset({StaffRole.DESK, StaffRole.OFFICE}),
)


async def opened(store: CoopStore, passwords: Passwords, new: NewAccount = TARO) -> Account:
    """An account with the password of the tests."""
    return await open_account(store, passwords, new, PASSWORD)


async def signed_in(
    store: CoopStore, passwords: Passwords, new: NewAccount = TARO, device_label: str | None = None
) -> SignedIn:
    """A session of an account that was opened before."""
    attempt = Attempt(new.login_id, PASSWORD, PHONE, device_label)
    outcome = await sign_in(store, passwords, LIMITS, fixed_clock, attempt)
    assert isinstance(outcome, SignedIn)
    return outcome
