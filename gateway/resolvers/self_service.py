"""登録内容の変更 (A36) and マイページの利用中止 (E14): what one changes about one's own account."""

from gateway.accounts import alerts, guardian_sharing, leaving, self_service
from gateway.accounts.outcomes import InvalidCredentials, TooManyAttempts
from gateway.accounts.refusals import (
    AlertRefused,
    EmailRefused,
    LinkInvalid,
    LoginIdInUse,
    LoginIdRefused,
    NotOffered,
    PasswordRefused,
)
from gateway.accounts.self_service import EmailChangeStarted
from gateway.context import Context
from gateway.coop_terms import CoopFeature
from gateway.errors import Forbidden
from gateway.resolvers.accounts import session_holder, signed_in
from gateway.resolvers.entrances import entrance_of, own_entrance
from gateway.resolvers.sign_in import leave
from gateway.store.records import Account, AlertPreferences, GuardianSharing
from gateway.viewer import GuardianViewer, LimitedViewer, MemberViewer

NO_ALERTS_HERE = NotOffered("この生協では、残高や受け取りのお知らせメールは行っておりません。")

PasswordCheck = InvalidCredentials | TooManyAttempts


async def change_password(
    context: Context, current: str | None, new: str
) -> Account | PasswordRefused | PasswordCheck:
    """パスワードの変更. After a reissued password every session ends, this one too, and one signs in anew (A30)."""
    holder = session_holder(context)
    outcome = await self_service.change_password(own_entrance(context), holder, current, new, context.origin)
    if isinstance(outcome, Account) and isinstance(holder, LimitedViewer):
        leave(context)
    return outcome


async def change_login_id(
    context: Context, password: str, login_id: str
) -> Account | LoginIdRefused | LoginIdInUse | NotOffered | PasswordCheck:
    """ログインIDの変更."""
    entrance, viewer = own_entrance(context), signed_in(context)
    return await self_service.change_login_id(entrance, viewer, password, login_id, context.origin)


async def change_email(
    context: Context, password: str, email: str
) -> EmailChangeStarted | EmailRefused | PasswordCheck:
    """メールアドレスの変更: confirmed at the new address, announced to the old one."""
    entrance, viewer = own_entrance(context), signed_in(context)
    return await self_service.change_email(entrance, viewer, password, email, context.origin)


async def confirm_email(context: Context, coop_code: str, token: str) -> Account | LinkInvalid:
    """メールアドレスの確認, by the mailed URL (A36, X4)."""
    return await self_service.confirm_email(entrance_of(context, coop_code), token, context.origin)


async def set_guardian_sharing(context: Context, shared: bool) -> GuardianSharing:
    """保護者への公開 (X13): the student's own decision, where the co-op has accounts for guardians."""
    offered = CoopFeature.GUARDIANS in context.at_home().coop.features
    if not isinstance(context.viewer, MemberViewer) or not offered:
        raise Forbidden
    entrance, viewer = own_entrance(context), context.viewer
    return await guardian_sharing.set_guardian_sharing(entrance, viewer, shared, context.origin)


async def set_alerts(
    context: Context, low_balance_below: int | None, ready_to_collect: bool
) -> AlertPreferences | AlertRefused | NotOffered:
    """お知らせメールの設定, where there is prepaid money to tell of."""
    entrance, viewer = own_entrance(context), context.viewer
    if not isinstance(viewer, MemberViewer | GuardianViewer):
        raise Forbidden
    if CoopFeature.PICO not in entrance.coop.features:
        return NO_ALERTS_HERE
    outcome = await alerts.set_alerts(entrance, viewer, low_balance_below, ready_to_collect, context.origin)
    context.at_home().load.own.alerts.clear(viewer.account_id)
    return outcome


async def leave_mypage(context: Context, password: str) -> Account | PasswordCheck:
    """利用中止 (E14): the account and its sessions are closed for good (A27)."""
    viewer = context.viewer
    if not isinstance(viewer, MemberViewer | GuardianViewer):
        raise Forbidden
    outcome = await leaving.leave_mypage(own_entrance(context), viewer, password, context.origin)
    if isinstance(outcome, Account):
        leave(context)
    return outcome
