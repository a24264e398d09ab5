"""お知らせの掲載 (D8, D9): what the co-op's staff publish, and how far its mails are."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from adapters import records
from adapters.records import EmploymentStatus, MemberKind, MemberNumber, MemberStatus
from gateway.errors import ErrorCode
from gateway.instructions.recording import KeyUsedOtherwise
from gateway.notices.publishing import NewNotice
from gateway.notices.refusals import MembersNotFound, NoticeNotFound, NoticeRefused
from gateway.paging import write_cursor
from gateway.resolvers import published_notices as resolver
from gateway.schema.connections import Connection, connection
from gateway.schema.info import Info
from gateway.schema.refusals import input_error
from gateway.schema.scalars import IdempotencyKey
from gateway.schema.user_errors import UserError
from gateway.store.records import MailingProgress as ProgressRecord
from gateway.store.records import NoticeContent, NoticeReach
from gateway.store.records import PublishedNotice as NoticeRecord


@strawberry.type(description="対象者の条件: every part that is not empty must fit.")
class MemberSegment:
    """What the members it is for have in common."""

    kinds: list[MemberKind] = strawberry.field(description="組合員区分.")
    statuses: list[MemberStatus] = strawberry.field(description="加入状態.")
    employments: list[EmploymentStatus] = strawberry.field(description="現職・退職 (E5).")
    admission_years: list[int] = strawberry.field(description="入学年度.")

    @classmethod
    def of(cls, record: records.MemberSegment) -> "MemberSegment":
        """From the domain."""
        return cls(
            kinds=[each for each in MemberKind if each in record.kinds],
            statuses=[each for each in MemberStatus if each in record.statuses],
            employments=[each for each in EmploymentStatus if each in record.employments],
            admission_years=sorted(record.admission_years),
        )


@strawberry.type(description="お知らせメールの送信状況.")
class NoticeMailing:
    """How far the mails of a notice are."""

    queued: int = strawberry.field(description="Mails written so far, whatever became of them.")
    sent: int = strawberry.field(description="送信済み.")
    stopped: int = strawberry.field(description="取りやめ: the notice was withdrawn before they left.")
    in_progress: bool = strawberry.field(description="More are being written: not everybody was reached yet.")

    @classmethod
    def of(cls, record: ProgressRecord) -> "NoticeMailing":
        """From the store."""
        return cls(queued=record.queued, sent=record.sent, stopped=record.stopped, in_progress=record.walking)


@strawberry.type(description="掲載したお知らせ, as staff see it. Members see a `Notice`.")
class PublishedNotice:
    """One notice and whom it is for."""

    notice_id: strawberry.Private[UUID]
    id: strawberry.ID = strawberry.field(description="Give it to `withdrawNotice`.")
    title: str = strawberry.field(description="件名.")
    body: str = strawberry.field(description="本文, plain text.")
    reach: NoticeReach = strawberry.field(description="宛先.")
    member_numbers: list[MemberNumber] = strawberry.field(description="組合員番号, with `MEMBERS`.")
    segment: MemberSegment | None = strawberry.field(description="対象者の条件, with `SEGMENT`.")
    also_by_mail: bool = strawberry.field(description="Whether it is mailed, too.")
    published_at: datetime = strawberry.field(description="掲載日時.")
    withdrawn_at: datetime | None = strawberry.field(description="取り下げ日時.")

    @classmethod
    def of(cls, record: NoticeRecord) -> "PublishedNotice":
        """From the store."""
        content = record.content
        return cls(
            notice_id=record.notice_id,
            id=strawberry.ID(str(record.notice_id)),
            title=content.title,
            body=content.body,
            reach=content.reach,
            member_numbers=list(content.member_numbers),
            segment=None if content.segment is None else MemberSegment.of(content.segment),
            also_by_mail=content.by_mail,
            published_at=record.published_at,
            withdrawn_at=record.withdrawn_at,
        )

    @strawberry.field(description="メールの送信状況.")
    async def mailing(self, info: Info) -> NoticeMailing:
        """How far its mails are."""
        return NoticeMailing.of(await resolver.mailing(info.context, self.notice_id))


PublishedNoticeConnection = Connection[PublishedNotice]


def published_notice_connection(
    page: records.Page[NoticeRecord], after: str | None
) -> PublishedNoticeConnection:
    """A page of notices."""
    return connection(
        page.items,
        node=PublishedNotice.of,
        cursor=lambda record: write_cursor(record.published_at.isoformat(), str(record.notice_id)),
        has_next=page.has_next,
        after=after,
    )


@strawberry.input(
    description="対象者の条件: every part that is not empty must fit the member whenever the notice is read."
)
class MemberSegmentInput:
    """At least one part."""

    kinds: list[MemberKind] = strawberry.field(default_factory=list, description="組合員区分.")
    statuses: list[MemberStatus] = strawberry.field(default_factory=list, description="加入状態.")
    employments: list[EmploymentStatus] = strawberry.field(
        default_factory=list, description="現職・退職 (E5)."
    )
    admission_years: list[int] = strawberry.field(default_factory=list, description="入学年度.")

    def to_domain(self) -> records.MemberSegment:
        """As the rules take it."""
        return records.MemberSegment(
            kinds=frozenset(self.kinds),
            statuses=frozenset(self.statuses),
            employments=frozenset(self.employments),
            admission_years=frozenset(self.admission_years),
        )


@strawberry.input(description="お知らせの掲載 (D8, D9).")
class PublishNoticeInput:
    """What, and to whom."""

    idempotency_key: IdempotencyKey = strawberry.field(description="Made up once for each notice.")
    title: str = strawberry.field(description="件名, one line of at most 100 characters.")
    body: str = strawberry.field(description="本文, plain text of at most 10,000 characters.")
    reach: NoticeReach = strawberry.field(description="宛先.")
    member_numbers: list[MemberNumber] = strawberry.field(
        default_factory=list, description="組合員番号, at most 1,000; with `MEMBERS` only."
    )
    segment: MemberSegmentInput | None = strawberry.field(
        default=None, description="対象者の条件; with `SEGMENT` only."
    )
    also_by_mail: bool = strawberry.field(
        default=False, description="Mails it, too, to everybody it is for whose address is confirmed."
    )

    def to_domain(self) -> NewNotice:
        """As the office takes it."""
        content = NoticeContent(
            title=self.title.strip(),
            body=self.body.strip(),
            reach=self.reach,
            member_numbers=tuple(self.member_numbers),
            segment=None if self.segment is None else self.segment.to_domain(),
            by_mail=self.also_by_mail,
        )
        return NewNotice(self.idempotency_key, content)


@strawberry.type(description="The outcome of publishing a notice.")
class PublishNoticePayload:
    """The notice, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    notice: PublishedNotice | None = strawberry.field(
        default=None, description="The notice; the same one for a resend of its key."
    )


