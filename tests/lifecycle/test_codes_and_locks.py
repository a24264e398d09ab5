"""認証コードの設定 and アカウントブロック (E26): the second step, what replaces it, and what guessing leads to."""

import re
from typing import Any

import pytest

from tests.lifecycle.operations import WHO
from tests.lifecycle.people import NEW_PASSWORD, OTHER_PASSWORD, SABURO, SACHIKO
from tests.lifecycle.portal import Portal, Visitor, code_in, reissued_in, token_in
from tests.lifecycle.registering import code_of, registers

SABURO_AT = "saburo@example.jp"
SIGN_IN = {"coop": "hirosaki", "identifier": "member-0005", "password": NEW_PASSWORD, "transport": "TOKEN"}


@pytest.fixture
async def saburo(portal: Portal) -> Visitor:
    """八甲田 三郎 of Hirosaki, just registered."""
    return await registers(portal, SABURO, SABURO_AT)


async def with_app(portal: Portal, person: Visitor) -> tuple[str, list[str]]:
    """Sets up an authenticator app; its secret, and the recovery codes."""
    begun = await person.done("setAuthCode", beginTotp={"password": NEW_PASSWORD})
    secret = begun["enrolment"]["secret"]
    assert begun["enrolment"]["uri"].startswith("otpauth://totp/")
    finished = await person.done("setAuthCode", finishTotp={"code": portal.app_code(secret)})
    assert finished["method"] == "TOTP"
    portal.later(minutes=1)
    return secret, finished["recoveryCodes"]


async def challenged(visitor: Visitor, **given: Any) -> str:
    """Signs in as far as the code."""
    payload = await visitor.done("signIn", **{**SIGN_IN, **given})
    assert payload["token"] is None
    assert payload["viewer"] is None
    challenge: str = payload["challenge"]["challenge"]
    return challenge


def answer(challenge: str, code: str) -> dict[str, str]:
    """The input of `verifyAuthCode`."""
    return {"coop": "hirosaki", "challenge": challenge, "code": code, "transport": "TOKEN"}


async def test_an_app_is_set_up_with_the_password_and_asked_at_sign_in(
    portal: Portal, nobody: Visitor, saburo: Visitor
) -> None:
    """E26: TOTP. The code works once, and typed with a space."""
    assert await code_of(saburo, "setAuthCode", beginTotp={"password": "wrong"}) == "INVALID_CREDENTIALS"
    secret, _ = await with_app(portal, saburo)
    await portal.mail(SABURO_AT, "認証コード設定変更のお知らせ")

    code = portal.app_code(secret)
    challenge = await challenged(nobody)
    payload = await nobody.done("verifyAuthCode", **answer(challenge, f"{code[:3]} {code[3:]}"))
    assert payload["purpose"] == "FULL"
    assert await code_of(nobody, "verifyAuthCode", **answer(challenge, code)) == "INVALID_AUTH_CODE"
    again = await challenged(nobody)
    assert await code_of(nobody, "verifyAuthCode", **answer(again, code)) == "INVALID_AUTH_CODE"


async def test_a_lost_app_is_replaced_by_a_recovery_code_that_works_once(
    portal: Portal, nobody: Visitor, saburo: Visitor
) -> None:
    """E26: ten of them; new ones put the old out of use."""
    _, codes = await with_app(portal, saburo)
    assert len(set(codes)) == 10
    payload = await nobody.done("verifyAuthCode", **answer(await challenged(nobody), codes[0].upper()))
    back_in = nobody.with_token(payload["token"])
    again = answer(await challenged(nobody), codes[0])
    assert await code_of(nobody, "verifyAuthCode", **again) == "INVALID_AUTH_CODE"
    renewed = await back_in.done("setAuthCode", newRecoveryCodes={"password": NEW_PASSWORD})
    old = answer(await challenged(nobody), codes[1])
    assert await code_of(nobody, "verifyAuthCode", **old) == "INVALID_AUTH_CODE"
    new = answer(await challenged(nobody), renewed["recoveryCodes"][0])
    await nobody.done("verifyAuthCode", **new)


