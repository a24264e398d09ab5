"""お知らせの掲載: for everybody, a list of members or a segment; by mail, too, if wanted (D8, D9)."""

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import Enum
from uuid import UUID

from adapters.records import MemberSegment
from gateway.accounts import Entrance
from gateway.instructions.recording import KeyUsedOtherwise
from gateway.notices.refusals import MembersNotFound, NoticeRefused
from gateway.store import CoopStore
from gateway.store.records import (
    AccessAction,
    KeyedNotice,
    MailKind,
    NewAccessLogEntry,
    NoticeContent,
    NoticeReach,
    Origin,
    PublishedNotice,
)
from gateway.viewer import StaffViewer

LONGEST_TITLE = 100
LONGEST_BODY = 10_000
MOST_MEMBERS = 1_000
"""On one list."""

_TITLE = f"件名は1行、{LONGEST_TITLE}文字以内でご入力ください。"
_BODY = f"本文は{LONGEST_BODY:,}文字以内でご入力ください。"
_LIST = f"組合員番号を1件以上{MOST_MEMBERS:,}件以内でご指定ください。"
_NO_LIST = "組合員番号は、宛先が個別の場合にのみご指定ください。"
_SEGMENT = "対象者の条件を1つ以上ご指定ください。"
_NO_SEGMENT = "対象者の条件は、宛先が条件指定の場合にのみご指定ください。"


@dataclass(frozen=True, slots=True)
class NewNotice:
    """What is to be published, under a key that the client made up for it."""

    idempotency_key: UUID
    content: NoticeContent


async def publish_notice(
    entrance: Entrance, by: StaffViewer, new: NewNotice, origin: Origin
) -> PublishedNotice | NoticeRefused | MembersNotFound | KeyUsedOtherwise:
    """Publishes at once. Sent again with its key, a notice is not published again.

    Raises the errors of `adapters.errors` when a list is given and the registry does not answer.
    """
    known = await entrance.store.published_notices.by_key(by.account_id, new.idempotency_key)
    if known is not None:
        return _resent(known, new)
    refusal = _what_is_wrong(new.content) or await _unknown_members(entrance, new.content)
    if refusal is not None:
        return refusal
    async with entrance.store.transaction() as within:
        return await _publish(entrance, within, by, new, origin)


async def _publish(
    entrance: Entrance, within: CoopStore, by: StaffViewer, new: NewNotice, origin: Origin
) -> PublishedNotice | KeyUsedOtherwise:
    now, key = entrance.clock(), new.idempotency_key
    published = within.published_notices
    notice = await published.add(new.content, by.account_id, key, _fingerprint(new.content), now)
    if notice is None:
        known = await published.by_key(by.account_id, key)
        assert known is not None, "its key was in use a moment ago, and no notice is ever removed"  # noqa: S101
        return _resent(known, new)
    await within.access_log.record([entry_of(notice, AccessAction.NOTICE_PUBLISHED, by, origin)])
    if new.content.by_mail:
        await within.mailings.open(MailKind.NOTICE, str(notice.notice_id), now)
    return notice


def entry_of(
    notice: PublishedNotice, action: AccessAction, by: StaffViewer, origin: Origin
) -> NewAccessLogEntry:
    """The line of the access log about a notice that was published or withdrawn."""
    return NewAccessLogEntry.of_session(
        by,
        notice.withdrawn_at or notice.published_at,
        action,
        origin,
        what=(notice.content.reach.value, str(notice.notice_id)),
    )


def _what_is_wrong(content: NoticeContent) -> NoticeRefused | None:
    title, body = content.title.strip(), content.body.strip()
    if not 0 < len(title) <= LONGEST_TITLE or not title.isprintable():
        return NoticeRefused("title", _TITLE)
    if not 0 < len(body) <= LONGEST_BODY:
        return NoticeRefused("body", _BODY)
    return _wrong_list(content) or _wrong_segment(content)


def _wrong_list(content: NoticeContent) -> NoticeRefused | None:
    if content.reach is not NoticeReach.MEMBERS:
        return NoticeRefused("memberNumbers", _NO_LIST) if content.member_numbers else None
    if 0 < len(content.member_numbers) <= MOST_MEMBERS:
        return None
    return NoticeRefused("memberNumbers", _LIST)


def _wrong_segment(content: NoticeContent) -> NoticeRefused | None:
    if content.reach is not NoticeReach.SEGMENT:
        return None if content.segment is None else NoticeRefused("segment", _NO_SEGMENT)
    if content.segment is None or content.segment == MemberSegment():
        return NoticeRefused("segment", _SEGMENT)
    return None


async def _unknown_members(entrance: Entrance, content: NoticeContent) -> MembersNotFound | None:
    if not content.member_numbers:
        return None
    answers = await entrance.registry.members(content.member_numbers)
    unknown = [number for number in content.member_numbers if answers.of(number) is None]
    return MembersNotFound(unknown) if unknown else None


def _resent(known: KeyedNotice, new: NewNotice) -> PublishedNotice | KeyUsedOtherwise:
    return known.notice if known.fingerprint == _fingerprint(new.content) else KeyUsedOtherwise()


def _fingerprint(content: NoticeContent) -> bytes:
    """What tells one notice from another: SHA-256 of it as it was sent, in canonical form."""
    canonical = json.dumps(asdict(content), sort_keys=True, default=_plain)
    return hashlib.sha256(canonical.encode()).digest()


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset):
        return sorted(map(_plain, value), key=str)
    return value
