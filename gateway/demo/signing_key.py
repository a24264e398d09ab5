"""The demo's signing key: made once and kept beside its databases, which hold what is sealed with it."""

import secrets
from pathlib import Path


def kept_signing_key(data: Path) -> str:
    """The key of this data directory; only its owner can read the file."""
    file = data / "signing-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32), encoding="ascii")
    return file.read_text(encoding="ascii")
