"""A hasher that counts its work."""

from gateway.accounts.passwords import Argon2id

WEAK = Argon2id(memory_kib=64, passes=1)
"""Quick, for tests that are not about strength."""


class CountingHasher:
    """Does what another hasher does, and counts hashes made and verifications."""

    def __init__(self, hasher: Argon2id = WEAK) -> None:
        self._hasher = hasher
        self.hashed = 0
        self.verified = 0

    def hash(self, password: bytes) -> str:
        """Hashes and counts."""
        self.hashed += 1
        return self._hasher.hash(password)

    def verify(self, password_hash: str, password: bytes) -> bool:
        """Verifies and counts."""
        self.verified += 1
        return self._hasher.verify(password_hash, password)

    def is_outdated(self, password_hash: str) -> bool:
        """As the other one says."""
        return self._hasher.is_outdated(password_hash)
