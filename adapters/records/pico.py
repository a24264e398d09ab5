"""What the POS knows of a member's Pico prepaid money and points. All figures as of `as_of` (前日利用時点, B2)."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from adapters.records.member import MemberNumber
from adapters.records.transaction import Genre


@dataclass(frozen=True, slots=True)
class PrepaidBalance:
    """Balance in yen, points (0–199 once the register has topped up, B4), Web points (B5)."""

    member_number: MemberNumber
    as_of: date
    prepaid_balance: int
    points: int
    web_points: int


class PrepaidSource(Enum):
    """Where unreceived money comes from: a payment slip (払込票, B10) or moved Web points (B7)."""

    PAYMENT_SLIP = "PAYMENT_SLIP"
    WEB_POINTS = "WEB_POINTS"


@dataclass(frozen=True, slots=True)
class PrepaidItem:
    """One sum of money on its way to the card: PAID → POSTED → RECEIVED (B12).

    It is unreceived while `received_on` is None, and can be collected once it is posted.
    """

    slip_number: str
    source: PrepaidSource
    amount: int
    paid_on: date
    posted_on: date | None
    received_on: date | None


@dataclass(frozen=True, slots=True)
class GenreTotal:
    """Yen spent in one genre over a lifetime."""

    genre: Genre
    amount: int


@dataclass(frozen=True, slots=True)
class LifetimeTotals:
    """累計利用金額・累計獲得ポイント (B30). `newcomer_purchases`: at the 新入生サポートセンター (B31)."""

    member_number: MemberNumber
    as_of: date
    spent: int
    points_earned: int
    newcomer_purchases: int
    by_genre: tuple[GenreTotal, ...]


@dataclass(frozen=True, slots=True)
class Suspension:
    """An entry of the POS negative list (利用停止). `store_code` is None when the member asked on the Web."""

    member_number: MemberNumber
    since: date
    store_code: str | None


class WebPointEntryKind(Enum):
    """Earned in the app, or moved to prepaid."""

    EARNED = "EARNED"
    TRANSFERRED = "TRANSFERRED"


@dataclass(frozen=True, slots=True)
class WebPointEntry:
    """One line of the Web point history. `points` is positive; the kind says which way they went."""

    sequence: int
    occurred_on: date
    kind: WebPointEntryKind
    points: int
    description: str
