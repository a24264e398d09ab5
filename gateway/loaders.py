"""The dataloaders of one request, and the one function that aligns a batch with its keys.

Loaders of legacy systems give a `Snapshot`, so that a resolver can say when a value is the last known one.
"""

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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
    NoticeReadKey,
    Session,
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


@dataclass(frozen=True, slots=True)
class RegistryLoaders:
    """組合員台帳."""

    members: "DataLoader[MemberNumber, Snapshot[Member | None]]"
    guardians: "DataLoader[MemberNumber, Snapshot[Guardian | None]]"
    cards: "DataLoader[MemberNumber, Snapshot[Sequence[Card]]]"
    name_changes: "DataLoader[MemberNumber, Snapshot[NameChange | None]]"
    statement: "DataLoader[StatementKey, Snapshot[Statement | None]]"
    statements: "DataLoader[StatementsQuery, Snapshot[Page[Statement]]]"

    @classmethod
    def over(cls, registry: MemberRegistry, last_known: set[LegacySystem]) -> "RegistryLoaders":
        """Fresh loaders for one request."""
        legacy = LegacyLoading(LegacySystem.REGISTRY, last_known).over
        return cls(
            members=legacy(registry.members),
            guardians=legacy(registry.guardians),
            cards=legacy(registry.cards),
            name_changes=legacy(registry.name_changes),
            statement=legacy(registry.statement),
            statements=legacy(registry.statements),
        )


@dataclass(frozen=True, slots=True)
class PosLoaders:
    """POS."""

    balances: "DataLoader[MemberNumber, Snapshot[PrepaidBalance | None]]"
    prepaid_items: "DataLoader[MemberNumber, Snapshot[Sequence[PrepaidItem]]]"
    lifetimes: "DataLoader[MemberNumber, Snapshot[LifetimeTotals | None]]"
    suspensions: "DataLoader[MemberNumber, Snapshot[Suspension | None]]"
    web_points: "DataLoader[MemberNumber, Snapshot[Sequence[WebPointEntry]]]"
    transactions: "DataLoader[TransactionsQuery, Snapshot[TransactionPage]]"
    transaction: "DataLoader[tuple[MemberNumber, TransactionKey], Snapshot[Transaction | None]]"
    spending: "DataLoader[SpendingQuery, Snapshot[Sequence[MonthlySpending]]]"
    meal_cards: "DataLoader[MemberNumber, Snapshot[MealCardContract | None]]"
    meal_days: "DataLoader[MealDaysQuery, Snapshot[Sequence[MealDay]]]"

    @classmethod
    def over(cls, pos: PointOfSale, last_known: set[LegacySystem]) -> "PosLoaders":
        """Fresh loaders for one request."""
        legacy = LegacyLoading(LegacySystem.POS, last_known).over
        return cls(
            balances=legacy(pos.balances),
            prepaid_items=legacy(pos.prepaid_items),
            lifetimes=legacy(pos.lifetimes),
            suspensions=legacy(pos.suspensions),
            web_points=legacy(pos.web_points),
            transactions=legacy(pos.transactions),
            transaction=legacy(pos.transaction),
            spending=legacy(pos.spending),
            meal_cards=legacy(pos.meal_cards),
            meal_days=legacy(pos.meal_days),
        )


@dataclass(frozen=True, slots=True)
class StoreLoaders:
    """The gateway's own state."""

    accounts: "DataLoader[UUID, Account | None]"
    accounts_of_members: "DataLoader[MemberNumber, Account | None]"
    auth_code_methods: "DataLoader[UUID, AuthCodeMethod]"
    sessions: "DataLoader[UUID, Sequence[Session]]"
    alerts: "DataLoader[UUID, AlertPreferences]"
    guardian_sharing: "DataLoader[MemberNumber, GuardianSharing]"
    digital_cards: "DataLoader[MemberNumber, DigitalCard | None]"
    notice_reads: "DataLoader[NoticeReadKey, datetime | None]"
    change_requests: "DataLoader[ChangeRequestsQuery, Page[ChangeRequest]]"
    inquiries: "DataLoader[InquiriesQuery, Page[Inquiry]]"

    @classmethod
    def over(cls, store: CoopStore, now: datetime) -> "StoreLoaders":
        """Fresh loaders for one request, made at `now`."""
        return cls(
            accounts=own(store.accounts.by_id),
            accounts_of_members=own(store.accounts.of_members),
            auth_code_methods=own(store.auth_codes.methods),
            sessions=own(lambda ids: store.sessions.of_accounts(ids, now)),
            alerts=own(store.preferences.alerts),
            guardian_sharing=own(store.preferences.guardian_sharing),
            digital_cards=own(store.digital_cards.of_members),
            notice_reads=own(store.notice_reads.read_at),
            change_requests=own(store.requests.change_requests),
            inquiries=own(store.requests.inquiries),
        )


@dataclass(frozen=True, slots=True)
class Loaders:
    """All loaders of one request. `pos` is None where the co-op has no POS."""

    registry: RegistryLoaders
    pos: PosLoaders | None
    notices: "DataLoader[MemberNumber, Snapshot[Sequence[Notice]]]"
    own: StoreLoaders

    @classmethod
    def over(
        cls, systems: Systems, store: CoopStore, now: datetime, last_known: set[LegacySystem]
    ) -> "Loaders":
        """Fresh loaders for one request, made at `now`; `last_known` collects who served old values."""
        return cls(
            registry=RegistryLoaders.over(systems.registry, last_known),
            pos=None if systems.pos is None else PosLoaders.over(systems.pos, last_known),
            notices=LegacyLoading(LegacySystem.NOTICES, last_known).over(systems.notices.notices),
            own=StoreLoaders.over(store, now),
        )
