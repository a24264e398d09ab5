"""One-time codes at sign-in (E26): what accounts have chosen, and the sign-ins that wait for a code."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from gateway.store.batches import BatchRead, asked_for
from gateway.store.column_types import JapanTime
from gateway.store.connections import THIS_COOP, Connections, CoopConnections
from gateway.store.protection_tables import auth_challenges, auth_code_methods, recovery_codes
from gateway.store.records import AuthCodeMethod, AuthCodeSetting, Challenge

_NOW = sa.bindparam("now", type_=JapanTime)
_ID = sa.bindparam("id", type_=sa.Uuid)
_SECRET = sa.bindparam("secret", type_=sa.LargeBinary)

_METHODS = auth_code_methods.c
_THIS_SETTING = sa.and_(_METHODS.coop == THIS_COOP, _METHODS.account_id == _ID)
_SETTING = sa.select(auth_code_methods).where(_THIS_SETTING)
_SETTINGS = sa.select(auth_code_methods).where(_METHODS.coop == THIS_COOP, asked_for(_METHODS.account_id))
_METHODS_OF_ACCOUNTS: BatchRead[UUID, AuthCodeMethod] = BatchRead(
    _SETTINGS, lambda ids, rows: _methods_of(ids, {row.account_id: row.method for row in rows})
)
_NEW_SETTING = insert(auth_code_methods)
_CHOOSE = _NEW_SETTING.values(
    account_id=_ID,
    coop=THIS_COOP,
    method=sa.bindparam("chosen", type_=_METHODS.method.type),
    totp_secret=_SECRET,
    last_step=sa.bindparam("step", type_=sa.BigInteger),
    changed_at=_NOW,
)
_CHOOSE_OR_CHANGE = _CHOOSE.on_conflict_do_update(
    index_elements=[_METHODS.account_id],
    set_={
        "method": _CHOOSE.excluded.method,
        "totp_secret": _CHOOSE.excluded.totp_secret,
        "offered_secret": None,
        "last_step": _CHOOSE.excluded.last_step,
        "changed_at": _CHOOSE.excluded.changed_at,
    },
).returning(_METHODS.account_id)
_OFFER = (
    _NEW_SETTING.values(
        account_id=_ID, coop=THIS_COOP, method=AuthCodeMethod.NONE, offered_secret=_SECRET, changed_at=_NOW
    )
    .on_conflict_do_update(
        index_elements=[_METHODS.account_id], set_={"offered_secret": _NEW_SETTING.excluded.offered_secret}
    )
    .returning(_METHODS.account_id)
)
_TAKE_STEP = (
    sa.update(auth_code_methods)
    .where(_THIS_SETTING, _METHODS.last_step < sa.bindparam("step", type_=sa.BigInteger))
    .values(last_step=sa.bindparam("step", type_=sa.BigInteger))
    .returning(_METHODS.account_id)
)

_SEAL_ANEW = (
    sa.update(auth_code_methods)
    .where(_THIS_SETTING)
    .values(totp_secret=_SECRET)
    .returning(_METHODS.account_id)
)

_CODES = sa.bindparam("codes", type_=sa.ARRAY(sa.LargeBinary))
_THIS_ACCOUNTS = sa.and_(recovery_codes.c.coop == THIS_COOP, recovery_codes.c.account_id == _ID)
_FORGET_RECOVERY_CODES = (
    sa.delete(recovery_codes).where(_THIS_ACCOUNTS).returning(recovery_codes.c.account_id)
)
_TAKE_RECOVERY_CODE = (
    sa.delete(recovery_codes)
    .where(_THIS_ACCOUNTS, recovery_codes.c.digest == sa.func.any(_CODES))
    .returning(recovery_codes.c.account_id)
)

_CHALLENGES = auth_challenges.c
_THIS_CHALLENGE = sa.and_(
    _CHALLENGES.coop == THIS_COOP,
    _CHALLENGES.token_hash == sa.bindparam("token", type_=sa.LargeBinary),
    _CHALLENGES.expires_at > _NOW,
)
_FIND = sa.select(auth_challenges).where(_THIS_CHALLENGE)
_TAKE_TRY = (
    sa.update(auth_challenges)
    .where(_THIS_CHALLENGE, _CHALLENGES.tries_left > 0)
    .values(tries_left=_CHALLENGES.tries_left - 1)
    .returning(*_CHALLENGES)
)
_USE_UP = sa.delete(auth_challenges).where(_THIS_CHALLENGE).returning(_CHALLENGES.account_id)
_END_CHALLENGES = (
    sa.delete(auth_challenges)
    .where(_CHALLENGES.coop == THIS_COOP, _CHALLENGES.account_id == _ID)
    .returning(_CHALLENGES.account_id)
)
_REMOVE_EXPIRED = sa.delete(auth_challenges).where(_CHALLENGES.expires_at <= _NOW)


@dataclass(frozen=True, slots=True)
class AuthCodes:
    """The codes of one co-op's accounts."""

    _at: CoopConnections

    async def setting(self, account_id: UUID) -> AuthCodeSetting | None:
        """What an account has chosen; None when it never chose."""
        row = await self._at.row(_SETTING, id=account_id)
        return None if row is None else _setting_of(row)

    async def methods(self, ids: Sequence[UUID]) -> Mapping[UUID, AuthCodeMethod]:
        """What accounts have chosen; NONE for those that never chose."""
        return await self._at.read(_METHODS_OF_ACCOUNTS, ids)

    async def choose(
        self, account_id: UUID, method: AuthCodeMethod, now: datetime, *, secret: bytes | None, step: int
    ) -> None:
        """Sets the method. `secret` is the sealed one of TOTP, `step` the last one whose code was seen."""
        await self._at.rows(
            _CHOOSE_OR_CHANGE, id=account_id, chosen=method, secret=secret, step=step, now=now
        )

    async def offer(self, account_id: UUID, secret: bytes, now: datetime) -> None:
        """Notes a sealed secret that an app is to prove it has; the method stays as it is until then."""
        await self._at.rows(_OFFER, id=account_id, secret=secret, now=now)

    async def take_step(self, account_id: UUID, step: int) -> bool:
        """Uses up the TOTP codes up to a step; False when one of that step or a later one was used before."""
        return bool(await self._at.rows(_TAKE_STEP, id=account_id, step=step))

    async def seal_anew(self, account_id: UUID, secret: bytes) -> None:
        """Keeps the same secret of TOTP under another seal."""
        await self._at.rows(_SEAL_ANEW, id=account_id, secret=secret)

    async def set_recovery_codes(self, account_id: UUID, digests: list[bytes]) -> None:
        """Replaces the recovery codes; within a transaction."""
        await self._at.rows(_FORGET_RECOVERY_CODES, id=account_id)
        if digests:
            rows = [{"account_id": account_id, "digest": digest} for digest in digests]
            await self._at.insert(recovery_codes, rows)

    async def take_recovery_code(self, account_id: UUID, digests: Sequence[bytes]) -> bool:
        """Uses up the recovery code that has one of these digests; False when there is no such code."""
        return bool(await self._at.rows(_TAKE_RECOVERY_CODE, id=account_id, codes=list(digests)))

    async def challenge(self, token_hash: bytes, new: Challenge, tries: int) -> None:
        """Adds a sign-in that waits for its code, to be tried so often."""
        row = {
            "token_hash": token_hash,
            "account_id": new.account_id,
            "method": new.method,
            "purpose": new.purpose,
            "code_digest": new.code_digest,
            "tries_left": tries,
            "expires_at": new.expires_at,
        }
        await self._at.insert(auth_challenges, [row])

    async def challenged(self, token_hash: bytes, now: datetime) -> Challenge | None:
        """The challenge of a token, while it lives."""
        return _challenge_of(await self._at.row(_FIND, token=token_hash, now=now))

    async def take_try(self, token_hash: bytes, now: datetime) -> Challenge | None:
        """The same, with one try less; None when none was left."""
        return _challenge_of(await self._at.row(_TAKE_TRY, token=token_hash, now=now))

    async def use_up(self, token_hash: bytes, now: datetime) -> bool:
        """Ends a challenge that was met; False when somebody was faster."""
        return bool(await self._at.rows(_USE_UP, token=token_hash, now=now))

    async def end_challenges(self, account_id: UUID) -> None:
        """Ends the sign-ins of an account that wait for their code: the password they knew is another one now."""
        await self._at.rows(_END_CHALLENGES, id=account_id)


async def remove_expired_challenges(connections: Connections, now: datetime) -> int:
    """Deletes the challenges of all co-ops that nobody can meet any more, and says how many."""
    async with connections.connect() as connection:
        return (await connection.execute(_REMOVE_EXPIRED, {"now": now})).rowcount


def _methods_of(ids: Iterable[UUID], chosen: Mapping[UUID, AuthCodeMethod]) -> Mapping[UUID, AuthCodeMethod]:
    return {key: chosen.get(key, AuthCodeMethod.NONE) for key in ids}


def _setting_of(row: sa.Row[Any]) -> AuthCodeSetting:
    return AuthCodeSetting(
        account_id=row.account_id,
        method=row.method,
        totp_secret=row.totp_secret,
        offered_secret=row.offered_secret,
        last_step=row.last_step,
    )


def _challenge_of(row: sa.Row[Any] | None) -> Challenge | None:
    if row is None:
        return None
    return Challenge(row.account_id, row.method, row.purpose, row.expires_at, row.code_digest)
