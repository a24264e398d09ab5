"""ミールカードのご利用状況 as a sheet: use and nutrition, never a balance (C1–C4)."""

from collections.abc import AsyncIterator, Sequence

from adapters.records import MealCardContract, MealDay
from gateway.context import Context
from gateway.exports.heading import heading
from gateway.exports.reading import current
from gateway.exports.sheet import Column, NothingToExport, Row, Sheet
from gateway.outage import LegacySystem
from gateway.resolvers import meal_cards
from gateway.resolvers.members import FoundMember

TITLE = "ミールカードご利用状況"
COLUMNS = (
    Column("利用日", 24),
    Column("回数", 14),
    Column("利用額（円）", 22),
    Column("料理", 85),
    Column("エネルギー（kcal）", 18),
    Column("たんぱく質（g）", 18),
    Column("脂質（g）", 16),
    Column("炭水化物（g）", 18),
    Column("食塩相当量（g）", 16),
    Column("赤（点）", 14),
    Column("緑（点）", 14),
    Column("黄（点）", 14),
)


async def meal_card_sheet(context: Context, member: FoundMember) -> Sheet:
    """Every day of this year's card, newest first; raises `NothingToExport` for whoever has none (C3)."""
    snapshot = await meal_cards.contract(context, member.number)
    if snapshot is None:
        raise NothingToExport("ミールカードをご利用の方のみ、ダウンロードいただけます。")
    return Sheet(
        title=TITLE,
        file_name=f"{TITLE}_{context.today}",
        columns=COLUMNS,
        notes=(*await heading(context, member), context.at_home().coop.texts.meal_card_balance_notice),
        pages=current(context, LegacySystem.POS, _only(context, snapshot.value)),
    )


async def _only(context: Context, card: MealCardContract) -> AsyncIterator[Sequence[Row]]:
    """A year has at most 366 days: they come at once."""
    yield [_row(day) for day in await meal_cards.days(context, card, None, None)]


def _row(day: MealDay) -> Row:
    eaten = day.nutrition()
    return Row(
        (
            day.day,
            day.visits,
            day.amount,
            "、".join(meal.name for meal in day.meals),
            eaten.energy,
            eaten.protein,
            eaten.fat,
            eaten.carbohydrate,
            eaten.salt,
            eaten.red,
            eaten.green,
            eaten.yellow,
        )
    )
