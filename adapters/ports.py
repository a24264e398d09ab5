"""The ports: what the gateway may ask of a legacy system, in the words of the domain.

Every batch read returns `Answers`: a mapping from each key to its `Snapshot`. A snapshot of `None` means
unknown to the system; a key that is absent was not answered for, and `Answers.failure` says why. A snapshot
marked `last_known` is what the system said before it stopped answering. When there is not one answer to give,
the read raises instead.
An instruction is sent once, never again by itself: who gives it asks what became of it when no answer came.
All methods raise the errors of `adapters.errors`.
"""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from adapters.records import (
    Answers,
    Card,
    Guardian,
    Instruction,
    InstructionResult,
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
    SystemStatus,
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

    def status(self) -> SystemStatus:
        """How it is doing, without asking it."""

    async def close(self) -> None:
        """Let go of its connections."""


class Source(System, Protocol):
    """A system that is asked about members, and whose last known answers are remembered."""

    def forget(self, number: MemberNumber) -> None:
        """Remember nothing of what it has said about a member until now, calls under way included."""

    def forget_everybody(self) -> None:
        """The same for all members."""


class MemberRegistry(Source, Protocol):
    """組合員台帳: who the members are and what they are billed."""

    async def members(self, numbers: Numbers) -> Answers[MemberNumber, Member | None]: ...
    async def search(
        self, search: MemberSearch, *, limit: int, after: MemberNumber | None
    ) -> Page[Member]: ...
    async def guardians(self, numbers: Numbers) -> Answers[MemberNumber, Guardian | None]: ...
    async def cards(self, numbers: Numbers) -> Answers[MemberNumber, Sequence[Card]]: ...
    async def name_changes(self, numbers: Numbers) -> Answers[MemberNumber, NameChange | None]: ...
    async def statement(self, keys: Sequence[StatementKey]) -> Answers[StatementKey, Statement | None]: ...
    async def statements(
        self, queries: Sequence[StatementsQuery]
    ) -> Answers[StatementsQuery, Page[Statement]]: ...


class PointOfSale(Source, Protocol):
    """POS: Pico, points, history and the meal card. Figures are those of the previous business day (B2).

    An instruction's `request_id` names it for ever: the same again has no further effect and gets the first answer.
    """

    async def instruct(self, request_id: UUID, instruction: Instruction) -> InstructionResult: ...
    async def instructed(self, request_id: UUID) -> InstructionResult | None:
        """What became of an instruction; None when it has never arrived."""

    async def balances(self, numbers: Numbers) -> Answers[MemberNumber, PrepaidBalance | None]: ...
    async def prepaid_items(self, numbers: Numbers) -> Answers[MemberNumber, Sequence[PrepaidItem]]: ...
    async def lifetimes(self, numbers: Numbers) -> Answers[MemberNumber, LifetimeTotals | None]: ...
    async def suspensions(self, numbers: Numbers) -> Answers[MemberNumber, Suspension | None]: ...
    async def web_points(self, numbers: Numbers) -> Answers[MemberNumber, Sequence[WebPointEntry]]: ...
    async def transactions(
        self, queries: Sequence[TransactionsQuery]
    ) -> Answers[TransactionsQuery, TransactionPage]: ...
    async def transaction(
        self, keys: Sequence[tuple[MemberNumber, TransactionKey]]
    ) -> Answers[tuple[MemberNumber, TransactionKey], Transaction | None]: ...
    async def spending(
        self, queries: Sequence[SpendingQuery]
    ) -> Answers[SpendingQuery, Sequence[MonthlySpending]]: ...
    async def meal_cards(self, numbers: Numbers) -> Answers[MemberNumber, MealCardContract | None]: ...
    async def meal_days(
        self, queries: Sequence[MealDaysQuery]
    ) -> Answers[MealDaysQuery, Sequence[MealDay]]: ...


class NoticeBoard(Source, Protocol):
    """お知らせ: what a member is told, personally and together with everyone, newest first (X14)."""

    async def notices(self, numbers: Numbers) -> Answers[MemberNumber, Sequence[Notice]]: ...


class Mailer(System, Protocol):
    """Sends mail. Sending the same `mail_id` again has no further effect."""

    async def send(self, mail: Mail) -> MailReceipt: ...
