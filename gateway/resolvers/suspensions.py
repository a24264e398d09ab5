"""電子マネー利用停止申請 (D1): by the member, or by a guardian where the co-op lets them (X13)."""

from uuid import UUID

from adapters.errors import AdapterError
from adapters.records import MemberNumber, Suspension
from gateway.accounts.refusals import NotOffered
from gateway.context import Context, Section
from gateway.instructions import KeyUsedOtherwise, Recorded
from gateway.instructions.refusals import AlreadySuspended
from gateway.instructions.suspensions import PicoSuspensionState, new_suspension, overlaid
from gateway.resolvers import members, pico
from gateway.resolvers.accounts import signed_in
from gateway.resolvers.instructing import instruct
from gateway.viewer import GuardianViewer

NOT_HERE = NotOffered("この生協では、マイページからの電子マネーの利用停止は行っておりません。")
NOT_BY_GUARDIANS = NotOffered(
    "保護者の方からの利用停止はお受けしておりません。ご本人様がマイページまたは店舗でお手続きください。"
)


async def suspend(context: Context, key: UUID) -> Recorded | KeyUsedOtherwise | AlreadySuspended | NotOffered:
    """Pico only: the meal card is a matter for the dining hall (X12). Taken on while the POS is closed, too."""
    number = (await members.acted_for(context)).number
    here = pico.enter(context, number, Section.PICO)
    if here is None:
        return NOT_HERE
    if isinstance(context.viewer, GuardianViewer) and not here.rules.guardian_may_suspend:
        return NOT_BY_GUARDIANS
    new = new_suspension(number, signed_in(context).account_id, key, context.clock())

    async def refused() -> AlreadySuspended | None:
        return AlreadySuspended() if await _is_suspended(here, number) else None

    return await instruct(context, new, refused)


async def _is_suspended(here: pico.PicoPlace, number: MemberNumber) -> bool:
    unsettled = await pico.under_way(here, number)
    standing = overlaid(await _known_for_certain(here, number), unsettled)
    return standing is not None and standing.state is not PicoSuspensionState.RESUMPTION_REQUESTED


async def _known_for_certain(here: pico.PicoPlace, number: MemberNumber) -> Suspension | None:
    # A last known suspension may have ended in a store: better to suspend twice than not at all.
    try:
        snapshot = await here.pos.suspensions.load(number)
    except AdapterError:
        return None
    return None if snapshot.last_known else snapshot.value
