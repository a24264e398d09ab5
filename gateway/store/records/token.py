"""Tokens that travel by mail, in a link."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID


class TokenPurpose(Enum):
    """本登録 (A21), パスワードの再設定 (E3), メールアドレスの確認 (A36, X4)."""

    CONFIRM_REGISTRATION = "CONFIRM_REGISTRATION"
    RESET_PASSWORD = "RESET_PASSWORD"  # noqa: S105 - the name of a purpose
    CONFIRM_EMAIL = "CONFIRM_EMAIL"


@dataclass(frozen=True, slots=True)
class MailedToken:
    """What a token is good for, once. `email` is the address to be confirmed."""

    account_id: UUID
    purpose: TokenPurpose
    email: str | None
    expires_at: datetime
