"""What somebody has forgotten, as they put it: nobody has looked yet whether there is such an account."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from adapters.records import MemberNumber
from gateway.store.records.session import Origin


class RecoveryKind(Enum):
    """「ログインIDを忘れた」 (A28), 「パスワードを忘れた」 (A29, E3)."""

    LOGIN_ID = "LOGIN_ID"
    PASSWORD = "PASSWORD"  # noqa: S105 - the name of a kind


@dataclass(frozen=True, slots=True)
class NewRecoveryRequest:
    """A request to write down. `identifier` is the e-mail address (LOGIN_ID) or what one signs in with (PASSWORD).

    `requested_by` is the account of the member of staff who started it (A34).
    """

    kind: RecoveryKind
    member_number: MemberNumber | None
    identifier: str
    origin: Origin
    requested_at: datetime
    requested_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class RecoveryRequest:
    """A request whose turn it is."""

    request_id: UUID
    asked: NewRecoveryRequest
