"""A changed signing key: what the former one has made is understood until it is made anew (E26)."""

from dataclasses import replace

import pyotp
import pytest
from cryptography.fernet import InvalidToken

from gateway.accounts import (
    Attempt,
    AuthCodeRequired,
    CodeAttempt,
    Entrance,
    SignedIn,
    Vault,
    sign_in,
    submit_auth_code,
)
from gateway.accounts.auth_code_setting import new_codes
from gateway.accounts.auth_codes import set_totp
from gateway.accounts.code_checking import TOTP_SECRET
from gateway.accounts.known_devices import device_mark, known_device
from gateway.accounts.reissued import new_reissued_password, reissued_digest
from gateway.card_signature import CardSigner, PresentationFault
from gateway.store.records import Account, SessionPurpose
from tests.accounts.clocks import MovableClock
from tests.accounts.people import NUMBER, PASSWORD, PHONE, TARO, opened
from tests.running import NOW

FORMER = "the key of before, which is as long"
PRESENT = "the key of now, which is as long, too"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def before(entrance: Entrance) -> Entrance:
    """The entrance before the key was changed."""
    return replace(entrance, vault=Vault(FORMER))


@pytest.fixture
def after(entrance: Entrance) -> Entrance:
    """The entrance since then."""
    return replace(entrance, vault=Vault(PRESENT, FORMER))


async def with_app(entrance: Entrance) -> Account:
    account = await opened(entrance)
    await set_totp(entrance.store, entrance.vault, account, SECRET, entrance.clock())
    return account


async def signed_in_with(entrance: Entrance, code: str) -> object:
    required = await sign_in(entrance, Attempt(TARO.login_id, PASSWORD, PHONE))
    assert isinstance(required, AuthCodeRequired)
    return await submit_auth_code(entrance, CodeAttempt(required.challenge, code, PHONE, "iPhone"))


async def kept_secret(entrance: Entrance, account: Account) -> bytes:
    setting = await entrance.store.auth_codes.setting(account.account_id)
    assert setting is not None
    assert setting.totp_secret is not None
    return setting.totp_secret


async def test_an_app_goes_on_working_and_its_secret_is_sealed_anew_at_its_next_use(
    before: Entrance, after: Entrance
) -> None:
    account = await with_app(before)
    with pytest.raises(InvalidToken):
        Vault(PRESENT).open(TOTP_SECRET, await kept_secret(before, account))

    assert isinstance(await signed_in_with(after, pyotp.TOTP(SECRET).at(after.clock())), SignedIn)

    assert Vault(PRESENT).open(TOTP_SECRET, await kept_secret(after, account)) == SECRET


async def test_a_secret_of_the_present_key_stays_as_it_is(after: Entrance, clock: MovableClock) -> None:
    account = await with_app(after)
    kept = await kept_secret(after, account)

    assert isinstance(await signed_in_with(after, pyotp.TOTP(SECRET).at(clock())), SignedIn)

    assert await kept_secret(after, account) == kept


async def test_a_recovery_code_of_before_works_once(before: Entrance, after: Entrance) -> None:
    account = await with_app(before)
    async with before.store.transaction() as within:
        codes = await new_codes(before, within, account)

    first = await signed_in_with(after, codes.codes[0])
    again = await signed_in_with(after, codes.codes[0])

    assert isinstance(first, SignedIn)
    assert not isinstance(again, SignedIn)


async def test_a_mailed_password_of_before_still_opens(before: Entrance, after: Entrance) -> None:
    account, password = await opened(before), new_reissued_password()
    digest = reissued_digest(before.vault, account.account_id, password)
    await before.store.accounts.set_reissued(account.account_id, digest, NOW.replace(year=2100))

    outcome = await sign_in(after, Attempt(TARO.login_id, password, PHONE))

    assert isinstance(outcome, SignedIn)
    assert outcome.session.purpose is SessionPurpose.CHANGE_PASSWORD


def test_a_known_device_stays_known() -> None:
    mark = device_mark(Vault(FORMER), "hirosaki", "taro", NOW)

    assert known_device(Vault(PRESENT, FORMER), "hirosaki", "taro", mark, NOW) is not None
    assert known_device(Vault(PRESENT), "hirosaki", "taro", mark, NOW) is None


def test_a_shown_card_stays_good_and_new_ones_are_signed_with_the_present_key() -> None:
    shown = CardSigner(FORMER).present("hokkaido", NUMBER, NOW)
    anew = CardSigner(PRESENT, FORMER).present("hokkaido", NUMBER, NOW)

    assert CardSigner(PRESENT, FORMER).verify(shown.code, "hokkaido", NOW) == NUMBER
    assert CardSigner(PRESENT).verify(anew.code, "hokkaido", NOW) == NUMBER
    assert CardSigner(PRESENT).verify(shown.code, "hokkaido", NOW) is PresentationFault.NOT_SIGNED
