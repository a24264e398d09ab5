"""本人確認: whether what somebody says of themselves is what the registry says (A15, A16)."""

import hashlib
import hmac
import unicodedata
from datetime import date

from adapters.records import Guardian, Member


def is_the_member(member: Member, birth_date: date, phone: str) -> bool:
    """Whether birth date and one of the phone numbers (home or mobile) are the member's."""
    return _agrees(member, birth_date, phone, (member.home_phone, member.mobile_phone))


def is_the_guardian(member: Member, guardian: Guardian, birth_date: date, phone: str) -> bool:
    """Whether birth date (the student's) and phone number (home, or the guardian's mobile) are right."""
    return _agrees(member, birth_date, phone, (member.home_phone, guardian.mobile_phone))


def _agrees(member: Member, birth_date: date, phone: str, phones: tuple[str | None, ...]) -> bool:
    born = member.birth_date is not None and hmac.compare_digest(
        _hash_of(member.birth_date.isoformat()), _hash_of(birth_date.isoformat())
    )
    typed = digits_of(phone)
    known = [_hash_of(each) if each else _NO_PHONE for each in phones]
    called = sum(hmac.compare_digest(_hash_of(typed), each) for each in known)
    return bool(born & bool(called))


def digits_of(phone: str) -> str:
    """The digits of a phone number, whatever stands between them and however wide they are."""
    return "".join(character for character in unicodedata.normalize("NFKC", phone) if character.isdigit())


def _hash_of(text: str) -> bytes:
    # Of equal length whatever is compared: comparing texts would tell how long the right one is.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


_NO_PHONE = _hash_of("none: nothing but digits is compared with it")
