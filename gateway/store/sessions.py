"""Sessions: which devices are signed in. A session that is over is deleted; the access log remembers it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from gateway.store.accounts import ACCOUNT, account_of
from gateway.store.batches import BatchRead, asked_for, many_each
from gateway.store.column_types import JapanTime
from gateway.store.connections import THIS_COOP, Connections, CoopConnections
from gateway.store.gathered_reads import GatheredReads
from gateway.store.lines import Lines
from gateway.store.prepared import Prepared, Row
from gateway.store.records import Account, Origin, Session, SessionLimits, SessionPurpose
from gateway.store.tables import accounts, sessions

SEEN_AT_MOST_EVERY = timedelta(minutes=1)
"""How exactly "last seen" is known: so seldom is it written."""

_NOW = sa.bindparam("now", type_=JapanTime)
_TOKEN = sessions.c.token_hash == sa.bindparam("token", type_=sa.LargeBinary)
_LIVE = sessions.c.expires_at > _NOW
_OWN = sa.and_(sessions.c.coop == THIS_COOP, sessions.c.account_id == sa.bindparam("owner", type_=sa.Uuid))

_OF_ACCOUNTS = (
    sa.select(sessions)
    .where(sessions.c.coop == THIS_COOP, asked_for(sessions.c.account_id), _LIVE)
    .order_by(sessions.c.last_seen_at.desc(), sessions.c.session_id)
)
_END = (
    sa.delete(sessions)
    .where(_OWN, sessions.c.session_id == sa.bindparam("ended", type_=sa.Uuid))
    .returning(sessions.c.session_id)
)
_END_ALL = (
    sa.delete(sessions)
    .where(_OWN, sessions.c.session_id.is_distinct_from(sa.bindparam("kept", type_=sa.Uuid)))
    .returning(sessions.c.session_id)
)
_END_BY_TOKEN = (
    sa.delete(sessions)
    .where(sessions.c.coop == THIS_COOP, _TOKEN)
    .returning(sessions.c.session_id, sessions.c.account_id)
)
_BY_TOKEN = (
    sa.select(*ACCOUNT, *(column for column in sessions.c if column.key not in accounts.c))
    .join_from(sessions, accounts)
    .where(asked_for(sessions.c.token_hash))
)


def _of_tokens(
    tokens: Iterable[bytes], rows: Iterable[Row]
) -> Mapping[bytes, tuple[Session, Account] | None]:
    found = {row.token_hash: (session_of(row), account_of(row)) for row in rows}
    return {token: found.get(token) for token in tokens}


_SESSIONS: BatchRead[bytes, tuple[Session, Account] | None] = BatchRead(_BY_TOKEN, _of_tokens)
_ALL_COOPS = ""
_SEEN = (
    sa.update(sessions)
    .where(_TOKEN, sessions.c.last_seen_at <= sa.bindparam("seen_until", type_=JapanTime))
    .values(last_seen_at=_NOW, expires_at=sa.func.least(sessions.c.ends_at, _NOW + sessions.c.idle_limit))
)
_SEEN_PREPARED = Prepared(_SEEN)
_REMOVE_EXPIRED = sa.delete(sessions).where(sessions.c.expires_at <= _NOW)


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of one co-op."""

    _at: CoopConnections

    async def start(
        self,
        token_hash: bytes,
        account_id: UUID,
        limits: SessionLimits,
        now: datetime,
        *,
        origin: Origin,
        device_label: str | None,
        purpose: SessionPurpose = SessionPurpose.FULL,
    ) -> Session:
        """A new session of an account. Only the token's hash is ever known here."""
        row = await self._at.insert_one(
            sessions,
            {
                "token_hash": token_hash,
                "account_id": account_id,
                "device_label": device_label,
                "address": origin.address,
                "user_agent": origin.user_agent,
                "purpose": purpose,
                "created_at": now,
                "last_seen_at": now,
                "idle_limit": limits.idle,
                "ends_at": now + limits.absolute,
                "expires_at": now + min(limits.idle, limits.absolute),
            },
        )
        return session_of(row)

    async def of_accounts(self, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Sequence[Session]]:
        """The live sessions of every account, the one seen last first."""
        rows = await self._at.rows(_OF_ACCOUNTS, keys=ids, now=now)
        return many_each(ids, map(session_of, rows), lambda session: session.account_id)

    async def end(self, account_id: UUID, session_id: UUID) -> bool:
        """Ends one session of this account; False when it has no such session."""
        return bool(await self._at.rows(_END, owner=account_id, ended=session_id))

    async def end_all(self, account_id: UUID, *, keep: UUID | None = None) -> Sequence[UUID]:
        """Ends every session of this account, except `keep`; says which."""
        rows = await self._at.rows(_END_ALL, owner=account_id, kept=keep)
        return [row.session_id for row in rows]

    async def end_by_token(self, token_hash: bytes) -> tuple[UUID, UUID] | None:
        """Ends the session a token belongs to; its own id and its account's, or None."""
        row = await self._at.row(_END_BY_TOKEN, token=token_hash)
        return None if row is None else (row.session_id, row.account_id)


@dataclass(frozen=True, slots=True)
class SessionsByToken:
    """The sessions of all co-ops, for who only has a token: it says itself which co-op it is of."""

    _connections: Connections
    _reads: GatheredReads
    _lines: Lines

    async def find(self, token_hash: bytes, now: datetime) -> tuple[Session, Account] | None:
        """The live session of a token, and its account."""
        found = (await self._reads(_SESSIONS, _ALL_COOPS, [token_hash]))[token_hash]
        return None if found is None or found[0].expires_at <= now else found

    async def seen(self, token_hash: bytes, now: datetime) -> None:
        """Notes that the session is in use, which moves its idle limit; written at most once a minute."""
        values = {"token": token_hash, "now": now, "seen_until": now - SEEN_AT_MOST_EVERY}
        await self._lines.rows(_SEEN_PREPARED, values)

    async def remove_expired(self, now: datetime) -> int:
        """Deletes the sessions that are past a limit, and says how many."""
        async with self._connections.connect() as connection:
            return (await connection.execute(_REMOVE_EXPIRED, {"now": now})).rowcount


def session_of(row: Row) -> Session:
    """The record of a row of `sessions`."""
    return Session(
        session_id=row.session_id,
        account_id=row.account_id,
        device_label=row.device_label,
        origin=Origin(row.address, row.user_agent),
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
        purpose=row.purpose,
    )
