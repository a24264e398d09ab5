"""Inquiries into the journal: RIREKI, RIREKI1 and TSUKI."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice

from legacy.pos import text
from legacy.pos.account import Account
from legacy.pos.baskets import Line
from legacy.pos.codes import Type
from legacy.pos.denbun import NotUnderstood, Question, tag, tags
from legacy.pos.ledger import Entry

ARTICLE_WIDTH = 20
_MOST = 200
_PAID = frozenset({Type.SALE, Type.REVERSAL})
"""What SHIHARAI restricts: the history of a card holds what was put on it, however that was paid (B25)."""
_KEY = re.compile(r"(\d{8})-\d{3}-\d{2}-\d{6}")


def page(account: Account, question: Question) -> bytes:
    """RIREKI: entries newest first, from a key on, and whether more follow."""
    limit, after = question.number("KENSU"), question.get("TSUZUKI", "")
    if not 1 <= limit <= _MOST:
        raise NotUnderstood(f"KENSU is not 1 to {_MOST}")
    until = min(question.day("SHURYO"), _day_of(after)) if after else question.day("SHURYO")
    wanted = _filter(question)
    entries = account.entries(question.day("KAISHI"), until)
    found = [
        *islice((each for each in entries if wanted(each) and (not after or each.key < after)), limit + 1)
    ]
    return b"".join(map(_entry, found[:limit])) + tag("TSUGI", text.flag(len(found) > limit))


def single(account: Account, question: Question) -> bytes | None:
    """RIREKI1: the entry with this key."""
    key = question.text("KAGI")
    day = _day_of(key)
    return next((_entry(each) for each in account.entries(day, day) if each.key == key), None)


def months(account: Account, question: Question) -> bytes:
    """TSUKI: spending by month and genre."""
    since, until = question.month("KAISHI"), question.month("SHURYO")
    genres = question.codes("JANRU")
    spending = account.journal.spending(since, until, question.codes("SHIHARAI"))
    return b"".join(
        _month(month, genre, *spent)
        for (month, genre), spent in sorted(spending.items())
        if not genres or genre in genres
    )


def _month(month: date, genre: str, amount: int, receipts: int) -> bytes:
    fields = {
        "NENGETSU": text.day(month)[:6],
        "JANRU": genre.encode(),
        "KINGAKU": text.number(amount),
        "KENSU": text.number(receipts),
    }
    return tag("TSUKI", tags(fields))


def _filter(question: Question) -> Callable[[Entry], bool]:
    types, genres, tenders = map(question.codes, ("SHUBETSU", "JANRU", "SHIHARAI"))

    def wanted(entry: Entry) -> bool:
        return (
            (not types or entry.type in types)
            and (not genres or entry.genre in genres)
            and (not tenders or entry.tender in tenders or entry.type not in _PAID)
        )

    return wanted


def _day_of(key: str) -> date:
    found = _KEY.fullmatch(key)
    if found is None:
        raise NotUnderstood("no KAGI")
    return Question(KAGI=found[1]).day("KAGI")


def _entry(entry: Entry) -> bytes:
    midnight = datetime(entry.day.year, entry.day.month, entry.day.day)  # noqa: DTZ001 - wire times have no zone
    fields = {
        "KAGI": entry.key.encode(),
        "NICHIJI": text.time(midnight + timedelta(seconds=entry.second)),
        "SHUBETSU": entry.type.encode(),
        "JANRU": entry.genre.encode(),
        "SHIHARAI": entry.tender.encode(),
        "KINGAKU": text.number(entry.amount),
        "PT": text.number(entry.points),
        "PZAN": b"" if entry.prepaid_after is None else text.number(entry.prepaid_after),
        "SHINNYU": text.flag(entry.newcomer),
        "TORIKESHI": entry.takes_back.encode(),
    }
    return tag("TORIHIKI", tags(fields) + b"".join(map(_line, entry.lines)))


@lru_cache(maxsize=4096)
def _line(line: Line) -> bytes:
    fields = {
        "HINMEI": text.field(line.name, ARTICLE_WIDTH),
        "SURYO": text.number(line.quantity),
        "TANKA": text.number(line.unit_price),
        "KINGAKU": text.number(line.amount),
    }
    return tag("GYO", tags(fields))
