"""Whom the throttle counts a try to sign in against, by nothing but what was typed and where it came from."""

from collections.abc import Sequence

from gateway.accounts.networks import network_of
from gateway.accounts.throttle import Use
from gateway.accounts.throttle_limits import Scope
from gateway.rules.provisional_credentials import ProvisionalId
from gateway.store.login_ids import login_key
from gateway.store.records import Origin


def account_family(login_id: str) -> str:
    """What all counts against an account belong to."""
    return f"account {login_key(login_id)}"


def uses_of_password(login_id: str, origin: Origin, known_device: str | None) -> Sequence[Use]:
    """A try of a password. On a device that its owner signed in on before, only tries on that device hold it up:
    what others do to the account, or behind the same address, counts towards the lock and no more."""
    family = account_family(login_id)
    account = Use(Scope.ACCOUNT, login_key(login_id), family)
    if known_device is not None:
        return [account, Use(Scope.ACCOUNT_ON_DEVICE, known_device, family)]
    network = network_of(origin)
    return [
        account,
        Use(Scope.ACCOUNT_AT_ADDRESS, f"{login_key(login_id)} {network}", family),
        Use(Scope.ADDRESS, network),
    ]


def uses_of_provisional(whose: ProvisionalId, origin: Origin) -> Sequence[Use]:
    """A try of a provisional secret. Member and guardian have the same one, so that they count together."""
    return [
        Use(Scope.PROVISIONAL, whose.number),
        Use(Scope.PROVISIONAL_AT_ADDRESS, network_of(origin)),
        Use(Scope.ADDRESS, network_of(origin)),
    ]


def use_of_code(login_id: str) -> Use:
    """A try of a one-time code."""
    return Use(Scope.AUTH_CODE, login_key(login_id), account_family(login_id))
