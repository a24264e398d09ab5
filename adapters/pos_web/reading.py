"""From what the POS wrote to the records of the domain. The meal card's MZAN stays on the wire (C4)."""

from adapters.pos_web import codes, values
from adapters.pos_web.wire import Row
from adapters.records import (
    GenreTotal,
    MealDay,
    MealItem,
    MealUsage,
    MemberNumber,
    MonthlySpending,
    Nutrition,
    PrepaidItem,
    Transaction,
    TransactionItem,
    WebPointEntry,
)


def prepaid_item(row: Row) -> PrepaidItem:
    """ITEM of MIUKE."""
    return PrepaidItem(
        slip_number=row.identifier("UKENO"),
        source=row.code("KUBUN", codes.PREPAID_SOURCES),
        amount=row.number("KINGAKU"),
        paid_on=row.read("NYUKINBI", values.day),
        posted_on=row.read("KEIJOBI", values.day_or_none),
        received_on=row.read("UKETORIBI", values.day_or_none),
    )


def genre_total(row: Row) -> GenreTotal:
    """UCHIWAKE of RUIKEI."""
    return GenreTotal(row.code("JANRU", codes.GENRES), row.number("KINGAKU"))


def web_point_entry(row: Row) -> WebPointEntry:
    """GYO of WEBPT."""
    return WebPointEntry(
        sequence=row.number("RENBAN"),
        occurred_on=row.read("HIZUKE", values.day),
        kind=row.code("KUBUN", codes.WEB_POINT_KINDS),
        points=row.number("PT"),
        description=row.text("TEKIYO"),
    )


def meal_usage(row: Row) -> MealUsage:
    """NISSU, KAISU and KINGAKU of MEAL."""
    return MealUsage(row.number("NISSU"), row.number("KAISU"), row.number("KINGAKU"))


def meal_day(row: Row) -> MealDay:
    """HI of MEALBI."""
    return MealDay(
        day=row.read("HIZUKE", values.day),
        visits=row.number("KAISU"),
        amount=row.number("KINGAKU"),
        meals=tuple(meal_item(dish) for dish in row.rows("SHOKU")),
    )


def meal_item(row: Row) -> MealItem:
    """SHOKU of MEALBI."""
    return MealItem(row.text("HINMEI"), row.number("KINGAKU"), nutrition(row))


def nutrition(row: Row) -> Nutrition:
    """The nutrients of a SHOKU (C2)."""
    return Nutrition(
        energy=row.read("KCAL", values.decimal),
        protein=row.read("TANPAKU", values.decimal),
        fat=row.read("SHISHITSU", values.decimal),
        carbohydrate=row.read("TANSUI", values.decimal),
        salt=row.read("ENBUN", values.decimal),
        red=row.read("AKA", values.decimal),
        green=row.read("MIDORI", values.decimal),
        yellow=row.read("KI", values.decimal),
    )


def transaction(row: Row, member_number: MemberNumber) -> Transaction:
    """TORIHIKI of RIREKI and RIREKI1."""
    return Transaction(
        member_number=member_number,
        key=row.read("KAGI", values.key),
        occurred_at=row.read("NICHIJI", values.time),
        type=row.code("SHUBETSU", codes.TYPES),
        genre=row.code("JANRU", codes.GENRES),
        tender=row.code("SHIHARAI", codes.TENDERS),
        amount=row.number("KINGAKU"),
        points_earned=row.number("PT"),
        prepaid_after=row.read("PZAN", values.number_or_none),
        newcomer_purchase=row.read("SHINNYU", values.flag),
        reverses=row.read("TORIKESHI", values.key_or_none),
        items=tuple(transaction_item(line) for line in row.rows("GYO")),
    )


def transaction_item(row: Row) -> TransactionItem:
    """GYO of a TORIHIKI."""
    return TransactionItem(
        row.text("HINMEI"), row.number("SURYO"), row.number("TANKA"), row.number("KINGAKU")
    )


def monthly_spending(row: Row) -> MonthlySpending:
    """TSUKI of TSUKI."""
    return MonthlySpending(
        month=row.read("NENGETSU", values.month),
        genre=row.code("JANRU", codes.GENRES),
        amount=row.number("KINGAKU"),
        receipts=row.number("KENSU"),
    )
