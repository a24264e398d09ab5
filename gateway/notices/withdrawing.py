"""お知らせの取り下げ: nobody is told it any more, and mails that have not left stay."""

from dataclasses import replace
from uuid import UUID

from gateway.accounts import Entrance
from gateway.notices.publishing import entry_of
from gateway.notices.refusals import NoticeNotFound
from gateway.store import CoopStore
from gateway.store.records import AccessAction, MailKind, Origin, PublishedNotice
from gateway.viewer import StaffViewer


async def withdraw_notice(
    entrance: Entrance, by: StaffViewer, notice_id: UUID, origin: Origin
) -> PublishedNotice | NoticeNotFound:
    """Withdraws a notice. Done again, nothing more happens."""
    now = entrance.clock()
    async with entrance.store.transaction() as within:
        notice = (await within.published_notices.by_id([notice_id]))[notice_id]
        if notice is None:
            return NoticeNotFound()
        if not await within.published_notices.withdraw(notice_id, now):
            return notice
        withdrawn = replace(notice, withdrawn_at=now)
        await _stop_mailing(within, withdrawn)
        await within.access_log.record([entry_of(withdrawn, AccessAction.NOTICE_WITHDRAWN, by, origin)])
    return withdrawn


async def _stop_mailing(within: CoopStore, notice: PublishedNotice) -> None:
    # In this order: closing waits for the step under way, whose mails are queued then.
    subject = str(notice.notice_id)
    await within.mailings.close(MailKind.NOTICE, subject)
    mails = await within.mailings.mails_on(MailKind.NOTICE, subject)
    if mails and notice.withdrawn_at is not None:
        await within.outbox.stop(mails, notice.withdrawn_at)