async def test_a_mailed_code_is_good_for_its_own_sign_in_once_and_ten_minutes(
    portal: Portal, nobody: Visitor, saburo: Visitor
) -> None:
    """E26: the address is shown masked; another sign-in cannot use the code."""
    await saburo.done("setAuthCode", useEmail={"password": NEW_PASSWORD})
    payload = await nobody.done("signIn", **SIGN_IN)
    assert payload["challenge"]["method"] == "EMAIL"
    assert SABURO_AT not in payload["challenge"]["sentTo"]
    code = code_in(await portal.mail(SABURO_AT, "認証コードのお知らせ"))
    other = await (await portal.visitor("198.51.100.7")).done("signIn", **SIGN_IN)
    stolen = answer(other["challenge"]["challenge"], code)
    assert await code_of(nobody, "verifyAuthCode", **stolen) == "INVALID_AUTH_CODE"

    mine = answer(payload["challenge"]["challenge"], code)
    portal.later(minutes=9, seconds=59)
    await nobody.done("verifyAuthCode", **mine)
    assert await code_of(nobody, "verifyAuthCode", **mine) == "INVALID_AUTH_CODE"


async def test_a_mailed_code_expires(portal: Portal, nobody: Visitor, saburo: Visitor) -> None:
    """E26."""
    await saburo.done("setAuthCode", useEmail={"password": NEW_PASSWORD})
    challenge = await challenged(nobody)
    code = code_in(await portal.mail(SABURO_AT, "認証コードのお知らせ"))
    portal.later(minutes=10)
    assert await code_of(nobody, "verifyAuthCode", **answer(challenge, code)) == "INVALID_AUTH_CODE"


async def test_beside_a_code_eight_characters_do_and_the_code_then_stays(
    portal: Portal, saburo: Visitor
) -> None:
    """E26: 8 characters with a code, 15 alone."""
    short = {"password": NEW_PASSWORD, "newPassword": "kT7#wq9z"}
    assert await code_of(saburo, "changePassword", **short) == "PASSWORD_REFUSED"
    await saburo.done("setAuthCode", useEmail={"password": NEW_PASSWORD})
    await saburo.done("changePassword", **short)
    refused = await code_of(saburo, "setAuthCode", turnOff={"password": "kT7#wq9z"})
    assert refused == "AUTH_CODE_REQUIRED"


async def test_a_code_is_turned_off_with_the_password(portal: Portal, saburo: Visitor) -> None:
    """E26: members choose."""
    await saburo.done("setAuthCode", useEmail={"password": NEW_PASSWORD})
    await saburo.done("setAuthCode", turnOff={"password": NEW_PASSWORD})
    await portal.signed_in("hirosaki", "member-0005", NEW_PASSWORD)


async def test_staff_never_sign_in_without_a_code(portal: Portal) -> None:
    """E26: and cannot turn it off."""
    staff = await portal.staff("hirosaki")
    refused = await code_of(staff, "setAuthCode", turnOff={"password": "demo-coop-2026"})
    assert refused == "AUTH_CODE_REQUIRED"


async def test_a_reissued_password_does_not_get_round_the_code(
    portal: Portal, nobody: Visitor, saburo: Visitor
) -> None:
    """A30, E26."""
    secret, _ = await with_app(portal, saburo)
    await nobody.done(
        "requestPasswordReset", coop="hirosaki", identifier="member-0005", memberNumber=SABURO.number
    )
    reissued = reissued_in(await portal.mail(SABURO_AT, "パスワード再発行のお知らせ"))
    challenge = await challenged(nobody, password=reissued)
    payload = await nobody.done("verifyAuthCode", **answer(challenge, portal.app_code(secret)))
    assert payload["purpose"] == "CHANGE_PASSWORD"


