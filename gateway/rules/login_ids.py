"""ログインID: what a member may choose (A22, A36)."""

import re
import unicodedata

from gateway.coop_config.rules import MemberNumberFormat, ProvisionalRules
from gateway.rules.provisional_credentials import parse_provisional_id

SHORTEST = 4
LONGEST = 32
_FORM = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{{SHORTEST - 1},{LONGEST - 1}}}")


def usable_login_id(typed: str, numbers: MemberNumberFormat, rules: ProvisionalRules | None) -> str | None:
    """The ID as it is kept: half-width, without space around it. None when it cannot be one.

    A provisional ID is none, whoever's it is: who signs in with one has not registered yet.
    """
    login_id = unicodedata.normalize("NFKC", typed).strip()
    if not _FORM.fullmatch(login_id) or parse_provisional_id(login_id, numbers, rules) is not None:
        return None
    return login_id
