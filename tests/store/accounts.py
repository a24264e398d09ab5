"""Accounts for tests of what belongs to them."""

from adapters.records import MemberNumber
from gateway.store import CoopStore
from gateway.store.records import Account, AccountKind, NewAccount
from tests.running import NOW

TARO = MemberNumber("210100000001")
HANAKO = MemberNumber("210100000002")
NOBODY = MemberNumber("210199999999")


async def account_of(
    store: CoopStore, number: MemberNumber, kind: AccountKind = AccountKind.MEMBER
) -> Account:
    """A registered account of a member or guardian, whose login ID is number and kind."""
    new = NewAccount(kind, f"{number}-{kind.value}", registered_at=NOW, member_number=number)
    return await store.accounts.add(new, "not a hash")
