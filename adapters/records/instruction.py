"""Instructions (指示): what a POS is told to do for a member, and what became of it."""

from dataclasses import dataclass
from enum import Enum

from adapters.records.member import MemberNumber


@dataclass(frozen=True, slots=True)
class TransferWebPoints:
    """Webポイント移行 (B6, B7): so many points become unreceived prepaid money."""

    member_number: MemberNumber
    points: int


@dataclass(frozen=True, slots=True)
class SuspendPico:
    """利用停止 (D1, D3): onto the negative list. `store_code` is None when it was asked for on the Web."""

    member_number: MemberNumber
    store_code: str | None


@dataclass(frozen=True, slots=True)
class ResumePico:
    """利用再開, in a store only (D2)."""

    member_number: MemberNumber
    store_code: str


@dataclass(frozen=True, slots=True)
class ReceivePrepaid:
    """Handing out unreceived prepaid money in a store (B10–B12)."""

    member_number: MemberNumber
    slip_number: str
    store_code: str


@dataclass(frozen=True, slots=True)
class ReissueCard:
    """再発行 (D5–D7): from now on the member's card has this number (16 digits)."""

    member_number: MemberNumber
    card_number: str


Instruction = TransferWebPoints | SuspendPico | ResumePico | ReceivePrepaid | ReissueCard


class InstructionResult(Enum):
    """What became of an instruction: done, or why it was refused for good."""

    DONE = "DONE"
    NO_SUCH_MEMBER = "NO_SUCH_MEMBER"
    INSUFFICIENT_POINTS = "INSUFFICIENT_POINTS"
    ALREADY_SUSPENDED = "ALREADY_SUSPENDED"
    NOT_SUSPENDED = "NOT_SUSPENDED"
    NOT_RECEIVABLE = "NOT_RECEIVABLE"
