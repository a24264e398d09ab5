"""The digital card's presentation: a signed code that lives for a minute, shown on the phone, checked by staff."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from itsdangerous import BadData, URLSafeSerializer

from adapters.records import MemberNumber

LIFETIME = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class CardPresentation:
    """A code good until `expires_at`."""

    code: str
    expires_at: datetime


class PresentationFault(Enum):
    """Why a shown code is worth nothing: none of ours, another co-op's, or too old."""

    NOT_SIGNED = "NOT_SIGNED"
    OF_ANOTHER_COOP = "OF_ANOTHER_COOP"
    EXPIRED = "EXPIRED"


class CardSigner:
    """Signs presentations with the process's signing key (HMAC), and knows its own again."""

    def __init__(self, signing_key: str, *former_keys: str) -> None:
        """Signs with the first key; what the others have signed is known, too."""
        oldest_first = [*reversed(former_keys), signing_key]
        self._serializer = URLSafeSerializer(oldest_first, salt="digital-card")

    def present(self, coop_code: str, number: MemberNumber, now: datetime) -> CardPresentation:
        """A fresh presentation of a member's card."""
        expires_at = now + LIFETIME
        code = self._serializer.dumps([coop_code, number, int(expires_at.timestamp())])
        return CardPresentation(code if isinstance(code, str) else code.decode(), expires_at)

    def verify(self, code: str, coop_code: str, now: datetime) -> MemberNumber | PresentationFault:
        """Whose card a code shows to the staff of a co-op. Whether the card is ACTIVE still, the store says."""
        try:
            issuer, number, expires_at = self._serializer.loads(code.strip())
        except BadData:
            return PresentationFault.NOT_SIGNED
        if issuer != coop_code:
            return PresentationFault.OF_ANOTHER_COOP
        if now.timestamp() >= expires_at:
            return PresentationFault.EXPIRED
        return MemberNumber(number)
