"""お問い合わせ (A7, A33, A35, D10, E8)."""

from datetime import datetime
from typing import Annotated

import strawberry

from adapters import records
from adapters.records import MemberNumber
from gateway.accounts.answering import Answered
from gateway.accounts.inquiries import NewInquiry
from gateway.accounts.outcomes import TooManyAttempts
from gateway.accounts.refusals import EmailRefused, InquiryRefused
from gateway.paging import write_cursor
from gateway.resolvers import inquiries as resolver
from gateway.resolvers.entrances import MalformedNumber
from gateway.schema.connections import Connection, connection
from gateway.schema.info import Info
from gateway.schema.nodes import Node, identity_in, write_global_id
from gateway.schema.refusals import refused
from gateway.schema.scalars import CoopCode, EmailAddress
from gateway.schema.user_errors import UserError
from gateway.store.records import Inquiry as InquiryRecord
from gateway.store.records import InquiryState, InquiryTopic


@strawberry.type(description="お問い合わせ and the co-op's answer.")
class Inquiry(Node):
    """One inquiry; its id is the 受付番号."""

    topic: InquiryTopic = strawberry.field(description="件名.")
    state: InquiryState = strawberry.field(description="How far it has come.")
    body: str = strawberry.field(description="本文.")
    sent_at: datetime = strawberry.field(description="送信日時.")
    member_number: MemberNumber | None = strawberry.field(
        description="組合員番号 of who was signed in; null for everybody else."
    )
    claimed_number: MemberNumber | None = strawberry.field(
        description="組合員番号 as it was typed by who was not signed in: nobody has checked it."
    )
    reply_to: EmailAddress | None = strawberry.field(description="返信先, as it was typed.")
    answer: str | None = strawberry.field(description="回答.")
    answered_at: datetime | None = strawberry.field(description="回答日時.")

    @classmethod
    def of(cls, record: InquiryRecord, coop_code: str) -> "Inquiry":
        """From the store."""
        return cls(
            id=write_global_id("Inquiry", coop_code, str(record.inquiry_id)),
            topic=record.topic,
            state=record.state,
            body=record.body,
            sent_at=record.sent_at,
            member_number=record.member_number,
            claimed_number=record.claimed_number,
            reply_to=None if record.reply_to is None else EmailAddress(record.reply_to),
            answer=record.answer,
            answered_at=record.answered_at,
        )


InquiryConnection = Connection[Inquiry]


def inquiry_connection(
    page: records.Page[InquiryRecord], coop_code: str, after: str | None
) -> InquiryConnection:
    """A page of inquiries."""
    return connection(
        page.items,
        node=lambda record: Inquiry.of(record, coop_code),
        cursor=lambda record: write_cursor(record.sent_at.isoformat(), str(record.inquiry_id)),
        has_next=page.has_next,
        after=after,
    )


@strawberry.input(description="お問い合わせ. Needs no session (A7).")
class SubmitInquiryInput:
    """To whom, about what, and where the answer goes."""

    coop: CoopCode = strawberry.field(description="生協.")
    topic: InquiryTopic = strawberry.field(description="件名.")
    body: str = strawberry.field(description="本文.")
    reply_to: EmailAddress | None = strawberry.field(
        default=None, description="返信先メールアドレス; needed from who is not signed in."
    )
    member_number: MemberNumber | None = strawberry.field(
        default=None, description="組合員番号, if known; never taken for the member's own without a session."
    )

    def to_domain(self) -> NewInquiry:
        """As the accounts take it."""
        return NewInquiry(
            topic=self.topic, body=self.body, reply_to=self.reply_to, claimed_number=self.member_number
        )


@strawberry.type(description="The outcome of an inquiry.")
class SubmitInquiryPayload:
    """Its number, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    inquiry: Inquiry | None = strawberry.field(default=None, description="The inquiry as it was received.")


async def submit_inquiry(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        SubmitInquiryInput, strawberry.argument(description="About what.")
    ],
) -> SubmitInquiryPayload:
    """Throttled; stored for staff to answer."""
    outcome = await resolver.submit(info.context, input.coop, input.to_domain())
    if isinstance(outcome, InquiryRecord):
        return SubmitInquiryPayload(errors=[], inquiry=Inquiry.of(outcome, input.coop))
    return SubmitInquiryPayload(errors=_errors(info, outcome))


def _errors(
    info: Info, refusal: InquiryRefused | EmailRefused | MalformedNumber | TooManyAttempts
) -> list[UserError]:
    the_address = ("replyTo",) if isinstance(refusal, EmailRefused) else ()
    return refused(refusal, info.context.clock(), *the_address)


@strawberry.input(description="お問い合わせへの回答.")
class AnswerInquiryInput:
    """Which, and what to say."""

    inquiry_id: strawberry.ID = strawberry.field(description="`id` of the inquiry.")
    answer: str = strawberry.field(
        description="回答. Kept on MyPage and mailed as it stands: nothing that only the member may know, where "
        "nobody was signed in."
    )


@strawberry.type(description="The outcome of answering an inquiry.")
class AnswerInquiryPayload:
    """The inquiry with its answer, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    inquiry: Inquiry | None = strawberry.field(default=None, description="The inquiry with its answer.")
    mailed: bool = strawberry.field(
        default=False,
        description="The answer is on its way to 返信先, else to the account's address; false when there is neither.",
    )


async def answer_inquiry(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        AnswerInquiryInput, strawberry.argument(description="Which, and what to say.")
    ],
) -> AnswerInquiryPayload:
    """Once: a second answer is refused."""
    coop_code = info.context.at_home().coop.code
    inquiry_id = identity_in(input.inquiry_id, "Inquiry", coop_code)
    outcome = await resolver.answer(info.context, inquiry_id, input.answer)
    if isinstance(outcome, Answered):
        inquiry = Inquiry.of(outcome.inquiry, coop_code)
        return AnswerInquiryPayload(errors=[], inquiry=inquiry, mailed=outcome.mailed)
    return AnswerInquiryPayload(errors=refused(outcome, info.context.clock()))
