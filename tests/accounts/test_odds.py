"""The odds that docs/decisions/throttling.md states, worked out from the limits by an attacker who never rests."""

from datetime import datetime, timedelta
from fractions import Fraction

import pyotp

from gateway.accounts import ThrottleLimits
from gateway.accounts.throttle_limits import DAY, Scope
from gateway.accounts.totp import matching_step
from tests.running import NOW

LIMITS = ThrottleLimits()


def guesses(scope: Scope, within: timedelta) -> int:
    """How many tries a scope lets through in some time, to who tries again at every first moment."""
    return len(moments(scope, NOW + within))


def moments(scope: Scope, until: datetime, at_most: int = 100_000) -> list[datetime]:
    allowance = LIMITS.allowances[scope]
    now, since, tries, let_through = NOW, NOW, 0, list[datetime]()
    while now < until and len(let_through) < (allowance.at_most or at_most):
        tries, since = allowance.forgotten(tries, since, now)
        tries += 1
        let_through.append(now)
        now += allowance.wait_after(tries)
    return let_through


def time_for(scope: Scope, tries: int) -> timedelta:
    return moments(scope, NOW + 400 * DAY, tries)[-1] - NOW


def test_all_the_world_guesses_a_password_a_hundred_times_in_46_minutes_and_then_no_more() -> None:
    assert LIMITS.locks_after == 100
    assert time_for(Scope.ACCOUNT, LIMITS.locks_after) == timedelta(minutes=46, seconds=31)


def test_one_address_guesses_one_password_fewer_than_forty_times_a_day() -> None:
    assert guesses(Scope.ACCOUNT_AT_ADDRESS, DAY) == 38


def test_one_address_tries_some_nine_thousand_accounts_a_day() -> None:
    assert guesses(Scope.ADDRESS, DAY) == 8_743


def test_six_digits_fall_with_one_in_fifty_thousand() -> None:
    """A10, A11: two phone numbers may be right."""
    assert guesses(Scope.PROVISIONAL, 400 * DAY) == 10
    assert Fraction(10 * 2, 10**6) == Fraction(1, 50_000)


def test_a_date_of_birth_falls_with_one_in_146_and_with_one_in_37_when_the_year_is_known() -> None:
    """A12."""
    assert Fraction(10, 4 * 365 + 1) > Fraction(1, 147)
    assert Fraction(10, 365) < Fraction(1, 36)


def test_one_address_guesses_provisional_secrets_once_an_hour() -> None:
    first_day, eleven_days = (guesses(Scope.PROVISIONAL_AT_ADDRESS, days * DAY) for days in (1, 11))
    assert (first_day, eleven_days - first_day) == (39, 10 * 24)


def test_a_code_of_an_app_falls_with_one_in_3300_in_four_days() -> None:
    """Three codes of a million are right at any time."""
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    codes = [pyotp.TOTP(secret).at(NOW + step * timedelta(seconds=30)) for step in range(-5, 6)]
    assert sum(matching_step(secret, code, NOW) is not None for code in codes) == 3
    assert Fraction(100 * 3, 10**6) < Fraction(1, 3_300)
    assert timedelta(days=3) < time_for(Scope.AUTH_CODE, 100) < timedelta(days=4)
