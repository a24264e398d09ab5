"""What only this installation can make or read: keyed hashes, sealed secrets. The keys come from the signing key."""

import base64
import hmac

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32


class Vault:
    """Hashes and seals. Every purpose has a key of its own, so that nothing of one can pass for another."""

    def __init__(self, signing_key: str) -> None:
        self._signing_key = signing_key.encode()

    def digest(self, purpose: str, *parts: str) -> bytes:
        """The keyed hash of some texts (HMAC-SHA256, 32 bytes): useless to who has the database only."""
        message = b"".join(len(part).to_bytes(4) + part for part in map(_bytes_of, parts))
        return hmac.digest(self._key_for(purpose), message, "sha256")

    def seal(self, purpose: str, text: str) -> bytes:
        """A text that can be had back, encrypted and signed (Fernet)."""
        return self._fernet(purpose).encrypt(text.encode())

    def open(self, purpose: str, sealed: bytes) -> str:
        """The text. Raises `cryptography.fernet.InvalidToken` when it was sealed under another key."""
        return self._fernet(purpose).decrypt(sealed).decode()

    def _fernet(self, purpose: str) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self._key_for(purpose)))

    def _key_for(self, purpose: str) -> bytes:
        return HKDF(SHA256(), _KEY_BYTES, salt=None, info=purpose.encode()).derive(self._signing_key)


def _bytes_of(text: str) -> bytes:
    # What people type may hold half a surrogate pair, which plain UTF-8 refuses.
    return text.encode("utf-8", "surrogatepass")
