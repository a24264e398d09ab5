"""Opaque text, as global ids and cursors are: JSON in URL-safe base64 without padding."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import orjson

_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def write_opaque(parts: Sequence[str]) -> str:
    """The opaque form of these parts."""
    return binascii.b2a_base64(orjson.dumps(parts), newline=False).translate(_URL_SAFE, b"=").decode()


def read_opaque(text: str) -> Any:
    """What an opaque text says; `ValueError` when it says nothing."""
    return orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
