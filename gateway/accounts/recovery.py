"""「ログインIDを忘れた」「パスワードを忘れた」 (A28–A31, E3, E4): one answer for everybody.

A request is only written down, with the same work whether or not there is such an account. The worker looks it up
and mails (`gateway.accounts.recovery_answers`).
"""

from dataclasses import dataclass, replace
from typing import ClassVar

from adapters.records import MemberNumber
from gateway import mails
from gateway.accounts.auth_codes import auth_code_method
from gateway.accounts.busy import sheds_load
from gateway.accounts.changes import end_sessions, log_change, reachable_at
from gateway.accounts.entrance import Entrance
from gateway.accounts.locking import unlock
from gateway.accounts.mail_requests import reserve_mail
from gateway.accounts.mailed_links import find_token, log_invalid_link, use_up_token
from gateway.accounts.outcomes import TooManyAttempts
from gateway.accounts.refusals import (
    AccountNotFound,
    LinkInvalid,
    MemberNumberMissing,
    NotOffered,
    PasswordRefused,
)
from gateway.accounts.sign_up import password_refused, signs_in_by_email
from gateway.accounts.whose import AccountOf, account_in_use, is_in_use
from gateway.store.records import (
    AccessAction,
    Account,
    AuthCodeMethod,
    NewRecoveryRequest,
    Origin,
    RecoveryKind,
    TokenPurpose,
)
from gateway.viewer import StaffViewer


@dataclass(frozen=True, slots=True)
class RecoveryRequested:
    """It was written down. Whether a mail follows, nobody is told."""

    message: ClassVar[str] = (
        "ご入力の内容が登録と一致する場合は、登録されているメールアドレスにメールをお送りします。"
        "ログインID、パスワードのどちらもお忘れの場合は、"
        "（１）「ログインIDを忘れた」（２）「パスワードを忘れた」の順にお手続きください。"
    )


async def request_login_id_reminder(
    entrance: Entrance, member_number: MemberNumber, email: str, origin: Origin
) -> RecoveryRequested | NotOffered | TooManyAttempts:
    """「ログインIDを忘れた」: number and registered address (A28). By phone only where the address is the ID (E2)."""
    if signs_in_by_email(entrance.coop):
        return NotOffered(
            "メールアドレスにつきましては、ご本人様からお電話いただき、ご本人様確認のうえご案内いたします。"
            f"（{entrance.coop.name} TEL:{entrance.coop.phone}）"
        )
    wait = await reserve_mail(entrance, f"{RecoveryKind.LOGIN_ID.value} {member_number}", origin)
    if wait is not None:
        return wait
    asked = NewRecoveryRequest(RecoveryKind.LOGIN_ID, member_number, email, origin, entrance.clock())
    return await _write_down(entrance, asked)


async def request_password_reset(
    entrance: Entrance, identifier: str, member_number: MemberNumber | None, origin: Origin
) -> RecoveryRequested | MemberNumberMissing | TooManyAttempts:
    """「パスワードを忘れた」: number and login ID (A29), or the e-mail address where that is the ID (E3)."""
    if member_number is None and not signs_in_by_email(entrance.coop):
        return MemberNumberMissing()
    wait = await reserve_mail(entrance, f"{RecoveryKind.PASSWORD.value} {identifier}", origin)
    if wait is not None:
        return wait
    asked = NewRecoveryRequest(RecoveryKind.PASSWORD, member_number, identifier, origin, entrance.clock())
    return await _write_down(entrance, asked)


async def start_password_reset(
    entrance: Entrance, by: StaffViewer, whose: AccountOf, origin: Origin
) -> RecoveryRequested | AccountNotFound:
    """Staff have the same mail sent to the owner; they neither choose nor see a password (A34)."""
    account = await account_in_use(entrance, whose)
    if account is None:
        return AccountNotFound()
    asked = NewRecoveryRequest(
        kind=RecoveryKind.PASSWORD,
        member_number=whose.member_number,
        identifier=account.login_id,
        origin=origin,
        requested_at=entrance.clock(),
        requested_by=by.account_id,
    )
    return await _write_down(entrance, asked)


async def _write_down(entrance: Entrance, asked: NewRecoveryRequest) -> RecoveryRequested:
    async with entrance.store.transaction() as within:
        await within.recovery_requests.add(asked)
    return RecoveryRequested()


@sheds_load
async def reset_password(
    entrance: Entrance, token: str, new_password: str, origin: Origin
) -> Account | LinkInvalid | PasswordRefused:
    """改めて新しいパスワードを登録 (E4). Opens no session: a code is still asked for where one is needed (E26)."""
    account = await _account_to_reset(entrance, token)
    if account is None:
        await log_invalid_link(entrance, AccessAction.PASSWORD_CHANGED, origin)
        return LinkInvalid()
    refused = await new_password_refused(entrance, account, new_password)
    if refused is not None:
        return refused
    new_hash = await entrance.passwords.hash(new_password)
    async with entrance.store.transaction() as within:
        if await use_up_token(within, token, TokenPurpose.RESET_PASSWORD, entrance.clock()) is None:
            return LinkInvalid()
        await set_new_password(replace(entrance, store=within), account, new_hash, origin)
        await end_sessions(entrance, within, account, origin)
    return account


async def _account_to_reset(entrance: Entrance, token: str) -> Account | None:
    found = await find_token(entrance, token, TokenPurpose.RESET_PASSWORD)
    if found is None:
        return None
    account = (await entrance.store.accounts.by_id([found.account_id]))[found.account_id]
    return account if account is not None and is_in_use(account) else None


async def new_password_refused(
    entrance: Entrance, account: Account, new_password: str
) -> PasswordRefused | None:
    """Why a new password does not do for an account; shorter ones do where a code is asked for as well."""
    has_code = await auth_code_method(entrance, account) is not AuthCodeMethod.NONE
    personal = [account.login_id, account.email, account.member_number, account.name]
    return password_refused(entrance.coop, new_password, personal, has_code=has_code)


async def set_new_password(entrance: Entrance, account: Account, new_hash: str, origin: Origin) -> None:
    """Sets it, opens the account if it was locked, and tells the owner. Within the caller's transaction."""
    within, now = entrance.store, entrance.clock()
    await within.accounts.change_password(account.account_id, new_hash)
    await within.auth_codes.end_challenges(account.account_id)
    await within.mailed_tokens.revoke(account.account_id, TokenPurpose.RESET_PASSWORD)
    await unlock(entrance, account.account_id, None, origin)
    await log_change(entrance, within, AccessAction.PASSWORD_CHANGED, account, origin)
    address = reachable_at(account)
    if address is not None:
        await mails.queue_password_changed(within, entrance.coop, address, now)
