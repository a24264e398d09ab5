"""仮登録: the credentials that are valid before anybody has registered (A8–A14, X1).

The ID is the member number, a guardian's has a suffix. The secret is weak, and known to others: whoever accepts
it sits behind the strictest throttle, and what it opens may only register.
"""

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass

from adapters.records import Guardian, Member, MemberNumber
from gateway.coop_config.rules import MemberNumberFormat, ProvisionalRules
from gateway.rules.member_numbers import MemberNumberError, parse
from gateway.viewer import AccountKind

_PHONE_DIGITS = 6
_NOT_DIGITS = re.compile(r"[^0-9]")
_MOST_SECRETS = 2  # home phone and guardian's mobile


@dataclass(frozen=True, slots=True)
class ProvisionalId:
    """A 仮ログインID: whose account it is to become. For a guardian the number is the student's (A8)."""

    number: MemberNumber
    kind: AccountKind


def parse_provisional_id(
    text: str, numbers: MemberNumberFormat, rules: ProvisionalRules | None
) -> ProvisionalId | None:
    """What was typed, in any width and case (A4, A9); None for whatever else people sign in with."""
    if rules is None:
        return None
    typed = unicodedata.normalize("NFKC", text).strip().casefold()
    digits = typed.removesuffix(rules.guardian_suffix)
    try:
        number = parse(digits, numbers)
    except MemberNumberError:
        return None
    return ProvisionalId(number, AccountKind.MEMBER if digits == typed else AccountKind.GUARDIAN)


def canonical_id(whose: ProvisionalId, rules: ProvisionalRules) -> str:
    """The one way to write it (A9)."""
    return whose.number + (rules.guardian_suffix if whose.kind is AccountKind.GUARDIAN else "")


def is_issued(member: Member, rules: ProvisionalRules) -> bool:
    """Whether the member has provisional credentials: as the registry says, else by when they joined (X1, A14)."""
    if member.provisional_credential_issued is not None:
        return member.provisional_credential_issued
    return member.joined_on.year >= rules.joined_from_year


def secrets_of(member: Member, guardian: Guardian | None, rules: ProvisionalRules) -> tuple[str, ...]:
    """Every 仮ログインパスワード that is valid, for the member and the guardian alike; none where the registry
    lacks what it is made of.

    Admitted before `birth_date_from_admission`: the last six digits of the home phone or of the guardian's
    mobile (A10, A11). Later: the student's date of birth, YYYYMMDD (A12). Who has no year of admission goes by
    the year of joining.
    """
    admitted = member.admission_year or member.joined_on.year
    if admitted >= rules.birth_date_from_admission:
        return () if member.birth_date is None else (f"{member.birth_date:%Y%m%d}",)
    phones = (member.home_phone, guardian and guardian.mobile_phone)
    return tuple(phone[-_PHONE_DIGITS:] for phone in phones if phone and len(phone) >= _PHONE_DIGITS)


def is_one_of(typed: str, secrets: tuple[str, ...]) -> bool:
    """Whether what was typed is one of the secrets, whatever its width and hyphens.

    The same comparisons are made whichever it is, and however many secrets there are.
    """
    given = _hash_of(_NOT_DIGITS.sub("", unicodedata.normalize("NFKC", typed)))
    known = [_hash_of(secret) for secret in secrets]
    known += [_NO_SECRET] * (_MOST_SECRETS - len(known))
    return bool(sum(hmac.compare_digest(given, each) for each in known))


def _hash_of(text: str) -> bytes:
    # Of equal length whatever is compared: comparing texts would tell how long the right one is.
    return hashlib.sha256(text.encode()).digest()


_NO_SECRET = _hash_of("none: nothing but digits is compared with it")
