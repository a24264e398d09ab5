"""認証コードの設定 (E26): the viewer's own."""

from gateway.accounts import auth_codes
from gateway.accounts.auth_code_setting import RecoveryCodes
from gateway.accounts.auth_codes import (
    EmailNotVerified,
    NoAuthCode,
    PasswordTooShortAlone,
    StaffNeedCode,
    TotpEnrolment,
)
from gateway.accounts.outcomes import InvalidAuthCode, InvalidCredentials, TooManyAttempts
from gateway.context import Context
from gateway.resolvers.accounts import signed_in
from gateway.resolvers.entrances import own_entrance
from gateway.store.records import Account

PasswordCheck = InvalidCredentials | TooManyAttempts


async def use_email(context: Context, password: str) -> Account | EmailNotVerified | PasswordCheck:
    """Codes by e-mail from now on."""
    viewer = signed_in(context)
    return await auth_codes.use_email_codes(own_entrance(context), viewer, password, context.origin)


async def begin_totp(context: Context, password: str) -> TotpEnrolment | PasswordCheck:
    """A secret for an authenticator app; nothing changes until the app has shown that it has it."""
    return await auth_codes.begin_totp(own_entrance(context), signed_in(context), password, context.origin)


async def finish_totp(context: Context, code: str) -> RecoveryCodes | InvalidAuthCode | TooManyAttempts:
    """Codes by the app from now on."""
    return await auth_codes.finish_totp(own_entrance(context), signed_in(context), code, context.origin)


async def new_recovery_codes(context: Context, password: str) -> RecoveryCodes | NoAuthCode | PasswordCheck:
    """Recovery codes in place of the ones before."""
    viewer = signed_in(context)
    return await auth_codes.new_recovery_codes(own_entrance(context), viewer, password, context.origin)


async def turn_off(
    context: Context, password: str
) -> Account | StaffNeedCode | PasswordTooShortAlone | PasswordCheck:
    """No code from now on."""
    viewer = signed_in(context)
    return await auth_codes.turn_off_auth_code(own_entrance(context), viewer, password, context.origin)
