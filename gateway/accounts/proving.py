"""Whether what was typed proves who somebody is: a password, a reissued one, or a provisional secret."""

from dataclasses import dataclass, field

from gateway.accounts.entrance import Entrance
from gateway.accounts.passwords import Verdict
from gateway.accounts.provisional import has_provisional_credential
from gateway.accounts.refused import Reason
from gateway.accounts.reissued import matching_digest
from gateway.accounts.viewers import is_open
from gateway.coop_config.rules import ProvisionalRules
from gateway.rules.provisional_credentials import ProvisionalId, canonical_id
from gateway.store import AlreadyRegistered, LoginIdTaken
from gateway.store.accounts import Credential
from gateway.store.records import Account, AccountState, Origin, SessionPurpose


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to sign in. `replaces` is the session token the request came with; that session ends. `device` is
    the mark of a device somebody signed in on before."""

    identifier: str
    password: str = field(repr=False)
    origin: Origin
    device_label: str | None = None
    replaces: str | None = field(default=None, repr=False)
    device: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """Who it is, and what their session may be for."""

    account: Account
    purpose: SessionPurpose


@dataclass(frozen=True, slots=True)
class Refused:
    """It proves nothing; why, and against whose account, is for the log."""

    reason: Reason
    account: Account | None


async def prove(entrance: Entrance, attempt: Attempt, whose: ProvisionalId | None) -> Proof | Refused:
    """Judges an attempt. One verification of a hash is made whoever it is."""
    credential = await entrance.store.accounts.credential(attempt.identifier)
    known_hash = None if credential is None else credential.password_hash
    rules = entrance.coop.provisional
    if whose is not None and rules is not None and _is_not_registered(credential):
        right = await has_provisional_credential(entrance, rules, whose, attempt.password)
        await entrance.passwords.check(known_hash, attempt.password)
        return await _provisional_proof(entrance, rules, whose, right)
    reissued = matching_digest(entrance.vault, credential, attempt.password, entrance.clock())
    verdict = await entrance.passwords.check(known_hash, attempt.password)
    if credential is None:
        return Refused(Reason.UNKNOWN_IDENTIFIER, None)
    return await _password_proof(entrance, attempt, credential, verdict, reissued)


def _is_not_registered(credential: Credential | None) -> bool:
    return credential is None or credential.account.state is AccountState.PROVISIONAL


async def _password_proof(
    entrance: Entrance, attempt: Attempt, credential: Credential, verdict: Verdict, reissued: bytes | None
) -> Proof | Refused:
    account = credential.account
    if verdict.right and is_open(account, SessionPurpose.FULL):
        await _rehash_when_outdated(entrance, attempt, credential, verdict)
        needs_new_one = account.must_change_password
        return Proof(account, SessionPurpose.CHANGE_PASSWORD if needs_new_one else SessionPurpose.FULL)
    if (
        reissued is not None
        and is_open(account, SessionPurpose.CHANGE_PASSWORD)
        and await entrance.store.accounts.use_up_reissued(account.account_id, reissued)
    ):
        return Proof(account, SessionPurpose.CHANGE_PASSWORD)
    return Refused(_why_not(account, verdict), account)


def _why_not(account: Account, verdict: Verdict) -> Reason:
    if account.state is AccountState.REGISTERED:
        return Reason.WRONG_PASSWORD
    # Of the closed accounts only those of former members keep their password.
    ended = account.state is AccountState.CLOSED and verdict.right
    return Reason.MEMBERSHIP_ENDED if ended else Reason.NOT_REGISTERED


async def _rehash_when_outdated(
    entrance: Entrance, attempt: Attempt, credential: Credential, verdict: Verdict
) -> None:
    if verdict.outdated and credential.password_hash is not None:
        new_hash = await entrance.passwords.hash(attempt.password)
        account_id = credential.account.account_id
        await entrance.store.accounts.set_password_hash(
            account_id, new_hash, replaces=credential.password_hash
        )


async def _provisional_proof(
    entrance: Entrance, rules: ProvisionalRules, whose: ProvisionalId, right: bool
) -> Proof | Refused:
    account = await entrance.store.accounts.of_one(whose.number, whose.kind)
    if right and account is None:
        account = await _opened(entrance, rules, whose)
    if account is not None and account.state is not AccountState.PROVISIONAL:
        return Refused(Reason.ALREADY_REGISTERED, account)
    if not right or account is None:
        return Refused(Reason.WRONG_PROVISIONAL, account)
    return Proof(account, SessionPurpose.REGISTER)


async def _opened(entrance: Entrance, rules: ProvisionalRules, whose: ProvisionalId) -> Account | None:
    accounts = entrance.store.accounts
    try:
        return await accounts.open_provisional(whose.kind, whose.number, canonical_id(whose, rules))
    except (AlreadyRegistered, LoginIdTaken):  # somebody was faster, on another device
        return await accounts.of_one(whose.number, whose.kind)
