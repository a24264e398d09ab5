"""The ports: what the gateway may ask of a legacy system, in the words of the domain.

Every batch method returns a mapping. A key whose value is `None` is unknown to the system; a key that is absent was
not answered for, and whoever needs it raises `Incomplete`. All methods raise the errors of `adapters.errors`.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from adapters.records import (
    Card,
    Guardian,
    LifetimeTotals,
    Mail,
    MailReceipt,
    MealCardContract,
    MealDay,
    MealDaysQuery,
    Member,
    MemberNumber,
    MemberSearch,
    MonthlySpending,
    NameChange,
    Notice,
    Page,
    PrepaidBalance,
    PrepaidItem,
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

Numbers = Sequence[MemberNumber]


class System(Protocol):
    """What every port can do."""

    async def ping(self) -> None:
        """Ask whether it answers, by the cheapest question it has."""

    async def close(self) -> None:
        """Let go of its connections."""


class MemberRegistry(System, Protocol):
    """組合員台帳: who the members are and what they are billed."""

    async def members(self, numbers: Numbers) -> Mapping[MemberNumber, Member | None]: ...
    async def search(
        self, search: MemberSearch, *, limit: int, after: MemberNumber | None
    ) -> Page[Member]: ...
    async def guardians(self, numbers: Numbers) -> Mapping[MemberNumber, Guardian | None]: ...
    async def cards(self, numbers: Numbers) -> Mapping[MemberNumber, Sequence[Card]]: ...
    async def name_changes(self, numbers: Numbers) -> Mapping[MemberNumber, NameChange | None]: ...
    async def statement(self, keys: Sequence[StatementKey]) -> Mapping[StatementKey, Statement | None]: ...
    async def statements(
        self, queries: Sequence[StatementsQuery]
    ) -> Mapping[StatementsQuery, Page[Statement]]: ...


class PointOfSale(System, Protocol):
    """POS: Pico, points, history and the meal card. Figures are those of the previous business day (B2)."""

    async def balances(self, numbers: Numbers) -> Mapping[MemberNumber, PrepaidBalance | None]: ...
    async def prepaid_items(self, numbers: Numbers) -> Mapping[MemberNumber, Sequence[PrepaidItem]]: ...
    async def lifetimes(self, numbers: Numbers) -> Mapping[MemberNumber, LifetimeTotals | None]: ...
    async def suspensions(self, numbers: Numbers) -> Mapping[MemberNumber, Suspension | None]: ...
    async def web_points(self, numbers: Numbers) -> Mapping[MemberNumber, Sequence[WebPointEntry]]: ...
    async def transactions(
        self, queries: Sequence[TransactionsQuery]
    ) -> Mapping[TransactionsQuery, TransactionPage]: ...
    async def transaction(
        self, keys: Sequence[tuple[MemberNumber, TransactionKey]]
    ) -> Mapping[tuple[MemberNumber, TransactionKey], Transaction | None]: ...
    async def spending(
        self, queries: Sequence[SpendingQuery]
    ) -> Mapping[SpendingQuery, Sequence[MonthlySpending]]: ...
    async def meal_cards(self, numbers: Numbers) -> Mapping[MemberNumber, MealCardContract | None]: ...
    async def meal_days(
        self, queries: Sequence[MealDaysQuery]
    ) -> Mapping[MealDaysQuery, Sequence[MealDay]]: ...


class NoticeBoard(System, Protocol):
    """お知らせ: notices to everyone and to a member, newest first."""

    async def notices_to_everyone(self) -> Sequence[Notice]: ...
    async def personal_notices(self, numbers: Numbers) -> Mapping[MemberNumber, Sequence[Notice]]: ...


class Mailer(System, Protocol):
    """Sends mail. Sending the same `mail_id` again has no further effect."""

    async def send(self, mail: Mail) -> MailReceipt: ...
