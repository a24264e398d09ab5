"""Sending a mail again that did not arrive (A23)."""

from uuid import UUID, uuid4

from gateway.accounts.entrance import Entrance
from gateway.accounts.mail_requests import log_mail_request
from gateway.accounts.refusals import MailNotResendable
from gateway.store.records import MailDispatch, Origin
from gateway.viewer import StaffViewer


async def resend_mail(
    entrance: Entrance, by: StaffViewer, mail_id: UUID, origin: Origin
) -> MailDispatch | MailNotResendable:
    """Queues a settled mail once more. What carried a secret is not sent twice: its owner asks for a new one."""
    now = entrance.clock()
    async with entrance.store.transaction() as within:
        mail = await within.outbox.send_again(mail_id, uuid4(), now)
        if mail is None:
            return MailNotResendable()
        await log_mail_request(within, by, "RESEND", origin, now)
    return mail
