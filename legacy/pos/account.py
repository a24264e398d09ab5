"""One member as the POS sees them: the population's figures, the journal, and what instructions changed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from heapq import merge
from operator import attrgetter

from legacy.population.figures import Figures
from legacy.population.person import Person, Stop
from legacy.pos import web_points
from legacy.pos.baskets import Till
from legacy.pos.changes import Changes, Received
from legacy.pos.codes import SERVICE_COUNTER, Genre, Tender, Type
from legacy.pos.journal import Journal
from legacy.pos.ledger import Entry, key_of
from legacy.pos.meals import Contract, contract_on
from legacy.pos.purchases import Purchase
from legacy.pos.web_points import WebEntry

_RECENT = timedelta(days=60)
_HISTORY = timedelta(days=395)
_REQUESTED_BEFORE = timedelta(days=8)
"""How long before the register a member asked for Web points: more than two trading days, always."""


@dataclass(frozen=True, slots=True)
class Item:
    """A sum of prepaid money on its way to the card; `source` 1 slip, 2 Web points."""

    slip_number: str
    source: str
    amount: int
    paid_on: date
    posted_on: date | None
    received_on: date | None


class Account:
    """A member's account on one business day."""

    def __init__(self, person: Person, open_journal: Callable[[], Journal], changes: Changes) -> None:
        self.person = person
        self._open_journal = open_journal
        self._changes = changes

    @cached_property
    def journal(self) -> Journal:
        """The journal, opened when it is needed: a balance does without."""
        return self._open_journal()

    @cached_property
    def figures(self) -> Figures:
        """As of the previous business day, before any instruction."""
        return self.person.figures

    @property
    def prepaid_balance(self) -> int:
        """Yen on the card, what was received since included."""
        return self.figures.prepaid_balance + sum(each.amount for each in self._changes.received)

    @property
    def web_points(self) -> int:
        """Web points that have not been moved."""
        return self.figures.web_points - sum(each.points for each in self._changes.moved)

    @property
    def stop(self) -> Stop | None:
        """The entry on the negative list."""
        return self._changes.stop if self._changes.stop_decided else self.person.stop

    def items(self) -> Iterator[Item]:
        """Everything unreceived, and what was received in the last 60 days."""
        received_on = self._changes.received_on
        for slip in self.figures.unreceived:
            number = slip.slip_number
            yield Item(number, "1", slip.amount, slip.paid_on, slip.posted_on, received_on(number))
        for each in self._changes.moved:
            number = each.slip_number
            yield Item(number, "2", each.points, each.day, each.day, received_on(number))
        yield from self._lately_received()

    def web_history(self) -> list[WebEntry]:
        """Thirteen months of Web points, oldest first."""
        since = self.journal.last_day - _HISTORY
        past = [
            web_points.moved(day - _REQUESTED_BEFORE, yen)
            for day, yen in self.journal.web_points_received(since)
        ]
        rng = self.person.rng("web points/history")
        history = web_points.history(rng, past, self.figures.web_points, self.journal.last_day)
        return history + [web_points.moved(each.day, each.points) for each in self._changes.moved]

    def entries(self, since: date, until: date) -> Iterator[Entry]:
        """The journal of these days, both inclusive, by key, newest first."""
        booked = self.journal.newest_first(since, until)
        yield from merge(self._booked_since(since, until), booked, key=attrgetter("key"), reverse=True)

    def meal_contract(self) -> Contract | None:
        """This year's meal card."""
        return contract_on(self.journal.last_day) if self.person.has_meal_card else None

    def meal_visits(self, since: date, until: date) -> Iterator[Purchase]:
        """Visits with the meal card of these days, both inclusive, in order of time."""
        purchases = self.journal.purchases(since, until)
        return (each for each in purchases if each.tender == Tender.MEAL_CARD)

    def _lately_received(self) -> Iterator[Item]:
        since = self.journal.last_day - _RECENT
        for entry in self.journal.newest_first(since, self.journal.last_day):
            if entry.type == Type.WEB_POINTS:
                asked = entry.day - _REQUESTED_BEFORE
                yield Item(_past_number("W", entry), "2", entry.amount, asked, asked, entry.day)
            elif entry.type == Type.SLIP_MONEY:
                paid = entry.day - timedelta(days=10 + entry.second % 20)
                posted = paid + timedelta(days=7 + entry.second % 4)
                yield Item(_past_number("P", entry), "1", entry.amount, paid, posted, entry.day)

    def _booked_since(self, since: date, until: date) -> Iterable[Entry]:
        balance = self.figures.prepaid_balance
        entries = []
        for each in self._changes.received:
            balance += each.amount
            if since <= each.at.date() <= until:
                entries.append(_receipt(each, balance))
        return sorted(entries, key=attrgetter("key"), reverse=True)


def _past_number(prefix: str, entry: Entry) -> str:
    """A slip number no other receipt of the member has."""
    return f"{prefix}{entry.day:%y%m%d}{entry.key[-5:]}"


def _receipt(received: Received, balance: int) -> Entry:
    at, web = received.at, received.from_web_points
    return Entry(
        key=key_of(at.date(), Till(received.store, SERVICE_COUNTER), 900_000 + received.sequence % 100_000),
        day=at.date(),
        second=at.hour * 3600 + at.minute * 60 + at.second,
        type=Type.WEB_POINTS if web else Type.SLIP_MONEY,
        genre=Genre.NONE,
        tender=Tender.POINTS if web else Tender.PAYMENT_SLIP,
        amount=received.amount,
        points=0,
        prepaid_after=balance,
    )
