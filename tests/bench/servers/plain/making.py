"""From the domain's records to the types."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adapters import records
from adapters.records import MemberNumber
from gateway.coop import Coop
from gateway.coop_config.rules import PicoRules
from gateway.paging import write_cursor
from gateway.resolvers.transactions import write_key
from gateway.rules.member_numbers import display
from gateway.rules.points import to_automatic_top_up, transferable
from gateway.rules.prepaid import is_shown
from gateway.schema.enums import SnapshotState
from gateway.schema.nodes import write_global_id
from gateway.schema.scalars import Yen
from gateway.schema.transactions import transaction_id
from tests.bench.servers.plain import types


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the types of one co-op."""

    coop: Coop
    rules: PicoRules

    def member(self, record: records.Member | None) -> types.Member | None:
        if record is None:
            return None
        share = record.share_capital
        return types.Member(
            number=record.number,
            id=write_global_id("Member", self.coop.code, record.number),
            number_display=display(record.number, self.coop.member_numbers),
            status=record.status,
            kind=record.kind,
            joined_on=record.joined_on,
            profile=types.MemberProfile(name=record.name, kana=record.name_kana),
            share_capital=None
            if share is None
            else types.ShareCapital(units=share.units, amount=Yen(share.amount)),
        )

    def members(self, page: records.Page[records.Member]) -> types.Connection[types.Member]:
        found = [made for record in page.items if (made := self.member(record)) is not None]
        edges = [types.Edge(node=each) for each in found]
        end = self.cursor(found[-1]) if found else None
        info = types.PageInfo(has_next_page=page.has_next, end_cursor=end)
        return types.Connection(edges=edges, page_info=info)

    def cursor(self, member: types.Member) -> str:
        """A member's place in the list."""
        return write_cursor(member.number)

    def cards(self, found: Sequence[records.Card]) -> list[types.Card]:
        newest = sorted(found, key=lambda card: (card.issued_on, card.reissue_count), reverse=True)
        return [
            types.Card(number=each.card_number, state=each.state, issued_on=each.issued_on) for each in newest
        ]

    def pico(self, record: records.PrepaidBalance | None) -> types.Pico | None:
        if record is None:
            return None
        unit = self.rules.points.unit
        points = types.WebPoints(
            balance=record.web_points, transferable=transferable(record.web_points, unit)
        )
        return types.Pico(
            owner=record.member_number,
            as_of=record.as_of,
            snapshot=SnapshotState.CURRENT,
            as_of_note=self.coop.texts.as_of_note,
            prepaid_balance=Yen(record.prepaid_balance),
            points=record.points,
            points_to_automatic_top_up=to_automatic_top_up(record.points, unit),
            web_points=points,
        )

    def unreceived(self, found: Sequence[records.PrepaidItem]) -> types.UnreceivedPrepaid:
        shown = sorted(filter(is_shown, found), key=lambda item: (item.paid_on, item.slip_number))
        items = [
            types.UnreceivedItem(
                source=each.source, amount=Yen(each.amount), paid_on=each.paid_on, posted_on=each.posted_on
            )
            for each in shown
        ]
        total = Yen(sum(item.amount for item in items))
        phrase = self.rules.prepaid.pickup_phrase
        return types.UnreceivedPrepaid(total=total, pickup_phrase=phrase, items=items)

    def lifetime(self, record: records.LifetimeTotals | None) -> types.LifetimeTotals | None:
        if record is None:
            return None
        return types.LifetimeTotals(
            spent=Yen(record.spent),
            points_earned=record.points_earned,
            newcomer_purchases=Yen(record.newcomer_purchases),
            breakdown=[
                types.GenreTotal(genre=each.genre, amount=Yen(each.amount)) for each in record.by_genre
            ],
        )

    def suspension(self, record: records.Suspension | None) -> types.PicoSuspension | None:
        if record is None:
            return None
        return types.PicoSuspension(since=record.since, how_to_resume=self.coop.texts.how_to_resume)

    def meal_card(self, record: records.MealCardContract | None) -> types.MealCard | None:
        if record is None:
            return None
        used = record.total
        total = types.MealUsage(days_used=used.days_used, visits=used.visits, amount=Yen(used.amount))
        return types.MealCard(plan_name=record.plan_name, valid_until=record.valid_until, total=total)

    def transactions(self, page: records.TransactionPage) -> types.Connection[types.Transaction]:
        last = write_key(page.transactions[-1].key) if page.transactions else None
        edges = [types.Edge(node=self._transaction(each)) for each in page.transactions]
        info = types.PageInfo(has_next_page=page.has_next, end_cursor=last)
        return types.Connection(edges=edges, page_info=info)

    def _transaction(self, record: records.Transaction) -> types.Transaction:
        names = (store.name for store in self.coop.stores if store.code == record.key.store_code)
        name = next(names, None)
        after = record.prepaid_after
        return types.Transaction(
            id=transaction_id(self.coop, record.member_number, record.key),
            occurred_at=record.occurred_at,
            business_date=record.key.business_date,
            store=None if name is None else types.Store(name=name),
            type=record.type,
            genre=record.genre,
            tender=record.tender,
            amount=Yen(record.amount),
            points_earned=record.points_earned,
            prepaid_after=None if after is None else Yen(after),
            items=list(map(_item, record.items)),
        )

    def spending(self, found: Iterable[records.MonthlySpending]) -> list[types.MonthlySpending]:
        return [
            types.MonthlySpending(
                month=each.month, genre=each.genre, amount=Yen(each.amount), receipts=each.receipts
            )
            for each in found
        ]

    def feed(self, number: MemberNumber, found: Iterable[records.Notice]) -> list[types.Edge[types.Notice]]:
        newest = sorted(found, key=lambda notice: (notice.published_at, notice.notice_id), reverse=True)
        return [types.Edge(node=self._notice(number, each)) for each in newest]

    def _notice(self, number: MemberNumber, record: records.Notice) -> types.Notice:
        return types.Notice(
            id=write_global_id("Notice", self.coop.code, number, record.notice_id),
            audience=record.audience,
            title=record.title,
            published_at=record.published_at,
            read_at=None,
        )


def _item(record: records.TransactionItem) -> types.TransactionItem:
    return types.TransactionItem(name=record.name, quantity=record.quantity, amount=Yen(record.amount))
