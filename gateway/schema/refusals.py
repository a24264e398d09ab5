"""From refusals (`gateway.accounts`, `gateway.instructions`) to the errors of an answer: the code, and which input
field it is about."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from gateway.accounts import outcomes, refusals
from gateway.errors import ErrorCode
from gateway.instructions import KeyUsedOtherwise
from gateway.instructions import refusals as instructed
from gateway.resolvers.entrances import MalformedNumber
from gateway.schema.coop import ManualChannel
from gateway.schema.desk_refusals import DESK_CODES, DeskWorded
from gateway.schema.user_errors import (
    InputError,
    InsufficientPoints,
    ManualChannelRequired,
    PasswordRefused,
    TooManyAttempts,
    UserError,
)

Worded = (
    MalformedNumber
    | refusals.AccountNotFound
    | refusals.AlertRefused
    | refusals.AnswerRefused
    | refusals.CardRevoked
    | refusals.DeviceUnsupported
    | refusals.EmailInUse
    | refusals.EmailRefused
    | refusals.IdentityCheckMissing
    | refusals.InquiryAnswered
    | refusals.InquiryNotFound
    | refusals.InquiryRefused
    | refusals.LinkInvalid
    | refusals.LoginIdInUse
    | refusals.LoginIdRefused
    | refusals.MailNotResendable
    | refusals.MemberNotFound
    | refusals.MemberNumberMissing
    | refusals.MyPageRequired
    | refusals.NotAMemberYet
    | refusals.NotLeaving
    | refusals.NotOffered
    | refusals.ProvisionalSignInRequired
    | refusals.RefundDayRefused
    | refusals.RefundNotCancellable
    | refusals.RefundReasonMissing
    | refusals.RefundRecorded
    | refusals.RegisteredAlready
    | refusals.TermsNotAccepted
    | instructed.AlreadySuspended
    | instructed.NothingToChange
    | instructed.PointsNotInUnits
    | KeyUsedOtherwise
    | DeskWorded
)
"""Refusals that bring their own Japanese sentence."""

Refusal = (
    Worded
    | refusals.PasswordRefused
    | outcomes.InvalidCredentials
    | outcomes.InvalidAuthCode
    | outcomes.TooManyAttempts
    | instructed.InsufficientPoints
    | instructed.ManualChannelRequired
)

CODES: Mapping[type[object], tuple[ErrorCode, tuple[str, ...]]] = {
    MalformedNumber: (ErrorCode.BAD_INPUT, ("memberNumber",)),
    refusals.AccountNotFound: (ErrorCode.ACCOUNT_NOT_FOUND, ("account",)),
    refusals.AlertRefused: (ErrorCode.BAD_INPUT, ("lowBalanceBelow",)),
    refusals.AnswerRefused: (ErrorCode.ANSWER_REFUSED, ("answer",)),
    refusals.CardRevoked: (ErrorCode.CARD_REVOKED, ()),
    refusals.DeviceUnsupported: (ErrorCode.DEVICE_UNSUPPORTED, ()),
    refusals.EmailInUse: (ErrorCode.EMAIL_IN_USE, ("email",)),
    refusals.EmailRefused: (ErrorCode.EMAIL_REFUSED, ("email",)),
    refusals.IdentityCheckMissing: (ErrorCode.IDENTITY_CHECK_MISSING, ("identityCheck",)),
    refusals.InquiryAnswered: (ErrorCode.INQUIRY_ANSWERED, ("inquiryId",)),
    refusals.InquiryNotFound: (ErrorCode.INQUIRY_NOT_FOUND, ("inquiryId",)),
    refusals.InquiryRefused: (ErrorCode.INQUIRY_REFUSED, ("body",)),
    refusals.LinkInvalid: (ErrorCode.LINK_INVALID, ("token",)),
    refusals.LoginIdInUse: (ErrorCode.LOGIN_ID_IN_USE, ("loginId",)),
    refusals.LoginIdRefused: (ErrorCode.LOGIN_ID_REFUSED, ("loginId",)),
    refusals.MailNotResendable: (ErrorCode.MAIL_NOT_RESENDABLE, ("mailId",)),
    refusals.MemberNotFound: (ErrorCode.MEMBER_NOT_FOUND, ("memberNumber",)),
    refusals.MemberNumberMissing: (ErrorCode.MEMBER_NUMBER_MISSING, ("memberNumber",)),
    refusals.MyPageRequired: (ErrorCode.MYPAGE_REQUIRED, ()),
    refusals.NotAMemberYet: (ErrorCode.NOT_A_MEMBER_YET, ("memberNumber",)),
    refusals.NotLeaving: (ErrorCode.NOT_LEAVING, ("memberNumber",)),
    refusals.NotOffered: (ErrorCode.NOT_OFFERED, ()),
    refusals.ProvisionalSignInRequired: (ErrorCode.PROVISIONAL_SIGN_IN_REQUIRED, ("memberNumber",)),
    refusals.RefundDayRefused: (ErrorCode.REFUND_DAY_REFUSED, ("refundedOn",)),
    refusals.RefundNotCancellable: (ErrorCode.REFUND_NOT_CANCELLABLE, ("memberNumber",)),
    refusals.RefundReasonMissing: (ErrorCode.REASON_MISSING, ("reason",)),
    refusals.RefundRecorded: (ErrorCode.REFUND_RECORDED, ("refundedOn",)),
    refusals.RegisteredAlready: (ErrorCode.ALREADY_REGISTERED, ("memberNumber",)),
    refusals.TermsNotAccepted: (ErrorCode.TERMS_NOT_ACCEPTED, ("acceptedTerms",)),
    instructed.AlreadySuspended: (ErrorCode.ALREADY_SUSPENDED, ()),
    instructed.NothingToChange: (ErrorCode.BAD_INPUT, ()),
    instructed.PointsNotInUnits: (ErrorCode.BAD_INPUT, ("points",)),
    KeyUsedOtherwise: (ErrorCode.IDEMPOTENCY_KEY_REUSED, ("idempotencyKey",)),
    **DESK_CODES,
}
"""Each refusal's code, and the input field it is about unless a mutation says otherwise."""

