"""Mails to who wants in: tests, invitations, registrations, and what was forgotten."""

from collections.abc import Sequence
from datetime import datetime

from gateway.coop import Coop
from gateway.coop_terms import SignInIdentifier
from gateway.mails.queueing import queue
from gateway.store import CoopStore
from gateway.store.records import MailKind


async def queue_test_mail(store: CoopStore, coop: Coop, recipient: str, now: datetime) -> None:
    """メール送信テスト (A17)."""
    await queue(store, coop, MailKind.TEST, recipient, now)


async def queue_invitation(store: CoopStore, coop: Coop, recipient: str, now: datetime) -> None:
    """登録方法のご案内, once the share capital has arrived (E11)."""
    await queue(store, coop, MailKind.INVITATION, recipient, now)


async def queue_registration_link(
    store: CoopStore, coop: Coop, recipient: str, token: str, expires_at: datetime, now: datetime
) -> None:
    """本登録用URL (A21), and what is needed there (A22)."""
    url = coop.pages.registration_url.format(token=token)
    needed = "メールアドレス" if _signs_in_by_email(coop) else "希望ログインID"
    kind = MailKind.REGISTRATION_LINK
    await queue(store, coop, kind, recipient, now, url=url, expires_at=expires_at, needed=needed)


async def queue_registration_complete(
    store: CoopStore, coop: Coop, recipient: str, login_id: str, now: datetime
) -> None:
    """本登録完了: with what one signs in from now on (A19)."""
    name = _identifier_name(coop)
    await queue(store, coop, MailKind.REGISTRATION_COMPLETE, recipient, now, name=name, login_id=login_id)


async def queue_login_id_reminder(
    store: CoopStore, coop: Coop, recipient: str, login_ids: Sequence[str], now: datetime
) -> None:
    """ログインIDのお知らせ (A28): more than one when member and guardian share an address."""
    await queue(store, coop, MailKind.LOGIN_ID_REMINDER, recipient, now, login_ids=login_ids)


async def queue_reissued_password(
    store: CoopStore, coop: Coop, recipient: str, password: str, expires_at: datetime, now: datetime
) -> None:
    """再発行されたパスワード (A30), to be copied and pasted (A32)."""
    kind = MailKind.REISSUED_PASSWORD
    await queue(store, coop, kind, recipient, now, password=password, expires_at=expires_at)


async def queue_password_reset_link(
    store: CoopStore, coop: Coop, recipient: str, token: str, expires_at: datetime, now: datetime
) -> None:
    """パスワードの再発行を行うためのURL (E3)."""
    page = coop.pages.password_reset_url
    assert page is not None, "the configuration is checked: RESET_LINK has its page"  # noqa: S101
    kind = MailKind.PASSWORD_RESET_LINK
    await queue(store, coop, kind, recipient, now, url=page.format(token=token), expires_at=expires_at)


async def queue_inquiry_received(store: CoopStore, coop: Coop, recipient: str, now: datetime) -> None:
    """お問い合わせの受付 (D10). It never repeats what was asked: anybody can give anybody's address."""
    await queue(store, coop, MailKind.INQUIRY_RECEIVED, recipient, now)


async def queue_inquiry_answered(
    store: CoopStore, coop: Coop, recipient: str, answer: str, sent_at: datetime, now: datetime
) -> None:
    """お問い合わせへの回答 (D10, E8); `sent_at` is when it was asked."""
    await queue(store, coop, MailKind.INQUIRY_ANSWERED, recipient, now, answer=answer, sent_at=sent_at)


def _identifier_name(coop: Coop) -> str:
    return "メールアドレス" if _signs_in_by_email(coop) else "ログインID"


def _signs_in_by_email(coop: Coop) -> bool:
    return coop.sign_in_identifier is SignInIdentifier.EMAIL
