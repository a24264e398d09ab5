"""店舗での手続き by staff, for the member before them (B11, D2, D3, D5)."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple
from uuid import UUID

from adapters.errors import AdapterError
from adapters.legacy_text import digits
from adapters.records import MemberNumber, MemberSearch
from gateway.accounts.refusals import MemberNotFound
from gateway.context import Context, Section
from gateway.instructions import KeyUsedOtherwise, Recorded, nobody_objects
from gateway.instructions.refusals import AlreadySuspended
from gateway.instructions.store_desk import (
    CARD_NUMBER,
    SLIP_NUMBER,
    CardNumberInUse,
    DeskRefusal,
    NotReceivable,
    NotSuspended,
    WrongInput,
    card_refusal,
    hand_out_refusal,
    store_refusal,
)
from gateway.instructions.suspensions import STORE_CODE, PicoSuspensionState
from gateway.outage import LegacySystem
from gateway.resolvers import members, pico
from gateway.resolvers.entrances import MalformedNumber, malformed
from gateway.resolvers.instructing import Objection, instruct
from gateway.resolvers.staff_accounts import staff_of
from gateway.store import CoopStore
from gateway.store.records import ChangeRequestKind, Details, NewChangeRequest


class Intention(NamedTuple):
    """For whom; the key is made up once, and sent again with every resend."""

    member_number: MemberNumber
    key: UUID


Refusal = DeskRefusal | AlreadySuspended | MemberNotFound | MalformedNumber | KeyUsedOtherwise
Outcome = Recorded | Refusal
Reason = Callable[[Context, NewChangeRequest], Awaitable[Refusal | None]]


async def suspend(context: Context, intention: Intention, store_code: str) -> Outcome:
    """利用停止 in a store (D3)."""
    new = _new(context, ChangeRequestKind.PICO_SUSPENSION, intention, {STORE_CODE: store_code})
    return await _ask(context, new, store_refusal(context.at_home().coop, store_code), _already_suspended)


async def resume(context: Context, intention: Intention, store_code: str) -> Outcome:
    """利用再開, in a store only (D2)."""
    new = _new(context, ChangeRequestKind.PICO_RESUMPTION, intention, {STORE_CODE: store_code})
    return await _ask(context, new, store_refusal(context.at_home().coop, store_code), _not_suspended)


async def hand_out(context: Context, intention: Intention, slip_number: str, store_code: str) -> Outcome:
    """未受取プリペイドの受取 at a register (B10–B12, B14)."""
    details: Details = {SLIP_NUMBER: slip_number, STORE_CODE: store_code}
    new = _new(context, ChangeRequestKind.PREPAID_RECEIPT, intention, details)
    wrong = hand_out_refusal(context.at_home().coop, store_code, slip_number)
    return await _ask(context, new, wrong, _not_receivable)


async def reissue_card(context: Context, intention: Intention, card_number: str) -> Outcome:
    """再発行: from now on the member's card has another number (D5–D7).

    Raises the errors of `adapters.errors` when the registry does not say whether somebody has it already.
    """
    number = digits(card_number)
    new = _new(context, ChangeRequestKind.CARD_REISSUE, intention, {CARD_NUMBER: number})

    async def issued(within: CoopStore) -> CardNumberInUse | None:
        return CardNumberInUse() if await within.journal.issues(number) else None

    return await _ask(context, new, card_refusal(context.at_home().coop, number), _in_use, issued)


def _new(
    context: Context, kind: ChangeRequestKind, intention: Intention, details: Details
) -> NewChangeRequest:
    by = staff_of(context).account_id
    return NewChangeRequest(kind, intention.member_number, by, intention.key, details, context.clock())


async def _ask(
    context: Context,
    new: NewChangeRequest,
    wrong: WrongInput | None,
    reason: Reason,
    objection: Objection[CardNumberInUse] = nobody_objects,
) -> Outcome:
    async def refused() -> Refusal | None:
        return wrong or await _unknown(context, new) or await reason(context, new)

    malformed_number = malformed(context.at_home().coop, new.member_number)
    if malformed_number is not None:
        return malformed_number
    return await instruct(context, new, refused, objection)


async def _unknown(context: Context, new: NewChangeRequest) -> MemberNotFound | None:
    found = await members.by_number(context, new.member_number)
    return MemberNotFound() if found is None else None


async def _already_suspended(context: Context, new: NewChangeRequest) -> AlreadySuspended | None:
    return AlreadySuspended() if await _is_suspended(context, new.member_number) is True else None


async def _not_suspended(context: Context, new: NewChangeRequest) -> NotSuspended | None:
    return NotSuspended() if await _is_suspended(context, new.member_number) is False else None


async def _is_suspended(context: Context, number: MemberNumber) -> bool | None:
    """None when the POS does not say just now: what it knew before it fell silent refuses nobody."""
    try:
        standing = await pico.suspension(context, number)
    except AdapterError:
        return None
    if LegacySystem.POS in context.trail.last_known:
        return None
    return standing is not None and standing.state is not PicoSuspensionState.RESUMPTION_REQUESTED


async def _not_receivable(context: Context, new: NewChangeRequest) -> NotReceivable | None:
    pos = pico.at_pos(context, new.member_number, Section.PICO).pos
    try:
        items = await pos.prepaid_items.load(new.member_number)
    except AdapterError:
        return None
    waiting = {item.slip_number for item in items.value if item.posted_on and not item.received_on}
    return None if items.last_known or new.details[SLIP_NUMBER] in waiting else NotReceivable()


async def _in_use(context: Context, new: NewChangeRequest) -> CardNumberInUse | None:
    number = str(new.details[CARD_NUMBER])
    search = MemberSearch(card_number=number)
    owners = await context.at_home().systems.registry.search(search, limit=1, after=None)
    return CardNumberInUse() if owners.items else None
