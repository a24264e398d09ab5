"""Links by mail: a token of 256 bits, kept as its hash, good once and not for long (ASVS 6.5, 6.6)."""

from datetime import datetime, timedelta

from gateway.accounts.entrance import Entrance
from gateway.accounts.tokens import new_token, token_hash
from gateway.store import CoopStore
from gateway.store.records import (
    AccessAction,
    AccessOutcome,
    Account,
    MailedToken,
    NewAccessLogEntry,
    Origin,
    TokenPurpose,
)

LIVES = {
    TokenPurpose.CONFIRM_REGISTRATION: timedelta(hours=24),
    TokenPurpose.CONFIRM_EMAIL: timedelta(hours=24),
    TokenPurpose.RESET_PASSWORD: timedelta(hours=1),
}
"""How long each is good."""


async def issue_token(
    store: CoopStore, account: Account, purpose: TokenPurpose, now: datetime, *, email: str | None = None
) -> tuple[str, datetime]:
    """A new token and when it expires; the one mailed before for the same purpose is worth nothing from now on."""
    token, expires_at = new_token(), now + LIVES[purpose]
    kept = MailedToken(account.account_id, purpose, email, expires_at)
    await store.mailed_tokens.issue(token_hash(token), kept, now)
    return token, expires_at


async def find_token(entrance: Entrance, token: str, purpose: TokenPurpose) -> MailedToken | None:
    """What a token is good for. It stays good: look at what else is needed first."""
    return await entrance.store.mailed_tokens.find(_hash(token), purpose, entrance.clock())


async def use_up_token(
    within: CoopStore, token: str, purpose: TokenPurpose, now: datetime
) -> MailedToken | None:
    """The same, and it is good no longer once the transaction ends well."""
    return await within.mailed_tokens.use_up(_hash(token), purpose, now)


async def log_invalid_link(entrance: Entrance, action: AccessAction, origin: Origin) -> None:
    """One line for a link that opened nothing, and for what it was meant."""
    entry = NewAccessLogEntry(
        at=entrance.clock(),
        action=action,
        outcome=AccessOutcome.REFUSED,
        origin=origin,
        reason="LINK_INVALID",
    )
    await entrance.store.access_log.record([entry])


def _hash(token: str) -> bytes:
    # Space around it came from copying (A32).
    return token_hash(token.strip())
