"""Inquiries (照会): what is told about a member."""

from collections.abc import Callable
from functools import lru_cache
from itertools import groupby

from legacy.pos import journal_inquiries, text
from legacy.pos.account import Account, Item
from legacy.pos.baskets import Line
from legacy.pos.codes import Store
from legacy.pos.denbun import Question, tag, tags
from legacy.pos.meals import Contract
from legacy.pos.purchases import Purchase
from legacy.pos.web_points import WebEntry

Inquiry = Callable[[Account, Question], bytes | None]
"""The elements told about a member, or None when the member has none of it (1002)."""

PLAN_WIDTH, REASON_WIDTH, DISH_WIDTH = 24, 30, 20
_NUTRIENTS = ("KCAL", "TANPAKU", "SHISHITSU", "TANSUI", "ENBUN", "AKA", "MIDORI", "KI")


def _balance(account: Account, _: Question) -> bytes:
    return tags(
        {
            "PZAN": text.number(account.prepaid_balance),
            "POINT": text.number(account.figures.points),
            "WPOINT": text.number(account.web_points),
        }
    )


def _unreceived(account: Account, _: Question) -> bytes:
    return b"".join(map(_item, account.items()))


def _item(item: Item) -> bytes:
    fields = {
        "UKENO": text.encoded(item.slip_number),
        "KUBUN": text.encoded(item.source),
        "KINGAKU": text.number(item.amount),
        "NYUKINBI": text.day(item.paid_on),
        "KEIJOBI": text.day(item.posted_on),
        "UKETORIBI": text.day(item.received_on),
    }
    return tag("ITEM", tags(fields))


def _lifetime(account: Account, _: Question) -> bytes:
    by_genre = account.journal.by_genre
    totals = {
        "RKIN": text.number(sum(by_genre.values())),
        "RPOINT": text.number(account.journal.points_earned),
        "SHINNYU": text.number(account.journal.newcomer_total),
    }
    return tags(totals) + b"".join(
        tag("UCHIWAKE", tags({"JANRU": genre.encode(), "KINGAKU": text.number(amount)}))
        for genre, amount in sorted(by_genre.items())
    )


def _suspension(account: Account, _: Question) -> bytes | None:
    stop = account.stop
    if stop is None:
        return None
    return tags({"TEISHIBI": text.day(stop.since), "TENPO": text.encoded(stop.store or Store.WEB)})


def _web_points(account: Account, _: Question) -> bytes:
    numbered = [*enumerate(account.web_history(), start=1)]
    return b"".join(_web_line(number, entry) for number, entry in reversed(numbered))


def _web_line(number: int, entry: WebEntry) -> bytes:
    fields = {
        "RENBAN": text.number(number),
        "HIZUKE": text.day(entry.day),
        "KUBUN": b"1" if entry.points > 0 else b"2",
        "PT": text.number(abs(entry.points)),
        "TEKIYO": text.field(entry.reason, REASON_WIDTH),
    }
    return tag("GYO", tags(fields))


def _meal_card(account: Account, _: Question) -> bytes | None:
    contract = account.meal_contract()
    return None if contract is None else _contract(account, contract)


def _contract(account: Account, contract: Contract) -> bytes:
    visits = [*account.meal_visits(contract.begins, contract.ends)]
    amount = sum(each.ware.basket.amount for each in visits)
    return tags(
        {
            "PLAN": text.field(contract.plan, PLAN_WIDTH),
            "KAISHI": text.day(contract.begins),
            "SHURYO": text.day(contract.ends),
            "NISSU": text.number(len({each.day for each in visits})),
            "KAISU": text.number(len(visits)),
            "KINGAKU": text.number(amount),
            "MZAN": text.number(contract.price - amount),
        }
    )


def _meal_days(account: Account, question: Question) -> bytes | None:
    since, until = question.day("KAISHI"), question.day("SHURYO")
    if account.meal_contract() is None:
        return None
    visits = groupby(account.meal_visits(since, until), key=lambda each: each.day)
    return b"".join(_meal_day([*of_a_day]) for _, of_a_day in visits)


def _meal_day(visits: list[Purchase]) -> bytes:
    fields = {
        "HIZUKE": text.day(visits[0].day),
        "KAISU": text.number(len(visits)),
        "KINGAKU": text.number(sum(each.ware.basket.amount for each in visits)),
    }
    lines = (line for each in visits for line in each.ware.basket.lines)
    return tag("HI", tags(fields) + b"".join(map(_dish, lines)))


@lru_cache(maxsize=1024)
def _dish(line: Line) -> bytes:
    assert line.nutrition is not None  # noqa: S101 - what dining halls serve has it
    fields = {"HINMEI": text.field(line.name, DISH_WIDTH), "KINGAKU": text.number(line.amount)}
    nutrients = zip(_NUTRIENTS, map(text.measure, line.nutrition), strict=True)
    return tag("SHOKU", tags(fields | dict(nutrients)))


INQUIRIES: dict[str, Inquiry] = {
    "ZANDAKA": _balance,
    "MIUKE": _unreceived,
    "RUIKEI": _lifetime,
    "TEISHI": _suspension,
    "WEBPT": _web_points,
    "MEAL": _meal_card,
    "MEALBI": _meal_days,
    "RIREKI": journal_inquiries.page,
    "RIREKI1": journal_inquiries.single,
    "TSUKI": journal_inquiries.months,
}
