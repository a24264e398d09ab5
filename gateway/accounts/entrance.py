"""What letting people in works with, for one co-op."""

from dataclasses import dataclass

from adapters.ports import MemberRegistry
from gateway.accounts.passwords import Passwords
from gateway.accounts.throttle_limits import ThrottleLimits
from gateway.accounts.vault import Vault
from gateway.clock import Clock
from gateway.coop import Coop
from gateway.store import CoopStore
from gateway.store.records import SessionLimits


@dataclass(frozen=True, slots=True)
class Entrance:
    """The co-op, its part of the store, its registry, and what the process has for all co-ops."""

    coop: Coop
    store: CoopStore
    registry: MemberRegistry
    passwords: Passwords
    vault: Vault
    session_limits: SessionLimits
    throttle_limits: ThrottleLimits
    clock: Clock
