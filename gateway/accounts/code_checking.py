"""Whether a one-time code is the right one, and using it up."""

import hmac
import re
import secrets
import unicodedata
from uuid import UUID

from gateway.accounts.entrance import Entrance
from gateway.accounts.recovery_codes import may_be_recovery_code, recovery_digests
from gateway.accounts.totp import matching_step
from gateway.accounts.vault import Vault
from gateway.store import CoopStore
from gateway.store.records import AuthCodeMethod, Challenge

TOTP_SECRET = "totp-secret"  # noqa: S105 - what the vault seals it for
_DIGITS = 6
_SEPARATORS = re.compile(r"[\s\-]")


def new_mailed_code() -> str:
    """Six digits from the system's generator."""
    return f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"


def mailed_digests(vault: Vault, challenge: str, code: str) -> list[bytes]:
    """What is kept of a mailed code, or was under former keys: good for its own challenge only."""
    return vault.digests("mailed-code", challenge, code)


def as_typed(code: str) -> str:
    """A code without the spaces, hyphens and widths that typing and copying put in (A32)."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", code)).casefold()


async def takes_code(
    entrance: Entrance, within: CoopStore, challenge: Challenge, token: str, typed: str
) -> bool:
    """Whether a challenge is met. What is good only once is used up, so that nobody can use it again."""
    code = as_typed(typed)
    if may_be_recovery_code(code):
        digests = recovery_digests(entrance.vault, challenge.account_id, code)
        return await within.auth_codes.take_recovery_code(challenge.account_id, digests)
    if challenge.method is AuthCodeMethod.TOTP:
        return await _takes_totp(entrance, within, challenge.account_id, code)
    kept = challenge.code_digest or b""
    return any(hmac.compare_digest(kept, each) for each in mailed_digests(entrance.vault, token, code))


async def _takes_totp(entrance: Entrance, within: CoopStore, account_id: UUID, code: str) -> bool:
    setting = await within.auth_codes.setting(account_id)
    if setting is None or setting.totp_secret is None:
        return False
    secret = entrance.vault.open(TOTP_SECRET, setting.totp_secret)
    step = matching_step(secret, code, entrance.clock())
    if step is None or not await within.auth_codes.take_step(account_id, step):
        return False
    anew = entrance.vault.sealed_anew(TOTP_SECRET, setting.totp_secret)
    if anew is not None:
        await within.auth_codes.seal_anew(account_id, anew)
    return True
