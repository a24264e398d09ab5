"""ログインIDとパスワードの再発行 (A28-A31, E3, E4): for anybody, and never telling whether there is an account."""

from adapters.records import MemberNumber
from gateway.accounts import recovery
from gateway.accounts.outcomes import TooManyAttempts
from gateway.accounts.recovery import RecoveryRequested
from gateway.accounts.refusals import LinkInvalid, MemberNumberMissing, NotOffered, PasswordRefused
from gateway.context import Context
from gateway.resolvers.entrances import MalformedNumber, entrance_of, malformed
from gateway.store.records import Account


async def request_login_id_reminder(
    context: Context, coop_code: str, number: MemberNumber, email: str
) -> RecoveryRequested | NotOffered | MalformedNumber | TooManyAttempts:
    """ログインIDを忘れた (A28)."""
    entrance = entrance_of(context, coop_code)
    wrong = malformed(entrance.coop, number)
    return wrong or await recovery.request_login_id_reminder(entrance, number, email, context.origin)


async def request_password_reset(
    context: Context, coop_code: str, identifier: str, number: MemberNumber | None
) -> RecoveryRequested | MemberNumberMissing | MalformedNumber | TooManyAttempts:
    """パスワードを忘れた (A29, E3)."""
    entrance = entrance_of(context, coop_code)
    wrong = malformed(entrance.coop, number)
    return wrong or await recovery.request_password_reset(entrance, identifier, number, context.origin)


async def reset_password(
    context: Context, coop_code: str, token: str, new_password: str
) -> Account | LinkInvalid | PasswordRefused | TooManyAttempts:
    """新しいパスワードの登録, by the mailed URL (E4)."""
    entrance = entrance_of(context, coop_code)
    return await recovery.reset_password(entrance, token, new_password, context.origin)
