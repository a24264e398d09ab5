"""The dataloaders of one request, and the one function that aligns a batch with its keys.

Loaders of legacy systems give a `Snapshot`, so that a resolver can say when a value is the last known one.
"""

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from aiodataloader import DataLoader

from adapters.errors import AdapterError
from adapters.ports import MemberRegistry, PointOfSale
from adapters.records import (
    Answers,
    Card,
    Guardian,
    LifetimeTotals,
    MealCardContract,
    MealDay,
    MealDaysQuery,
    Member,
    MemberNumber,
    MonthlySpending,
    NameChange,
    Notice,
    Page,
    PrepaidBalance,
    PrepaidItem,
    Snapshot,
    SpendingQuery,
    Statement,
    StatementKey,
    StatementsQuery,
    Suspension,
    Transaction,
    TransactionKey,
    TransactionPage,
    TransactionsQuery,
    WebPointEntry,
)
from gateway.outage import LegacySystem
from gateway.store import CoopStore
from gateway.store.records import (
    Account,
    AlertPreferences,
    AuthCodeMethod,
    ChangeRequest,
    ChangeRequestsQuery,
    DigitalCard,
    GuardianSharing,
    InquiriesQuery,
    Inquiry,
    MailingProgress,
    MailKind,
    NoticeReadsQuery,
    OwnNotices,
    Session,
    ShareRefund,
)
from gateway.systems import Systems

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def align(keys: Sequence[K], answers: Answers[K, V]) -> list[Snapshot[V] | AdapterError]:
    """Each key's own answer, or its own error, in the order of the keys: never a neighbour's."""
    return [answers.outcome(key) for key in keys]


def own(batch: Callable[[Sequence[K]], Awaitable[Mapping[K, V]]]) -> "DataLoader[K, V]":
    """A dataloader over one batch read of the gateway's own store, which answers for every key."""

    async def load(keys: list[K]) -> list[V]:
        answers = await batch(keys)
        return [answers[key] for key in keys]

    return DataLoader(load)


@dataclass(frozen=True, slots=True)
class LegacyLoading:
    """Makes dataloaders over one legacy system; `last_known` takes its name when it served a last known value."""

    system: LegacySystem
    last_known: set[LegacySystem]

    def over(self, batch: Callable[[Sequence[K]], Awaitable[Answers[K, V]]]) -> "DataLoader[K, Snapshot[V]]":
        """A dataloader over one batch read."""

        async def load(keys: list[K]) -> list[Snapshot[V] | AdapterError]:
            answers = await batch(keys)
            if any(snapshot.last_known for snapshot in answers.values()):
                self.last_known.add(self.system)
            return align(keys, answers)

        return DataLoader(load)  # type: ignore[arg-type]  # an exception as a value rejects its key; untyped


class RegistryLoaders:
    """組合員台帳."""

    def __init__(self, registry: MemberRegistry, last_known: set[LegacySystem]) -> None:
        self._registry = registry
        self._legacy = LegacyLoading(LegacySystem.REGISTRY, last_known)

    @cached_property
    def members(self) -> "DataLoader[MemberNumber, Snapshot[Member | None]]":
        return self._legacy.over(self._registry.members)

    @cached_property
    def guardians(self) -> "DataLoader[MemberNumber, Snapshot[Guardian | None]]":
        return self._legacy.over(self._registry.guardians)

    @cached_property
    def cards(self) -> "DataLoader[MemberNumber, Snapshot[Sequence[Card]]]":
        return self._legacy.over(self._registry.cards)

    @cached_property
    def name_changes(self) -> "DataLoader[MemberNumber, Snapshot[NameChange | None]]":
        return self._legacy.over(self._registry.name_changes)

    @cached_property
    def statement(self) -> "DataLoader[StatementKey, Snapshot[Statement | None]]":
        return self._legacy.over(self._registry.statement)

    @cached_property
    def statements(self) -> "DataLoader[StatementsQuery, Snapshot[Page[Statement]]]":
        return self._legacy.over(self._registry.statements)


