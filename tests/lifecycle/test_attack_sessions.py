"""A scripted attack: secrets used twice, sessions misused, owners shut out (E26). Figures: docs/security.md."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.api.asking import PASSWORD
from tests.lifecycle.attacking import (
    BLOCKED,
    FREE_TRIES,
    WRONG,
    at_once,
    codes,
    elsewhere,
    guess,
    note,
    patient,
    posted,
)
from tests.lifecycle.operations import HOME, WHO
from tests.lifecycle.people import HANAKO, NEW_PASSWORD, OTHER_PASSWORD, SABURO, SACHIKO, TARO
from tests.lifecycle.portal import Portal, Visitor, reissued_in, token_in
from tests.lifecycle.registering import completed, provisional, registers, started

# What was handed out


async def test_of_many_who_use_the_same_secret_at_once_one_gets_in(portal: Portal, nobody: Visitor) -> None:
    """A21, A30, E3, E26: URLs, the reissued password, an app's code, a recovery code."""
    saburo = await registers(portal, SABURO, "saburo@example.jp")
    asked = {"coop": "hirosaki", "identifier": "member-0005", "memberNumber": SABURO.number}
    await nobody.done("requestPasswordReset", **asked)
    reissued = reissued_in(await portal.mail("saburo@example.jp", "パスワード再発行のお知らせ"))
    assert (await at_once(guess(nobody, "hirosaki", "member-0005", reissued) for _ in range(3)))["OK"] == 1

    await saburo.done("changeEmail", password=NEW_PASSWORD, email="new@example.jp")
    token = token_in(await portal.mail("new@example.jp", "メールアドレスの確認"))
    outcomes = await at_once(nobody.does("confirmEmail", coop="hirosaki", token=token) for _ in range(10))
    assert outcomes == {"OK": 1, "LINK_INVALID": 9}

    begun = await saburo.done("setAuthCode", beginTotp={"password": NEW_PASSWORD})
    secret = begun["enrolment"]["secret"]
    finished = await saburo.done("setAuthCode", finishTotp={"code": portal.app_code(secret)})
    portal.later(minutes=1)
    for code in (portal.app_code(secret), finished["recoveryCodes"][0]):
        challenges = [
            (await guess(nobody, "hirosaki", "member-0005", NEW_PASSWORD))["challenge"]["challenge"]
            for _ in range(4)
        ]
        outcomes = await at_once(
            nobody.does("verifyAuthCode", coop="hirosaki", challenge=each, code=code) for each in challenges
        )
        assert outcomes == {"OK": 1, "INVALID_AUTH_CODE": 3}


async def test_a_planted_session_is_not_the_victims(portal: Portal) -> None:
    """E26, session fixation: signing in makes a new token, and ends the session that came with it."""
    attacker = await portal.signed_in("hirosaki", "takasaki")
    victim = await portal.visitor()
    victim.client.headers["Cookie"] = f"__Host-session={attacker.token}"
    await victim.done("signIn", coop="hirosaki", identifier="hirosaki-taro", password=PASSWORD)
    del victim.client.headers["Cookie"]
    assert (await victim.data(WHO))["viewer"]["account"]["loginId"] == "hirosaki-taro"
    assert victim.client.cookies["__Host-session"] != attacker.token
    assert (await attacker.data(WHO))["viewer"] is None

    invented = await portal.visitor()
    invented.client.headers["Cookie"] = "__Host-session=" + "x" * 43
    response = await posted(
        invented, "signIn", coop="hirosaki", identifier="hirosaki-taro", password=PASSWORD
    )
    assert response.headers["set-cookie"].startswith("__Host-session=")
    assert "x" * 43 not in response.headers["set-cookie"]
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(response.headers["set-cookie"].split("; "))


@pytest.mark.parametrize("purpose", ["REGISTER", "CHANGE_PASSWORD"])
async def test_a_session_for_one_purpose_does_nothing_else(
    portal: Portal, nobody: Visitor, purpose: str
) -> None:
    """A13, A30: every other operation is refused, and no personal data shown."""
    limited = await (_registering(portal) if purpose == "REGISTER" else _changing(portal))
    check = {"method": "CARD_SHOWN", "note": "x"}
    account = {"memberNumber": TARO.number, "kind": "MEMBER"}
    forbidden: dict[str, dict[str, Any]] = {
        "changeLoginId": {"password": NEW_PASSWORD, "loginId": "somebody"},
        "changeEmail": {"password": NEW_PASSWORD, "email": "x@example.jp"},
        "setAuthCode": {"turnOff": {"password": NEW_PASSWORD}},
        "setGuardianSharing": {"shared": True},
        "leaveMyPage": {"password": NEW_PASSWORD},
        "confirmSharePayment": {"memberNumber": TARO.number},
        "discloseLogin": {"account": account, "identityCheck": check},
        "changeAccountEmail": {"account": account, "email": "x@example.jp", "identityCheck": check},
        "startPasswordReset": {"account": account},
        "unlockAccount": {"account": account},
        "removeAuthCode": {"account": account, "identityCheck": check},
        "resendMail": {"mailId": "00000000-0000-0000-0000-000000000000"},
    }
    if purpose == "REGISTER":
        forbidden["changePassword"] = {"newPassword": OTHER_PASSWORD}
    else:
        forbidden |= {
            "sendTestMail": {"email": "x@example.jp"},
            "completeRegistration": completed("somebody"),
        }
    for mutation, given in forbidden.items():
        refused = await limited.tries(mutation, **given)
        assert refused.only_error()["extensions"]["code"] == "FORBIDDEN", mutation
    assert (await limited.ask(HOME)).data["viewer"]["member"] is None
    for query in (
        f'{{ member(number: "{SABURO.number}") {{ number }} }}',
        "{ mailDispatches { edges { cursor } } }",
        "{ accessLog { edges { cursor } } }",
        "{ inquiries { edges { cursor } } }",
        "{ members { edges { cursor } } }",
    ):
        assert (await limited.ask(query)).only_error()["extensions"]["code"] == "FORBIDDEN", query


