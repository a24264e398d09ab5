"""Tokens sent by mail: kept as their SHA-256, good for one thing, once, and not for long."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.store.column_types import JapanTime
from gateway.store.connections import THIS_COOP, Connections, CoopConnections
from gateway.store.records import MailedToken, TokenPurpose
from gateway.store.tables import mailed_tokens

_NOW = sa.bindparam("now", type_=JapanTime)
_PURPOSE = mailed_tokens.c.purpose == sa.bindparam("meant_for", type_=mailed_tokens.c.purpose.type)
_THIS = sa.and_(
    mailed_tokens.c.coop == THIS_COOP,
    mailed_tokens.c.token_hash == sa.bindparam("token", type_=sa.LargeBinary),
    _PURPOSE,
    mailed_tokens.c.expires_at > _NOW,
)
_OF_ACCOUNT = sa.and_(
    mailed_tokens.c.coop == THIS_COOP,
    mailed_tokens.c.account_id == sa.bindparam("owner", type_=sa.Uuid),
)
_FIND = sa.select(mailed_tokens).where(_THIS)
_USE_UP = sa.delete(mailed_tokens).where(_THIS).returning(mailed_tokens)
_REVOKE = sa.delete(mailed_tokens).where(_OF_ACCOUNT, _PURPOSE).returning(mailed_tokens.c.token_hash)
_REVOKE_ALL = sa.delete(mailed_tokens).where(_OF_ACCOUNT).returning(mailed_tokens.c.token_hash)
_REMOVE_EXPIRED = sa.delete(mailed_tokens).where(mailed_tokens.c.expires_at <= _NOW)


@dataclass(frozen=True, slots=True)
class MailedTokens:
    """The tokens one co-op has mailed. A token that was used is deleted; the access log remembers what it did."""

    _at: CoopConnections

    async def issue(self, token_hash: bytes, token: MailedToken, now: datetime) -> None:
        """Keeps a new token; an earlier one of the same account for the same purpose is worth nothing."""
        await self.revoke(token.account_id, token.purpose)
        row = {
            "token_hash": token_hash,
            "account_id": token.account_id,
            "purpose": token.purpose,
            "email": token.email,
            "issued_at": now,
            "expires_at": token.expires_at,
        }
        await self._at.insert(mailed_tokens, [row])

    async def find(self, token_hash: bytes, purpose: TokenPurpose, now: datetime) -> MailedToken | None:
        """A live token for this purpose, which stays good."""
        row = await self._at.row(_FIND, token=token_hash, meant_for=purpose, now=now)
        return None if row is None else _token_of(row)

    async def use_up(self, token_hash: bytes, purpose: TokenPurpose, now: datetime) -> MailedToken | None:
        """A live token for this purpose, which is good no longer: of many who ask at once, one has it."""
        row = await self._at.row(_USE_UP, token=token_hash, meant_for=purpose, now=now)
        return None if row is None else _token_of(row)

    async def revoke(self, account_id: UUID, purpose: TokenPurpose) -> None:
        """Nothing that was mailed to this account's owner for this purpose opens anything any more."""
        await self._at.rows(_REVOKE, owner=account_id, meant_for=purpose)

    async def revoke_all(self, account_id: UUID) -> None:
        """Nothing that was mailed to this account's owner opens anything any more."""
        await self._at.rows(_REVOKE_ALL, owner=account_id)


async def remove_expired_tokens(connections: Connections, now: datetime) -> int:
    """Deletes the expired tokens of all co-ops, and says how many."""
    async with connections.connect() as connection:
        return (await connection.execute(_REMOVE_EXPIRED, {"now": now})).rowcount


def _token_of(row: sa.Row[Any]) -> MailedToken:
    return MailedToken(row.account_id, row.purpose, row.email, row.expires_at)
