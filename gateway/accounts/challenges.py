"""認証コード at sign-in (E26): the password was right, and now a code is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from gateway import mails
from gateway.accounts.code_checking import mailed_digests, new_mailed_code, takes_code
from gateway.accounts.entrance import Entrance
from gateway.accounts.identifying import use_of_code
from gateway.accounts.locking import lock_when_due
from gateway.accounts.outcomes import AuthCodeRequired, InvalidAuthCode, SignedIn, TooManyAttempts
from gateway.accounts.refused import Reason, log_refusal
from gateway.accounts.starting import Arrival, start_session
from gateway.accounts.throttle import Use, clear, count, reserve
from gateway.accounts.throttle_limits import Scope
from gateway.accounts.tokens import new_token, token_hash
from gateway.accounts.viewers import is_open
from gateway.store.masking import masked_email
from gateway.store.records import (
    Account,
    AccountKind,
    AuthCodeMethod,
    Challenge,
    Origin,
    SessionPurpose,
)

LIFETIME = timedelta(minutes=10)
TRIES = 5


@dataclass(frozen=True, slots=True)
class CodeAttempt:
    """A code for a sign-in that waits for it: six digits, or a recovery code."""

    challenge: str = field(repr=False)
    code: str = field(repr=False)
    origin: Origin
    device_label: str | None = None
    replaces: str | None = field(default=None, repr=False)


async def method_at_sign_in(entrance: Entrance, account: Account) -> AuthCodeMethod | None:
    """How an account proves itself beside the password. Staff must: without an app by e-mail, and without an
    address not at all (None)."""
    setting = await entrance.store.auth_codes.setting(account.account_id)
    method = AuthCodeMethod.NONE if setting is None else setting.method
    if method is not AuthCodeMethod.NONE or account.kind is not AccountKind.STAFF:
        return method
    return None if account.email is None else AuthCodeMethod.EMAIL


async def ask_for_code(
    entrance: Entrance, account: Account, method: AuthCodeMethod, purpose: SessionPurpose
) -> AuthCodeRequired | TooManyAttempts:
    """Begins to wait for the code, and mails it where that is the method."""
    expires_at = entrance.clock() + LIFETIME
    waiting = Challenge(account.account_id, method, purpose, expires_at)
    if method is AuthCodeMethod.EMAIL and account.email is not None:
        return await _ask_by_mail(entrance, account.email, waiting)
    challenge = new_token()
    await entrance.store.auth_codes.challenge(token_hash(challenge), waiting, TRIES)
    return AuthCodeRequired(challenge, method, None, expires_at)


async def _ask_by_mail(
    entrance: Entrance, email: str, waiting: Challenge
) -> AuthCodeRequired | TooManyAttempts:
    # Counted apart from other mail: nobody else can use up what the owner needs to get in.
    refused = await reserve(entrance, [Use(Scope.AUTH_CODE_MAIL, email)])
    if refused is not None:
        return refused
    challenge, code = new_token(), new_mailed_code()
    waiting = replace(waiting, code_digest=mailed_digests(entrance.vault, challenge, code)[0])
    async with entrance.store.transaction() as within:
        await within.auth_codes.challenge(token_hash(challenge), waiting, TRIES)
        await mails.queue_auth_code(within, entrance.coop, email, code, waiting.expires_at, entrance.clock())
    return AuthCodeRequired(challenge, waiting.method, masked_email(email), waiting.expires_at)


async def submit_auth_code(
    entrance: Entrance, attempt: CodeAttempt
) -> SignedIn | InvalidAuthCode | TooManyAttempts:
    """Starts the session that waited for the code.

    A challenge is good for a few tries. Tries are counted for the account as well, whatever the challenge: asking
    for a new code does not begin anew.
    """
    account = await _challenged_account(entrance, attempt)
    if account is None:
        await log_refusal(entrance.store, Reason.WRONG_CODE, None, attempt.origin, entrance.clock())
        return InvalidAuthCode()
    counted = await count(entrance, [use_of_code(account.login_id)])
    if isinstance(counted, TooManyAttempts):
        await _log(entrance, Reason.THROTTLED, account, attempt)
        return counted
    return await _judge(entrance, account, counted, attempt)


async def _judge(
    entrance: Entrance, account: Account, counted: Mapping[Scope, int], attempt: CodeAttempt
) -> SignedIn | InvalidAuthCode:
    signed_in = await _met(entrance, account, attempt)
    if signed_in is None:
        await _log(entrance, Reason.WRONG_CODE, account, attempt)
        await lock_when_due(entrance, account, counted, attempt.origin)
        return InvalidAuthCode()
    await clear(entrance, [use_of_code(account.login_id)])
    return signed_in


async def _met(entrance: Entrance, account: Account, attempt: CodeAttempt) -> SignedIn | None:
    token, now = token_hash(attempt.challenge), entrance.clock()
    challenge = await entrance.store.auth_codes.take_try(token, now)
    if challenge is None:
        return None
    async with entrance.store.transaction() as within:
        if not await takes_code(entrance, within, challenge, attempt.challenge, attempt.code):
            return None
        if not await within.auth_codes.use_up(token, now):
            return None
        arrival = Arrival(account, challenge.purpose, attempt.origin, attempt.device_label, attempt.replaces)
        return await start_session(entrance, within, arrival)


async def _challenged_account(entrance: Entrance, attempt: CodeAttempt) -> Account | None:
    challenge = await entrance.store.auth_codes.challenged(token_hash(attempt.challenge), entrance.clock())
    if challenge is None:
        return None
    account = (await entrance.store.accounts.by_id([challenge.account_id]))[challenge.account_id]
    return account if account is not None and is_open(account, challenge.purpose) else None


async def _log(entrance: Entrance, reason: Reason, account: Account, attempt: CodeAttempt) -> None:
    await log_refusal(entrance.store, reason, account.account_id, attempt.origin, entrance.clock())
