"""From what somebody asks for to an entry in the journal: once, however often it is sent."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from gateway.context import Context
from gateway.instructions import KeyUsedOtherwise, Recorded, accept, answered_before, nobody_objects
from gateway.resolvers.accounts import signed_in
from gateway.store import CoopStore
from gateway.store.records import NewChangeRequest

R = TypeVar("R")
Objection = Callable[[CoopStore], Awaitable[R | None]]


async def instruct(
    context: Context,
    new: NewChangeRequest,
    refused: Callable[[], Awaitable[R | None]],
    objection: Objection[R] = nobody_objects,
) -> Recorded | KeyUsedOtherwise | R:
    """The request as it stands in the journal; or why not.

    `refused` looks for reasons against it and is asked for new requests only: a resend gets the first answer,
    whatever has changed since. `objection` is asked as `accept` does.
    """
    store = context.at_home().store
    answered = await answered_before(store, new)
    if answered is not None:
        return answered
    refusal = await refused()
    outcome = await _accepted(context, new, objection) if refusal is None else refusal
    if isinstance(outcome, Recorded | KeyUsedOtherwise):
        return outcome
    # Sent twice at once, the first may have been accepted meanwhile and be what now speaks against the second.
    return await answered_before(store, new) or outcome


async def _accepted(
    context: Context, new: NewChangeRequest, objection: Objection[R]
) -> Recorded | KeyUsedOtherwise | R:
    place = context.at_home()
    under_way = place.load.own.unsettled_requests
    before = await under_way.load(new.member_number)
    session_id = signed_in(context).session_id
    outcome = await accept(place.store, place.coop, new, session_id, context.origin, objection)
    under_way.clear(new.member_number)
    if isinstance(outcome, Recorded) and outcome.first:
        # The rest of this answer is of one moment: what the systems said before, and the request on top of it.
        under_way.prime(new.member_number, [*before, outcome.request])
    place.load.own.change_requests.clear_all()
    return outcome
