"""Who may have an account: members, and the guardians of members (E10, E15, E22)."""

from adapters.records import Guardian, Member, MemberNumber, MemberStatus
from gateway.accounts.entrance import Entrance
from gateway.accounts.refusals import MemberNotFound, NotAMemberYet
from gateway.coop_terms import CoopFeature
from gateway.viewer import AccountKind


async def membership_fault(entrance: Entrance, member: Member) -> MemberNotFound | NotAMemberYet | None:
    """Why this person has no account yet, or no more; None when they may have one.

    What the office has recorded counts before the registry has taken it up: a payment (E10), a refund (E22).
    """
    match member.status:
        case MemberStatus.WITHDRAWN:
            return MemberNotFound()
        case MemberStatus.AWAITING_PAYMENT:
            return None if await _has_paid(entrance, member.number) else NotAMemberYet()
        case MemberStatus.ACTIVE | MemberStatus.WITHDRAWING:
            return MemberNotFound() if await was_refunded(entrance, member.number) else None


async def was_refunded(entrance: Entrance, number: MemberNumber) -> bool:
    """Whether the office has recorded that the share capital was paid back."""
    return (await entrance.store.share_refunds.of_members([number]))[number] is not None


async def _has_paid(entrance: Entrance, number: MemberNumber) -> bool:
    return (await entrance.store.share_payments.of_members([number]))[number] is not None


def is_a_guardian(entrance: Entrance, guardian: Guardian | None, kind: AccountKind) -> bool:
    """Whether an account of this kind is a guardian's, and there is one (A16)."""
    return (
        kind is AccountKind.GUARDIAN
        and guardian is not None
        and CoopFeature.GUARDIANS in entrance.coop.features
    )
