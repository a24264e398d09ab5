"""お知らせ by mail: what staff have published, to whom it is for (D8, D9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from adapters.ports import MemberRegistry
from adapters.records import MemberSegment
from gateway import mails
from gateway.mailings.findings import Findings, News
from gateway.mailings.looking import readers, with_view
from gateway.mails import Envelope
from gateway.rules.segments import belongs
from gateway.store import CoopStore
from gateway.store.records import Account, MailKind, NoticeReach, PublishedNotice


@dataclass(frozen=True, slots=True)
class NoticeMailing:
    """The subject is the notice's id. Members hear of it, and guardians who see the student's pages."""

    kind: ClassVar[MailKind] = MailKind.NOTICE
    daily: ClassVar[bool] = False

    registry: MemberRegistry

    async def accounts(
        self, within: CoopStore, subject: str, after: UUID | None, at_most: int
    ) -> Sequence[Account]:
        """Those on its list, or everybody."""
        notice = await _notice(within, subject)
        if notice.content.reach is NoticeReach.MEMBERS:
            return await within.mailable_accounts.listed(notice.content.member_numbers, after, at_most)
        return await within.mailable_accounts.everybody(after, at_most)

    async def look(self, within: CoopStore, subject: str, accounts: Sequence[Account]) -> Findings:
        """Whom of them it is for."""
        notice = await _notice(within, subject)
        segment = notice.content.segment
        if segment is None:
            return Findings([_news(notice, account) for account in await with_view(within, accounts)])
        return await self._in_segment(within, notice, segment, accounts)

    async def _in_segment(
        self, within: CoopStore, notice: PublishedNotice, segment: MemberSegment, accounts: Sequence[Account]
    ) -> Findings:
        told = await readers(within, self.registry, accounts)
        news = [_news(notice, each.account) for each in told.found if belongs(each.member, segment)]
        return Findings(news, unanswered=not told.complete)


async def _notice(within: CoopStore, subject: str) -> PublishedNotice:
    notice_id = UUID(subject)
    notice = (await within.published_notices.by_id([notice_id]))[notice_id]
    assert notice is not None, "its round began in the transaction that published it"  # noqa: S101
    return notice


def _news(notice: PublishedNotice, account: Account) -> News:
    async def write(to: Envelope, _: frozenset[str]) -> None:
        await mails.queue_notice(to, notice.content.title, notice.content.body)

    return News(account, [str(notice.notice_id)], write)
