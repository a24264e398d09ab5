"""電子マネーPico (B1–B33)."""

from datetime import date
from typing import Annotated, cast

import strawberry

from adapters import records
from adapters.records import Genre, MemberNumber
from gateway.coop import Coop as CoopConfig
from gateway.coop_config.rules import PicoRules
from gateway.coop_terms import HistoryKind, PortalView
from gateway.execution import batch_field, read_field
from gateway.instructions import suspensions
from gateway.instructions.suspensions import PicoSuspensionState
from gateway.resolvers import pico as resolver
from gateway.resolvers import transactions as transactions_resolver
from gateway.resolvers.members import FoundMember
from gateway.resolvers.pico import PicoFigures
from gateway.resolvers.transactions import HistoryFilter, HistoryWish
from gateway.rules.points import to_automatic_top_up
from gateway.rules.prepaid import reminder_due
from gateway.schema.arguments import After, First
from gateway.schema.coop import Store
from gateway.schema.enums import SnapshotState
from gateway.schema.info import Info
from gateway.schema.scalars import Yen
from gateway.schema.snapshots import snapshot_state
from gateway.schema.transactions import (
    MonthlySpending,
    TransactionConnection,
    TransactionFilter,
    transaction_connection,
)
from gateway.schema.unreceived import UnreceivedPrepaid
from gateway.schema.web_points import WebPoints

View = Annotated[PortalView, strawberry.argument(description="For which page of the portal (X22).")]


@strawberry.type(description="ジャンル別の累計.")
class GenreTotal:
    """One genre's part of the lifetime total: a `records.GenreTotal` stands for it."""

    genre: Genre = strawberry.field(description="ジャンル.")
    amount: Yen = strawberry.field(description="累計金額.")


@strawberry.type(description="累計利用金額・累計獲得ポイント (B30).")
class LifetimeTotals:
    """Everything since joining."""

    record: strawberry.Private[records.LifetimeTotals]
    spent: Yen = read_field("record.spent", description="累計利用金額.")
    points_earned: int = read_field("record.points_earned", description="累計獲得ポイント.")
    newcomer_purchases: Yen = read_field(
        "record.newcomer_purchases", description="そのうち新入生サポートセンターでのご購入 (B31)."
    )
    breakdown: list[GenreTotal] = read_field("record.by_genre", description="ジャンル別の内訳.")
    explanation: str = strawberry.field(description="累計に含まれるもの (B31, B32).")


@strawberry.type(description="利用停止 (D1): in effect, or asked for and on its way to the registers.")
class PicoSuspension:
    """Pico is stopped, or is about to be."""

    number: strawberry.Private[MemberNumber]
    state: PicoSuspensionState = strawberry.field(description="申請受付済みか、停止中か.")
    since: date = strawberry.field(description="停止日; while it is REQUESTED 申請日.")
    store: Store | None = strawberry.field(description="受け付けた店舗, null when asked for on MyPage (D3).")
    how_to_resume: str = strawberry.field(description="利用再開の方法 (D2).")

    @classmethod
    def of(
        cls, record: suspensions.PicoSuspension, number: MemberNumber, coop: CoopConfig
    ) -> "PicoSuspension":
        """From the domain and the co-op's wording."""
        return cls(
            number=number,
            state=record.state,
            since=record.since,
            store=Store.with_code(coop, record.store_code),
            how_to_resume=coop.texts.how_to_resume,
        )

    @strawberry.field(
        description="そのほか必要なお手続き: the meal card is stopped at a dining hall, not here (D4, X12)."
    )
    async def follow_ups(self, info: Info) -> list[str]:
        """For who has a meal card, or may have one while the POS does not say."""
        return list(await resolver.follow_ups(info.context, self.number))


def _number(pico: "Pico") -> MemberNumber:
    return pico.member.number


def _snapshot(self: "Pico") -> SnapshotState:
    return snapshot_state(self.figures)


def _points_to_automatic_top_up(self: "Pico") -> int:
    return to_automatic_top_up(self.figures.balance.points, self.rules.points.unit)


