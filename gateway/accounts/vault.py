"""What only this installation can make or read: keyed hashes, sealed secrets. The keys come from the signing keys."""

import base64
import hmac
from collections.abc import Iterator

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32


class Vault:
    """Hashes and seals. Every purpose has a key of its own, so that nothing of one can pass for another."""

    def __init__(self, signing_key: str, *former_keys: str) -> None:
        """Makes everything with the first key; what was made with the others is still understood."""
        self._signing_keys = [key.encode() for key in (signing_key, *former_keys)]

    def digest(self, purpose: str, *parts: str) -> bytes:
        """The keyed hash of some texts (HMAC-SHA256, 32 bytes): useless to who has the database only."""
        return self.digests(purpose, *parts)[0]

    def digests(self, purpose: str, *parts: str) -> list[bytes]:
        """The same by every key, the present one first: what may have been kept of these texts."""
        message = b"".join(len(part).to_bytes(4) + part for part in map(_bytes_of, parts))
        return [hmac.digest(key, message, "sha256") for key in self._keys_for(purpose)]

    def seal(self, purpose: str, text: str) -> bytes:
        """A text that can be had back, encrypted and signed (Fernet)."""
        return self._fernets(purpose)[0].encrypt(text.encode())

    def open(self, purpose: str, sealed: bytes) -> str:
        """The text. Raises `cryptography.fernet.InvalidToken` when it was sealed under a key that is not known."""
        return MultiFernet(self._fernets(purpose)).decrypt(sealed).decode()

    def sealed_anew(self, purpose: str, sealed: bytes) -> bytes | None:
        """The same under the present key; None when it is that already."""
        present = self._fernets(purpose)[0]
        try:
            present.decrypt(sealed)
        except InvalidToken:
            return present.encrypt(self.open(purpose, sealed).encode())
        return None

    def _fernets(self, purpose: str) -> list[Fernet]:
        return [Fernet(base64.urlsafe_b64encode(key)) for key in self._keys_for(purpose)]

    def _keys_for(self, purpose: str) -> Iterator[bytes]:
        for key in self._signing_keys:
            yield HKDF(SHA256(), _KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def _bytes_of(text: str) -> bytes:
    # What people type may hold half a surrogate pair, which plain UTF-8 refuses.
    return text.encode("utf-8", "surrogatepass")
