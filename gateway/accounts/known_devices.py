"""Devices that the owner of an account has signed in on: a signed mark in a cookie, which opens nothing.

It tells the throttle that a try comes from a device where this login ID got in before, so that an attack from
elsewhere does not hold its owner up. An address would not do: many share one, and would learn who else does.
"""

import hmac
from datetime import datetime, timedelta

from gateway.accounts.tokens import new_token
from gateway.accounts.vault import Vault
from gateway.store.login_ids import login_key

KNOWN_FOR = timedelta(days=90)


def device_mark(vault: Vault, coop_code: str, login_id: str, now: datetime) -> str:
    """A mark for the device somebody has just signed in on."""
    device, until = new_token(), int((now + KNOWN_FOR).timestamp())
    return f"{device}.{until}.{_signatures(vault, coop_code, login_id, device, str(until))[0]}"


def known_device(vault: Vault, coop_code: str, login_id: str, mark: str | None, now: datetime) -> str | None:
    """The device of a mark made for this login ID, while it is known; None for any other mark."""
    match (mark or "").split("."):
        case [device, until, signature]:
            right = _signatures(vault, coop_code, login_id, device, until)
            given = signature.encode("utf-8", "replace")
            if any(hmac.compare_digest(each.encode(), given) for each in right):
                return device if now.timestamp() < int(until) else None
    return None


def _signatures(vault: Vault, coop_code: str, login_id: str, device: str, until: str) -> list[str]:
    """That of the present key first, then those of former keys."""
    parts = (coop_code, login_key(login_id), device, until)
    return [digest.hex() for digest in vault.digests("known-device", *parts)]
