"""Writes a month's purchases down as journal entries, with the money that had to be on the card for them."""

from collections import Counter
from datetime import date
from random import Random
from typing import NamedTuple

from legacy.pos.baskets import Line, Till
from legacy.pos.codes import CHARGE_MACHINE, SERVICE_COUNTER, Genre, Store, Tender, Type
from legacy.pos.prepaid import TOP_UP, YEN_PER_POINT, Flow, points_between, top_ups
from legacy.pos.purchases import Purchase

_EARLIER, _BEFORE, _JUST_BEFORE, _AFTER = 240, 120, 1, 180
"""Seconds from a purchase to Web points received, to the deposit it needed, its top-up, its reversal."""
_NUMBERS_A_DAY = 32
"""Sequence numbers a member has in a day, so that up to 31,250 members never share one."""
_NOTE = 1_000
_LIKELY = (1_000, 2_000, 3_000, 5_000, 10_000)
_SLIP_MONTHS = (2, 3, 4)
_SLIP_FROM = 5_000
_PAID_IN_BY = {
    Type.DEPOSIT: Tender.CASH,
    Type.AUTOMATIC_TOP_UP: Tender.POINTS,
    Type.WEB_POINTS: Tender.POINTS,
    Type.SLIP_MONEY: Tender.PAYMENT_SLIP,
}


class Entry(NamedTuple):
    """One line of the journal. `takes_back` is a key or empty; `prepaid_after` is None without Pico."""

    key: str
    day: date
    second: int
    type: str
    genre: str
    tender: str
    amount: int
    points: int
    prepaid_after: int | None
    newcomer: bool = False
    takes_back: str = ""
    lines: tuple[Line, ...] = ()


def key_of(day: date, till: Till, sequence: int) -> str:
    """KAGI: business day, store, register, sequence."""
    return (
        f"{day.year:04d}{day.month:02d}{day.day:02d}-{till.store}-{till.register}-{sequence % 1_000_000:06d}"
    )


def booked(purchases: list[Purchase], flow: Flow, index: int, rng: Random) -> list[Entry]:
    """A month's entries, in order of time, of the member with this index."""
    ledger = _Ledger(flow, index, rng)
    last = max((place for place, each in enumerate(purchases) if each.uses_pico), default=-1)
    for place, purchase in enumerate(purchases):
        if purchase.uses_pico:
            ledger.fund(purchase, is_last=place == last)
            ledger.sell_for_pico(purchase)
        elif purchase.taken_back:
            ledger.sell_and_take_back(purchase)
        else:
            ledger.sell(purchase, purchase.tender)
    return ledger.entries