@strawberry.input(description="お知らせの取り下げ.")
class WithdrawNoticeInput:
    """Which."""

    notice_id: strawberry.ID = strawberry.field(description="`id` of `publishedNotices`.")


@strawberry.type(description="The outcome of withdrawing a notice.")
class WithdrawNoticePayload:
    """The notice, which nobody is told any more, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    notice: PublishedNotice | None = strawberry.field(
        default=None, description="`mailing` says how many mails had left already, and how many were stopped."
    )


async def publish_notice(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        PublishNoticeInput, strawberry.argument(description="What, and to whom.")
    ],
) -> PublishNoticePayload:
    """At once; a resend of the same key publishes nothing more."""
    match await resolver.publish(info.context, input.to_domain()):
        case NoticeRecord() as notice:
            return PublishNoticePayload(errors=[], notice=PublishedNotice.of(notice))
        case NoticeRefused(field=field, message=message):
            error = input_error(ErrorCode.NOTICE_REFUSED, message, field)
        case MembersNotFound(message=message):
            error = input_error(ErrorCode.MEMBER_NOT_FOUND, message, "memberNumbers")
        case KeyUsedOtherwise(message=message):
            error = input_error(ErrorCode.IDEMPOTENCY_KEY_REUSED, message, "idempotencyKey")
    return PublishNoticePayload(errors=[error])


async def withdraw_notice(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        WithdrawNoticeInput, strawberry.argument(description="Which.")
    ],
) -> WithdrawNoticePayload:
    """Withdrawn twice it stays as it was."""
    outcome = await resolver.withdraw(info.context, input.notice_id)
    if isinstance(outcome, NoticeNotFound):
        return WithdrawNoticePayload(
            errors=[input_error(ErrorCode.NOTICE_NOT_FOUND, outcome.message, "noticeId")]
        )
    return WithdrawNoticePayload(errors=[], notice=PublishedNotice.of(outcome))
