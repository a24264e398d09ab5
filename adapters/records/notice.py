"""Notices (お知らせ): 生協からのお知らせ to everyone (D8) and あなたへのお知らせ to one member (D9), one feed (X14)."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class NoticeAudience(Enum):
    """Who a notice is meant for."""

    EVERYONE = "EVERYONE"
    PERSONAL = "PERSONAL"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice as plain text. `notice_id` is the notice system's own and unique within the co-op."""

    notice_id: str
    audience: NoticeAudience
    title: str
    body: str
    published_at: datetime
