"""What a person can put right in what they entered: data of the answer, not errors of the operation."""

from datetime import datetime

import strawberry

from gateway.accounts.password_policy import PasswordFault
from gateway.errors import ErrorCode
from gateway.schema.coop import ManualChannel


@strawberry.interface(description="What a person can put right in what they entered.")
class UserError:
    """An error that is part of the answer."""

    code: ErrorCode = strawberry.field(description="What is wrong.")
    message: str = strawberry.field(description="For the person, in Japanese.")
    path: list[str] | None = strawberry.field(description="The input field, from `input` on.")


@strawberry.type(description="An input that cannot be accepted.")
class InputError(UserError):
    """Needs nothing beyond code, message and path."""


@strawberry.type(description="Tried too often: nothing was looked at (E26, X21).")
class TooManyAttempts(UserError):
    """Says how long to wait."""

    retry_at: datetime | None = strawberry.field(
        description="From then on it is looked at again; null when only the co-op's staff can help."
    )


@strawberry.type(description="A password that cannot be taken (E26).")
class PasswordRefused(UserError):
    """Says why, every reason at once."""

    reasons: list[PasswordFault] = strawberry.field(description="What is wrong with it.")
    messages: list[str] = strawberry.field(description="The same in Japanese, a sentence each.")


@strawberry.type(description="More Web points than can be asked for (B6).")
class InsufficientPoints(UserError):
    """Says how many can."""

    transferable: int = strawberry.field(description="受取申請できるポイント, in whole units.")


@strawberry.type(description="自動受付ができない手続き: it goes another way (E18).")
class ManualChannelRequired(UserError):
    """Says which way."""

    channels: list[ManualChannel] = strawberry.field(description="お手続きの方法.")


USER_ERRORS = (InputError, TooManyAttempts, PasswordRefused, InsufficientPoints, ManualChannelRequired)
"""Every type that implements `UserError`: no field names them, so that the schema is told."""
