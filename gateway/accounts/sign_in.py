"""Signing in: one answer for everything that can be wrong (A37, E1).

throttle ── TooManyAttempts
   │
look-up, registry for a provisional ID, one verification of a hash
   │
   ├── anything wrong ─────── InvalidCredentials
   ├── share refunded ─────── MembershipEnded (E22), told to who has the password
   ├── code needed ────────── AuthCodeRequired, then `submit_auth_code`
   └── SignedIn: purpose FULL, REGISTER (provisional) or CHANGE_PASSWORD (reissued)
"""

from collections.abc import Sequence
from datetime import timedelta

from adapters.errors import AdapterError
from gateway.accounts.challenges import ask_for_code, method_at_sign_in
from gateway.accounts.entrance import Entrance
from gateway.accounts.identifying import uses_of_password, uses_of_provisional
from gateway.accounts.known_devices import known_device
from gateway.accounts.locking import lock_when_due
from gateway.accounts.outcomes import (
    AuthCodeRequired,
    InvalidCredentials,
    MembershipEnded,
    SignedIn,
    TooManyAttempts,
)
from gateway.accounts.passwords import TooBusy
from gateway.accounts.proving import Attempt, Proof, Refused, prove
from gateway.accounts.refused import Reason, log_refusal
from gateway.accounts.starting import Arrival, start_session
from gateway.accounts.throttle import Use, count, forgive, welcome
from gateway.rules.provisional_credentials import ProvisionalId, parse_provisional_id
from gateway.store.records import Account, AuthCodeMethod, SessionPurpose

COME_BACK_AFTER = timedelta(seconds=2)
"""When too many passwords wait to be checked."""

Outcome = SignedIn | AuthCodeRequired | InvalidCredentials | MembershipEnded | TooManyAttempts


async def sign_in(entrance: Entrance, attempt: Attempt) -> Outcome:
    """Starts a new session, or waits for a code, for who proves to be who they say.

    Whatever is wrong, the same is done: the throttle, a look-up, one verification of a hash, a line in the access
    log. Raises `Unavailable` when the registry does not answer for a provisional ID, of whatever number.
    """
    whose = parse_provisional_id(attempt.identifier, entrance.coop.member_numbers, entrance.coop.provisional)
    uses = _uses(entrance, attempt, whose)
    counted = await count(entrance, uses)
    if isinstance(counted, TooManyAttempts):
        await _log(entrance, attempt, Reason.THROTTLED, None)
        return counted
    try:
        proof = await prove(entrance, attempt, whose)
    except TooBusy:
        await forgive(entrance, uses)
        return TooManyAttempts(COME_BACK_AFTER)
    except AdapterError:
        await forgive(entrance, uses)
        await _log(entrance, attempt, Reason.SYSTEM_UNAVAILABLE, None)
        raise
    if isinstance(proof, Refused):
        await _log(entrance, attempt, proof.reason, proof.account)
        if proof.reason is Reason.MEMBERSHIP_ENDED:
            await forgive(entrance, uses)
            return MembershipEnded()
        if proof.account is not None:
            await lock_when_due(entrance, proof.account, counted, attempt.origin)
        return InvalidCredentials()
    await welcome(entrance, uses)
    return await _let_in(entrance, attempt, proof)


def _uses(entrance: Entrance, attempt: Attempt, whose: ProvisionalId | None) -> Sequence[Use]:
    if whose is not None:
        return uses_of_provisional(whose, attempt.origin)
    device = known_device(
        entrance.vault, entrance.store.coop_code, attempt.identifier, attempt.device, entrance.clock()
    )
    return uses_of_password(attempt.identifier, attempt.origin, device)


async def _let_in(entrance: Entrance, attempt: Attempt, proof: Proof) -> Outcome:
    if proof.purpose is not SessionPurpose.REGISTER:
        method = await method_at_sign_in(entrance, proof.account)
        if method is None:
            await _log(entrance, attempt, Reason.NO_WAY_TO_SEND_A_CODE, proof.account)
            return InvalidCredentials()
        if method is not AuthCodeMethod.NONE:
            await _log(entrance, attempt, Reason.CODE_REQUIRED, proof.account)
            return await ask_for_code(entrance, proof.account, method, proof.purpose)
    arrival = Arrival(proof.account, proof.purpose, attempt.origin, attempt.device_label, attempt.replaces)
    async with entrance.store.transaction() as within:
        return await start_session(entrance, within, arrival)


async def _log(entrance: Entrance, attempt: Attempt, reason: Reason, account: Account | None) -> None:
    account_id = None if account is None else account.account_id
    await log_refusal(entrance.store, reason, account_id, attempt.origin, entrance.clock())
