"""Session tokens: opaque, 256 bits from the system's generator, kept only as their SHA-256."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """A token nobody can guess, in 43 characters that fit a cookie and a header."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> bytes:
    """What is kept of a token. No salt or slow hash: there is nothing in 256 random bits to guess."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
