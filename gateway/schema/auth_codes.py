"""認証コードの設定 (E26): by e-mail, by an authenticator app in two steps, off, and recovery codes."""

from typing import Annotated

import strawberry

from gateway.accounts.auth_code_setting import RecoveryCodes
from gateway.accounts.auth_codes import (
    EmailNotVerified,
    NoAuthCode,
    PasswordTooShortAlone,
    StaffNeedCode,
)
from gateway.accounts.auth_codes import TotpEnrolment as Enrolment
from gateway.accounts.outcomes import InvalidAuthCode, InvalidCredentials, TooManyAttempts
from gateway.errors import ErrorCode
from gateway.resolvers import auth_codes as resolver
from gateway.schema.info import Info
from gateway.schema.refusals import input_error, refused
from gateway.schema.user_errors import UserError
from gateway.store.records import Account, AuthCodeMethod


@strawberry.input(
    description="The current password again, before something that protects the account changes."
)
class CurrentPasswordInput:
    """Re-authentication."""

    password: str = strawberry.field(description="現在のパスワード.")


@strawberry.input(description="The first code of an authenticator app.")
class FinishTotpInput:
    """Proof that the app has the secret."""

    code: str = strawberry.field(description="The six digits that the app shows now.")


@strawberry.input(one_of=True, description="What to do with the codes: exactly one of these.")
class SetAuthCodeInput:
    """One step."""

    use_email: CurrentPasswordInput | None = strawberry.field(
        default=strawberry.UNSET, description="メールで受け取る; the address must be confirmed."
    )
    begin_totp: CurrentPasswordInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="認証アプリの登録 (1): gives `enrolment`. Nothing changes before `finishTotp`.",
    )
    finish_totp: FinishTotpInput | None = strawberry.field(
        default=strawberry.UNSET, description="認証アプリの登録 (2): gives `recoveryCodes`."
    )
    new_recovery_codes: CurrentPasswordInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="リカバリーコードの再発行: the ones before are worth nothing then.",
    )
    turn_off: CurrentPasswordInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="認証コードを使わない: not for staff, and not with a password under 15 characters.",
    )


@strawberry.type(description="What an authenticator app (RFC 6238) is to be given. Shown this once.")
class TotpEnrolment:
    """The secret, in the two forms apps take it."""

    secret: str = strawberry.field(description="To type in: Base32.")
    uri: str = strawberry.field(description="To show as a QR code: `otpauth://totp/…`.")

    @classmethod
    def of(cls, enrolment: Enrolment) -> "TotpEnrolment":
        """From the accounts."""
        return cls(secret=enrolment.secret, uri=enrolment.uri)


@strawberry.type(description="The outcome of a step.")
class SetAuthCodePayload:
    """What the step gives, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    method: AuthCodeMethod | None = strawberry.field(
        default=None, description="How codes are received from now on; null when that did not change."
    )
    enrolment: TotpEnrolment | None = strawberry.field(default=None, description="After `beginTotp`.")
    recovery_codes: list[str] | None = strawberry.field(
        default=None,
        description="リカバリーコード: each opens the account once when the app is lost. Shown this once.",
    )


async def set_auth_code(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        SetAuthCodeInput, strawberry.argument(description="Which step.")
    ],
) -> SetAuthCodePayload:
    """Exactly one step, as @oneOf sees to."""
    if input.use_email:
        return await _use_email(info, input.use_email.password)
    if input.begin_totp:
        return await _begin_totp(info, input.begin_totp.password)
    if input.finish_totp:
        return await _finish_totp(info, input.finish_totp.code)
    if input.new_recovery_codes:
        return await _new_recovery_codes(info, input.new_recovery_codes.password)
    assert input.turn_off  # noqa: S101 - @oneOf leaves no other
    return await _turn_off(info, input.turn_off.password)


async def _use_email(info: Info, password: str) -> SetAuthCodePayload:
    match await resolver.use_email(info.context, password):
        case Account():
            return SetAuthCodePayload(errors=[], method=AuthCodeMethod.EMAIL)
        case EmailNotVerified():
            message = "確認済みのメールアドレスがありません。先にメールアドレスをご確認ください。"
            return SetAuthCodePayload(errors=[input_error(ErrorCode.EMAIL_NOT_VERIFIED, message, "useEmail")])
        case InvalidCredentials() | TooManyAttempts() as refusal:
            return _wrong_password(info, refusal, "useEmail")


async def _begin_totp(info: Info, password: str) -> SetAuthCodePayload:
    match await resolver.begin_totp(info.context, password):
        case Enrolment() as enrolment:
            return SetAuthCodePayload(errors=[], enrolment=TotpEnrolment.of(enrolment))
        case InvalidCredentials() | TooManyAttempts() as refusal:
            return _wrong_password(info, refusal, "beginTotp")


async def _finish_totp(info: Info, code: str) -> SetAuthCodePayload:
    match await resolver.finish_totp(info.context, code):
        case RecoveryCodes(codes=codes):
            return SetAuthCodePayload(errors=[], method=AuthCodeMethod.TOTP, recovery_codes=list(codes))
        case InvalidAuthCode() | TooManyAttempts() as refusal:
            errors = refused(refusal, info.context.clock(), "finishTotp", "code")
            return SetAuthCodePayload(errors=errors)


async def _new_recovery_codes(info: Info, password: str) -> SetAuthCodePayload:
    match await resolver.new_recovery_codes(info.context, password):
        case RecoveryCodes(codes=codes):
            return SetAuthCodePayload(errors=[], recovery_codes=list(codes))
        case NoAuthCode():
            message = "認証アプリが設定されていません。"
            error = input_error(ErrorCode.AUTH_CODE_NOT_SET, message, "newRecoveryCodes")
            return SetAuthCodePayload(errors=[error])
        case InvalidCredentials() | TooManyAttempts() as refusal:
            return _wrong_password(info, refusal, "newRecoveryCodes")


async def _turn_off(info: Info, password: str) -> SetAuthCodePayload:
    match await resolver.turn_off(info.context, password):
        case Account():
            return SetAuthCodePayload(errors=[], method=AuthCodeMethod.NONE)
        case StaffNeedCode():
            return _needed("職員のアカウントでは、認証コードを解除できません。")
        case PasswordTooShortAlone():
            return _needed(
                "認証コードを使わない場合は、15文字以上のパスワードが必要です。先にパスワードを変更してください。"
            )
        case InvalidCredentials() | TooManyAttempts() as refusal:
            return _wrong_password(info, refusal, "turnOff")


def _needed(message: str) -> SetAuthCodePayload:
    return SetAuthCodePayload(errors=[input_error(ErrorCode.AUTH_CODE_REQUIRED, message, "turnOff")])


def _wrong_password(
    info: Info, refusal: InvalidCredentials | TooManyAttempts, step: str
) -> SetAuthCodePayload:
    return SetAuthCodePayload(errors=refused(refusal, info.context.clock(), step, "password"))
