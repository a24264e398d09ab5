"""送信メール (A23): what became of every mail, and sending one again."""

from uuid import UUID

from adapters.records import Page
from gateway.accounts import mail_dispatches
from gateway.accounts.refusals import MailNotResendable
from gateway.context import Context
from gateway.paging import page_size, read_cursor
from gateway.resolvers.entrances import own_entrance
from gateway.resolvers.requests import read_place
from gateway.resolvers.staff_accounts import staff_of
from gateway.store.records import MailDispatch, MailDispatchesQuery, MailState


async def page(
    context: Context, state: MailState | None, first: int, after: str | None
) -> Page[MailDispatch]:
    """The co-op's mail, newest first."""
    query = MailDispatchesQuery(page_size(first), read_cursor(after, read_place), state)
    return await context.at_home().store.outbox.dispatches(query)


async def resend(context: Context, mail: str) -> MailDispatch | MailNotResendable:
    """Sends a mail once more."""
    entrance, by = own_entrance(context), staff_of(context)
    try:
        mail_id = UUID(mail)
    except ValueError:
        return MailNotResendable()
    return await mail_dispatches.resend_mail(entrance, by, mail_id, context.origin)
