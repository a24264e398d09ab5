"""From joining to leaving: dates, share capital and cards that fit a member's status."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from legacy.population.days import day_between, year_start
from legacy.population.person import Card, CardState, Share, Status


@dataclass(frozen=True, slots=True)
class Seat:
    """Who is being made: the `index`-th member of a co-op, as of `today`."""

    coop: str
    index: int
    number: str
    seed: int
    today: date

    def facts(self) -> dict[str, Any]:
        """The part of a `Person` that is settled before anything is drawn."""
        return {name: getattr(self, name) for name in self.__slots__}


class Capital(NamedTuple):
    """出資金: how many units, and yen in all."""

    units: int
    amount: int


class Membership(NamedTuple):
    """The dates of a membership and what was handed over."""

    status: Status
    joined_on: date
    withdrawal_noticed_on: date | None
    share_refunded_on: date | None
    share: Share
    cards: tuple[Card, ...]


def status_of(rng: Random) -> Status:
    """Mostly active."""
    draw = rng.random()
    if draw < 0.01:
        return Status.AWAITING_PAYMENT
    if draw < 0.02:
        return Status.WITHDRAWING
    return Status.WITHDRAWN if draw < 0.04 else Status.ACTIVE


def membership(seat: Seat, rng: Random, status: Status, joined_on: date, capital: Capital) -> Membership:
    """A membership that came to this status; whoever awaits payment (E10) applied in the last two months."""
    applied_on = joined_on - timedelta(days=int(rng.random() * 14))
    noticed_on = refunded_on = None
    match status:
        case Status.AWAITING_PAYMENT:
            joined_on = applied_on = day_between(rng, seat.today - timedelta(days=60), seat.today)
        case Status.WITHDRAWING:
            noticed_on = day_between(rng, max(joined_on, seat.today - timedelta(days=120)), seat.today)
        case Status.WITHDRAWN:
            noticed_on = day_between(rng, joined_on, max(joined_on, year_start(seat.today)))
            refunded_on = min(noticed_on + timedelta(days=30 + int(rng.random() * 90)), seat.today)
        case Status.ACTIVE:
            pass
    is_paid = status is not Status.AWAITING_PAYMENT
    share = Share(capital.units, capital.amount, applied_on, joined_on if is_paid else None)
    cards = _cards(seat, rng, joined_on, refunded_on) if is_paid else ()
    return Membership(status, joined_on, noticed_on, refunded_on, share, cards)


def card_number(number: str, reissue_count: int) -> str:
    """Member number, count of reissues, two check digits."""
    digits = f"{number:0>12}{reissue_count:02d}"
    return f"{digits}{int(digits) % 97:02d}"


def _cards(seat: Seat, rng: Random, joined_on: date, refunded_on: date | None) -> tuple[Card, ...]:
    draw = rng.random()
    reissues = 0 if draw >= 0.075 else 1 if draw >= 0.005 else 2
    last_state = CardState.ACTIVE if refunded_on is None else CardState.RETURNED
    issued_on = joined_on
    cards = []
    for count in range(reissues + 1):
        state = last_state if count == reissues else CardState.REPLACED
        cards.append(Card(card_number(seat.number, count), issued_on, state, count))
        issued_on = day_between(rng, issued_on, max(issued_on, refunded_on or year_start(seat.today)))
    return tuple(cards)