class PosLoaders:
    """POS."""

    def __init__(self, pos: PointOfSale, last_known: set[LegacySystem]) -> None:
        self._pos = pos
        self._legacy = LegacyLoading(LegacySystem.POS, last_known)

    @cached_property
    def balances(self) -> "DataLoader[MemberNumber, Snapshot[PrepaidBalance | None]]":
        return self._legacy.over(self._pos.balances)

    @cached_property
    def prepaid_items(self) -> "DataLoader[MemberNumber, Snapshot[Sequence[PrepaidItem]]]":
        return self._legacy.over(self._pos.prepaid_items)

    @cached_property
    def lifetimes(self) -> "DataLoader[MemberNumber, Snapshot[LifetimeTotals | None]]":
        return self._legacy.over(self._pos.lifetimes)

    @cached_property
    def suspensions(self) -> "DataLoader[MemberNumber, Snapshot[Suspension | None]]":
        return self._legacy.over(self._pos.suspensions)

    @cached_property
    def web_points(self) -> "DataLoader[MemberNumber, Snapshot[Sequence[WebPointEntry]]]":
        return self._legacy.over(self._pos.web_points)

    @cached_property
    def transactions(self) -> "DataLoader[TransactionsQuery, Snapshot[TransactionPage]]":
        return self._legacy.over(self._pos.transactions)

    @cached_property
    def transaction(self) -> "DataLoader[tuple[MemberNumber, TransactionKey], Snapshot[Transaction | None]]":
        return self._legacy.over(self._pos.transaction)

    @cached_property
    def spending(self) -> "DataLoader[SpendingQuery, Snapshot[Sequence[MonthlySpending]]]":
        return self._legacy.over(self._pos.spending)

    @cached_property
    def meal_cards(self) -> "DataLoader[MemberNumber, Snapshot[MealCardContract | None]]":
        return self._legacy.over(self._pos.meal_cards)

    @cached_property
    def meal_days(self) -> "DataLoader[MealDaysQuery, Snapshot[Sequence[MealDay]]]":
        return self._legacy.over(self._pos.meal_days)


class StoreLoaders:
    """The gateway's own state, for one request made at `now`."""

    def __init__(self, store: CoopStore, now: datetime) -> None:
        self._store = store
        self._now = now

    @cached_property
    def accounts(self) -> "DataLoader[UUID, Account | None]":
        return own(self._store.accounts.by_id)

    @cached_property
    def accounts_of_members(self) -> "DataLoader[MemberNumber, Account | None]":
        return own(self._store.accounts.of_members)

    @cached_property
    def auth_code_methods(self) -> "DataLoader[UUID, AuthCodeMethod]":
        return own(self._store.auth_codes.methods)

    @cached_property
    def sessions(self) -> "DataLoader[UUID, Sequence[Session]]":
        return own(lambda ids: self._store.sessions.of_accounts(ids, self._now))

    @cached_property
    def alerts(self) -> "DataLoader[UUID, AlertPreferences]":
        return own(self._store.preferences.alerts)

    @cached_property
    def guardian_sharing(self) -> "DataLoader[MemberNumber, GuardianSharing]":
        return own(self._store.preferences.guardian_sharing)

    @cached_property
    def share_refunds(self) -> "DataLoader[MemberNumber, ShareRefund | None]":
        return own(self._store.share_refunds.of_members)

    @cached_property
    def digital_cards(self) -> "DataLoader[MemberNumber, DigitalCard | None]":
        return own(self._store.digital_cards.of_members)

    @cached_property
    def notice_reads(self) -> "DataLoader[NoticeReadsQuery, Mapping[str, datetime]]":
        return own(self._store.notice_reads.read_at)

    @cached_property
    def published_notices(self) -> "DataLoader[MemberNumber, OwnNotices]":
        return own(self._store.published_notices.of_members)

    @cached_property
    def mailing_progress(self) -> "DataLoader[str, MailingProgress]":
        return own(lambda notices: self._store.mailings.progress(MailKind.NOTICE, notices))

    @cached_property
    def change_requests(self) -> "DataLoader[ChangeRequestsQuery, Page[ChangeRequest]]":
        return own(self._store.requests.change_requests)

    @cached_property
    def change_requests_by_id(self) -> "DataLoader[UUID, ChangeRequest | None]":
        return own(self._store.requests.change_requests_by_id)

    @cached_property
    def unsettled_requests(self) -> "DataLoader[MemberNumber, Sequence[ChangeRequest]]":
        return own(self._store.requests.unsettled)

    @cached_property
    def inquiries(self) -> "DataLoader[InquiriesQuery, Page[Inquiry]]":
        return own(self._store.requests.inquiries)


class Loaders:
    """All loaders of one request, made at `now`; each comes into being when it is first used.

    `pos` is None where the co-op has no POS. `last_known` collects the systems that served last known values.
    """

    def __init__(
        self, systems: Systems, store: CoopStore, now: datetime, last_known: set[LegacySystem]
    ) -> None:
        self._notice_board = systems.notices
        self._last_known = last_known
        self.registry = RegistryLoaders(systems.registry, last_known)
        self.pos = None if systems.pos is None else PosLoaders(systems.pos, last_known)
        self.own = StoreLoaders(store, now)

    @cached_property
    def notices(self) -> "DataLoader[MemberNumber, Snapshot[Sequence[Notice]]]":
        return LegacyLoading(LegacySystem.NOTICES, self._last_known).over(self._notice_board.notices)