@strawberry.type(
    description="電子マネーPico. Figures are those of `asOf`; say so beside every one of them (B2)."
)
class Pico:
    """One member's Pico."""

    member: strawberry.Private[FoundMember]
    figures: strawberry.Private[PicoFigures]
    coop: strawberry.Private[CoopConfig]
    rules: strawberry.Private[PicoRules]
    as_of: date = read_field(
        "figures.balance.as_of", description="前日利用時点: the business day the figures are of (B2)."
    )
    snapshot: SnapshotState = strawberry.field(
        resolver=_snapshot, description="Whether the POS itself answered just now."
    )
    as_of_note: str = read_field("coop.texts.as_of_note", description="To be shown beside the figures (B2).")
    receipt_note: str = read_field("coop.texts.receipt_note", description="直近の残高はレシートで (B3).")
    prepaid_balance: Yen = read_field(
        "figures.balance.prepaid_balance", description="プリペイド残高. It cannot be refunded (B22)."
    )
    points: int = read_field("figures.balance.points", description="ポイント残高.")
    points_to_automatic_top_up: int = strawberry.field(
        resolver=_points_to_automatic_top_up,
        description="オートチャージまでのポイント: the register tops up at 200 (B4).",
    )

    @strawberry.field(description="Webポイント (B5).")
    def web_points(self) -> WebPoints | None:
        """Their balance came with the card's."""
        return WebPoints(figures=self.figures, rules=self.rules)

    @strawberry.field(description="未受取プリペイド (B10).")
    async def unreceived_prepaid(self, info: Info) -> UnreceivedPrepaid | None:
        """What waits at the stores."""
        items = await resolver.unreceived(info.context, self.member.number)
        unsettled = self.figures.unsettled
        return UnreceivedPrepaid(found=items, unsettled=unsettled, coop=self.coop, rules=self.rules)

    @batch_field(resolver.lifetimes, key=_number, description="累計 (B30).")
    def lifetime(self, totals: records.LifetimeTotals | None) -> LifetimeTotals | None:
        """Everything since joining; null for a member the POS keeps no totals of."""
        if totals is None:
            return None
        return LifetimeTotals(record=totals, explanation=self.coop.texts.lifetime_explanation)

    @strawberry.field(description="利用停止, null while usable (D1). What was asked for stands here at once.")
    async def suspension(self, info: Info) -> PicoSuspension | None:
        """Since when Pico is stopped."""
        number = self.member.number
        found = await resolver.suspension(info.context, number)
        return None if found is None else PicoSuspension.of(found, number, self.coop)

    @strawberry.field(
        description="ご利用期限: the end of the year of graduation (B23), null while none is known."
    )
    def usable_until(self, info: Info) -> date | None:
        """The last day of use."""
        return resolver.usable_until(info.context, self.member.record())

    @strawberry.field(
        description="Whether to remind of the deadline now: from January of the year of graduation (B23, X9)."
    )
    def deadline_reminder(self, info: Info) -> bool | None:
        """Time to warn."""
        deadline = resolver.usable_until(info.context, self.member.record())
        return reminder_due(info.context.today, deadline, self.rules.prepaid)

    @strawberry.field(
        description="利用履歴, the newest day first, within the window of that page (B24–B29). Within a day the order "
        "is the journal's: by store and register, not by time."
    )
    async def transactions(
        self,
        info: Info,
        view: View = PortalView.PC,
        kind: Annotated[HistoryKind, strawberry.argument(description="Which history.")] = HistoryKind.ALL,
        filter: Annotated[  # noqa: A002 - the contract's name for the argument
            TransactionFilter | None, strawberry.argument(description="Narrows it further.")
        ] = None,
        first: First = 20,
        after: After = None,
    ) -> TransactionConnection | None:
        """A page of a history."""
        wish = HistoryWish(view, kind, HistoryFilter() if filter is None else filter.to_domain())
        page = await transactions_resolver.history(info.context, self.member, wish, first, after)
        return transaction_connection(page, self.coop, after)

    @strawberry.field(description="月別・ジャンル別のご利用金額, oldest first.")
    async def spending(
        self,
        info: Info,
        view: View = PortalView.PC,
        months: Annotated[
            int, strawberry.argument(description="How many months, this one included, 1 to 13.")
        ] = 13,
    ) -> list[MonthlySpending] | None:
        """For a chart."""
        found = await transactions_resolver.spending(info.context, self.member, view, months)
        return cast("list[MonthlySpending]", found)
