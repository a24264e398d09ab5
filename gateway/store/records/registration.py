"""What a registration writes into an account."""

from dataclasses import dataclass, field
from datetime import datetime

from adapters.records import MemberNumber
from gateway.store.records.account import TermsAcceptance
from gateway.viewer import AccountKind


@dataclass(frozen=True, slots=True)
class Registration:
    """What the member chose: ID, password (its hash), address and terms (A18, A20)."""

    login_id: str
    password_hash: str = field(repr=False)
    email: str
    terms: TermsAcceptance


@dataclass(frozen=True, slots=True)
class PendingRegistration:
    """A registration that waits for its link to be opened (A21), and until when."""

    member_number: MemberNumber
    kind: AccountKind
    registration: Registration
    until: datetime
