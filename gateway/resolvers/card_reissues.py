"""再発行 (D5–D7): cards as the registry has them, with those it has not taken up yet."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from adapters.records import Card, CardState, MemberNumber
from gateway.context import Place
from gateway.instructions.store_desk import CARD_NUMBER
from gateway.store.records import (
    ChangeRequest,
    ChangeRequestKind,
    ChangeRequestsQuery,
    ChangeRequestState,
)

MOST = 10
"""Reissues that may be waiting for the registry at one time."""

_REISSUES = frozenset({ChangeRequestKind.CARD_REISSUE})


class HeldCard(NamedTuple):
    """A card; `request` is the one it comes from while the registry does not know it."""

    card: Card
    request: ChangeRequest | None = None


async def reissues(
    place: Place, numbers: Sequence[MemberNumber]
) -> Mapping[MemberNumber, Sequence[ChangeRequest]]:
    """Each member's latest reissues that were not rejected, oldest first."""
    queries = {number: ChangeRequestsQuery(number, MOST, kinds=_REISSUES) for number in numbers}
    pages = await place.load.own.change_requests.load_all(list(queries.values()))
    return {number: _not_rejected(pages[query].items) for number, query in queries.items()}


def _not_rejected(requests: Sequence[ChangeRequest]) -> Sequence[ChangeRequest]:
    return [request for request in reversed(requests) if request.state is not ChangeRequestState.REJECTED]


def with_reissues(cards: Sequence[Card], requests: Sequence[ChangeRequest]) -> Sequence[HeldCard]:
    """The cards of the registry and after them those it has not taken up, each of which replaces all before (D7)."""
    held = [HeldCard(card) for card in cards]
    for request in requests:
        if not _is_taken_up(request, cards):
            held = [*map(_replaced, held), _issued(request, len(held))]
    return held


def _is_taken_up(request: ChangeRequest, cards: Sequence[Card]) -> bool:
    """The registry has the card, or has issued one since."""
    requested_on = request.requested_at.date()
    return any(
        card.card_number == request.details[CARD_NUMBER] or card.issued_on > requested_on for card in cards
    )


def _replaced(held: HeldCard) -> HeldCard:
    if held.card.state is not CardState.ACTIVE:
        return held
    return held._replace(card=replace(held.card, state=CardState.REPLACED))


def _issued(request: ChangeRequest, cards_before: int) -> HeldCard:
    card = Card(
        card_number=str(request.details[CARD_NUMBER]),
        member_number=request.member_number,
        state=CardState.ACTIVE,
        issued_on=request.requested_at.date(),
        reissue_count=cards_before,
    )
    return HeldCard(card, request)
