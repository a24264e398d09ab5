"""Signing in: one answer for everything that can be wrong (A37, E1)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from uuid import UUID

from gateway.accounts.passwords import Passwords, Verdict
from gateway.accounts.tokens import new_token, token_hash
from gateway.clock import Clock
from gateway.store import CoopStore
from gateway.store.accounts import Credential
from gateway.store.records import (
    AccessAction,
    AccessOutcome,
    Account,
    AccountState,
    NewAccessLogEntry,
    Origin,
    Session,
    SessionLimits,
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to sign in. `replaces` is the session token the request came with; that session ends."""

    identifier: str
    password: str = field(repr=False)
    origin: Origin
    device_label: str | None = None
    replaces: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session. The token is here and nowhere else: it is kept only hashed."""

    token: str = field(repr=False)
    account: Account
    session: Session


@dataclass(frozen=True, slots=True)
class InvalidCredentials:
    """Wrong, unknown or not registered: nobody is told which."""


class Refusal(Enum):
    """Why an attempt failed, for the access log only."""

    UNKNOWN_IDENTIFIER = "UNKNOWN_IDENTIFIER"
    WRONG_PASSWORD = "WRONG_PASSWORD"  # noqa: S105 - the name of a reason
    NOT_REGISTERED = "NOT_REGISTERED"


async def sign_in(
    store: CoopStore, passwords: Passwords, limits: SessionLimits, clock: Clock, attempt: Attempt
) -> SignedIn | InvalidCredentials:
    """Starts a new session for who proves to be who they say.

    Whatever is wrong, the same is done: one look-up, one verification of a hash, one line in the access log.
    Throttling by account and by address belongs before the look-up.
    """
    credential = await store.accounts.credential(attempt.identifier)
    known_hash = None if credential is None else credential.password_hash
    verdict = await passwords.check(known_hash, attempt.password)
    refusal = _refusal(credential, verdict)
    if credential is None or refusal is not None:
        await store.access_log.record([_failure(credential, refusal, attempt, clock())])
        return InvalidCredentials()
    if verdict.outdated:
        new_hash = await passwords.hash(attempt.password)
        await store.accounts.set_password_hash(credential.account.account_id, new_hash)
    return await _start_session(store, credential.account, limits, attempt, clock())


def _refusal(credential: Credential | None, verdict: Verdict) -> Refusal | None:
    if credential is None:
        return Refusal.UNKNOWN_IDENTIFIER
    if credential.account.state is not AccountState.REGISTERED:
        return Refusal.NOT_REGISTERED
    return None if verdict.right else Refusal.WRONG_PASSWORD


async def _start_session(
    store: CoopStore, account: Account, limits: SessionLimits, attempt: Attempt, now: datetime
) -> SignedIn:
    token = new_token()
    async with store.transaction() as within:
        if attempt.replaces is not None:
            await _end_replaced(within, attempt.replaces, attempt.origin, now)
        session = await within.sessions.start(
            token_hash(token),
            account.account_id,
            limits,
            now,
            origin=attempt.origin,
            device_label=attempt.device_label,
        )
        await within.access_log.record(
            [_done(AccessAction.SIGN_IN, account.account_id, session.session_id, attempt.origin, now)]
        )
    return SignedIn(token, account, session)


async def _end_replaced(store: CoopStore, token: str, origin: Origin, now: datetime) -> None:
    ended = await store.sessions.end_by_token(token_hash(token))
    if ended is not None:
        session_id, account_id = ended
        await store.access_log.record([_done(AccessAction.END_SESSION, account_id, session_id, origin, now)])


def _done(
    action: AccessAction, account_id: UUID, session_id: UUID, origin: Origin, now: datetime
) -> NewAccessLogEntry:
    return NewAccessLogEntry(now, action, AccessOutcome.ALLOWED, origin, account_id, session_id)


def _failure(
    credential: Credential | None, refusal: Refusal | None, attempt: Attempt, now: datetime
) -> NewAccessLogEntry:
    # Never the identifier: people type passwords there, and whose it is says `account_id`.
    return NewAccessLogEntry(
        at=now,
        action=AccessAction.SIGN_IN,
        outcome=AccessOutcome.REFUSED,
        origin=attempt.origin,
        account_id=None if credential is None else credential.account.account_id,
        reason=None if refusal is None else refusal.value,
    )
