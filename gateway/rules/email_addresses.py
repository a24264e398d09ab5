"""メールアドレス as people type it."""

import re
import unicodedata

LONGEST = 254
"""Characters (RFC 5321)."""

# Dots anywhere in the local part: addresses of old mobile phones have them, and the mailer knows which are dead.
_LOCAL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_FORM = re.compile(rf"{_LOCAL}@(?:{_LABEL}\.)+{_LABEL}")


def usable_email(typed: str) -> str | None:
    """The address as mail is sent to it: half-width, without space around it. None when it cannot be one."""
    email = unicodedata.normalize("NFKC", typed).strip()
    return email if len(email) <= LONGEST and _FORM.fullmatch(email) else None
