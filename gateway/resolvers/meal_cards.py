"""ミールカード: use and nutrition, never a balance (C1–C4)."""

from collections.abc import Sequence
from datetime import date

from adapters.records import (
    NO_NUTRITION,
    MealCardContract,
    MealDay,
    MealDaysQuery,
    MemberNumber,
    Nutrition,
    Snapshot,
)
from gateway.context import Context, Section
from gateway.coop_terms import CoopFeature
from gateway.errors import BadInput, Forbidden


async def contract(context: Context, number: MemberNumber) -> Snapshot[MealCardContract] | None:
    """This year's meal card, None for whoever has none (C3)."""
    place = context.enter(number, Section.MEAL_CARD)
    if CoopFeature.MEAL_CARD not in place.coop.features or place.load.pos is None:
        return None
    snapshot = await place.load.pos.meal_cards.load(number)
    return None if snapshot.value is None else Snapshot(snapshot.value, snapshot.last_known)


async def days(
    context: Context, card: MealCardContract, since: date | None, until: date | None
) -> Sequence[MealDay]:
    """Days of use within the card's validity, newest first."""
    place = context.enter(card.member_number, Section.MEAL_CARD)
    if place.load.pos is None:
        raise Forbidden
    if since is not None and until is not None and since > until:
        raise BadInput("from", "開始日は終了日以前の日付を指定してください。")
    query = MealDaysQuery(
        card.member_number,
        since=max(card.valid_from, since or card.valid_from),
        until=min(card.valid_until, until or card.as_of, card.as_of),
    )
    if query.since > query.until:
        return ()
    snapshot = await place.load.pos.meal_days.load(query)
    return sorted(snapshot.value, key=lambda meal_day: meal_day.day, reverse=True)


async def nutrition(
    context: Context, card: MealCardContract, since: date | None, until: date | None
) -> Nutrition:
    """Everything eaten on those days together (C2)."""
    eaten = await days(context, card, since, until)
    return sum((meal_day.nutrition() for meal_day in eaten), NO_NUTRITION)
