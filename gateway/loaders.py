"""The loaders of one request.

Those of legacy systems give a `Snapshot`, so that a resolver can say when a value is the last known one.
"""

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TypeVar
from uuid import UUID

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
from gateway.loading import Loader
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


class LegacyLoader(Loader[K, Snapshot[V]]):
    """A loader over one batch read of a legacy system: each key gets its own answer or error, never a neighbour's.

    `last_known` takes the system's name when it served a last known value.
    """

    def __init__(
        self,
        read: Callable[[Sequence[K]], Awaitable[Answers[K, V]]],
        system: LegacySystem,
        last_known: set[LegacySystem],
    ) -> None:
        super().__init__(read)
        self._system = system
        self._last_known = last_known

    async def read(self, keys: list[K]) -> Mapping[K, Snapshot[V] | AdapterError]:
        """Asks the system."""
        answers: Answers[K, V] = await self._read(keys)  # type: ignore[assignment]  # as it was given
        for snapshot in answers.values():
            if snapshot.last_known:
                self._last_known.add(self._system)
        return answers if answers.failure is None else {key: answers.outcome(key) for key in keys}


class LegacyLoaders:
    """The loaders over one legacy system."""

    def __init__(self, system: LegacySystem, last_known: set[LegacySystem]) -> None:
        self._system = system
        self._last_known = last_known

    def _over(self, read: Callable[[Sequence[K]], Awaitable[Answers[K, V]]]) -> Loader[K, Snapshot[V]]:
        return LegacyLoader(read, self._system, self._last_known)


class RegistryLoaders(LegacyLoaders):
    """組合員台帳."""

    def __init__(self, registry: MemberRegistry, last_known: set[LegacySystem]) -> None:
        super().__init__(LegacySystem.REGISTRY, last_known)
        self._registry = registry

    @cached_property
    def members(self) -> Loader[MemberNumber, Snapshot[Member | None]]:
        return self._over(self._registry.members)

    @cached_property
    def guardians(self) -> Loader[MemberNumber, Snapshot[Guardian | None]]:
        return self._over(self._registry.guardians)

    @cached_property
    def cards(self) -> Loader[MemberNumber, Snapshot[Sequence[Card]]]:
        return self._over(self._registry.cards)

    @cached_property
    def name_changes(self) -> Loader[MemberNumber, Snapshot[NameChange | None]]:
        return self._over(self._registry.name_changes)

    @cached_property
    def statement(self) -> Loader[StatementKey, Snapshot[Statement | None]]:
        return self._over(self._registry.statement)

    @cached_property
    def statements(self) -> Loader[StatementsQuery, Snapshot[Page[Statement]]]:
        return self._over(self._registry.statements)


class PosLoaders(LegacyLoaders):
    """POS."""

    def __init__(self, pos: PointOfSale, last_known: set[LegacySystem]) -> None:
        super().__init__(LegacySystem.POS, last_known)
        self._pos = pos

    @cached_property
    def balances(self) -> Loader[MemberNumber, Snapshot[PrepaidBalance | None]]:
        return self._over(self._pos.balances)

    @cached_property
    def prepaid_items(self) -> Loader[MemberNumber, Snapshot[Sequence[PrepaidItem]]]:
        return self._over(self._pos.prepaid_items)

    @cached_property
    def lifetimes(self) -> Loader[MemberNumber, Snapshot[LifetimeTotals | None]]:
        return self._over(self._pos.lifetimes)

    @cached_property
    def suspensions(self) -> Loader[MemberNumber, Snapshot[Suspension | None]]:
        return self._over(self._pos.suspensions)

    @cached_property
    def web_points(self) -> Loader[MemberNumber, Snapshot[Sequence[WebPointEntry]]]:
        return self._over(self._pos.web_points)

    @cached_property
    def transactions(self) -> Loader[TransactionsQuery, Snapshot[TransactionPage]]:
        return self._over(self._pos.transactions)

    @cached_property
    def transaction(self) -> Loader[tuple[MemberNumber, TransactionKey], Snapshot[Transaction | None]]:
        return self._over(self._pos.transaction)

    @cached_property
    def spending(self) -> Loader[SpendingQuery, Snapshot[Sequence[MonthlySpending]]]:
        return self._over(self._pos.spending)

    @cached_property
    def meal_cards(self) -> Loader[MemberNumber, Snapshot[MealCardContract | None]]:
        return self._over(self._pos.meal_cards)

    @cached_property
    def meal_days(self) -> Loader[MealDaysQuery, Snapshot[Sequence[MealDay]]]:
        return self._over(self._pos.meal_days)


class StoreLoaders:
    """The gateway's own state, for one request made at `now`."""

    def __init__(self, store: CoopStore, now: datetime) -> None:
        self._store = store
        self._now = now

    @cached_property
    def accounts(self) -> Loader[UUID, Account | None]:
        return Loader(self._store.accounts.by_id)

    @cached_property
    def accounts_of_members(self) -> Loader[MemberNumber, Account | None]:
        return Loader(self._store.accounts.of_members)

    @cached_property
    def auth_code_methods(self) -> Loader[UUID, AuthCodeMethod]:
        return Loader(self._store.auth_codes.methods)

    @cached_property
    def sessions(self) -> Loader[UUID, Sequence[Session]]:
        return Loader(lambda ids: self._store.sessions.of_accounts(ids, self._now))

    @cached_property
    def alerts(self) -> Loader[UUID, AlertPreferences]:
        return Loader(self._store.preferences.alerts)

    @cached_property
    def guardian_sharing(self) -> Loader[MemberNumber, GuardianSharing]:
        return Loader(self._store.preferences.guardian_sharing)

    @cached_property
    def share_refunds(self) -> Loader[MemberNumber, ShareRefund | None]:
        return Loader(self._store.share_refunds.of_members)

    @cached_property
    def digital_cards(self) -> Loader[MemberNumber, DigitalCard | None]:
        return Loader(self._store.digital_cards.of_members)

    @cached_property
    def notice_reads(self) -> Loader[NoticeReadsQuery, Mapping[str, datetime]]:
        return Loader(self._store.notice_reads.read_at)

    @cached_property
    def published_notices(self) -> Loader[MemberNumber, OwnNotices]:
        return Loader(self._store.published_notices.of_members)

    @cached_property
    def mailing_progress(self) -> Loader[str, MailingProgress]:
        return Loader(lambda notices: self._store.mailings.progress(MailKind.NOTICE, notices))

    @cached_property
    def change_requests(self) -> Loader[ChangeRequestsQuery, Page[ChangeRequest]]:
        return Loader(self._store.requests.change_requests)

    @cached_property
    def change_requests_by_id(self) -> Loader[UUID, ChangeRequest | None]:
        return Loader(self._store.requests.change_requests_by_id)

    @cached_property
    def unsettled_requests(self) -> Loader[MemberNumber, Sequence[ChangeRequest]]:
        return Loader(self._store.requests.unsettled)

    @cached_property
    def inquiries(self) -> Loader[InquiriesQuery, Page[Inquiry]]:
        return Loader(self._store.requests.inquiries)


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
    def notices(self) -> Loader[MemberNumber, Snapshot[Sequence[Notice]]]:
        return LegacyLoader(self._notice_board.notices, LegacySystem.NOTICES, self._last_known)
