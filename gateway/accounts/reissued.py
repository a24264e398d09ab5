"""The password that is mailed to who forgot theirs (再発行されたパスワード, A30): good once, and only to set a new one.

It is random and long, so that a keyed hash keeps it as well as Argon2 would; and whether an account has one
changes nothing in how long signing in takes.
"""

import hmac
from datetime import datetime
from uuid import UUID

from gateway.accounts.unmistakable import random_text
from gateway.accounts.vault import Vault
from gateway.store.accounts import Credential

LENGTH = 16
_NOBODY = UUID(int=0)


def new_reissued_password() -> str:
    """One that nobody can guess: 79 bits."""
    return random_text(LENGTH)


def reissued_digest(vault: Vault, account_id: UUID, password: str) -> bytes:
    """What is kept of it. Space around it came from copying and does not count (A32)."""
    return _digests(vault, account_id, password)[0]


def _digests(vault: Vault, account_id: UUID, password: str) -> list[bytes]:
    """What is kept of it now, and what was under former keys."""
    return vault.digests("reissued-password", str(account_id), password.strip())


def matching_digest(vault: Vault, credential: Credential | None, typed: str, now: datetime) -> bytes | None:
    """The digest of the account's reissued password, if that was typed in time."""
    digests = _digests(vault, credential.account.account_id if credential else _NOBODY, typed)
    if credential is None or credential.reissued_digest is None or credential.reissued_until is None:
        return None
    kept = credential.reissued_digest
    right = any(hmac.compare_digest(kept, digest) for digest in digests)
    return kept if right and now < credential.reissued_until else None