# Shutting others out


async def test_the_owner_gets_in_while_somebody_keeps_guessing(portal: Portal) -> None:
    """E26: at once on a device they know; on another when the last wait is over, 30 seconds at most."""
    owner = {"coop": "hirosaki", "identifier": "shirakami", "password": PASSWORD, "transport": "COOKIE"}
    at_home = await portal.visitor()
    await at_home.done("signIn", **owner)

    async def one(number: int) -> Any:
        return await guess(
            await portal.visitor(elsewhere(number)), "hirosaki", "shirakami", f"guess {number}"
        )

    for _ in range(2):
        await patient(portal, one, portal.clock() + timedelta(minutes=20))
        await one(0)
        await at_home.done("signIn", **owner)
    note("the owner under attack, on a known device", "in at the first try")

    await patient(portal, one, portal.clock() + timedelta(minutes=5))
    await one(0)
    on_the_road = await portal.visitor("192.0.2.200")
    payload = await on_the_road.does("signIn", **owner)
    waits = datetime.fromisoformat(payload["errors"][0]["retryAt"]) - portal.clock()
    portal.clock.now += waits
    await on_the_road.done("signIn", **owner)
    assert waits <= timedelta(seconds=30)
    note("the owner under attack, on a new device", f"waits {waits.total_seconds():.0f} s")


async def test_the_mark_of_a_device_is_its_owners_and_opens_nothing(portal: Portal) -> None:
    """E26: neither somebody else's mark nor an invented one gets round the waiting; a true one is no session."""
    neighbour, owner = await portal.visitor(), await portal.visitor()
    await neighbour.done("signIn", coop="hirosaki", identifier="takasaki", password=PASSWORD)
    await owner.done("signIn", coop="hirosaki", identifier="shirakami", password=PASSWORD)
    marks = [each.client.cookies["__Host-device"] for each in (neighbour, owner)]
    for number in range(FREE_TRIES):
        await guess(await portal.visitor(elsewhere(number)), "hirosaki", "shirakami", f"guess {number}")
    looked_at = []
    for planted in (marks[0], marks[1][:-4] + "AAAA", "x" * 43, marks[1]):
        visitor = await portal.visitor("203.0.113.50")
        visitor.client.headers["Cookie"] = f"__Host-device={planted}"
        looked_at.append(codes([await guess(visitor, "hirosaki", "shirakami", "guess")]))
        assert (await visitor.data(WHO))["viewer"] is None
    assert looked_at == [{BLOCKED: 1}, {BLOCKED: 1}, {BLOCKED: 1}, {WRONG: 1}]


async def test_resets_asked_for_by_strangers_shut_nobody_out(portal: Portal, nobody: Visitor) -> None:
    """E26: neither of the password nor of mailed codes."""
    sachiko = await registers(portal, SACHIKO, "sachiko@example.jp")
    await sachiko.done("setAuthCode", useEmail={"password": NEW_PASSWORD})
    for number in range(12):
        stranger = await portal.visitor(elsewhere(number))
        await stranger.does("requestPasswordReset", coop="hokkaido", identifier="sachiko@example.jp")
        await stranger.does("startRegistration", **started(SACHIKO, email="sachiko@example.jp", phone="1"))
    payload = await guess(nobody, "hokkaido", "sachiko@example.jp", NEW_PASSWORD)
    assert payload["errors"] == []
    assert payload["challenge"]["method"] == "EMAIL"


async def _registering(portal: Portal) -> Visitor:
    return await provisional(portal, HANAKO.number, "20010615")


async def _changing(portal: Portal) -> Visitor:
    await registers(portal, SABURO, "saburo@example.jp")
    nobody = await portal.visitor()
    await nobody.done(
        "requestPasswordReset", coop="hirosaki", identifier="member-0005", memberNumber=SABURO.number
    )
    reissued = reissued_in(await portal.mail("saburo@example.jp", "パスワード再発行のお知らせ"))
    payload = await nobody.done(
        "signIn", coop="hirosaki", identifier="member-0005", password=reissued, transport="TOKEN"
    )
    return nobody.with_token(payload["token"])