async def test_a_reset_url_does_not_get_round_the_code(portal: Portal, nobody: Visitor) -> None:
    """E4, E26: it opens no session; the new password alone does not either."""
    sachiko = await registers(portal, SACHIKO, "sachiko@example.jp")
    await with_app(portal, sachiko)
    await nobody.done("requestPasswordReset", coop="hokkaido", identifier="sachiko@example.jp")
    token = token_in(await portal.mail("sachiko@example.jp", "パスワード再設定のご案内"))
    await nobody.done("resetPassword", coop="hokkaido", token=token, newPassword=OTHER_PASSWORD)
    payload = await nobody.done(
        "signIn", coop="hokkaido", identifier="sachiko@example.jp", password=OTHER_PASSWORD
    )
    assert payload["challenge"]["method"] == "TOTP"
    assert payload["viewer"] is None


async def test_staff_take_a_lost_code_away_and_a_new_password_comes_first(
    portal: Portal, nobody: Visitor, saburo: Visitor
) -> None:
    """E26: after 本人確認; the owner is told."""
    await with_app(portal, saburo)
    staff = await portal.staff("hirosaki")
    await staff.done(
        "removeAuthCode",
        account={"memberNumber": SABURO.number, "kind": "MEMBER"},
        identityCheck={"method": "CARD_SHOWN", "note": "窓口で学生組合員証を確認"},
    )
    payload = await nobody.done("signIn", **SIGN_IN)
    assert payload["purpose"] == "CHANGE_PASSWORD"


async def test_a_hundred_failures_lock_and_a_reissued_password_opens(
    portal: Portal, nobody: Visitor, saburo: Visitor
) -> None:
    """E26: from many addresses; the owner hears of it and gets out by themselves."""
    await _fails_a_hundred_times(portal)
    mail = await portal.mail(SABURO_AT, "アカウントロックのお知らせ")
    assert re.search("パスワード再発行", mail["text"])
    portal.later(minutes=5)
    assert await code_of(nobody, "signIn", **SIGN_IN) == "INVALID_CREDENTIALS"

    await nobody.done(
        "requestPasswordReset", coop="hirosaki", identifier="member-0005", memberNumber=SABURO.number
    )
    reissued = reissued_in(await portal.mail(SABURO_AT, "パスワード再発行のお知らせ"))
    portal.later(minutes=5)
    payload = await nobody.done("signIn", **{**SIGN_IN, "password": reissued})
    await nobody.with_token(payload["token"]).done("changePassword", newPassword=OTHER_PASSWORD)
    await portal.signed_in("hirosaki", "member-0005", OTHER_PASSWORD)


async def test_staff_unlock(portal: Portal, nobody: Visitor, saburo: Visitor) -> None:
    """E26: with the password as it was."""
    await _fails_a_hundred_times(portal)
    portal.later(minutes=5)
    assert await code_of(nobody, "signIn", **SIGN_IN) == "INVALID_CREDENTIALS"
    staff = await portal.staff("hirosaki")
    await staff.done("unlockAccount", account={"memberNumber": SABURO.number, "kind": "MEMBER"})
    unlocked = await portal.signed_in("hirosaki", "member-0005", NEW_PASSWORD)
    assert (await unlocked.data(WHO))["viewer"]["account"]["state"] == "REGISTERED"


async def test_a_lock_signs_nobody_out(portal: Portal, saburo: Visitor) -> None:
    """E26: else a hundred guesses from outside would do so."""
    await _fails_a_hundred_times(portal)
    assert (await saburo.data(WHO))["viewer"]["account"]["state"] == "LOCKED"


async def test_a_sign_in_that_waits_for_its_code_ends_with_the_password(
    portal: Portal, nobody: Visitor, saburo: Visitor
) -> None:
    """E26: whoever knew the old password has nothing left of it."""
    secret, _ = await with_app(portal, saburo)
    waiting = await challenged(nobody)
    await saburo.done("changePassword", password=NEW_PASSWORD, newPassword=OTHER_PASSWORD)
    late = answer(waiting, portal.app_code(secret))
    assert await code_of(nobody, "verifyAuthCode", **late) == "INVALID_AUTH_CODE"


async def _fails_a_hundred_times(portal: Portal) -> None:
    for number in range(100):
        portal.later(seconds=31)
        stranger = await portal.visitor(f"198.51.100.{number}")
        wrong = {**SIGN_IN, "password": f"guess number {number}"}
        assert await code_of(stranger, "signIn", **wrong) == "INVALID_CREDENTIALS"
