"""What the membership registry (組合員台帳) knows of a member (組合員)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Generic, NewType, TypeVar

MemberNumber = NewType("MemberNumber", str)
"""組合員番号: half-width digits, leading digits matter (rules A3–A5). Never an int."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a keyset walk: the items, and whether more follow."""

    items: Sequence[T]
    has_next: bool


class MemberStatus(Enum):
    """加入から脱退まで. Leaving takes months between notice and refund of the share capital (E22)."""

    AWAITING_PAYMENT = "AWAITING_PAYMENT"
    ACTIVE = "ACTIVE"
    WITHDRAWING = "WITHDRAWING"
    WITHDRAWN = "WITHDRAWN"


class MemberKind(Enum):
    """組合員区分."""

    STUDENT = "STUDENT"
    GRADUATE_STUDENT = "GRADUATE_STUDENT"
    FACULTY = "FACULTY"
    SCHOOL_STAFF = "SCHOOL_STAFF"
    OTHER = "OTHER"


class EmploymentStatus(Enum):
    """現職・退職 (E5). Only members of kind SCHOOL_STAFF or FACULTY have one."""

    IN_SERVICE = "IN_SERVICE"
    RETIRED = "RETIRED"


@dataclass(frozen=True, slots=True)
class ShareCapital:
    """出資金: units (口数), their amount in yen, when they were applied for and when they were paid."""

    units: int
    amount: int
    applied_on: date | None
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class Member:
    """One line of the registry.

    `home_phone` is the family's number (帰省先電話番号), digits only. `graduates_on` is the registry's date
    where it gives one (X11). `provisional_credential_issued` is the registry's flag, None where it is blank (X1).
    """

    number: MemberNumber
    status: MemberStatus
    kind: MemberKind
    employment: EmploymentStatus | None
    name: str
    name_kana: str
    birth_date: date | None
    postal_code: str | None
    address: str | None
    home_phone: str | None
    mobile_phone: str | None
    email: str | None
    affiliation: str | None
    """Faculty and department of a student, workplace (勤務先) of a school's staff."""
    joined_on: date
    admission_year: int | None
    graduates_on: date | None
    withdrawal_noticed_on: date | None
    share_refunded_on: date | None
    provisional_credential_issued: bool | None
    share_capital: ShareCapital | None


@dataclass(frozen=True, slots=True)
class Guardian:
    """保護者 of a student. Phones are digits only."""

    member_number: MemberNumber
    name: str
    name_kana: str
    relation: str
    mobile_phone: str | None
    email: str | None


class CardState(Enum):
    """組合員証 = メンバーズカード = Picoカード (X23)."""

    ACTIVE = "ACTIVE"
    REPLACED = "REPLACED"
    RETURNED = "RETURNED"


@dataclass(frozen=True, slots=True)
class Card:
    """A member's card. `reissue_count` is 0 for the first one; a reissue replaces the one before (D7)."""

    card_number: str
    member_number: MemberNumber
    state: CardState
    issued_on: date
    reissue_count: int


@dataclass(frozen=True, slots=True)
class NameChange:
    """A change of name the registry has taken up (改姓): what stood before, what stands now, since when."""

    member_number: MemberNumber
    accepted_on: date
    old_name: str
    new_name: str


@dataclass(frozen=True, slots=True)
class MemberSearch:
    """What staff look for; every given part must match. Text is matched from its beginning, numbers as digits.

    A card number is matched whole, whatever has become of the card (B16).
    """

    number: str | None = None
    name_kana: str | None = None
    phone: str | None = None
    email: str | None = None
    status: MemberStatus | None = None
    kind: MemberKind | None = None
    admission_year: int | None = None
    card_number: str | None = None
