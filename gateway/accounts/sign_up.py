"""What a member enters to register, in either flow, and what can be said of it without looking anybody up."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from adapters.records import Guardian, Member
from gateway.accounts.entrance import Entrance
from gateway.accounts.password_policy import message_of, own_words, password_faults
from gateway.accounts.refusals import EmailRefused, LoginIdRefused, PasswordRefused, TermsNotAccepted
from gateway.coop import Coop
from gateway.coop_terms import SignInIdentifier
from gateway.rules.email_addresses import usable_email
from gateway.rules.login_ids import usable_login_id
from gateway.store.records import Registration, TermsAcceptance

FormFault = TermsNotAccepted | EmailRefused | LoginIdRefused | PasswordRefused


@dataclass(frozen=True, slots=True)
class SignUp:
    """As it was typed. `login_id` is None where one signs in by e-mail; `accepted_terms` is their version."""

    login_id: str | None
    password: str = field(repr=False)
    email: str
    accepted_terms: str | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """As it will be kept."""

    login_id: str
    email: str
    password: str = field(repr=False)


def signs_in_by_email(coop: Coop) -> bool:
    """Whether the e-mail address is the login ID (E1)."""
    return coop.sign_in_identifier is SignInIdentifier.EMAIL


def read_sign_up(coop: Coop, form: SignUp) -> Chosen | FormFault:
    """What was typed, in the form it is kept in; or the first thing that is wrong with it."""
    if form.accepted_terms != coop.terms.version:
        return TermsNotAccepted()
    email = usable_email(form.email)
    if email is None:
        return EmailRefused()
    login_id = email if signs_in_by_email(coop) else _login_id(coop, form.login_id)
    if login_id is None:
        return LoginIdRefused()
    chosen = Chosen(login_id, email, form.password)
    return password_refused(coop, form.password, [login_id, email]) or chosen


def _login_id(coop: Coop, typed: str | None) -> str | None:
    return None if typed is None else usable_login_id(typed, coop.member_numbers, coop.provisional)


def words_about(member: Member, guardian: Guardian | None) -> Sequence[str | None]:
    """What others know of a member, and must not be the password."""
    born = None if member.birth_date is None else f"{member.birth_date:%Y%m%d}"
    guardians_phone = None if guardian is None else guardian.mobile_phone
    phones = [member.home_phone, member.mobile_phone, guardians_phone]
    return [member.number, born, member.name, member.name_kana, *phones]


def password_refused(
    coop: Coop, password: str, personal: Sequence[str | None], *, has_code: bool = False
) -> PasswordRefused | None:
    """Why a password does not do; None when it does."""
    faults = password_faults(password, own_words(coop, *personal), has_code=has_code)
    messages = tuple(message_of(fault, has_code=has_code) for fault in faults)
    return PasswordRefused(faults, messages) if faults else None


async def registration_of(entrance: Entrance, chosen: Chosen) -> Registration:
    """What is written into the account, the password hashed."""
    terms = TermsAcceptance(entrance.coop.terms.version, entrance.clock())
    password_hash = await entrance.passwords.hash(chosen.password)
    return Registration(chosen.login_id, password_hash, chosen.email, terms)
