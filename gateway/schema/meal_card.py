"""ミールカード (C1–C4)."""

from datetime import date
from typing import Annotated

import strawberry

from adapters import records
from gateway.coop import Coop as CoopConfig
from gateway.execution import read_field
from gateway.paging import page_of, page_size, read_cursor, write_cursor
from gateway.resolvers import meal_cards as resolver
from gateway.schema.arguments import After, First
from gateway.schema.connections import Connection, connection
from gateway.schema.enums import SnapshotState
from gateway.schema.info import Info
from gateway.schema.nutrition import Nutrition
from gateway.schema.scalars import Yen
from gateway.schema.snapshots import snapshot_state

From = Annotated[
    date | None,
    strawberry.argument(name="from", description="First day, null for the beginning of the card's validity."),
]
Until = Annotated[
    date | None, strawberry.argument(description="Last day, inclusive, null for the latest figures.")
]


@strawberry.type(description="累計のご利用状況 (C1).")
class MealUsage:
    """How much the card was used: a `records.MealUsage` stands for it."""

    days_used: int = strawberry.field(description="利用日数.")
    visits: int = strawberry.field(description="利用回数.")
    amount: Yen = strawberry.field(description="利用額.")


@strawberry.type(description="料理.")
class Meal:
    """One dish."""

    name: str = strawberry.field(description="料理名, as the register prints it: cut at 20 bytes.")
    amount: Yen = strawberry.field(description="金額.")
    nutrition: Nutrition = strawberry.field(description="栄養価.")

    @classmethod
    def of(cls, record: records.MealItem) -> "Meal":
        """From the domain."""
        return cls(name=record.name, amount=Yen(record.amount), nutrition=Nutrition.of(record.nutrition))


@strawberry.type(description="日別のご利用状況 (C1, C2).")
class MealDay:
    """One day."""

    day: date = strawberry.field(name="date", description="利用日.")
    visits: int = strawberry.field(description="利用回数.")
    amount: Yen = strawberry.field(description="利用額.")
    meals: list[Meal] = strawberry.field(description="利用明細.")
    nutrition: Nutrition = strawberry.field(description="一日の栄養価.")

    @classmethod
    def of(cls, record: records.MealDay) -> "MealDay":
        """From the domain."""
        return cls(
            day=record.day,
            visits=record.visits,
            amount=Yen(record.amount),
            meals=[Meal.of(meal) for meal in record.meals],
            nutrition=Nutrition.of(record.nutrition()),
        )


MealDayConnection = Connection[MealDay]


def _snapshot(self: "MealCard") -> SnapshotState:
    return snapshot_state(self.figures)


@strawberry.type(
    description="ミールカード. There is deliberately no balance, nor anything it could be derived from (C4)."
)
class MealCard:
    """This year's meal card of one member."""

    figures: strawberry.Private[records.Snapshot[records.MealCardContract]]
    coop: strawberry.Private[CoopConfig]
    as_of: date = read_field("figures.value.as_of", description="前日利用時点 (B2).")
    snapshot: SnapshotState = strawberry.field(
        resolver=_snapshot, description="Whether the POS itself answered just now."
    )
    plan_name: str = read_field("figures.value.plan_name", description="プラン名.")
    valid_from: date = read_field("figures.value.valid_from", description="利用開始日.")
    valid_until: date = read_field("figures.value.valid_until", description="利用終了日.")
    total: MealUsage = read_field("figures.value.total", description="累計のご利用状況.")
    balance_notice: str = read_field(
        "coop.texts.meal_card_balance_notice", description="残高を表示しないことのご案内 (C4)."
    )

    @strawberry.field(description="日別のご利用状況, newest first.")
    async def days(
        self,
        info: Info,
        from_: From = None,
        until: Until = None,
        first: First = 31,
        after: After = None,
    ) -> MealDayConnection | None:
        """A page of days."""
        size = page_size(first)
        last_seen = read_cursor(after, date.fromisoformat)
        days = await resolver.days(info.context, self.figures.value, from_, until)
        page = page_of(days, first=size, follows=lambda item: last_seen is None or item.day < last_seen)
        return connection(
            page.items,
            node=MealDay.of,
            cursor=lambda record: write_cursor(record.day.isoformat()),
            has_next=page.has_next,
            after=after,
        )

    @strawberry.field(description="期間の栄養価 (C2).")
    async def nutrition(self, info: Info, from_: From = None, until: Until = None) -> Nutrition | None:
        """All days together."""
        return Nutrition.of(await resolver.nutrition(info.context, self.figures.value, from_, until))
