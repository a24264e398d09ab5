"""Mails to who has an account: what was changed, by whom, and what to do if it was somebody else."""

from datetime import datetime

from gateway.coop import Coop
from gateway.coop_terms import CoopFeature
from gateway.mails.queueing import queue
from gateway.store import CoopStore
from gateway.store.records import MailKind

_CODE_METHODS = {
    "EMAIL": "メールでお送りする認証コードを使う設定になりました。",
    "TOTP": "認証アプリの認証コードを使う設定になりました。",
    "NONE": "認証コードを使わない設定になりました。",
}


async def queue_auth_code(
    store: CoopStore, coop: Coop, recipient: str, code: str, expires_at: datetime, now: datetime
) -> None:
    """認証コード (E26)."""
    await queue(store, coop, MailKind.AUTH_CODE, recipient, now, code=code, expires_at=expires_at)


async def queue_auth_code_changed(
    store: CoopStore, coop: Coop, recipient: str, method: str, now: datetime
) -> None:
    """認証コードの設定変更. `method`: EMAIL, TOTP or NONE."""
    what = _CODE_METHODS[method]
    await queue(store, coop, MailKind.AUTH_CODE_CHANGED, recipient, now, what=what, changed_at=now)


async def queue_account_locked(store: CoopStore, coop: Coop, recipient: str, now: datetime) -> None:
    """アカウントブロック (E26), and the way out."""
    await queue(store, coop, MailKind.ACCOUNT_LOCKED, recipient, now, locked_at=now)


async def queue_password_changed(store: CoopStore, coop: Coop, recipient: str, now: datetime) -> None:
    """パスワード変更のお知らせ."""
    await queue(store, coop, MailKind.PASSWORD_CHANGED, recipient, now, changed_at=now)


async def queue_login_id_changed(
    store: CoopStore, coop: Coop, recipient: str, login_id: str, now: datetime
) -> None:
    """ログインID変更のお知らせ (A36)."""
    kind = MailKind.LOGIN_ID_CHANGED
    await queue(store, coop, kind, recipient, now, login_id=login_id, changed_at=now)


async def queue_email_confirmation(
    store: CoopStore,
    coop: Coop,
    recipient: str,
    token: str,
    expires_at: datetime,
    now: datetime,
    *,
    after_registration: bool,
) -> None:
    """メールアドレスの確認: of a new address (A36), or of the one given at a registration (X4)."""
    url = coop.pages.email_confirmation_url.format(token=token)
    facts = {"url": url, "expires_at": expires_at, "after_registration": after_registration}
    await queue(store, coop, MailKind.EMAIL_CONFIRMATION, recipient, now, **facts)


async def queue_email_change_announced(store: CoopStore, coop: Coop, recipient: str, now: datetime) -> None:
    """To the address that is about to be replaced, while it can still be stopped."""
    await queue(store, coop, MailKind.EMAIL_CHANGE_ANNOUNCED, recipient, now, asked_at=now)


async def queue_email_changed(store: CoopStore, coop: Coop, recipient: str, now: datetime) -> None:
    """To the address that was replaced (A36)."""
    await queue(store, coop, MailKind.EMAIL_CHANGED, recipient, now, changed_at=now)


async def queue_email_changed_by_staff(
    store: CoopStore, coop: Coop, recipient: str, login_id: str, now: datetime
) -> None:
    """変更完了とログインID, to the new address (A35)."""
    await queue(store, coop, MailKind.EMAIL_CHANGED_BY_STAFF, recipient, now, login_id=login_id)


async def queue_address_in_use(store: CoopStore, coop: Coop, recipient: str, now: datetime) -> None:
    """To an address somebody has given as theirs, and with which somebody signs in already (E1)."""
    await queue(store, coop, MailKind.REGISTRATION_ATTEMPTED, recipient, now)


async def queue_left(store: CoopStore, coop: Coop, recipient: str, now: datetime) -> None:
    """利用中止の手続き完了 (E14), with the advice to uninstall where there is a digital card."""
    has_app = CoopFeature.DIGITAL_CARD in coop.features
    await queue(store, coop, MailKind.LEFT, recipient, now, has_app=has_app, left_at=now)


async def queue_membership_ended(
    store: CoopStore, coop: Coop, recipient: str, now: datetime, *, had_card: bool
) -> None:
    """出資金の返還とマイページの閲覧終了 (E22), with the advice to uninstall the app of the digital card (E24)."""
    await queue(store, coop, MailKind.MEMBERSHIP_ENDED, recipient, now, had_card=had_card)
