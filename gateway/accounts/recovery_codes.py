"""回復コード: for who has lost the app that shows the codes. Each works once; the database has keyed hashes."""

from uuid import UUID

from gateway.accounts.unmistakable import random_text
from gateway.accounts.vault import Vault

HOW_MANY = 10
_GROUP, _GROUPS = 5, 2


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes such as `x7k2m-9p4tq`, of 49 bits each."""
    return tuple("-".join(random_text(_GROUP) for _ in range(_GROUPS)) for _ in range(HOW_MANY))


def may_be_recovery_code(typed: str) -> bool:
    """Whether it has the length of one, and so is none of six digits."""
    return len(typed) == _GROUP * _GROUPS


def recovery_digests(vault: Vault, account_id: UUID, code: str) -> list[bytes]:
    """What is kept of one, or was under former keys; hyphens, spaces and case do not count."""
    return vault.digests("recovery-code", str(account_id), code.replace("-", "").replace(" ", "").casefold())
