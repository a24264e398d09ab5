"""Codes of an authenticator app (TOTP, RFC 6238: SHA-1, six digits, 30 seconds), by pyotp."""

from datetime import datetime

import pyotp
from pyotp.utils import strings_equal

STEP_SECONDS = 30
_STEPS_OFF = (-1, 0, 1)  # a clock may be half a minute off, and people need time to type


def new_secret() -> str:
    """A secret of 160 bits, as apps take it (Base32)."""
    return pyotp.random_base32()


def enrolment_uri(secret: str, login_id: str, issuer: str) -> str:
    """What the QR code holds: `otpauth://totp/…`."""
    return pyotp.TOTP(secret).provisioning_uri(name=login_id, issuer_name=issuer)


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The step of 30 seconds that a code belongs to, now or next to it; None for a wrong code."""
    totp, this_step = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    steps = [this_step + off for off in _STEPS_OFF]
    matching = [step for step in steps if strings_equal(totp.generate_otp(step), code)]
    return max(matching, default=None)
