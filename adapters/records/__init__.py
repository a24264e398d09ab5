"""The one domain model: frozen, slotted records that every adapter returns and every resolver takes.

Money is an `int` of whole yen. Dates are Gregorian. Times are aware and in Japan time. Text is what a person
may be shown: characters the legacy systems keep in private-use rows stand as 〓 (`adapters.legacy_text`).
"""

from adapters.records.instruction import (
    Instruction,
    InstructionResult,
    ReceivePrepaid,
    ReissueCard,
    ResumePico,
    SuspendPico,
    TransferWebPoints,
)
from adapters.records.mail import Mail, MailOutcome, MailReceipt
from adapters.records.meal_card import (
    NO_NUTRITION,
    MealCardContract,
    MealDay,
    MealDaysQuery,
    MealItem,
    MealUsage,
    Nutrition,
)
from adapters.records.member import (
    Card,
    CardState,
    EmploymentStatus,
    Guardian,
    Member,
    MemberKind,
    MemberNumber,
    MemberSearch,
    MemberStatus,
    NameChange,
    Page,
    ShareCapital,
)
from adapters.records.notice import Notice, NoticeAudience
from adapters.records.pico import (
    GenreTotal,
    LifetimeTotals,
    PrepaidBalance,
    PrepaidItem,
    PrepaidSource,
    Suspension,
    WebPointEntry,
    WebPointEntryKind,
)
from adapters.records.segment import MemberSegment
from adapters.records.snapshot import Answers, Snapshot
from adapters.records.statement import Statement, StatementKey, StatementLine, StatementsQuery, YearMonth
from adapters.records.system import Circuit, SystemStatus
from adapters.records.transaction import (
    Genre,
    MonthlySpending,
    SpendingQuery,
    Tender,
    Transaction,
    TransactionItem,
    TransactionKey,
    TransactionPage,
    TransactionsQuery,
    TransactionType,
)

__all__ = [
    "NO_NUTRITION",
    "Answers",
    "Card",
    "CardState",
    "Circuit",
    "EmploymentStatus",
    "Genre",
    "GenreTotal",
    "Guardian",
    "Instruction",
    "InstructionResult",
    "LifetimeTotals",
    "Mail",
    "MailOutcome",
    "MailReceipt",
    "MealCardContract",
    "MealDay",
    "MealDaysQuery",
    "MealItem",
    "MealUsage",
    "Member",
    "MemberKind",
    "MemberNumber",
    "MemberSearch",
    "MemberSegment",
    "MemberStatus",
    "MonthlySpending",
    "NameChange",
    "Notice",
    "NoticeAudience",
    "Nutrition",
    "Page",
    "PrepaidBalance",
    "PrepaidItem",
    "PrepaidSource",
    "ReceivePrepaid",
    "ReissueCard",
    "ResumePico",
    "ShareCapital",
    "Snapshot",
    "SpendingQuery",
    "Statement",
    "StatementKey",
    "StatementLine",
    "StatementsQuery",
    "SuspendPico",
    "Suspension",
    "SystemStatus",
    "Tender",
    "Transaction",
    "TransactionItem",
    "TransactionKey",
    "TransactionPage",
    "TransactionType",
    "TransactionsQuery",
    "TransferWebPoints",
    "WebPointEntry",
    "WebPointEntryKind",
    "YearMonth",
]
