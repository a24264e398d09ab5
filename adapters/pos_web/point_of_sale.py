"""The port `PointOfSale` over the POS back office's web interface."""

from collections.abc import Hashable, Sequence
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from adapters.http_exchange import HttpExchange
from adapters.pos_web import inquiries, orders
from adapters.pos_web.config import PosWebConfig
from adapters.pos_web.dialogue import Dialogue
from adapters.pos_web.inquiries import Inquiry, MemberTransaction
from adapters.records import (
    Answers,
    Instruction,
    InstructionResult,
    LifetimeTotals,
    MealCardContract,
    MealDay,
    MealDaysQuery,
    MemberNumber,
    MonthlySpending,
    PrepaidBalance,
    PrepaidItem,
    SpendingQuery,
    Suspension,
    SystemStatus,
    Transaction,
    TransactionPage,
    TransactionsQuery,
    WebPointEntry,
)
from adapters.upstream import BatchRead, BusinessDay, Freshness, Upstream

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

Numbers = Sequence[MemberNumber]


class PosWeb:
    """A POS. Each batch read is one SHORI of docs/wire/pos.md, asked in calls that concurrent requests share.

    Batch reads raise `ValueError` for a question that cannot be asked, such as an empty filter or a forged key.
    """

    def __init__(self, system: str, config: PosWebConfig) -> None:
        self._exchange = HttpExchange(
            system,
            config.url,
            {"X-KLAS-Tanmatsu": config.terminal, "X-KLAS-Kagi": config.key},
            config.policy.max_connections,
        )
        self._dialogue = Dialogue(system, self._exchange)
        self._upstream = Upstream(system, config.policy)
        self._business_day = BusinessDay()
        self._reads: list[BatchRead[Any, Any]] = []
        self._balances = self._read(inquiries.BALANCES)
        self._prepaid_items = self._read(inquiries.PREPAID_ITEMS)
        self._lifetimes = self._read(inquiries.LIFETIMES)
        self._suspensions = self._read(inquiries.SUSPENSIONS)
        self._web_points = self._read(inquiries.WEB_POINTS)
        self._transactions = self._read(inquiries.TRANSACTIONS)
        self._transaction = self._read(inquiries.TRANSACTION)
        self._spending = self._read(inquiries.SPENDING)
        self._meal_cards = self._read(inquiries.MEAL_CARDS)
        self._meal_days = self._read(inquiries.MEAL_DAYS)

    async def balances(self, numbers: Numbers) -> Answers[MemberNumber, PrepaidBalance | None]:
        """ZANDAKA."""
        return await self._balances(numbers)

    async def prepaid_items(self, numbers: Numbers) -> Answers[MemberNumber, Sequence[PrepaidItem]]:
        """MIUKE: unreceived, and received within the last 60 days."""
        return await self._prepaid_items(numbers)

    async def lifetimes(self, numbers: Numbers) -> Answers[MemberNumber, LifetimeTotals | None]:
        """RUIKEI."""
        return await self._lifetimes(numbers)

    async def suspensions(self, numbers: Numbers) -> Answers[MemberNumber, Suspension | None]:
        """TEISHI; None while Pico is usable."""
        return await self._suspensions(numbers)

    async def web_points(self, numbers: Numbers) -> Answers[MemberNumber, Sequence[WebPointEntry]]:
        """WEBPT, newest first."""
        return await self._web_points(numbers)

    async def transactions(
        self, queries: Sequence[TransactionsQuery]
    ) -> Answers[TransactionsQuery, TransactionPage]:
        """RIREKI, newest first. The POS puts at most 200 into a page; `has_next` says that more follow."""
        return await self._transactions(queries)

    async def transaction(
        self, keys: Sequence[MemberTransaction]
    ) -> Answers[MemberTransaction, Transaction | None]:
        """RIREKI1."""
        return await self._transaction(keys)

    async def spending(
        self, queries: Sequence[SpendingQuery]
    ) -> Answers[SpendingQuery, Sequence[MonthlySpending]]:
        """TSUKI."""
        return await self._spending(queries)

    async def meal_cards(self, numbers: Numbers) -> Answers[MemberNumber, MealCardContract | None]:
        """MEAL; None for members without a meal card this year."""
        return await self._meal_cards(numbers)

    async def meal_days(self, queries: Sequence[MealDaysQuery]) -> Answers[MealDaysQuery, Sequence[MealDay]]:
        """MEALBI."""
        return await self._meal_days(queries)

    async def instruct(self, request_id: UUID, instruction: Instruction) -> InstructionResult:
        """WPTUKE, TEITOU, TEIKAI, MIUUKE or SAIHAK. Raises `ValueError` for what the POS would not understand."""
        order = orders.order(instruction)
        return await self._upstream.write(partial(self._dialogue.instruct, request_id, order))

    async def instructed(self, request_id: UUID) -> InstructionResult | None:
        """SHOKAI."""
        return await self._upstream.read(partial(self._dialogue.instructed, request_id))

    def forget(self, number: MemberNumber) -> None:
        """Remember nothing of what was said about a member."""
        for read in self._reads:
            read.forget(number)

    def forget_everybody(self) -> None:
        """Remember nothing."""
        for read in self._reads:
            read.forget_everybody()

    async def ping(self) -> None:
        """Raises `Closed` at night."""
        await self._upstream.read(self._dialogue.ping)

    def status(self) -> SystemStatus:
        """How it is doing."""
        return self._upstream.status()

    async def close(self) -> None:
        """Let go of its connections."""
        await self._exchange.close()

    def _read(self, inquiry: Inquiry[K, V]) -> BatchRead[K, V]:
        seconds = self._upstream.policy.fresh_seconds if inquiry.of_the_day else 0.0
        read = BatchRead(
            self._upstream,
            partial(self._dialogue.ask, inquiry),
            weight=records_in,
            freshness=Freshness(seconds, self._business_day),
            check=inquiry.ask,
        )
        self._reads.append(read)
        return read


def records_in(answer: object) -> int:
    """How many records an answer counts as in memory."""
    match answer:
        case TransactionPage():
            return 1 + len(answer.transactions)
        case tuple():
            return 1 + len(answer)
        case _:
            return 1
