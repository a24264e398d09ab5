"""Notices that the co-op's staff publish (D8, D9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from adapters.records import MemberNumber, MemberSegment


class NoticeReach(Enum):
    """Whom a notice is for: every member, the members of a list, or those who have something in common."""

    EVERYONE = "EVERYONE"
    MEMBERS = "MEMBERS"
    SEGMENT = "SEGMENT"


@dataclass(frozen=True, slots=True)
class NoticeContent:
    """What is to be told, to whom. `member_numbers` belong to MEMBERS, `segment` to SEGMENT."""

    title: str
    body: str
    reach: NoticeReach
    member_numbers: tuple[MemberNumber, ...]
    segment: MemberSegment | None
    by_mail: bool


@dataclass(frozen=True, slots=True)
class PublishedNotice:
    """A notice that was published, by whom (an account), and when it was withdrawn, if it was."""

    notice_id: UUID
    content: NoticeContent
    published_at: datetime
    published_by: UUID
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeyedNotice:
    """A notice, and the fingerprint of the input that it was published with under a key."""

    notice: PublishedNotice
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class OwnNotice:
    """A notice of the gateway's own as a member may be told it. `segment`: only who belongs to it."""

    notice_id: UUID
    reach: NoticeReach
    title: str
    body: str
    published_at: datetime
    segment: MemberSegment | None


@dataclass(frozen=True, slots=True)
class MailingProgress:
    """How many mails of one mailing were queued and how far they are. `walking`: not everybody was reached yet."""

    queued: int
    sent: int
    stopped: int
    walking: bool


OwnNotices = Sequence[OwnNotice]
