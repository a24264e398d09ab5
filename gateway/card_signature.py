"""The digital card's presentation: a signed code that lives for a minute, shown on the phone, checked by staff."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import URLSafeSerializer

from adapters.records import MemberNumber

LIFETIME = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class CardPresentation:
    """A code good until `expires_at`."""

    code: str
    expires_at: datetime


class CardSigner:
    """Signs presentations with the process's signing key (HMAC)."""

    def __init__(self, signing_key: str) -> None:
        self._serializer = URLSafeSerializer(signing_key, salt="digital-card")

    def present(self, coop_code: str, number: MemberNumber, now: datetime) -> CardPresentation:
        """A fresh presentation of a member's card."""
        expires_at = now + LIFETIME
        code = self._serializer.dumps([coop_code, number, int(expires_at.timestamp())])
        return CardPresentation(code if isinstance(code, str) else code.decode(), expires_at)
