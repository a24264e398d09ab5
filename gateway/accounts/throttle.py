"""The throttle: every try is counted before it is looked at, so that none is free however many come at once.

Counts are kept under keyed hashes of whom they concern, whether or not such an account exists: unknown ones are
throttled exactly as known ones are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gateway.accounts.entrance import Entrance
from gateway.accounts.outcomes import TooManyAttempts
from gateway.accounts.throttle_limits import Allowance, Scope, ThrottleLimits
from gateway.store import CoopStore
from gateway.store.records import Count

_NO_WAIT = timedelta(0)
_OF_AN_ADDRESS = frozenset({Scope.ADDRESS, Scope.PROVISIONAL_AT_ADDRESS})


@dataclass(frozen=True, slots=True)
class Use:
    """One try, as one scope counts it: against or by whom. Counts of a `family` can be cleared together."""

    scope: Scope
    subject: str
    family: str | None = None


async def reserve(entrance: Entrance, uses: Sequence[Use]) -> TooManyAttempts | None:
    """Counts a try in all its scopes; or, when one of them has none left, in none.

    Call it before anything else is done, and `forgive` what turns out not to have been a guess.
    """
    outcome = await count(entrance, uses)
    return outcome if isinstance(outcome, TooManyAttempts) else None


async def count(entrance: Entrance, uses: Sequence[Use]) -> Mapping[Scope, int] | TooManyAttempts:
    """The same, and says how many tries each scope has counted now."""
    now, limits = entrance.clock(), entrance.throttle_limits
    async with entrance.store.transaction() as within:
        held = await _hold(entrance, within, uses, now)
        wait = _longest_wait(held, limits, now)
        if wait is not None:
            return wait
        counted = {use: _one_more(held[use], limits.allowances[use.scope], now) for use in uses}
        await within.throttles.write(list(counted.values()))
    return {use.scope: each.failures for use, each in counted.items()}


async def forgive(entrance: Entrance, uses: Sequence[Use]) -> None:
    """Takes a try back that was none."""
    await _rewrite(entrance, dict.fromkeys(uses, _one_less))


async def clear(entrance: Entrance, uses: Sequence[Use]) -> None:
    """Forgets all tries."""
    await _rewrite(entrance, dict.fromkeys(uses, _none))


async def welcome(entrance: Entrance, uses: Sequence[Use]) -> None:
    """The right person was there: what was tried against them is forgotten, and this was no try of an address."""
    await _rewrite(entrance, {use: _one_less if use.scope in _OF_AN_ADDRESS else _none for use in uses})


async def clear_family(entrance: Entrance, family: str) -> None:
    """Forgets all tries against somebody, from wherever."""
    await entrance.store.throttles.clear(_family_key(entrance, family))


Change = Callable[[Count, Allowance], Count]


async def _rewrite(entrance: Entrance, changes: Mapping[Use, Change]) -> None:
    allowances = entrance.throttle_limits.allowances
    async with entrance.store.transaction() as within:
        held = await _hold(entrance, within, list(changes), entrance.clock())
        changed = [change(held[use], allowances[use.scope]) for use, change in changes.items()]
        await within.throttles.write(changed)


async def _hold(
    entrance: Entrance, within: CoopStore, uses: Sequence[Use], now: datetime
) -> Mapping[Use, Count]:
    keys = {
        use: entrance.vault.digest("throttle", within.coop_code, use.scope.value, use.subject) for use in uses
    }
    families = {
        key: None if use.family is None else _family_key(entrance, use.family) for use, key in keys.items()
    }
    held = await within.throttles.hold(families, now)
    return {use: held[key] for use, key in keys.items()}


def _family_key(entrance: Entrance, family: str) -> bytes:
    return entrance.vault.digest("throttle-family", entrance.store.coop_code, family)


def _longest_wait(held: Mapping[Use, Count], limits: ThrottleLimits, now: datetime) -> TooManyAttempts | None:
    on_known_device = any(use.scope is Scope.ACCOUNT_ON_DEVICE for use in held)
    waits = []
    for use, count in held.items():
        at_most = limits.allowances[use.scope].at_most
        if at_most is not None and count.failures >= at_most:
            return TooManyAttempts(retry_after=None)
        if count.blocked_until is not None and not (on_known_device and use.scope is Scope.ACCOUNT):
            waits.append(count.blocked_until - now)
    longest = max(waits, default=_NO_WAIT)
    return TooManyAttempts(longest) if longest > _NO_WAIT else None


def _one_more(count: Count, allowance: Allowance, now: datetime) -> Count:
    left, since = allowance.forgotten(count.failures, count.counted_since, now)
    tries = left + 1
    wait = allowance.wait_after(tries)
    expires_at = allowance.means_nothing_from(tries, since, now)
    return replace(
        count,
        failures=tries,
        counted_since=since,
        # None and not `now`: who looked at the clock before us and held the counts after us would have to wait.
        blocked_until=now + wait if wait > _NO_WAIT else None,
        expires_at=max(expires_at, now + wait),
    )


def _one_less(count: Count, allowance: Allowance) -> Count:
    tries = max(0, count.failures - 1)
    held_up = allowance.wait_after(tries) > _NO_WAIT
    return replace(count, failures=tries, blocked_until=count.blocked_until if held_up else None)


def _none(count: Count, _: Allowance) -> Count:
    return replace(count, failures=0, blocked_until=None)
