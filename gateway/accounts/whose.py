"""How staff name an account: by the member's number, and whether it is the member's or the guardian's."""

from typing import NamedTuple

from adapters.records import MemberNumber
from gateway.accounts.entrance import Entrance
from gateway.store.records import Account, AccountState
from gateway.viewer import AccountKind

_IN_USE = frozenset({AccountState.REGISTERED, AccountState.LOCKED})


class AccountOf(NamedTuple):
    """`kind`: MEMBER or GUARDIAN."""

    member_number: MemberNumber
    kind: AccountKind


async def account_in_use(entrance: Entrance, whose: AccountOf) -> Account | None:
    """The account, if it is registered, locked or not."""
    account = await entrance.store.accounts.of_one(whose.member_number, whose.kind)
    return account if account is not None and is_in_use(account) else None


def is_in_use(account: Account) -> bool:
    """Whether its owner may recover it: 本登録, locked or not."""
    return account.state in _IN_USE
