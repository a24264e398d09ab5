"""Accounts: who can sign in."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from adapters.records import MemberNumber
from gateway.viewer import AccountKind, StaffRole


class AccountState(Enum):
    """仮登録 (A13), 本登録の確認待ち (A21), 本登録, ロック中, 利用中止 (E14). REGISTERED may sign in."""

    PROVISIONAL = "PROVISIONAL"
    AWAITING_CONFIRMATION = "AWAITING_CONFIRMATION"
    REGISTERED = "REGISTERED"
    LOCKED = "LOCKED"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True)
class TermsAcceptance:
    """利用規約への同意 (A20): which version, and when."""

    version: str
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """One person's access to the gateway. It never carries the password, not even hashed.

    `login_id` is what they sign in with: a login ID, or where the co-op says so their e-mail address (E1).
    `member_number` is the member's own, or for a guardian the student's (A1); None for staff.
    `name` and `roles` are for staff only: everyone else's name is the registry's.
    """

    account_id: UUID
    coop_code: str
    kind: AccountKind
    state: AccountState
    login_id: str
    email: str | None
    email_verified: bool
    member_number: MemberNumber | None
    registered_at: datetime | None
    auth_code: bool
    must_change_password: bool
    terms: TermsAcceptance | None
    name: str | None
    roles: frozenset[StaffRole]


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A registered account to open. See `Account` for the parts."""

    kind: AccountKind
    login_id: str
    registered_at: datetime
    email: str | None = None
    email_verified: bool = False
    member_number: MemberNumber | None = None
    terms: TermsAcceptance | None = None
    name: str | None = None
    roles: frozenset[StaffRole] = frozenset()
