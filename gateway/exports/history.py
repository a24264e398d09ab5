"""利用履歴 as a sheet, through the co-op's windows (B24–B29, B32)."""

from collections.abc import AsyncIterator, Mapping, Sequence

from adapters.records import Genre, Page, Tender, Transaction, TransactionType
from gateway.context import Context
from gateway.coop_terms import HistoryKind
from gateway.exports.heading import heading
from gateway.exports.reading import current, whole
from gateway.exports.sheet import Column, Row, Sheet
from gateway.outage import LegacySystem
from gateway.paging import PAGE_LIMIT
from gateway.resolvers import transactions
from gateway.resolvers.members import FoundMember
from gateway.resolvers.transactions import HistoryWish

COLUMNS = (
    Column("利用日", 22),
    Column("時刻", 13),
    Column("店舗", 34),
    Column("種類", 28),
    Column("ジャンル", 30),
    Column("支払方法", 28),
    Column("内容", 56),
    Column("金額（円）", 20),
    Column("獲得ポイント", 20),
    Column("プリペイド残高（円）", 22),
)
TITLES: Mapping[HistoryKind, str] = {
    HistoryKind.ALL: "全購入履歴",
    HistoryKind.FOOD: "食の履歴",
    HistoryKind.LEARNING: "学びの履歴",
    HistoryKind.BOOKS_AND_MAGAZINES: "書籍・雑誌の履歴",
    HistoryKind.OTHER: "その他の履歴",
    HistoryKind.DEPOSITS: "入金履歴",
    HistoryKind.PREPAID: "プリペ履歴",
}
TYPES: Mapping[TransactionType, str] = {
    TransactionType.PURCHASE: "購入",
    TransactionType.REVERSAL: "取消",
    TransactionType.DEPOSIT: "入金",
    TransactionType.AUTOMATIC_TOP_UP: "オートチャージ",
    TransactionType.WEB_POINT_TOP_UP: "Webポイントのチャージ",
    TransactionType.SLIP_RECEIPT: "払込票入金の受け取り",
}
GENRES: Mapping[Genre, str] = {
    Genre.NONE: "",
    Genre.FOOD: "食",
    Genre.BOOKS: "書籍",
    Genre.MAGAZINES: "雑誌",
    Genre.STATIONERY: "文具",
    Genre.COMPUTERS: "パソコン・電子辞書",
    Genre.COURSES: "講座",
    Genre.FURNISHINGS: "家具・家電",
    Genre.DRIVING_SCHOOL: "自動車教習",
    Genre.DAILY_GOODS: "日用品",
    Genre.OTHER: "その他",
}
TENDERS: Mapping[Tender, str] = {
    Tender.PICO: "電子マネーPico",
    Tender.CASH: "現金",
    Tender.CREDIT_CARD: "クレジットカード",
    Tender.MEAL_CARD: "ミールカード",
    Tender.POINTS: "ポイント",
    Tender.PAYMENT_SLIP: "払込票",
}


async def history_sheet(context: Context, member: FoundMember, wish: HistoryWish) -> Sheet:
    """A history of a page of the portal, newest first. Raises as `gateway.resolvers.transactions.history`."""

    async def fetch(after: str | None) -> Page[Transaction]:
        return await transactions.history(context, member, wish, PAGE_LIMIT, after)

    pages = whole(context, fetch, lambda each: transactions.write_key(each.key))
    coop = context.at_home().coop
    stores = {store.code: store.name for store in coop.stores}
    return Sheet(
        title=TITLES[wish.kind],
        file_name=f"{TITLES[wish.kind]}_{context.today}",
        columns=COLUMNS,
        notes=(*await heading(context, member), coop.texts.as_of_note),
        pages=_rows(current(context, LegacySystem.POS, pages), stores),
    )


async def _rows(
    pages: AsyncIterator[Sequence[Transaction]], stores: Mapping[str, str]
) -> AsyncIterator[Sequence[Row]]:
    async for page in pages:
        yield [_row(each, stores) for each in page]


def _row(each: Transaction, stores: Mapping[str, str]) -> Row:
    """One receipt, so that the amounts add up; its lines stand together in one cell."""
    return Row(
        (
            each.key.business_date,
            f"{each.occurred_at:%H:%M}",
            stores.get(each.key.store_code, ""),
            TYPES[each.type],
            GENRES[each.genre],
            TENDERS[each.tender],
            "、".join(f"{item.name}×{item.quantity}" for item in each.items),
            each.amount,
            each.points_earned,
            each.prepaid_after,
        )
    )
