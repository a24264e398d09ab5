"""Whom mail can reach: registered accounts with a proved address, walked through in the order of their ids."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from adapters.records import MemberNumber
from gateway.store.accounts import account_of
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.records import Account, AccountKind, AccountState
from gateway.store.tables import accounts, alert_preferences

_PAGE = (
    sa.select(accounts)
    .outerjoin(alert_preferences, alert_preferences.c.account_id == accounts.c.account_id)
    .where(
        accounts.c.coop == THIS_COOP,
        accounts.c.kind.in_([AccountKind.MEMBER, AccountKind.GUARDIAN]),
        accounts.c.state.in_([AccountState.REGISTERED, AccountState.LOCKED]),
        accounts.c.email_verified,
        accounts.c.email.is_not(None),
        accounts.c.account_id > sa.bindparam("after", type_=sa.Uuid),
    )
    .order_by(accounts.c.account_id)
    .limit(sa.bindparam("at_most", type_=sa.BigInteger))
)
_MEMBERS = _PAGE.where(accounts.c.kind == AccountKind.MEMBER)
_LISTED = _PAGE.where(accounts.c.member_number == sa.any_(sa.bindparam("numbers", type_=ARRAY(sa.Text))))
_WATCHING_THE_BALANCE = _PAGE.where(alert_preferences.c.low_balance_below.is_not(None))
_TOLD_WHEN_READY = _PAGE.where(sa.func.coalesce(alert_preferences.c.ready_to_collect, sa.true()))
_BEFORE_ALL = UUID(int=0)


@dataclass(frozen=True, slots=True)
class MailableAccounts:
    """The accounts of one co-op's members and guardians that mail can reach; `after` None: from the first on."""

    _at: CoopConnections

    async def everybody(self, after: UUID | None, at_most: int) -> Sequence[Account]:
        """Members and guardians."""
        return await self._page(_PAGE, after, at_most)

    async def members(self, after: UUID | None, at_most: int) -> Sequence[Account]:
        """Members only."""
        return await self._page(_MEMBERS, after, at_most)

    async def listed(
        self, numbers: Sequence[MemberNumber], after: UUID | None, at_most: int
    ) -> Sequence[Account]:
        """These members and their guardians."""
        return await self._page(_LISTED, after, at_most, numbers=numbers)

    async def watching_the_balance(self, after: UUID | None, at_most: int) -> Sequence[Account]:
        """Who wants to hear of a low balance."""
        return await self._page(_WATCHING_THE_BALANCE, after, at_most)

    async def told_when_ready(self, after: UUID | None, at_most: int) -> Sequence[Account]:
        """Who wants to hear that money can be collected."""
        return await self._page(_TOLD_WHEN_READY, after, at_most)

    async def _page(
        self, page: sa.Select[tuple[object, ...]], after: UUID | None, at_most: int, **values: object
    ) -> Sequence[Account]:
        rows = await self._at.rows(page, after=after or _BEFORE_ALL, at_most=at_most, **values)
        return [account_of(row) for row in rows]