WRONG_CODE = "認証コードが正しくありません。期限が切れている場合は、はじめからやり直してください。"
WRONG_PASSWORD = "現在のパスワードが正しくありません。"  # noqa: S105 - a sentence
ASK_THE_DESK = "試行回数が上限に達しました。生協の窓口へお問い合わせください。"


def refused(refusal: Refusal, now: datetime, *field: str) -> list[UserError]:
    """The errors of a payload. `field` is the way to the input field where it is another than in `CODES`."""
    match refusal:
        case outcomes.TooManyAttempts(retry_after=retry_after):
            return [too_many_attempts(retry_after, now)]
        case outcomes.InvalidCredentials():
            return [input_error(ErrorCode.INVALID_CREDENTIALS, WRONG_PASSWORD, *(field or ("password",)))]
        case outcomes.InvalidAuthCode():
            return [input_error(ErrorCode.INVALID_AUTH_CODE, WRONG_CODE, *(field or ("code",)))]
        case (
            refusals.PasswordRefused() | instructed.InsufficientPoints() | instructed.ManualChannelRequired()
        ):
            return [_telling_more(refusal, *field)]
        case _:
            code, usual_field = CODES[type(refusal)]
            return [input_error(code, refusal.message, *(field or usual_field))]


def _telling_more(
    refusal: refusals.PasswordRefused | instructed.InsufficientPoints | instructed.ManualChannelRequired,
    *field: str,
) -> UserError:
    match refusal:
        case refusals.PasswordRefused(faults=faults, messages=messages):
            return PasswordRefused(
                code=ErrorCode.PASSWORD_REFUSED,
                message=" ".join(messages),
                path=["input", *(field or ("password",))],
                reasons=list(faults),
                messages=list(messages),
            )
        case instructed.InsufficientPoints(transferable=transferable, message=message):
            code, path = ErrorCode.INSUFFICIENT_POINTS, ["input", *(field or ("points",))]
            return InsufficientPoints(code=code, message=message, path=path, transferable=transferable)
        case instructed.ManualChannelRequired(channels=channels, message=message):
            code, path = ErrorCode.MANUAL_CHANNEL_REQUIRED, ["input", *(field or ("workplace",))]
            ways = [ManualChannel.of(channel) for channel in channels]
            return ManualChannelRequired(code=code, message=message, path=path, channels=ways)


def refused_as_a_whole(refusal: Worded) -> list[UserError]:
    """The errors of a mutation that has no input."""
    code, _ = CODES[type(refusal)]
    return [InputError(code=code, message=refusal.message, path=None)]


def too_many_attempts(retry_after: timedelta | None, now: datetime) -> TooManyAttempts:
    """Says until when; or that only the desk can help."""
    retry_at = None if retry_after is None else now + retry_after
    return TooManyAttempts(
        code=ErrorCode.TOO_MANY_ATTEMPTS,
        message=ASK_THE_DESK
        if retry_at is None
        else f"試行回数が多いため、しばらく受け付けられません。{retry_at:%-H時%M分%S秒}以降にもう一度お試しください。",
        path=["input"],
        retry_at=retry_at,
    )


def input_error(code: ErrorCode, message: str, *field: str) -> InputError:
    """An error about one input field, or about the input as a whole."""
    return InputError(code=code, message=message, path=["input", *field])
