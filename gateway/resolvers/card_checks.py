"""デジタル組合員証の確認 by staff: whose card a shown code is, and whether it is good (E13, E24)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from adapters.records import MemberNumber, MemberStatus
from gateway.accounts.refusals import NotOffered
from gateway.card_signature import PresentationFault
from gateway.context import Context
from gateway.coop_terms import CoopFeature
from gateway.resolvers import digital_cards, members
from gateway.resolvers.members import FoundMember
from gateway.resolvers.staff_accounts import staff_of
from gateway.store.records import AccessAction, AccessOutcome, DigitalCardState, NewAccessLogEntry


class CardFault(Enum):
    """Why a shown card is not good: the code's own faults, then the card's and its owner's."""

    NOT_SIGNED = "NOT_SIGNED"
    OF_ANOTHER_COOP = "OF_ANOTHER_COOP"
    EXPIRED = "EXPIRED"
    NOT_ACTIVE = "NOT_ACTIVE"
    WITHDRAWN = "WITHDRAWN"


_MESSAGES: Mapping[CardFault, str] = {
    CardFault.NOT_SIGNED: "当システムが発行したコードではありません。偽造の可能性があります。",
    CardFault.OF_ANOTHER_COOP: "他の生協のデジタル組合員証です。",
    CardFault.EXPIRED: "コードの有効期限が切れています。画面を更新して、もう一度ご提示いただいてください。",
    CardFault.NOT_ACTIVE: "このデジタル組合員証は利用停止されています。",
    CardFault.WITHDRAWN: "脱退済みの方のデジタル組合員証です。",
}


@dataclass(frozen=True, slots=True)
class CardRefused:
    """The card is not good."""

    fault: CardFault

    @property
    def message(self) -> str:
        """For the staff."""
        return _MESSAGES[self.fault]


@dataclass(frozen=True, slots=True)
class GoodCard:
    """The owner, and the name that stands on the card today (E21)."""

    owner: FoundMember
    display_name: str


async def verify(context: Context, code: str) -> GoodCard | CardRefused | NotOffered:
    """Checks a code that somebody shows, and notes that it was checked.

    Raises the errors of `adapters.errors` when the registry does not answer.
    """
    if CoopFeature.DIGITAL_CARD not in context.at_home().coop.features:
        return NotOffered("この生協にはデジタル組合員証がありません。")
    coop_code, now = context.at_home().coop.code, context.clock()
    shown = context.house.card_signer.verify(code, coop_code, now)
    if isinstance(shown, PresentationFault):
        outcome: GoodCard | CardRefused = CardRefused(CardFault[shown.name])
        await _log(context, None, outcome)
    else:
        outcome = await _judged(context, shown)
        await _log(context, shown, outcome)
    return outcome


async def _judged(context: Context, number: MemberNumber) -> GoodCard | CardRefused:
    found = await members.by_number(context, number)
    if found is None or found.record().status is MemberStatus.WITHDRAWN:
        return CardRefused(CardFault.WITHDRAWN)
    shown = await digital_cards.of_member(context, found.record())
    if shown is None or shown.card is None or shown.card.state is not DigitalCardState.ACTIVE:
        return CardRefused(CardFault.NOT_ACTIVE)
    return GoodCard(found, shown.display_name)


async def _log(context: Context, number: MemberNumber | None, outcome: GoodCard | CardRefused) -> None:
    by = staff_of(context)
    fault = outcome.fault if isinstance(outcome, CardRefused) else None
    entry = NewAccessLogEntry.of_session(
        by,
        context.clock(),
        AccessAction.CARD_VERIFIED,
        context.origin,
        outcome=AccessOutcome.ALLOWED if fault is None else AccessOutcome.REFUSED,
        member_number=number,
        reason=None if fault is None else fault.value,
    )
    await context.at_home().store.access_log.record([entry])
