"""送信メール (A23): what became of every mail. Never its text."""

from datetime import datetime
from typing import Annotated

import strawberry

from adapters import records
from gateway.accounts.refusals import MailNotResendable
from gateway.paging import write_cursor
from gateway.resolvers import mail_dispatches as resolver
from gateway.schema.connections import Connection, connection
from gateway.schema.info import Info
from gateway.schema.refusals import refused
from gateway.schema.user_errors import UserError
from gateway.store.records import MailDispatch as MailDispatchRecord
from gateway.store.records import MailKind, MailState


@strawberry.type(description="送信メール: one mail and what became of it.")
class MailDispatch:
    """Without its text, which may carry a secret."""

    id: strawberry.ID = strawberry.field(description="Give it to `resendMail`.")
    kind: MailKind | None = strawberry.field(description="What it is about.")
    recipient: str = strawberry.field(description="宛先, masked.")
    state: MailState = strawberry.field(description="状態.")
    queued_at: datetime = strawberry.field(description="受付日時.")
    settled_at: datetime | None = strawberry.field(description="送信が終わった日時, whatever the outcome.")
    attempts: int = strawberry.field(description="How often it was tried.")
    next_attempt_at: datetime | None = strawberry.field(description="次の送信予定, while it waits.")
    reason: str | None = strawberry.field(description="What the mail system said.")
    resendable: bool = strawberry.field(
        description="Whether `resendMail` takes it: settled, without a secret."
    )

    @classmethod
    def of(cls, record: MailDispatchRecord) -> "MailDispatch":
        """From the store."""
        return cls(
            id=strawberry.ID(str(record.mail_id)),
            kind=record.kind,
            recipient=record.recipient,
            state=record.state,
            queued_at=record.queued_at,
            settled_at=record.settled_at,
            attempts=record.attempts,
            next_attempt_at=record.next_attempt_at,
            reason=record.reason,
            resendable=record.resendable,
        )


MailDispatchConnection = Connection[MailDispatch]


def mail_dispatch_connection(
    page: records.Page[MailDispatchRecord], after: str | None
) -> MailDispatchConnection:
    """A page of mails."""
    return connection(
        page.items,
        node=MailDispatch.of,
        cursor=lambda record: write_cursor(record.queued_at.isoformat(), str(record.mail_id)),
        has_next=page.has_next,
        after=after,
    )


@strawberry.input(description="メールの再送.")
class ResendMailInput:
    """Which."""

    mail_id: strawberry.ID = strawberry.field(description="`id` of `mailDispatches`.")


@strawberry.type(description="The outcome of sending a mail again.")
class ResendMailPayload:
    """The mail that now waits, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    dispatch: MailDispatch | None = strawberry.field(default=None, description="The mail, waiting again.")


async def resend_mail(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        ResendMailInput, strawberry.argument(description="Which.")
    ],
) -> ResendMailPayload:
    """Never one that carried a secret: that is asked for anew."""
    outcome = await resolver.resend(info.context, input.mail_id)
    if isinstance(outcome, MailNotResendable):
        return ResendMailPayload(errors=refused(outcome, info.context.clock()))
    return ResendMailPayload(errors=[], dispatch=MailDispatch.of(outcome))