class _Ledger:
    def __init__(self, flow: Flow, index: int, rng: Random) -> None:
        self.entries: list[Entry] = []
        self._balance = flow.opening
        self._left = flow.deposits
        self._web_points = flow.web_points
        self._meter = flow.meter
        self._welcome = flow.welcome_points
        self._first_number = index * _NUMBERS_A_DAY
        self._sold: Counter[date] = Counter()
        self._received: Counter[date] = Counter()
        self._rng = rng

    def fund(self, purchase: Purchase, is_last: bool) -> None:
        """Puts on the card what the purchase lacks; before the last one, all that came in this month."""
        if self._web_points:
            self._receive(purchase, Type.WEB_POINTS, self._web_points)
            self._web_points = 0
        amount = self._left if is_last else self._put_in(self._lacking(purchase))
        if amount:
            slip = amount >= _SLIP_FROM and purchase.day.month in _SLIP_MONTHS and self._rng.random() < 0.4
            self._left -= amount
            self._receive(purchase, Type.SLIP_MONEY if slip else Type.DEPOSIT, amount)

    def sell_for_pico(self, purchase: Purchase) -> None:
        """The sale, after the automatic top-up when it fills 200 points (B4)."""
        before, self._meter = self._meter, self._meter + purchase.ware.basket.amount
        if top_ups(before, self._meter):
            self._top_up(purchase)
        self._balance -= purchase.ware.basket.amount
        self.sell(purchase, Tender.PICO, points_between(before, self._meter))

    def sell(self, purchase: Purchase, tender: str, points: int = 0) -> str:
        """Writes the sale and gives its key."""
        self._sold[purchase.day] += 1
        entry = Entry(
            key=self._sales_key(purchase),
            day=purchase.day,
            second=purchase.second,
            type=Type.SALE,
            genre=purchase.ware.genre,
            tender=tender,
            amount=purchase.ware.basket.amount,
            points=points,
            prepaid_after=self._balance if tender == Tender.PICO else None,
            newcomer=purchase.ware.till.store == Store.NEWCOMERS_CENTRE,
            lines=purchase.ware.basket.lines,
        )
        self.entries.append(entry)
        return entry.key

    def sell_and_take_back(self, purchase: Purchase) -> None:
        """A sale and its reversal; for Pico only when the card has the money."""
        amount = purchase.ware.basket.amount
        tender = Tender.CASH if self._balance < amount else purchase.tender
        out = amount if tender == Tender.PICO else 0
        self._balance -= out
        sale = self.sell(purchase, tender, out // YEN_PER_POINT)
        self._balance += out
        self._take_back(sale, out // YEN_PER_POINT)

    def _take_back(self, sale: str, points: int) -> None:
        sold = self.entries[-1]
        self._sold[sold.day] += 1
        reversal = sold._replace(
            key=f"{sale[:-6]}{(int(sale[-6:]) + 2) % 1_000_000:06d}",
            second=sold.second + _AFTER,
            type=Type.REVERSAL,
            amount=-sold.amount,
            points=-points,
            prepaid_after=None if sold.prepaid_after is None else self._balance,
            takes_back=sale,
            lines=(),
        )
        self.entries.append(reversal)

    def _top_up(self, purchase: Purchase) -> None:
        self._balance += TOP_UP
        number = self._first_number + 2 * self._sold[purchase.day]
        key = key_of(purchase.day, purchase.ware.till, number)
        self._credit(key, purchase, Type.AUTOMATIC_TOP_UP, TOP_UP, earlier=_JUST_BEFORE)

    def _receive(self, purchase: Purchase, kind: str, amount: int) -> None:
        self._balance += amount
        self._received[purchase.day] += 1
        at_machine = kind == Type.DEPOSIT and self._rng.random() < 0.7
        store = self._rng.choice((Store.SHAREA, Store.FERIO, Store.CLOVER))
        till = Till(store, CHARGE_MACHINE if at_machine else SERVICE_COUNTER)
        number = self._first_number + self._received[purchase.day]
        seconds = _EARLIER if kind == Type.WEB_POINTS else _BEFORE
        key = key_of(purchase.day, till, number)
        self._credit(key, purchase, kind, amount, earlier=seconds, points=self._welcome)
        self._welcome = 0

    def _credit(
        self, key: str, purchase: Purchase, kind: str, amount: int, *, earlier: int, points: int = 0
    ) -> None:
        self.entries.append(
            Entry(
                key=key,
                day=purchase.day,
                second=purchase.second - earlier,
                type=kind,
                genre=Genre.NONE,
                tender=_PAID_IN_BY[kind],
                amount=amount,
                points=points,
                prepaid_after=self._balance,
            )
        )

    def _lacking(self, purchase: Purchase) -> int:
        amount = purchase.ware.basket.amount
        return amount - TOP_UP * top_ups(self._meter, self._meter + amount) - self._balance

    def _put_in(self, lacking: int) -> int:
        if lacking <= 0:
            return 0
        odd_yen = self._left % _NOTE
        least = -(-(lacking - odd_yen) // _NOTE) * _NOTE
        likely = [each for each in _LIKELY if least <= each <= self._left - odd_yen]
        return odd_yen + (self._rng.choice(likely) if likely else least)

    def _sales_key(self, purchase: Purchase) -> str:
        return key_of(purchase.day, purchase.ware.till, self._first_number + 2 * self._sold[purchase.day] - 1)
